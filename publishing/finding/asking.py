"""What was typed in the command box, and from which page."""

import re
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.urls import Resolver404, resolve

from boardroom.lib.conditions import all_of, any_of, containing
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
