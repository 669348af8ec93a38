"""Small papers of one page, so that the demonstration has files to open."""

from django.core.files.base import ContentFile
from django.utils.text import slugify

LINE = 20


def pdf_of(title: str, lines: list[str]) -> ContentFile:
    """A PDF of one page with the title and the lines, under a name made of the title."""
    drawn = [f"BT /F1 16 Tf 60 780 Td ({escaped(title)}) Tj ET".encode("cp1252")]
    for number, line in enumerate(lines, start=2):
        drawn.append(f"BT /F1 11 Tf 60 {780 - number * LINE} Td ({escaped(line)}) Tj ET".encode("cp1252"))
    stream = b"\n".join(drawn)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (nb) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    return ContentFile(assembled(objects), name=f"{slugify(title)[:60]}.pdf")


def escaped(text: str) -> str:
    plain = text.encode("cp1252", "replace").decode("cp1252")
    return plain.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def assembled(objects: list[bytes]) -> bytes:
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(data))
    return data + end + trailer
