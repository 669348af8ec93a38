"""Names that may be the same person. A suggestion only: nothing is merged by itself (R54)."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

from boards.models import Person

_SAME = str.maketrans({"ø": "o", "æ": "ae", "đ": "d", "ß": "ss"})


def near_names(people: Iterable[Person], apart: Iterable[tuple[int, int]] = ()) -> list[tuple[Person, Person]]:
    """Pairs whose names differ in spelling, order or a given name left out; pairs in `apart` are known to be two."""
    groups = defaultdict(list)
    for person in people:
        if words := plain_words(person.name):
            groups[_skeleton(words[-1])].append((person, words))
    known = {frozenset(pair) for pair in apart}
    found = []
    for group in groups.values():
        for (one, first), (other, second) in combinations(group, 2):
            if frozenset((one.pk, other.pk)) not in known and are_near(first, second):
                found.append((one, other))
    return sorted(found, key=lambda pair: (pair[0].name, pair[1].name))


def are_near(first: list[str], second: list[str]) -> bool:
    """Same family name is given; the given names share one, or one is the other's initial or spelling."""
    given, other = first[:-1], second[:-1]
    if not given or not other:
        return False
    if {_skeleton(name) for name in given} & {_skeleton(name) for name in other}:
        return True
    return given[0][0] == other[0][0] and 1 in (len(given[0]), len(other[0]))


def plain_words(name: str) -> list[str]:
    """The name's words in small letters without accents."""
    decomposed = unicodedata.normalize("NFKD", name.casefold().translate(_SAME))
    return re.findall(r"[a-z]+", "".join(one for one in decomposed if not unicodedata.combining(one)))


def _skeleton(word: str) -> str:
    """Spellings that sound alike are one: double letters, ph/f, th/t, ck/k, w/v, final e."""
    for written, heard in (("ph", "f"), ("th", "t"), ("ck", "k"), ("w", "v"), ("aa", "a"), ("z", "s")):
        word = word.replace(written, heard)
    return re.sub(r"(.)\1+", r"\1", word)
