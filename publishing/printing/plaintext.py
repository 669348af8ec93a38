"""The text of a document as it is read: one block or table cell a line, in plain characters (R111)."""

import re

from lxml import html as lxml_html

_BLOCKS = {
    "address", "article", "aside", "blockquote", "caption", "dd", "div", "dl", "dt", "footer", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hgroup", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip


def render_text(html: str) -> str:
    """The text of the document element alone, in reading order; no furniture, no list marks, no repeated heads."""
    tree = lxml_html.document_fromstring(html)
    element = tree.get_element_by_id("document")
    lines: list[str] = [""]
    _read(element, lines)
    cleaned = (re.sub(r"[ \t\r\n\f]+", " ", line).strip() for line in lines)
    return "".join(f"{line}\n" for line in cleaned if line)


def _read(element, lines: list[str]) -> None:
    if not isinstance(element.tag, str):
        return
    block = element.tag in _BLOCKS
    if block or element.tag == "br":
        lines.append("")
    lines[-1] += element.text or ""
    for child in element:
        _read(child, lines)
        lines[-1] += child.tail or ""
    if block:
        lines.append("")
