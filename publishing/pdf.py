"""HTML to PDF: the only module that knows WeasyPrint.

The file is PDF/A-3a and PDF/UA-1 at once (P31), and nothing is ever fetched: a document that asks for an
address gets nothing. `publishing.press` runs the rendering in a process of its own, with limits.
"""

import hashlib
import io
import os
import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from publishing.press import Press, RenderingFailed, attend

__all__ = ["RenderingFailed", "produce", "render_pdf"]

# The identification of PDF/UA-1, and the declaration of its property that PDF/A asks for (ecosystem 1.4).
_PDFA = "http://www.aiim.org/pdfa/ns"
_UA = "http://www.aiim.org/pdfua/ns/id/"
UA_DESCRIPTIONS = f"""
<rdf:Description rdf:about="" xmlns:pdfuaid="{_UA}"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="{_PDFA}/extension/" xmlns:pdfaSchema="{_PDFA}/schema#"
 xmlns:pdfaProperty="{_PDFA}/property#"><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{_UA}</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
""".encode()

_FACES = [
    ("Boardroom Serif", "source-serif-4", 400, "normal"),
    ("Boardroom Serif", "source-serif-4", 400, "italic"),
    ("Boardroom Serif", "source-serif-4", 600, "normal"),
    ("Boardroom Sans", "inter", 400, "normal"),
    ("Boardroom Sans", "inter", 600, "normal"),
]
_SUBSETS = ("latin", "latin-ext")


_LOOSE = "*{break-inside:auto!important;break-after:auto!important;break-before:auto!important}"

_press = Press("from publishing.pdf import serve; serve()")


def render_pdf(html: str) -> bytes:
    """The PDF of a document's HTML: same HTML, same bytes.

    The dates inside come from the HTML's `dcterms` and never from the clock. Raises RenderingFailed where
    a limit is passed or the libraries of the system are missing.
    """
    return _press.render(
        html, folder=settings.BASE_DIR, environment={"BOARDROOM_NODE_MODULES": str(settings.NODE_MODULES)}
    )


def serve() -> None:
    """The process behind `render_pdf`: WeasyPrint and the fonts are loaded once, then documents come and go."""
    if not settings.configured:
        settings.configure(NODE_MODULES=Path(os.environ["BOARDROOM_NODE_MODULES"]))
    attend(_warm, produce)


def _warm() -> None:
    try:
        import weasyprint  # noqa: F401
    except OSError as error:
        raise RenderingFailed(
            "PDF files cannot be made: a system library is missing. Install the packages libpangoft2-1.0-0 and "
            f"libharfbuzz-subset0 ({error})."
        ) from error
    _fonts()


def produce(html: str) -> bytes:
    """The PDF of the HTML, in this process and without limits."""
    from weasyprint import HTML

    # WeasyPrint does not read the attribute.
    prepared = re.sub(r'<ol start="(-?\d+)"', lambda m: f'<ol style="counter-reset:list-item {int(m[1]) - 1}"', html)
    prepared = _representable(prepared)
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
        for subset in _SUBSETS:
            name = _font_name(package, subset, weight, style)
            if name in _fonts() and (subset == "latin" or reach == subset):
                # Two files under one name and style would be drawn with each other's glyphs, and a unicode-range
                # would promise glyphs that the file does not have.
                own = family if subset == "latin" else f"{family} Extended"
                rules.append(
                    f'@font-face{{font-family:"{own}";font-weight:{weight};font-style:{style};'
                    f"src:url(boardroom-font:{name})}}"
                )
    return "".join(rules)


@lru_cache(maxsize=1)
def _fonts() -> dict[str, bytes]:
    """The fonts by name, unpacked once a process: unpacking woff2 costs more than setting a page."""
    from fontTools.ttLib import TTFont

    fonts = {}
    for _family, package, weight, style in _FACES:
        for subset in _SUBSETS:
            path = _font(package, subset, weight, style)
            if path.exists():
                font = TTFont(path, recalcTimestamp=False)
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
    paths = [_font(package, subset, 400, "normal") for package in ("source-serif-4", "inter") for subset in _SUBSETS]
    paths += [Path("/usr/share/fonts/truetype/dejavu") / f"{name}.ttf" for name in ("DejaVuSans", "DejaVuSerif")]
    for path in paths:
        if path.exists():
            covered |= set(TTFont(path, lazy=True).getBestCmap())
    return frozenset(covered)
