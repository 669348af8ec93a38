"""HTML to PDF: the only module that knows WeasyPrint.

The file is PDF/A-3a and PDF/UA-1 at once (P31). It is rendered in a child process with limits of time
and memory, and nothing is ever fetched: a document that asks for an address gets nothing.
"""

import hashlib
import io
import os
import re
import resource
import select
import signal
import subprocess
import sys
import threading
import time
from functools import lru_cache
from pathlib import Path

from django.conf import settings

SECONDS = 60
MEMORY = 1 << 30
_STAMP = re.compile(r'<meta name="dcterms\.(?:created|modified)"')

UA_DESCRIPTIONS = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part of ISO 14289</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""

_FACES = [
    ("Boardroom Serif", "source-serif-4", 400, "normal"),
    ("Boardroom Serif", "source-serif-4", 400, "italic"),
    ("Boardroom Serif", "source-serif-4", 600, "normal"),
    ("Boardroom Sans", "inter", 400, "normal"),
    ("Boardroom Sans", "inter", 600, "normal"),
]
_RANGES = {
    "latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,"
    "U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
    "latin-ext": "U+0100-0130,U+0132-0151,U+0154-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1D00-1DBF,"
    "U+1E00-1E9F,U+1EF2-1EFF,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF",
}


_LOOSE = "*{break-inside:auto!important;break-after:auto!important;break-before:auto!important}"


class RenderingFailed(Exception):
    """No PDF was made; the message says why in a sentence."""


def render_pdf(html: str) -> bytes:
    """The PDF of a document's HTML: same HTML, same bytes.

    The dates inside come from the HTML's `dcterms` and never from the clock. Raises RenderingFailed where
    the limits are passed or the libraries of the system are missing.
    """
    if threading.active_count() > 1:
        return _in_fresh_process(html)
    _warm()
    return _in_forked_child(html)


def _warm():
    """WeasyPrint loaded; the fonts of the system are looked up once, for every child that follows."""
    try:
        import weasyprint
    except OSError as error:
        raise RenderingFailed(
            "PDF files cannot be made: a system library is missing. Install the packages libpangoft2-1.0-0 and "
            f"libharfbuzz-subset0 ({error})."
        ) from error
    _fonts()
    return weasyprint


def _in_forked_child(html: str) -> bytes:
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        _child(html, writer)
    os.close(writer)
    try:
        answer = _read_until(reader, time.monotonic() + SECONDS)
    finally:
        os.close(reader)
        _end(pid)
    return _unpacked(answer)


def _child(html: str, writer: int) -> None:
    """Render and leave; nothing of the parent (handlers, database connections) is touched."""
    try:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        _limit()
        answer = b"P" + produce(html)
    except MemoryError:
        answer = b"EThe document needs more memory than the limit of 1 GB."
    except BaseException as error:
        answer = b"E" + f"{type(error).__name__}: {error}"[:500].encode()
    try:
        with os.fdopen(writer, "wb") as stream:
            stream.write(answer)
    finally:
        os._exit(0)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def _read_until(reader: int, deadline: float) -> bytes:
    """Everything the child writes; empty where it died, None where time ran out."""
    chunks = []
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([reader], [], [], left)[0]:
            raise RenderingFailed(f"The PDF was not finished in {SECONDS} seconds. Is a text or a table very large?")
        chunk = os.read(reader, 1 << 16)
        if not chunk:
            return b"".join(chunks)
        chunks.append(chunk)


def _end(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    os.waitpid(pid, 0)


def _unpacked(answer: bytes) -> bytes:
    if answer[:1] == b"P":
        return answer[1:]
    reason = answer[1:].decode(errors="replace") or "The process that makes it was stopped by its limits."
    raise RenderingFailed(f"The PDF could not be made. {reason}")


def _in_fresh_process(html: str) -> bytes:
    """For a process with threads, where forking is not safe: slower by the time of an import."""
    environment = {**os.environ, "BOARDROOM_NODE_MODULES": str(settings.NODE_MODULES)}
    command = [sys.executable, "-c", "from publishing.pdf import serve; serve()"]
    try:
        done = subprocess.run(  # noqa: S603
            command,
            input=html.encode(),
            capture_output=True,
            timeout=SECONDS + 5,
            env=environment,
            cwd=settings.BASE_DIR,
        )
    except subprocess.TimeoutExpired as error:
        raise RenderingFailed(
            f"The PDF was not finished in {SECONDS} seconds. Is a text or a table very large?"
        ) from error
    return _unpacked(done.stdout)


def serve() -> None:
    """One document from standard input to standard output, as `_in_fresh_process` asks for it."""
    if not settings.configured:
        settings.configure(NODE_MODULES=Path(os.environ["BOARDROOM_NODE_MODULES"]))
    html = sys.stdin.buffer.read().decode()
    output = os.dup(1)
    os.dup2(2, 1)
    try:
        _warm()
    except RenderingFailed as error:
        os.write(output, b"E" + str(error).encode())
        os._exit(0)
    _child(html, output)


def produce(html: str) -> bytes:
    """The PDF of the HTML, in this process and without limits."""
    from weasyprint import HTML

    prepared = _representable(html)
    faces = _font_faces("latin-ext" if any("\u00ff" < character < "\u2000" for character in prepared) else "latin")
    prepared = prepared.replace("</head>", f"<style>{faces}</style></head>", 1)
    try:
        document = HTML(string=prepared, url_fetcher=_fetcher()).render()
    except AssertionError:
        # Wishes about page breaks that cannot all be met stop the layout: then pages break where they are full.
        loose = prepared.replace("</head>", f"<style>{_LOOSE}</style></head>", 1)
        document = HTML(string=loose, url_fetcher=_fetcher()).render()
    metadata = document.metadata
    generate, include = metadata.generate_rdf_metadata, metadata.include_in_pdf
    metadata.generate_rdf_metadata = lambda *args: generate(*args).replace(
        b"</rdf:RDF>", UA_DESCRIPTIONS + b"</rdf:RDF>"
    )
    metadata.include_in_pdf = lambda pdf, variant, version, conformance, _compress: include(
        pdf, variant, version, conformance, False
    )
    identifier = hashlib.sha256(html.encode()).digest()[:16]
    return document.write_pdf(pdf_variant="pdf/a-3a", pdf_identifier=identifier)


def _fetcher():
    """Answers for the document's own fonts and for nothing else; addresses of any kind are refused."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFonts(URLFetcher):
        def fetch(self, url, headers=None):
            data = _fonts().get(url.removeprefix("boardroom-font:")) if url.startswith("boardroom-font:") else None
            if data is None:
                raise ValueError("This document may not load anything.")
            return URLFetcherResponse(url, data, {"Content-Type": "font/ttf"})

    return OwnFonts(allowed_protocols=set(), allow_redirects=False)


def _font_faces(reach: str) -> str:
    """The document's families, latin and where it is needed extended latin; those that are not installed left out."""
    rules = []
    for family, package, weight, style in _FACES:
        for subset, ranges in _RANGES.items():
            name = _font_name(package, subset, weight, style)
            if name in _fonts() and (subset == "latin" or reach == subset):
                rules.append(
                    f'@font-face{{font-family:"{family}";font-weight:{weight};font-style:{style};'
                    f"src:url(boardroom-font:{name});unicode-range:{ranges}}}"
                )
    return "".join(rules)


@lru_cache(maxsize=1)
def _fonts() -> dict[str, bytes]:
    """The fonts by name, unpacked once a process: unpacking woff2 costs more than setting a page."""
    from fontTools.ttLib import TTFont

    fonts = {}
    for _family, package, weight, style in _FACES:
        for subset in _RANGES:
            path = _font(package, subset, weight, style)
            if path.exists():
                font = TTFont(path)
                font.flavor = None
                stream = io.BytesIO()
                font.save(stream, reorderTables=False)
                fonts[_font_name(package, subset, weight, style)] = stream.getvalue()
    return fonts


def _font_name(package: str, subset: str, weight: int, style: str) -> str:
    return f"{package}-{subset}-{weight}-{style}"


def _font(package: str, subset: str, weight: int, style: str) -> Path:
    name = f"{_font_name(package, subset, weight, style)}.woff2"
    return Path(settings.NODE_MODULES) / "@fontsource" / package / "files" / name


def _representable(html: str) -> str:
    """The HTML without characters that no font can draw: one missing glyph breaks both standards."""
    unusual = {character for character in html if ord(character) > 0x24F} - _PLAIN
    if not unusual:
        return html
    missing = {ord(character): "\u25a1" for character in unusual if ord(character) not in _coverage()}
    invisible = {ord(c): None for c in unusual if c in _INVISIBLE}
    return html.translate(missing | invisible)


_PLAIN = set("–—‘’‚“”„•…€′″‹›−")
_INVISIBLE = set(
    "\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufe0e\ufe0f\ufeff\u202a\u202b\u202c\u202d\u202e"
)


@lru_cache(maxsize=1)
def _coverage() -> frozenset[int]:
    """What the document's fonts and DejaVu, which comes with the system packages, can draw."""
    from fontTools.ttLib import TTFont

    covered: set[int] = set()
    paths = [_font(package, subset, 400, "normal") for package in ("source-serif-4", "inter") for subset in _RANGES]
    paths += [Path("/usr/share/fonts/truetype/dejavu") / f"{name}.ttf" for name in ("DejaVuSans", "DejaVuSerif")]
    for path in paths:
        if path.exists():
            covered |= set(TTFont(path, lazy=True).getBestCmap())
    return frozenset(covered)
