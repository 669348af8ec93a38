"""What was typed in the command box, and from which page."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from operator import and_, or_

from django.db.models import Q
from django.urls import Resolver404, resolve

from boardroom.lib.matching import folded, folded_words
from boardroom.lib.text import normal

_WORD = re.compile(r"\w+")
WORDS_AT_MOST = 12


@dataclass(frozen=True)
class Asked:
    """The typed text, and the addresses (slugs) of the board and meeting whose page it was typed on ("" for none)."""

    typed: str = ""
    board: str = ""
    meeting: str = ""

    @classmethod
    def at(cls, typed: str, path: str) -> "Asked":
        """As typed on the page of that path; a path of no page counts as none."""
        try:
            place = resolve(path).kwargs if path.startswith("/") else {}
        except Resolver404:
            place = {}
        return cls(normal(typed).strip(), str(place.get("board", "")), str(place.get("meeting", "")))

    @cached_property
    def words(self) -> list[str]:
        return _WORD.findall(self.typed)[:WORDS_AT_MOST]

    @cached_property
    def folded(self) -> list[str]:
        return folded_words(self.typed)[:WORDS_AT_MOST]

    def opens(self, title: str) -> bool:
        """Whether the title begins with what was typed."""
        return bool(self.typed) and folded(title).startswith(folded(self.typed))

    def within(self, field: str, *names: str) -> Q:
        """Every word stands in the field or one of the names, and at least one in the field itself."""
        every = all_of(any_of(containing(one, word) for one in (field, *names)) for word in self.words)
        return every & any_of(containing(field, word) for word in self.words)


def containing(field: str, word: str) -> Q:
    """The word somewhere in the field, in small or capital letters: SQLite only knows those of ASCII."""
    spellings = {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize()}
    return any_of(Q(**{f"{field}__icontains": one}) for one in spellings)


def any_of(conditions: Iterable[Q]) -> Q:
    return _joined(or_, conditions)


def all_of(conditions: Iterable[Q]) -> Q:
    return _joined(and_, conditions)


def _joined(operator, conditions: Iterable[Q]) -> Q:
    found = None
    for one in conditions:
        found = one if found is None else operator(found, one)
    return Q(pk__in=[]) if found is None else found
