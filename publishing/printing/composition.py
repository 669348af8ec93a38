"""What every part of a document is composed from: the facts of the meeting, its words and its layout."""

from dataclasses import dataclass
from functools import cached_property

from cases import caseid

from .words import word


class Labels:
    """The layout's fixed words; where the layout has none, the document's own."""

    def __init__(self, given: dict, language: str):
        self._given = given
        self._language = language

    def given(self, key: str) -> str | None:
        return self._given.get(key) or None

    def get(self, key: str) -> str:
        return self.given(key) or word(key, self._language)


@dataclass
class Composition:
    """One document in the making; `facts` has the shape that `publishing.printing.facts` documents."""

    facts: dict
    kind: str
    version: dict | None = None

    @cached_property
    def meeting(self) -> dict:
        return self.facts["meeting"]

    @cached_property
    def board(self) -> dict:
        return self.facts["board"]

    @cached_property
    def minutes(self) -> dict:
        return self.meeting.get("minutes") or {}

    @cached_property
    def layout(self) -> dict:
        return self.facts.get("layout") or {}

    @cached_property
    def language(self) -> str:
        return self.board["language"]

    @cached_property
    def labels(self) -> Labels:
        return Labels(self.layout.get("labels") or {}, self.language)

    @cached_property
    def separator(self) -> str:
        given = self.layout.get("time_separator")
        return "." if given is None else given

    @property
    def as_written(self) -> bool:
        """Imported: prints what the source has, and nothing is computed or marked (print-and-exchange)."""
        return bool(self.facts.get("as_written"))

    @property
    def is_minutes(self) -> bool:
        return self.kind == "minutes"

    @cached_property
    def rows(self) -> list[dict]:
        return self.meeting.get("agenda") or []

    @cached_property
    def days(self) -> list[dict]:
        return self.meeting["days"]

    @cached_property
    def papers(self) -> list[dict]:
        return self.meeting.get("papers") or []

    def word(self, key: str, **values: object) -> str:
        return word(key, self.language, **values)


def case_numbers_in(content: object, scheme: str, targets: dict) -> dict[str, str]:
    """The references in every text of a content that name one of the `targets`: as written, with the address."""
    found: dict[str, str] = {}
    if isinstance(content, str):
        for start, end, number in caseid.find_all(content, scheme):
            address = targets.get((number.prefix, number.item, number.meeting, number.year))
            if address:
                found[content[start:end]] = address
        return found
    inner = content.values() if isinstance(content, dict) else content if isinstance(content, list) else ()
    for value in inner:
        found |= case_numbers_in(value, scheme, targets)
    return found
