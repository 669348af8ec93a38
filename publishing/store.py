"""Files under their own SHA-256 below BOARDROOM_DATA/documents: written once, never changed (reliability.md 5.1, F14-F16)."""

import hashlib
import os
import re
import tempfile
from pathlib import Path

from django.conf import settings

from boardroom.lib.crash import crash_point

_SHA = re.compile(r"[0-9a-f]{64}")


class FileDamaged(Exception):
    """The stored file is gone, or is not what was stored; the message says which."""


def folder() -> Path:
    return Path(settings.BOARDROOM_DATA) / "documents"


def path_of(sha: str) -> Path:
    """Where the file lies. ValueError for anything that is no SHA-256 in lower-case hex."""
    if not _SHA.fullmatch(sha):
        raise ValueError("Not a SHA-256.")
    return folder() / sha[:2] / sha


def put(data: bytes) -> str:
    """The bytes lie on disk for good when this returns; their SHA-256. What is there already is left as it is.

    Nothing half-written is ever seen under the final name, and a failure leaves no temporary file behind.
    """
    sha = hashlib.sha256(data).hexdigest()
    goal = path_of(sha)
    if goal.exists():
        return sha
    goal.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=goal.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fchmod(stream.fileno(), 0o440)
            os.fsync(stream.fileno())
        crash_point("temp_written")
        os.replace(name, goal)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(goal.parent)
    crash_point("renamed")
    return sha


def get(sha: str) -> bytes:
    """The stored bytes, checked against their name. Raises FileDamaged."""
    try:
        data = path_of(sha).read_bytes()
    except OSError as error:
        raise FileDamaged(f"The stored file {sha} cannot be read.") from error
    if hashlib.sha256(data).hexdigest() != sha:
        raise FileDamaged(f"The stored file {sha} has changed on disk.")
    return data


def _sync_folder(path: Path) -> None:
    for one in (path, path.parent):
        handle = os.open(one, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
