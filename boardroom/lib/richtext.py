"""HTML fragments: the one sanitiser, and what is read out of a fragment.

The allowed subset is that of the record format (`docs/record-format.md`). A tag outside it goes and its
text stays. A fragment already in the subset comes back unchanged, byte for byte, so that records round-trip.
"""

import html as entities
import re

import nh3
from django.utils.translation import gettext as _

from boardroom.lib.fragments import PIECE, compliant_lists, is_empty, paragraphs, plain_text
from boardroom.lib.text import text_problem, without_bidi

__all__ = [
    "RichTextRefused",
    "compliant_lists",
    "from_word",
    "is_clean",
    "is_empty",
    "paragraphs",
    "plain_text",
    "sanitise",
]

TAGS = frozenset("p br strong em a ul ol li blockquote table caption thead tbody tr th td h4 h5 sup sub span".split())
ATTRIBUTES = {
    "a": {"href"},
    "ol": {"start"},
    "span": {"lang"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
SCHEMES = frozenset({"http", "https", "mailto"})
DEPTH_MAX, TEXT_BYTES_MAX, ROWS_MAX, SPAN_MAX, ELEMENTS_MAX = 20, 200_000, 200, 50, 5_000
# What is read at all: more than this takes the parser too long (reliability 0.6).
RAW_CHARACTERS_MAX, RAW_DEPTH_MAX, RAW_TAGS_MAX = 1_000_000, 200, 60_000

_VALUES = {
    "start": re.compile(r"-?[0-9]{1,6}"),
    "scope": re.compile(r"(?:row|col)(?:group)?"),
    "lang": re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}"),
    "colspan": re.compile(r"[0-9]{1,2}"),
    "rowspan": re.compile(r"[0-9]{1,2}"),
}
_TOKEN = re.compile(r"<(?P<close>/?)(?P<tag>[a-z][a-z0-9]*)(?P<attributes>(?: [a-z]+=\"[^\"<>]*\")*)(?: ?/)?>|[^<]+")
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
_ANY_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# Elements that the next one of their kind ends: without an end tag they do not nest.
_ENDED_BY_NEXT = {"p", "li", "tr", "td", "th", "thead", "tbody", "tfoot", "dt", "dd", "option"}
_VOID = {"br", "hr", "img", "input", "meta", "link", "wbr", "col", "area", "base", "embed", "source", "track", "param"}
_OUTER_BLOCKS = "div|h1|h2|h3|h6|section|article|header|footer|main|aside|nav|dl|dt|dd|pre|figure|figcaption|address|hr"
_GLUED_BEFORE = re.compile(rf"(?<=[^\s>])(?=</?(?:{_OUTER_BLOCKS})\b)", re.IGNORECASE)
_GLUED_AFTER = re.compile(rf"(</(?:{_OUTER_BLOCKS})\s*>)(?=[^\s<])", re.IGNORECASE)


class RichTextRefused(ValueError):
    """The fragment passes a limit; the message is a sentence for the user."""


def sanitise(html: str, *, refuse_spans: bool = True) -> tuple[str, list[str]]:
    """The fragment in the allowed subset, and what was removed, each once: `h1`, `a onclick`, `a href`.

    Raises RichTextRefused where a limit of reliability 0.6 is passed or a character cannot be stored. With
    `refuse_spans=False` a cell over more than 50 columns or rows loses the attribute instead.
    """
    _check_raw(html)
    removed = _outside(html)
    if refuse_spans:
        _check_spans(html)
    removed += ["bidi"] if without_bidi(entities.unescape(html))[1] else []
    result = html if is_clean(html) else _cleaned(html)
    _check_limits(result)
    return result, removed


def _cleaned(html: str) -> str:
    # Words on both sides of a block that goes must not run together.
    separated = _GLUED_AFTER.sub("\\1\n", _GLUED_BEFORE.sub("\n", html))
    result = separated
    # Broken nesting around tables may need more than one reading before it stays as it is.
    for _reading in range(5):
        result = without_bidi(_without_empty_marks(_nh3(result)))[0]
        if is_clean(result):
            return result.rstrip("\n") if separated != html else result
    return paragraphs(plain_text(result))


def is_clean(html: str) -> bool:
    """Whether the fragment is in the subset, well nested and safe as it stands; then it is stored unchanged."""
    # A body that only the parser adds to a table is no difference.
    bodies = "<tbody" in html
    tokens = _tokens(html, bodies=bodies)
    if tokens is None or without_bidi(entities.unescape(html))[1]:
        return False
    return tokens == _tokens(_nh3(html), bodies=bodies)


_WORD_BULLET = r"<p>(?:\s|&nbsp;|\u00a0)*[·•▪●](?:\s|&nbsp;|\u00a0)*((?:(?!</p>).)*)</p>"
_WORD_LIST = re.compile(rf"{_WORD_BULLET}(?:\s*{_WORD_BULLET})*", re.DOTALL)


def from_word(html: str) -> str:
    """The fragment sanitised, with the dotted paragraphs that a paste from Word makes of a list as a list.

    Raises RichTextRefused as `sanitise` does.
    """
    clean, _removed = sanitise(html)

    def as_list(match: re.Match[str]) -> str:
        items = re.findall(_WORD_BULLET, match[0], re.DOTALL)
        return "<ul>" + "".join(f"<li>{item.strip()}</li>" for item in items) + "</ul>"

    return _WORD_LIST.sub(as_list, clean)


def _nh3(html: str) -> str:
    return nh3.clean(
        html,
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=_keep,
        url_schemes=set(SCHEMES),
        url_relative="deny",
        link_rel=None,
    )


def _keep(tag: str, name: str, value: str) -> str | None:
    form = _VALUES.get(name)
    if form and not form.fullmatch(value):
        return None
    if name in {"colspan", "rowspan"} and not 1 <= int(value) <= SPAN_MAX:
        return None
    return value.replace("<", "%3C").replace(">", "%3E")


def _tokens(html: str, *, bodies: bool) -> list[tuple[object, ...]] | None:
    """The fragment as tags and texts with entities read, or None where it is not written strictly.

    Without `bodies`, table bodies are passed over.
    """
    tokens: list[tuple[object, ...]] = []
    end = 0
    for match in _TOKEN.finditer(html):
        if match.start() != end:
            return None
        end = match.end()
        if match["tag"] is None:
            tokens.append(("text", entities.unescape(match[0])))
        elif bodies or match["tag"] != "tbody":
            attributes = {name: entities.unescape(value) for name, value in _ATTRIBUTE.findall(match["attributes"])}
            tokens.append((match["close"], match["tag"], tuple(sorted(attributes.items()))))
    return tokens if end == len(html) else None


def _without_empty_marks(html: str) -> str:
    """Without `span` and `a` that carry nothing, as a paste from Word leaves them."""
    out: list[str] = []
    kept: dict[str, list[bool]] = {"span": [], "a": []}
    for match in PIECE.finditer(html):
        marks = kept.get(match["tag"] or "")
        if marks is None:
            out.append(match[0])
        elif match["close"]:
            out += [match[0]] if not marks or marks.pop() else []
        else:
            marks.append(bool(match["rest"].strip()))
            out += [match[0]] if marks[-1] else []
    return "".join(out)


def _check_raw(html: str) -> None:
    if len(html) > RAW_CHARACTERS_MAX:
        raise RichTextRefused(_too_long(len(html.encode("utf-8", "replace"))))
    if problem := text_problem(html, multiline=True, maximum=RAW_CHARACTERS_MAX):
        raise RichTextRefused(problem)
    tags = _ANY_TAG.findall(html)
    if len(tags) > RAW_TAGS_MAX:
        raise RichTextRefused(_too_many(len(tags) // 2))
    opened: dict[str, int] = {}
    for close, name in tags:
        tag = name.lower()
        if tag in _VOID or tag in _ENDED_BY_NEXT:
            continue
        # A stray end tag closes nothing, so each kind is counted for itself.
        opened[tag] = max(0, opened.get(tag, 0) + (-1 if close else 1))
        if not close and sum(opened.values()) > RAW_DEPTH_MAX:
            raise RichTextRefused(_too_deep())


def _check_spans(html: str) -> None:
    for cell in re.findall(r"<t[dh]\b[^>]*>", html, re.IGNORECASE):
        for name, value in re.findall(r"\b(colspan|rowspan)\s*=\s*[\"']?\s*\+?([0-9]+)", cell, re.IGNORECASE):
            digits = value.lstrip("0") or "0"
            if len(digits) > 2 or int(digits) > SPAN_MAX:
                raise RichTextRefused(_too_wide(name.lower(), digits if len(digits) <= 12 else digits[:12] + "…"))


def _check_limits(html: str) -> None:
    if problem := text_problem(html, multiline=True, maximum=10 * RAW_CHARACTERS_MAX):
        raise RichTextRefused(problem)
    depth = rows = elements = 0
    for close, tag in _ANY_TAG.findall(html):
        if tag in _VOID:
            continue
        depth += -1 if close else 1
        rows += tag == "tr" and not close
        elements += not close
        if depth > DEPTH_MAX:
            raise RichTextRefused(_too_deep())
    if rows > ROWS_MAX:
        raise RichTextRefused(
            _("The tables have %(count)s rows; at most %(maximum)s are possible.")
            % {"count": rows, "maximum": ROWS_MAX}
        )
    if elements > ELEMENTS_MAX:
        raise RichTextRefused(_too_many(elements))
    size = len(entities.unescape(re.sub(r"<[^>]*>", "", html)).encode("utf-8", "replace"))
    if size > TEXT_BYTES_MAX:
        raise RichTextRefused(_too_long(size))


def _too_wide(name: str, count: str) -> str:
    if name == "colspan":
        sentence = _("The table has %(count)s columns; at most %(maximum)s are possible.")
    else:
        sentence = _("A cell of the table goes over %(count)s rows; at most %(maximum)s are possible.")
    return sentence % {"count": count, "maximum": SPAN_MAX}


def _too_many(count: int) -> str:
    return _("The text has %(count)s paragraphs, list items and cells; at most %(maximum)s are possible.") % {
        "count": count,
        "maximum": ELEMENTS_MAX,
    }


def _too_deep() -> str:
    return _("The text has lists or quotations inside each other in more than %(maximum)s levels.") % {
        "maximum": DEPTH_MAX
    }


def _too_long(size: int) -> str:
    return _("The text is %(size)s kB; at most %(maximum)s kB are possible.") % {
        "size": -(-size // 1000),
        "maximum": TEXT_BYTES_MAX // 1000,
    }


# Not html.parser: it takes quadratic time for what never ends, such as a row of `<!--`.
_OPENING = re.compile(
    r"<(?:(?P<comment>!)|(?P<tag>[a-zA-Z][^\s/<>]{0,40})"
    r"(?P<attributes>(?:[^<>\"']|\"[^\"]{0,2000}\"|'[^']{0,2000}')*))"
)
_ANY_ATTRIBUTE = re.compile(r"([a-zA-Z][\w:.-]{0,40})(?:\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")


def _outside(html: str) -> list[str]:
    """Every tag, attribute and comment that the sanitiser takes out, each once, in the order of the text."""
    found: dict[str, None] = {}
    for match in _OPENING.finditer(html):
        if match["comment"]:
            found["comment"] = None
        elif (tag := match["tag"].lower()) not in TAGS:
            found[tag] = None
        else:
            for name, *values in _ANY_ATTRIBUTE.findall(match["attributes"]):
                if not _is_kept(tag, name.lower(), entities.unescape("".join(values))):
                    found[f"{tag} {name.lower()}"] = None
    return list(found)


def _is_kept(tag: str, name: str, value: str) -> bool:
    if name not in ATTRIBUTES.get(tag, ()) or _keep(tag, name, value) is None:
        return False
    return name != "href" or _is_safe_link(value)


def _is_safe_link(address: str) -> bool:
    return 'href="' in _nh3(f'<a href="{entities.escape(address)}">x</a>')
