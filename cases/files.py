"""Files: what is taken in, and where it lies. A file is kept under its own hash and never overwritten (R105, P23)."""

import hashlib
import os
import re
import shlex
import subprocess
import tempfile
import unicodedata
import zipfile
import zlib
from pathlib import Path

import filetype
from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext

from boardroom.lib.text import is_blank, normal, without_bidi
from cases.models import StoredFile

SIZE_MAX = 25 * 1024 * 1024
UNPACKED_MAX, ENTRIES_MAX = 200 * 1024 * 1024, 5_000
OFFICE = "application/vnd.openxmlformats-officedocument."
# Media types by file name ending; nothing else is taken in.
TYPES = {
    "pdf": "application/pdf",
    "docx": f"{OFFICE}wordprocessingml.document",
    "xlsx": f"{OFFICE}spreadsheetml.sheet",
    "pptx": f"{OFFICE}presentationml.presentation",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
}
OFFICE_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
ACCEPT = ",".join(f".{ending}" for ending in TYPES)
SCAN_SECONDS = 60

_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch)\b")
_STREAM = re.compile(rb"stream\r?\n")
_RESERVED = re.compile(r"^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", re.IGNORECASE)


class FileRefused(ValueError):
    """The file is not taken in; the message is a sentence for the user."""


def store_file(upload: File, *, by=None, is_shielded: bool = False) -> StoredFile:
    """The checked file lies on the disk under its SHA-256, and has a row of its own. Raises FileRefused.

    The bytes are written and synced beside their place and renamed into it, so that a stop leaves no half file.
    """
    name = clean_name(upload.name or "")
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=".incoming-")
    path = Path(temporary)
    try:
        digest, size = _write(handle, upload)
        media_type = check(path, name)
        _scan(path)
        _into_place(path, digest)
    finally:
        path.unlink(missing_ok=True)
    return StoredFile.objects.create(
        sha256=digest,
        size=size,
        media_type=media_type,
        name=name,
        is_shielded=is_shielded,
        created_by=by if by is not None and by.pk else None,
    )


def path_of(digest: str) -> Path:
    """Where the file with this SHA-256 lies: files/aa/aabb…"""
    return Path(settings.MEDIA_ROOT) / digest[:2] / digest


def is_whole(stored: StoredFile) -> bool:
    """Whether the bytes on the disk are those that were stored (F15)."""
    try:
        with path_of(stored.sha256).open("rb") as source:
            return hashlib.file_digest(source, "sha256").hexdigest() == stored.sha256
    except OSError:
        return False


def clean_name(name: str) -> str:
    """The file's name as it may be shown and offered for download: one line, no path, nothing that turns the text."""
    name = without_bidi(normal(name).replace("\\", "/").rsplit("/", 1)[-1])[0]
    shown = "".join(one for one in name if unicodedata.category(one)[0] != "C" and one not in '"<>|:*?')
    shown = " ".join(shown.split()).lstrip(".- ")
    if is_blank(shown) or _RESERVED.match(shown):
        shown = f"fil-{shown}".strip("-")
    stem, dot, ending = shown.rpartition(".")
    return shown if len(shown) <= 200 else f"{stem[:190]}{dot}{ending[:9]}"


def check(path: Path, name: str) -> str:
    """The media type of a file that may be kept. Raises FileRefused with the reason."""
    ending = name.rpartition(".")[2].lower()
    if ending not in TYPES:
        raise FileRefused(
            gettext(
                "Files can be PDF, Word (docx), Excel (xlsx), PowerPoint (pptx), PNG or JPEG. This is none of them."
            )
        )
    size = path.stat().st_size
    if not size:
        raise FileRefused(gettext("The file is empty."))
    if ending in OFFICE_PARTS:
        _check_office(path, ending)
    else:
        guess = filetype.guess_mime(str(path))
        if guess != TYPES[ending]:
            raise FileRefused(gettext("The content is not %(kind)s.") % {"kind": ending.upper()})
    if ending == "pdf":
        _check_pdf(path.read_bytes())
    return TYPES[ending]


def _write(handle: int, upload: File) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with os.fdopen(handle, "wb") as target:
        for chunk in upload.chunks():
            size += len(chunk)
            if size > SIZE_MAX:
                raise FileRefused(
                    gettext("The file is larger than %(maximum)s MB, which is the most a file can have.")
                    % {"maximum": SIZE_MAX // 1024**2}
                )
            digest.update(chunk)
            target.write(chunk)
        target.flush()
        os.fsync(target.fileno())
    return digest.hexdigest(), size


def _into_place(path: Path, digest: str) -> None:
    place = path_of(digest)
    if place.exists():
        return
    place.parent.mkdir(exist_ok=True)
    os.chmod(path, 0o640)
    os.replace(path, place)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _scan(path: Path) -> None:
    """The installation's own scanner, if it has one; where the scanner fails, the file is refused."""
    if not settings.FILE_SCANNER:
        return
    try:
        found = subprocess.run([*shlex.split(settings.FILE_SCANNER), str(path)], timeout=SCAN_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise FileRefused(gettext("The file could not be checked for malware. Try again later.")) from fault
    if found.returncode == 1:
        raise FileRefused(gettext("The malware scanner refused the file."))
    if found.returncode:
        raise FileRefused(gettext("The file could not be checked for malware. Try again later."))


def _check_office(path: Path, ending: str) -> None:
    """What the archive says of itself, before a byte of it is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            kinds = _content_types(archive) if len(entries) <= ENTRIES_MAX else b""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as fault:
        raise FileRefused(gettext("The content is not %(kind)s.") % {"kind": ending.upper()}) from fault
    names = [entry.filename for entry in entries]
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > UNPACKED_MAX:
        raise FileRefused(
            gettext("The file unpacks to %(size)s MB; at most %(maximum)s MB are possible.")
            % {"size": unpacked // 1024**2, "maximum": UNPACKED_MAX // 1024**2}
        )
    if len(entries) > ENTRIES_MAX or len(set(names)) != len(names):
        raise FileRefused(gettext("The file holds too many parts, or the same part twice."))
    if any(name.startswith(("/", "\\")) or ".." in name.split("/") for name in names):
        raise FileRefused(gettext("The file holds parts with addresses outside itself."))
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileRefused(gettext("The file is protected by a password and cannot be archived."))
    if OFFICE_PARTS[ending] not in names:
        raise FileRefused(gettext("The content is not %(kind)s.") % {"kind": ending.upper()})
    if b"macroenabled" in kinds.lower() or any(name.lower().endswith("vbaproject.bin") for name in names):
        raise FileRefused(gettext("The file has macros. Save it without macros and try again."))


def _content_types(archive: zipfile.ZipFile) -> bytes:
    if "[Content_Types].xml" not in archive.namelist():
        return b""
    with archive.open("[Content_Types].xml") as part:
        return part.read(1024 * 1024)


def _check_pdf(content: bytes) -> None:
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-2048:]:
        raise FileRefused(gettext("The PDF is cut off or damaged."))
    if re.search(rb"/Encrypt\b", content):
        raise FileRefused(gettext("The PDF is protected by a password and cannot be archived."))
    if _ACTIVE.search(content) or any(_ACTIVE.search(part) for part in _object_streams(content)):
        raise FileRefused(
            gettext("The PDF holds a program (JavaScript or a launch action). Save it without and try again.")
        )


def _object_streams(content: bytes):
    """The unpacked object streams of a PDF, where names of actions may lie hidden; each at most 4 MB."""
    for match in _STREAM.finditer(content):
        head = content[max(0, match.start() - 400) : match.start()]
        if b"/ObjStm" not in head.rpartition(b"obj")[2]:
            continue
        try:
            yield zlib.decompressobj().decompress(content[match.end() :], 4 * 1024 * 1024)
        except zlib.error:
            continue
