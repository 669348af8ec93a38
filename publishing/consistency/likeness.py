"""When two different names may be one person or one organisation. The answer is a suggestion, never a merge (R54, R55)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "å": "a", "đ": "d", "ł": "l", "ð": "d", "þ": "th", "ß": "ss"})


def tokens(name: str) -> list[str]:
    """The words of a name in small letters without marks: `Berg-Öst, A.` is `berg ost a`."""
    small = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    plain = "".join(character for character in small if not unicodedata.combining(character))
    return re.findall(r"\w+", plain.translate(_LETTERS))


def are_like_persons(one: str, other: str) -> bool:
    """Other letters, an order of names, an initial or a middle name more: the same last name and enough of the rest."""
    mine, theirs = tokens(one), tokens(other)
    if len(mine) < 2 or len(theirs) < 2:
        return False
    if len(mine) == len(theirs) and _all_like(mine, theirs):
        return True
    if not _like(mine[-1], theirs[-1]):
        return False
    if len(mine) == len(theirs) and all(map(_is_name, mine, theirs)):
        return True
    shorter, longer = sorted((mine, theirs), key=len)
    shared = sum(any(_is_name(name, other) for other in longer[:-1]) for name in shorter[:-1])
    if len(shorter) < len(longer):
        return shared == len(shorter) - 1
    # Of as many names, one that stands in another place speaks for one person; a different one in its place does not.
    return any(_like(name, other) for i, name in enumerate(mine[:-1]) for j, other in enumerate(theirs[:-1]) if i != j)


def are_like_organisations(one: str, other: str) -> bool:
    """The same words up to a letter. A word more or less is another organisation (`Helse Øy`, `Helse Øy IKT`)."""
    mine, theirs = tokens(one), tokens(other)
    return len(mine) == len(theirs) and bool(mine) and _all_like(mine, theirs)


def like_pairs(names: Iterable[str], others: Iterable[str], are_like) -> Iterator[tuple[str, str]]:
    """(name, other) for each like pair. Only names that share a word, or are one word, are looked at closely."""
    index: dict[str, set[str]] = {}
    for other in others:
        for key in _keys(other):
            index.setdefault(key, set()).add(other)
    for name in names:
        near = set().union(*(index.get(key, set()) for key in _keys(name))) - {name}
        for other in sorted(near):
            if are_like(name, other):
                yield name, other


def _keys(name: str) -> set[str]:
    words = tokens(name)
    if len(words) == 1:
        return {words[0][:2], words[0][-4:]}
    return set(words)


def _all_like(mine: list[str], theirs: list[str]) -> bool:
    return all(_like(one, other) for one, other in zip(mine, theirs, strict=True))


def _like(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < 4:
        return False
    return SequenceMatcher(None, one, other).ratio() >= 0.85


def _is_name(one: str, other: str) -> bool:
    """The same given name, perhaps as an initial."""
    return _like(one, other) or (min(len(one), len(other)) == 1 and one[0] == other[0])
