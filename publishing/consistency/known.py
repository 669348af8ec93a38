"""What the system knows beyond one record: the board's meetings and cases, and the registers of names."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from boardroom.lib.richtext import plain_text
from boards.models import Board, Organisation, OrganisationAlias, Person, PersonAlias
from cases import caseid
from meetings.models import AgendaRow, Meeting


class Finding(NamedTuple):
    """A doubt: the requirement it comes from, where in the record, and a sentence."""

    code: str
    pointer: str
    sentence: str


class KnownRow(NamedTuple):
    """A case in the system: where it stands and what it is called."""

    day: date
    title: str
    part: str


@dataclass
class Known:
    """Read by `known_of`; empty for a record on its own."""

    scheme: str | None = None
    numbers: dict[str, list[date]] = field(default_factory=dict)
    days: set[date] = field(default_factory=set)
    rows: dict[str, list[KnownRow]] = field(default_factory=dict)
    persons: list[str] = field(default_factory=list)
    organisations: list[str] = field(default_factory=list)
    aliases: set[frozenset[str]] = field(default_factory=set)

    def are_joined(self, one: str, other: str) -> bool:
        """Whether somebody has said already that the two names are one."""
        return frozenset((one, other)) in self.aliases


def known_of(board: Board, *, record: dict | None = None) -> Known:
    """Everything the checks ask of the system, in seven queries; with a record, only the cases whose numbers it names."""
    known = Known(scheme=board.scheme)
    for number, day in Meeting.objects.filter(board=board).values_list("number", "first_day"):
        known.days.add(day)
        if number:
            known.numbers.setdefault(number, []).append(day)
    known.days.update(Meeting.objects.filter(board=board, days__isnull=False).values_list("days__date", flat=True))
    rows = AgendaRow.objects.filter(meeting__board=board, kind=AgendaRow.Kind.CASE).exclude(label="")
    if record is not None:
        rows = rows.filter(_named(record, board.scheme))
    fields = ("label", "title", "part", "sub_label", "meeting__first_day", "meeting__sequence")
    for label, title, part, sub_label, day, sequence in rows.order_by("meeting__first_day", "order").values_list(
        *fields
    ):
        number = caseid.parse(label, board.scheme, meeting=sequence, year=day.year)
        if number:
            known.rows.setdefault(number.normal, []).append(KnownRow(day, title, f"{part or ''}{sub_label}"))
    known.persons = list(Person.objects.order_by("name").values_list("name", flat=True))
    known.organisations = list(Organisation.objects.values_list("name", flat=True))
    pairs = [*PersonAlias.objects.values_list("name", "person__name")]
    pairs += OrganisationAlias.objects.values_list("name", "organisation__name")
    known.aliases = {frozenset(pair) for pair in pairs}
    return known


def _named(record: dict, scheme: str | None) -> Q:
    """The rows that a number somewhere in the record may mean: wider than needed, never too narrow."""
    items, years = set(), set()
    for text in _texts(record):
        for _start, _end, number in caseid.find_all(text, scheme):
            items.add(number.item)
            years.add(number.year)
        if len(text) <= caseid.LABEL_MAX and (number := caseid.parse(text, scheme)):
            items.add(number.item)
            years.add(number.year)
    return Q(item__in=items, number_year__in=years) | Q(item__isnull=True) | Q(number_year__isnull=True)


def _texts(value) -> Iterator[str]:
    if isinstance(value, str):
        yield plain_text(value) if "<" in value else value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)
