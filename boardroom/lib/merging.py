"""Two people changed one text: their changes laid together, paragraph by paragraph (R67, F18)."""

import difflib
import re
from collections.abc import Iterator

_PIECE = re.compile(
    r"<(?:p|h4|h5|blockquote)\b.*?</(?:p|h4|h5|blockquote)>|<li\b.*?</li>|<tr\b.*?</tr>|</?(?:ul|ol|table)\b[^>]*>",
    re.DOTALL,
)


def pieces(html: str) -> list[str]:
    """The fragment cut at paragraphs, list items and table rows; put together again it is the same text."""
    found, end = [], 0
    for match in _PIECE.finditer(html):
        if html[end : match.start()]:
            found.append(html[end : match.start()])
        found.append(match[0])
        end = match.end()
    return found + ([html[end:]] if html[end:] else [])


def merge(base: str, theirs: str, yours: str) -> str:
    """A text with the changes of both against `base`. Where both changed the same pieces, theirs stand before yours,
    so that no word of either is lost."""
    old, left, right = pieces(base), pieces(theirs), pieces(yours)
    merged: list[str] = []
    end_old = end_left = end_right = 0
    for start_old, start_left, start_right, length in _agreed(old, left, right):
        chunks = old[end_old:start_old], left[end_left:start_left], right[end_right:start_right]
        merged += _joined(*chunks)
        merged += old[start_old : start_old + length]
        end_old, end_left, end_right = start_old + length, start_left + length, start_right + length
    return "".join(merged)


def _joined(old: list[str], left: list[str], right: list[str]) -> list[str]:
    if right == old:
        return left
    if left in (old, right):
        return right
    if len(old) == len(left) == len(right) > 1:
        chunks = zip(old, left, right, strict=True)
        return [piece for one, other, third in chunks for piece in _joined([one], [other], [third])]
    return left + [piece for piece in right if piece not in left and piece not in old]


def _agreed(old: list[str], left: list[str], right: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Runs of pieces that all three texts share: their places in each and how many; at last the common end."""
    in_left, in_right = _matches(old, left), _matches(old, right)
    one = other = 0
    while one < len(in_left) and other < len(in_right):
        start_a, at_left, length_a = in_left[one]
        start_b, at_right, length_b = in_right[other]
        start, end = max(start_a, start_b), min(start_a + length_a, start_b + length_b)
        if start < end:
            yield start, at_left + start - start_a, at_right + start - start_b, end - start
        if start_a + length_a < start_b + length_b:
            one += 1
        else:
            other += 1
    yield len(old), len(left), len(right), 0


def _matches(old: list[str], new: list[str]) -> list[tuple[int, int, int]]:
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    return [(match.a, match.b, match.size) for match in matcher.get_matching_blocks() if match.size]
