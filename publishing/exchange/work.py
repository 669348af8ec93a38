"""What one import carries with it: the warnings, the rows to be written, and the register of names."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from django.db import models

from boards.models import Board, Organisation, OrganisationAlias, Person, PersonAlias, Seat


class Warning(NamedTuple):
    """Something a person should look at; it stops nothing."""

    code: str
    pointer: str
    sentence: str

    def __str__(self) -> str:
        return f"warning {self.code} {self.pointer or '/'}: {self.sentence}"


class Batch:
    """New rows, kept until `flush` writes them with one INSERT a model, parents before children."""

    def __init__(self):
        self.made: Counter[str] = Counter()
        self._waiting: dict[type[models.Model], list] = {}
        self._afterwards: list[Callable[[], None]] = []

    def add(self, obj):
        self._waiting.setdefault(type(obj), []).append(obj)
        self.made[type(obj).__name__] += 1
        return obj

    def afterwards(self, act: Callable[[], None]) -> None:
        """`act` is done when the rows that are waiting now have been written."""
        self._afterwards.append(act)

    def flush(self) -> None:
        left = dict(self._waiting)
        while left:
            for model in list(left):
                parents = {f.related_model for f in model._meta.concrete_fields if f.is_relation} - {model}
                if not parents & left.keys():
                    model._base_manager.bulk_create(left.pop(model), batch_size=500)
        self._waiting = {}
        acts, self._afterwards = self._afterwards, []
        for act in acts:
            act()

    def waiting(self, model: type[models.Model]) -> list:
        return list(self._waiting.get(model, []))


class Names:
    """Persons and organisations by exact name or confirmed alias; who is not there is made. Nothing is guessed (R54, R55)."""

    def __init__(self, batch: Batch):
        self._batch = batch
        self._persons: dict[str, Person] = {}
        self._organisations: dict[str, Organisation] = {}
        for alias in PersonAlias.objects.select_related("person").order_by("-pk"):
            self._persons[alias.name] = alias.person
        for person in Person.objects.order_by("-pk"):
            self._persons[person.name] = person
        for other in OrganisationAlias.objects.select_related("organisation"):
            self._organisations[other.name] = other.organisation
        for organisation in Organisation.objects.all():
            self._organisations[organisation.name] = organisation

    def known_person(self, name: str) -> Person | None:
        return self._persons.get(name)

    def known_organisation(self, name: str) -> Organisation | None:
        return self._organisations.get(name)

    def person(self, name: str, organisation: str = "") -> Person | None:
        """The person of this name, made where there is none; None without a name."""
        if not name:
            return None
        if name not in self._persons:
            employer = self.organisation(organisation)
            self._persons[name] = self._batch.add(Person(name=name, organisation=employer))
        return self._persons[name]

    def organisation(self, name: str) -> Organisation | None:
        if not name:
            return None
        if name not in self._organisations:
            self._organisations[name] = self._batch.add(Organisation(name=name))
        return self._organisations[name]


@dataclass
class Work:
    """One call of the import, over all its files."""

    now: datetime
    by: object = None
    update: bool = False
    batch: Batch = field(default_factory=Batch)
    warnings: list[Warning] = field(default_factory=list)
    changed: Counter[str] = field(default_factory=Counter)
    promises: list = field(default_factory=list)
    to_issue: list = field(default_factory=list)
    new_boards: list = field(default_factory=list)
    touched: dict = field(default_factory=dict)
    names: Names = None

    def __post_init__(self):
        self.names = self.names or Names(self.batch)

    def seat(self, board: Board, name: str, day: date) -> Seat | None:
        """The seat this name has on the board that day, as far as the register says when."""
        known = self.touched.setdefault("seats", {})
        if board.pk not in known:
            known[board.pk] = {}
            for seat in [*board.seats.exclude(name=""), *self.batch.waiting(Seat)]:
                if seat.board_id == board.pk:
                    known[board.pk].setdefault(seat.name, []).append(seat)
        seats = known[board.pk].get(name, [])
        return next((seat for seat in seats if not _is_other_time(seat, day)), None)

    def warn(self, code: str, pointer: str, sentence: str) -> None:
        warning = Warning(code, pointer, sentence)
        if warning not in self.warnings:
            self.warnings.append(warning)


def _is_other_time(seat: Seat, day: date) -> bool:
    return bool((seat.starts_on and seat.starts_on > day) or (seat.ends_on and seat.ends_on < day))
