"""Two versions of a rich text as one, in which what went stands in `del` and what came in `ins` (R96).

Take every `del` out, and what has data-change="del", and the new text is left; take out `ins` and data-change="ins", and
it is the old one: also of lists and tables, where a whole item, row or cell came or went. The markup is built anew from
an allow-list, so that it can be shown as it is.
"""

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape
from itertools import groupby

from lxml import html as lxml_html

INLINE = {"strong", "em", "a", "sub", "sup", "span", "b", "i", "u"}
BLOCKS = set("p ul ol li blockquote table caption thead tbody tr td th h4 h5".split())
ATTRIBUTES = {"href", "start", "lang", "colspan", "rowspan", "scope", "class"}
SCHEMES = ("http://", "https://", "mailto:")
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
SAME, WENT, CAME = "", "del", "ins"
# Above this product of lengths, texts are laid beside each other whole: time grows with it.
WORK_MAX = 4_000_000
ALIKE = 0.35


@dataclass(frozen=True)
class Word:
    """A word, mark, space or line break (`is_break`), with the elements it stands in from the outside in."""

    text: str
    within: tuple[str, ...] = ()
    is_break: bool = False


@dataclass(frozen=True)
class Run:
    """Words that follow each other."""

    words: tuple[Word, ...]

    tag = ""


@dataclass(frozen=True)
class Element:
    """A paragraph, list, item, table, row or cell. `start` is its tag as written, without the brackets."""

    tag: str
    start: str
    children: tuple


@dataclass(frozen=True)
class Marks:
    """What is read aloud before and after a change: not everyone sees colours and lines."""

    went: tuple[str, str] = ("", "")
    came: tuple[str, str] = ("", "")

    def wrapped(self, operation: str, markup: str) -> str:
        before, after = self.went if operation == WENT else self.came
        said = f'<span class="ds-sr-only">{escape(before)}</span>' if before else ""
        ended = f'<span class="ds-sr-only">{escape(after)}</span>' if after else ""
        return f"<{operation}>{said}{markup}{ended}</{operation}>"


def redlined(old: str, new: str, marks: Marks | None = None) -> str:
    """The two fragments as one."""
    return _laid(_parsed(old), _parsed(new), marks or Marks())


def normal(html: str) -> str:
    """The fragment as this module writes it: two that read the same are the same."""
    return "".join(_written(node) for node in _parsed(html))


def whole(html: str, operation: str, marks: Marks | None = None) -> str:
    """The fragment, all of which came or went."""
    return "".join(_marked(node, operation, marks or Marks()) for node in _parsed(html))


def alike(one: str, other: str) -> float:
    """How much of two fragments is the same words, from 0 to 1."""
    return _alike(_parsed(one), _parsed(other))


# --- Reading -------------------------------------------------------------------------------------------------------


def _parsed(html: str) -> tuple:
    html = _CONTROL.sub("", html or "")
    return _nodes(lxml_html.fragment_fromstring(html, create_parent="div")) if html.strip() else ()


def _nodes(element) -> tuple:
    found: list = []
    words: list[Word] = []

    def settle() -> None:
        if any(word.text.strip() or word.is_break for word in words):
            found.append(Run(tuple(words)))
        words.clear()

    words.extend(_split(element.text, ()))
    for child in element:
        if isinstance(child.tag, str) and child.tag in BLOCKS:
            settle()
            found.append(Element(child.tag, _start(child), _nodes(child)))
        else:
            words.extend(_inline(child, ()))
        words.extend(_split(child.tail, ()))
    settle()
    return tuple(found)


def _inline(element, within: tuple[str, ...]) -> list[Word]:
    if not isinstance(element.tag, str) or element.tag in {"script", "style", "template"}:
        return []
    if element.tag == "br":
        return [Word("\n", within, is_break=True)]
    inner = (*within, _start(element)) if element.tag in INLINE else within
    words = _split(element.text, inner)
    for child in element:
        words += _inline(child, inner) + _split(child.tail, inner)
    return words


def _split(text: str | None, within: tuple[str, ...]) -> list[Word]:
    return [Word(found, within) for found in _WORDS.findall(text or "")]


def _start(element) -> str:
    given = [(name, value) for name, value in sorted(element.attrib.items()) if name in ATTRIBUTES]
    kept = [(name, value) for name, value in given if name != "href" or value.strip().lower().startswith(SCHEMES)]
    return "".join([element.tag, *(f' {name}="{escape(value)}"' for name, value in kept)])


# --- Laying beside each other --------------------------------------------------------------------------------------


def _laid(old: tuple, new: tuple, marks: Marks) -> str:
    out = []
    for operation, before, after in _operations(old, new):
        if operation == "equal":
            out += [_written(node) for node in after]
            continue
        for one, other in _pairs(before, after):
            out.append(_pair(one, other, marks))
    return "".join(out)


def _operations(old: tuple, new: tuple):
    if len(old) * len(new) > WORK_MAX:
        yield "replace", old, new
        return
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    for operation, start, end, begin, stop in matcher.get_opcodes():
        yield operation, old[start:end], new[begin:stop]


def _pair(one, other, marks: Marks) -> str:
    if one is None or other is None:
        return _marked(one or other, WENT if other is None else CAME, marks)
    if isinstance(one, Run):
        return _words(one.words, other.words, marks)
    return f"<{one.start}>{_laid(one.children, other.children, marks)}</{one.tag}>"


def _pairs(old: tuple, new: tuple) -> list[tuple]:
    """The nodes in order, those that are the same one changed as pairs; None stands where there is no other."""
    if len(old) == len(new) and all(_is_kin(one, other) for one, other in zip(old, new, strict=True)):
        return list(zip(old, new, strict=True))
    if len(old) * len(new) > WORK_MAX // 1000:
        return [(one, None) for one in old] + [(None, one) for one in new]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for row in range(len(old) - 1, -1, -1):
        for column in range(len(new) - 1, -1, -1):
            together = _score(old[row], new[column])
            taken = best[row + 1][column + 1] + together if together else 0.0
            best[row][column] = max(best[row + 1][column], best[row][column + 1], taken)
    return _walked(old, new, best)


def _walked(old: tuple, new: tuple, best: list[list[float]]) -> list[tuple]:
    found, row, column = [], 0, 0
    while row < len(old) and column < len(new):
        together = _score(old[row], new[column])
        if together and best[row][column] == best[row + 1][column + 1] + together:
            found.append((old[row], new[column]))
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            found.append((old[row], None))
            row += 1
        else:
            found.append((None, new[column]))
            column += 1
    return found + [(one, None) for one in old[row:]] + [(None, one) for one in new[column:]]


def _is_kin(one, other) -> bool:
    return type(one) is type(other) and (isinstance(one, Run) or one.start == other.start)


def _score(one, other) -> float:
    score = _alike((one,), (other,)) if _is_kin(one, other) else 0.0
    return score if score >= ALIKE else 0.0


def _alike(one: tuple, other: tuple) -> float:
    here, there = Counter(_spoken(one)), Counter(_spoken(other))
    total = here.total() + there.total()
    return 2 * (here & there).total() / total if total else 1.0


def _spoken(nodes: tuple) -> list[str]:
    found = []
    for node in nodes:
        if isinstance(node, Run):
            found += [word.text for word in node.words if word.text.strip()]
        else:
            found += _spoken(node.children)
    return found


# --- Writing -------------------------------------------------------------------------------------------------------


def _words(old: tuple[Word, ...], new: tuple[Word, ...], marks: Marks) -> str:
    """One run of words: what went before what came, and no space alone between two changes."""
    parts: list[list] = []
    for operation, before, after in _operations(old, new):
        if operation == "equal":
            parts.append([after, after, True])
        elif parts and not parts[-1][2]:
            parts[-1][:2] = [parts[-1][0] + before, parts[-1][1] + after]
        else:
            parts.append([before, after, False])
    joined: list[list] = []
    for place, (before, after, is_same) in enumerate(parts):
        is_gap = is_same and 0 < place < len(parts) - 1 and not any(word.text.strip() for word in after)
        if joined and not joined[-1][2] and (is_gap or not is_same):
            joined[-1][:2] = [joined[-1][0] + before, joined[-1][1] + after]
        else:
            joined.append([before, after, is_same])
    return "".join(_run(after) if is_same else _change(before, after, marks) for before, after, is_same in joined)


def _change(before: tuple[Word, ...], after: tuple[Word, ...], marks: Marks) -> str:
    went = marks.wrapped(WENT, _run(before)) if before else ""
    return went + (marks.wrapped(CAME, _run(after)) if after else "")


def _run(words: tuple[Word, ...]) -> str:
    out = []
    for within, same in groupby(words, lambda word: word.within):
        text = "".join("<br>" if word.is_break else escape(word.text) for word in same)
        ends = "".join(f"</{start.split(' ')[0]}>" for start in reversed(within))
        out.append("".join(f"<{start}>" for start in within) + text + ends)
    return "".join(out)


def _written(node) -> str:
    if isinstance(node, Run):
        return _run(node.words)
    return f"<{node.start}>{''.join(_written(child) for child in node.children)}</{node.tag}>"


def _marked(node, operation: str, marks: Marks) -> str:
    if isinstance(node, Run):
        return marks.wrapped(operation, _run(node.words))
    inner = "".join(_inner(child, operation, marks) for child in node.children)
    return f'<{node.start} data-change="{operation}">{inner}</{node.tag}>'


def _inner(node, operation: str, marks: Marks) -> str:
    if isinstance(node, Run):
        return marks.wrapped(operation, _run(node.words))
    return f"<{node.start}>{''.join(_inner(child, operation, marks) for child in node.children)}</{node.tag}>"
