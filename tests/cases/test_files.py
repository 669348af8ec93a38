"""What is taken in as a file, and what is refused with which sentence (R105)."""

import hashlib
import io
import zipfile
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases import files
from cases.models import StoredFile

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


def office(ending="docx", *, extra=(), content_types="<Types/>"):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", content_types)
        archive.writestr(files.OFFICE_PARTS[ending], "<document/>")
        for name, content in extra:
            archive.writestr(name, content)
    return target.getvalue()


def store(name, content):
    return files.store_file(SimpleUploadedFile(name, content))


def refusal(name, content):
    with pytest.raises(files.FileRefused) as refused:
        store(name, content)
    return str(refused.value)


def test_a_file_lies_under_its_own_hash_and_is_kept_once_on_the_disk(folder):
    first, second = store("Årsmelding.pdf", PDF), store("kopi.pdf", PDF)
    assert first.sha256 == second.sha256 == hashlib.sha256(PDF).hexdigest()
    assert [path.read_bytes() for path in folder.rglob("*") if path.is_file()] == [PDF]
    assert (first.name, first.size, first.media_type) == ("Årsmelding.pdf", len(PDF), "application/pdf")
    assert files.is_whole(first)
    files.path_of(first.sha256).write_bytes(b"changed")
    assert not files.is_whole(first)


@pytest.mark.parametrize("name, content", [("a.docx", office()), ("b.XLSX", office("xlsx")), ("c.png", PNG)])
def test_office_files_and_pictures_are_taken_in(name, content):
    assert store(name, content).media_type == files.TYPES[name.rpartition(".")[2].lower()]


@pytest.mark.parametrize(
    "name, content, sentence",
    [
        (
            "a.exe",
            b"MZ",
            "Files can be PDF, Word (docx), Excel (xlsx), PowerPoint (pptx), PNG or JPEG. This is none of them.",
        ),
        ("a.pdf", b"", "The file is empty."),
        ("a.pdf", b"<html></html>", "The content is not PDF."),
        ("a.pdf", PDF[:-8], "The PDF is cut off or damaged."),
        (
            "a.pdf",
            PDF.replace(b"/Root", b"/Encrypt 2 0 R/Root"),
            "The PDF is protected by a password and cannot be archived.",
        ),
        (
            "a.pdf",
            PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript>>"),
            "The PDF holds a program (JavaScript or a launch action). Save it without and try again.",
        ),
        (
            "a.pdf",
            PDF.replace(
                b"trailer",
                b"3 0 obj<</Type/ObjStm>>\nstream\n" + zlib.compress(b"<</S/Launch>>") + b"\nendstream trailer",
            ),
            "The PDF holds a program (JavaScript or a launch action). Save it without and try again.",
        ),
        ("a.docx", office("xlsx"), "The content is not DOCX."),
        ("a.docx", b"PK\x03\x04", "The content is not DOCX."),
        (
            "a.docx",
            office(extra=[("word/vbaProject.bin", b"x")]),
            "The file has macros. Save it without macros and try again.",
        ),
        ("a.docx", office(extra=[("../../x", b"x")]), "The file holds parts with addresses outside itself."),
        (
            "a.docx",
            office(extra=[("word/big", b"\0" * (201 * 1024 * 1024))]),
            "The file unpacks to 201 MB; at most 200 MB are possible.",
        ),
        (
            "a.pdf",
            b"%PDF-" + b"x" * files.SIZE_MAX,
            "The file is larger than 25 MB, which is the most a file can have.",
        ),
    ],
    ids=range(13),
)
def test_what_cannot_be_kept_safely_is_refused_with_a_sentence(folder, name, content, sentence):
    assert refusal(name, content) == sentence
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    assert StoredFile.objects.count() == 0


@pytest.mark.parametrize(
    "given, shown",
    [
        ("../../etc/x.pdf", "x.pdf"),
        ("a\x00b\r\n.pdf", "ab.pdf"),
        ("CON.pdf", "fil-CON.pdf"),
        (".hidden.pdf", "hidden.pdf"),
        ("a\u202efdp.exe.pdf", "afdp.exe.pdf"),
        ('a"b.pdf', "ab.pdf"),
        ("Møte.pdf", "Møte.pdf"),
    ],
    ids=repr,
)
def test_names_are_shown_clean(given, shown):
    assert files.clean_name(given) == shown


def test_a_scanner_that_refuses_or_fails_stops_the_file(settings):
    settings.FILE_SCANNER = "false"
    assert refusal("a.pdf", PDF) == "The malware scanner refused the file."
    settings.FILE_SCANNER = "/nowhere/scanner"
    assert refusal("a.pdf", PDF) == "The file could not be checked for malware. Try again later."
    settings.FILE_SCANNER = "true"
    assert store("a.pdf", PDF).name == "a.pdf"
