"""What is read out of a rich-text fragment, and how it goes to paper. `richtext` sanitises; this only reads."""

import html as entities
import re

from boardroom.lib.text import is_blank

# Any tag of a serialised fragment, also with > in an attribute, or text.
PIECE = re.compile(r"<(?P<close>/?)(?P<tag>[a-z][a-z0-9]*)(?P<rest>(?:[^>\"]|\"[^\"]*\")*)>|[^<]+|<")
_INLINE = frozenset(["strong", "em", "a", "sup", "sub", "span"])
_BLOCKS = frozenset(
    ["p", "br", "ul", "ol", "li", "blockquote", "table", "caption", "thead", "tbody", "tr", "th", "td", "h4", "h5"]
)
_EMPTY, _TEXT, _ENDED = "empty", "text", "ended"


def plain_text(html: str) -> str:
    """The text of a sanitised fragment, one block, table cell or forced line a line; blanks run together."""
    pieces = []
    for piece in PIECE.finditer(html):
        if piece["tag"] is None:
            pieces.append(entities.unescape(piece[0]).replace("\n", " "))
        elif piece["tag"] in _BLOCKS:
            pieces.append("\n")
    lines = (" ".join(line.split(None)) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def is_empty(html: str) -> bool:
    """Whether nothing of the fragment can be seen."""
    return is_blank(plain_text(html))


def paragraphs(text: str) -> str:
    """Plain text as a fragment: an empty line ends a paragraph, a line feed is a forced line."""
    blocks = re.split(r"\n[ \t]*\n\s*", text.strip())
    return "".join(f"<p>{'<br>'.join(entities.escape(block, quote=False).split(chr(10)))}</p>" for block in blocks)


def compliant_lists(html: str) -> str:
    """The fragment for paper: inside a list item, paragraphs and headings are spans with a break between.

    PDF/UA-1 allows no block in a list body. Takes a sanitised fragment.
    """
    walk = _Paper()
    for piece in PIECE.finditer(html):
        walk.take(piece[0], piece["tag"], bool(piece["close"]))
    return "".join(walk.out)


class _Paper:
    """Walks over a fragment; for every open list item it knows whether what follows needs a break before it."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.open: list[tuple[str, str | None]] = []  # tag, and what closes it where that is not its own end tag
        self.items = [_EMPTY]

    def take(self, piece: str, tag: str | None, close: bool) -> None:
        if tag == "br":
            self.out.append(piece)
            self.items[-1] = _EMPTY
        elif tag is None:
            self._text(piece)
        elif close:
            self._close(piece, tag)
        else:
            self._open(piece, tag)

    def _text(self, piece: str) -> None:
        if piece.strip():
            self._break_if(self.items[-1] == _ENDED)
            self.items[-1] = _TEXT
        self.out.append(piece)

    def _open(self, piece: str, tag: str) -> None:
        if self._in_item() and tag in {"p", "h4", "h5"}:
            self._break_if(self.items[-1] != _EMPTY)
            self.items[-1] = _EMPTY
            self.out.append("<span>")
            self.open.append((tag, "</span>"))
        elif self._in_item() and tag == "blockquote":
            self.open.append((tag, ""))
        else:
            if tag in _INLINE and self._in_item():
                self._break_if(self.items[-1] == _ENDED)
                self.items[-1] = _TEXT if self.items[-1] == _ENDED else self.items[-1]
            self.out.append(piece)
            self.open.append((tag, None))
        if tag == "li":
            self.items.append(_EMPTY)
        elif tag in {"ul", "ol", "table"}:
            self.items[-1] = _EMPTY

    def _close(self, piece: str, tag: str) -> None:
        opened, instead = self.open.pop() if self.open else (tag, None)
        self.out.append(piece if instead is None else instead)
        if opened == "li" and len(self.items) > 1:
            self.items.pop()
        if opened in {"ul", "ol", "table"}:
            self.items[-1] = _EMPTY
        elif instead == "</span>" and self.items[-1] == _TEXT:
            self.items[-1] = _ENDED

    def _in_item(self) -> bool:
        return next((tag for tag, _ in reversed(self.open) if tag in {"li", "td", "th", "caption"}), None) == "li"

    def _break_if(self, needed: bool) -> None:
        if needed and self._in_item():
            self.out.append("<br>")
