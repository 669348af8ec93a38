"""Text and rich text as markup for print: allow-listed, linked, and safe to tag (ecosystem 1.5).

Every piece is built again from an allow-list, whatever was stored, so nothing active can reach a
page or a PDF. What may not be broken over lines (case numbers, dates, clock times) is wrapped in a
`nowrap` span: by style and not by special characters, so that copied text stays plain (R63).
"""

import re
from dataclasses import dataclass, field
from html import escape

from lxml import html as lxml_html

from .tables import set_table

MAX_DEPTH = 40
INLINE = {"strong", "em", "sup", "sub"}
BLOCKS = {"p", "ul", "ol", "blockquote", "table", "h1", "h2", "h3", "h4", "h5", "h6", "div", "dl", "pre", "section"}
LINK_SCHEMES = ("http://", "https://", "mailto:", "tel:")

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_MONTHS = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember|" + (
    "january|february|march|may|june|july|october|december"
)
_FIGURE = r"\d(?:[\d.:]*\d)?"
_PIECES = re.compile(
    r"(?P<url>(?:https?://|www\.)[^\s<>«»\"]+)"
    r"|(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    rf"|(?P<keep>\d{{1,2}}\.\s(?:{_MONTHS})\b|\bkl\.?\s{_FIGURE}(?:[-–]{_FIGURE})?|§§?\s\d[\w-]*"
    rf"|(?<![\w/]){_FIGURE}(?:[-/–]{_FIGURE}){{1,3}}(?!\w))",
    re.IGNORECASE,
)


class Markup(str):
    """Markup made by this module; templates print it as it stands."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


@dataclass
class Setting:
    """How pieces are set: case references that resolve (R22), longest first, by their text."""

    links: dict[str, str] = field(default_factory=dict)
    _pattern: re.Pattern | None = field(init=False, default=None)

    def __post_init__(self):
        if self.links:
            parts = "|".join(re.escape(text) for text in sorted(self.links, key=len, reverse=True))
            self._pattern = re.compile(rf"(?<![\w/-])(?:{parts})(?![\w/-])")

    def text(self, text: str, *, href: str | None = None) -> str:
        """Escaped text with addresses and references linked and unbreakable figures kept whole; all one link with `href`."""
        text = _CONTROL.sub("", text)
        if href is not None:
            return f'<a class="address" href="{escape(href)}">{escape(text)}</a>' if text.strip() else escape(text)
        if not self._pattern:
            return _pieces(text)
        out, at = [], 0
        for match in self._pattern.finditer(text):
            out.append(_pieces(text[at : match.start()]))
            out.append(f'<a class="nowrap" href="{escape(self.links[match[0]])}">{escape(match[0])}</a>')
            at = match.end()
        return "".join([*out, _pieces(text[at:])])

    def line(self, text: str | None) -> Markup:
        """A title, name or value: line breaks kept, everything else plain text."""
        return Markup("<br>".join(self.text(part) for part in (text or "").strip().splitlines()))

    def fragment(self, html: str | None, level: int = 0) -> Markup:
        """Rich text whose own headings start at `level` (0: set as bold paragraphs)."""
        root = parsed(html)
        if root is None:
            return Markup("")
        return Markup(_Walk(self, level).flow(root, 0))


def _pieces(text: str) -> str:
    out, at = [], 0
    for match in _PIECES.finditer(text):
        out.append(escape(text[at : match.start()]))
        at = match.end()
        found = match[0]
        if match["keep"]:
            out.append(f'<span class="nowrap">{escape(found)}</span>')
            continue
        trimmed = found.rstrip(".,;:!?'")
        while trimmed.endswith(")") and trimmed.count(")") > trimmed.count("("):
            trimmed = trimmed[:-1].rstrip(".,;:!?'")
        target = f"mailto:{trimmed}" if match["mail"] else trimmed
        target = f"https://{target}" if target.startswith("www.") else target
        out.append(f'<a class="address" href="{escape(target)}">{escape(trimmed)}</a>{escape(found[len(trimmed) :])}')
    return "".join([*out, escape(text[at:])])


def parsed(html: str | None):
    """The fragment as a tree under one `div`, or None where it holds no text."""
    cleaned = _CONTROL.sub("", html or "")
    if not cleaned.strip():
        return None
    root = lxml_html.fragment_fromstring(cleaned, create_parent="div")
    return root if (root.text_content().strip()) else None


def plain(html: str | None) -> str:
    """The words of a fragment, for comparing; not for printing."""
    root = parsed(html)
    return "" if root is None else " ".join(root.text_content().split())


def is_blank(html: str | None) -> bool:
    return parsed(html) is None


class _Walk:
    """One pass over a fragment; `level` is where its headings start."""

    def __init__(self, setting: Setting, level: int):
        self.setting = setting
        self.level = level

    def flow(self, node, depth: int) -> str:
        """Block content; loose text is gathered into paragraphs."""
        out, loose = [], []

        def settle():
            text = "".join(loose)
            loose.clear()
            if _visible(text):
                out.append(f"<p>{text.strip()}</p>")

        loose.append(self.setting.text(node.text or ""))
        for child in node:
            if isinstance(child.tag, str) and child.tag in BLOCKS:
                settle()
                out.append(self.block(child, depth + 1))
            elif isinstance(child.tag, str):
                loose.append(self.inline(child, depth + 1))
            loose.append(self.setting.text(child.tail or ""))
        settle()
        return "".join(out)

    def block(self, node, depth: int) -> str:
        tag = node.tag
        if depth > MAX_DEPTH:
            return f"<p>{self.setting.text(node.text_content())}</p>"
        if tag in ("ul", "ol"):
            return self.list_of(node, depth)
        if tag == "table":
            return set_table(node, self, depth)
        if tag == "blockquote":
            return f"<blockquote{_lang(node)}>{self.flow(node, depth)}</blockquote>"
        if tag in ("p", "pre"):
            text = self.inner(node, depth)
            return f"<p{_lang(node)}>{text.strip()}</p>" if _visible(text) else ""
        if tag[0] == "h" and tag[1:].isdigit():
            return self.heading(node, depth)
        return self.flow(node, depth)

    def heading(self, node, depth: int) -> str:
        text = self.inner(node, depth)
        if not _visible(text):
            return ""
        deeper = 1 if node.tag in ("h5", "h6") and getattr(self, "_opened", False) else 0
        self._opened = True
        number = self.level + deeper
        if not self.level or number > 6:
            return f'<p class="subhead">{text.strip()}</p>'
        return f'<h{number} class="subhead">{text.strip()}</h{number}>'

    def list_of(self, node, depth: int) -> str:
        start = node.get("start", "")
        attribute = f' start="{int(start)}"' if node.tag == "ol" and re.fullmatch(r"-?\d{1,6}", start) else ""
        items = []
        for child in node:
            if child.tag == "li":
                items.append(f"<li{_lang(child)}>{self.item(child, depth + 1)}</li>")
            elif child.tag in ("ul", "ol"):
                items.append(f"<li>{self.list_of(child, depth + 1)}</li>")
            elif isinstance(child.tag, str) and _visible(child.text_content()):
                items.append(f"<li>{self.item(child, depth + 1)}</li>")
        return f"<{node.tag}{attribute}>{''.join(items)}</{node.tag}>" if items else ""

    def item(self, node, depth: int) -> str:
        """List items hold lines and lists only: a block in them would break the tagging."""
        lines, lists = [[self.setting.text(node.text or "")]], []
        self._lines(node, depth, lines, lists)
        parts = []
        for line in lines:
            text = line if isinstance(line, str) else "".join(line)
            if isinstance(line, str):
                parts.append(("list", text))
            elif _visible(text):
                parts.append(("line", text.strip()))
        out = ""
        for position, (kind, text) in enumerate(parts):
            if kind == "line" and position and parts[position - 1][0] == "line":
                out += "<br>"
            out += f"<span>{text}</span>" if kind == "line" else text
        return out

    def _lines(self, node, depth: int, lines: list, lists: list) -> None:
        for child in node:
            if not isinstance(child.tag, str):
                pass
            elif child.tag in ("ul", "ol"):
                lines.append(self.list_of(child, depth + 1))
                lines.append([])
            elif child.tag in BLOCKS or child.tag in ("tr", "tbody", "thead", "caption", "li"):
                lines.append([self.setting.text(child.text or "")])
                self._lines(child, depth + 1, lines, lists)
                lines.append([])
            elif child.tag in ("td", "th"):
                if not isinstance(lines[-1], list):
                    lines.append([])
                lines[-1].append(" " + self.inner(child, depth + 1))
            else:
                if not isinstance(lines[-1], list):
                    lines.append([])
                lines[-1].append(self.inline(child, depth + 1))
            if child.tail:
                if not isinstance(lines[-1], list):
                    lines.append([])
                lines[-1].append(self.setting.text(child.tail))

    def inner(self, node, depth: int, href: str | None = None) -> str:
        """Inline content. Links hold text only, so emphasis in a link is a link in the emphasis: tags need it so."""
        out = [self.setting.text(node.text or "", href=href)]
        for child in node:
            if isinstance(child.tag, str):
                out.append(self.inline(child, depth + 1, href))
            out.append(self.setting.text(child.tail or "", href=href))
        return "".join(out)

    def inline(self, node, depth: int, href: str | None = None) -> str:
        if depth > MAX_DEPTH:
            return escape(node.text_content())
        tag = {"b": "strong", "i": "em"}.get(node.tag, node.tag)
        if tag in ("script", "style", "template"):
            return ""
        if tag == "br":
            return "<br>"
        if tag in INLINE:
            return f"<{tag}>{self.inner(node, depth, href)}</{tag}>"
        if tag == "a" and href is None and (node.get("href") or "").strip().lower().startswith(LINK_SCHEMES):
            return self.inner(node, depth, node.get("href").strip())
        if tag == "span" and node.get("lang"):
            return f"<span{_lang(node)}>{self.inner(node, depth, href)}</span>"
        return self.inner(node, depth, href)


def _lang(node) -> str:
    value = node.get("lang") or ""
    return f' lang="{value}"' if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", value) else ""


def _visible(markup: str) -> bool:
    return bool(re.sub(r"<(?!br)[^>]*>|<br>", "", markup).replace("&nbsp;", "").strip(" \t\r\n"))
