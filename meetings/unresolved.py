"""Case numbers that lead nowhere, and which one was perhaps meant (R20, R21)."""

import re
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse

from boardroom.lib.richtext import plain_text
from boards.models import Board
from cases import caseid
from meetings.models import AgendaRow

# Without a digit on both sides of a hyphen or slash there is no number to look for.
_MAY_HOLD_ONE = re.compile(r"\d\s?[-/\u2010-\u2015\u2212]\s?\d")


@lru_cache(maxsize=2048)
def references(html: str, scheme: str | None) -> tuple[tuple[str, caseid.CaseNumber], ...]:
    """The case numbers of a fragment, as written and as meant. A text is read once for as long as it stays as it is."""
    if not html or not _MAY_HOLD_ONE.search(html):
        return ()
    text = plain_text(html)
    return tuple((text[start:end], number) for start, end, number in caseid.find_all(text, scheme))


@dataclass(frozen=True)
class Known:
    """A case number of the board that exists, and where its case is read."""

    label: str
    item: int
    meeting: int | None
    year: int
    case: int | None
    slug: str

    def url(self, board: Board) -> str:
        if self.case:
            return reverse("cases:case", args=[board.slug, self.case])
        return reverse("meetings:meeting", args=[board.slug, self.slug])


@dataclass(frozen=True)
class Unresolved:
    """A reference as it stands in the text, with the number that is nearest to it, if one is near."""

    written: str
    normal: str
    near: Known | None


class Numbers:
    """The board's case numbers, read once when the first reference is met."""

    def __init__(self, board: Board):
        self.board = board
        self._known: dict[tuple, Known] | None = None
        self._near: dict[str, Known | None] = {}

    @property
    def known(self) -> dict[tuple, Known]:
        if self._known is None:
            rows = AgendaRow.objects.filter(meeting__board=self.board, item__isnull=False, number_year__isnull=False)
            fields = ("label", "item", "number_meeting", "number_year", "case_id", "meeting__slug")
            rows = rows.order_by("-meeting__first_day").values_list(*fields)
            self._known = {row[1:4]: Known(*row) for row in rows}
        return self._known

    def unresolved(self, html: str) -> list[Unresolved]:
        """The references of a fragment that lead to no case of this board, each once."""
        found: dict[str, Unresolved] = {}
        for written, number in references(html, self.board.scheme):
            # Another board's number, by its prefix, is not this board's to know.
            if number.prefix or (number.item, number.meeting, number.year) in self.known:
                continue
            if number.normal not in self._near:
                self._near[number.normal] = self.near(number)
            found.setdefault(number.normal, Unresolved(written, number.normal, self._near[number.normal]))
        return list(found.values())

    def near(self, number: caseid.CaseNumber) -> Known | None:
        """The number most likely meant: of another year, with numbers exchanged, or one digit off; None in doubt."""
        ranked = sorted(
            (
                (distance, abs(other.year - number.year), key)
                for key, other in self.known.items()
                if (distance := _distance(number, other))
            )
        )
        if not ranked:
            return None
        best = [one for one in ranked if one[:2] == ranked[0][:2]]
        return self.known[best[0][2]] if len(best) == 1 else None


def _distance(number: caseid.CaseNumber, other: Known) -> int:
    """1 for another year, 2 for exchanged numbers, 3 for one digit off; 0 for what is not near."""
    same_item, same_meeting = number.item == other.item, number.meeting == other.meeting
    same_year = number.year == other.year
    if same_item and same_meeting:
        return 1 if abs(number.year - other.year) <= 5 else 0
    if same_year and number.meeting is not None and (number.item, number.meeting) == (other.meeting, other.item):
        return 2
    if same_year and same_meeting:
        return 3 if _is_slip(number.item, other.item) else 0
    if same_year and same_item and number.meeting is not None and other.meeting is not None:
        return 3 if _is_slip(number.meeting, other.meeting) else 0
    return 0


def _is_slip(one: int, other: int) -> bool:
    """Two digits exchanged, or one wrong, missing or too many, in a number of at least two digits."""
    mine, theirs = str(one), str(other)
    if max(len(mine), len(theirs)) < 2:
        return False
    if len(mine) == len(theirs):
        wrong = [place for place, (a, b) in enumerate(zip(mine, theirs, strict=True)) if a != b]
        return len(wrong) == 1 or (len(wrong) == 2 and sorted(mine) == sorted(theirs))
    shorter, longer = sorted((mine, theirs), key=len)
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))
