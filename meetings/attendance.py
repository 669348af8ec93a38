"""Taking attendance: rows from the seats, then status, intervals, and who stands in for whom (R43-R53)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext

from audit import trail
from boardroom.lib.workflow import TransitionRefused
from boards.models import Organisation, Person, Seat
from meetings.models import Attendance, Interval, Meeting, Reply
from meetings.rules import OPEN
from meetings.workflow import refuse_if_final

# An archivist reads; everybody else with a seat is on the list. Deputies come on it when they are called.
LISTED = frozenset(Seat.Role) - {Seat.Role.ARCHIVIST, Seat.Role.DEPUTY}
RANKS = [
    Seat.Role.CHAIR,
    Seat.Role.DEPUTY_CHAIR,
    Seat.Role.MEMBER,
    Seat.Role.OBSERVER,
    Seat.Role.SECRETARY,
]


@dataclass(frozen=True)
class Stay:
    """One interval as typed: clock times, a day, or cases by their numbers (R47, R48)."""

    day: int | None = None
    start: time | None = None
    end: time | None = None
    from_case: str = ""
    until_case: str = ""
    not_case: str = ""
    only_case: str = ""

    @property
    def is_empty(self) -> bool:
        return self == Stay()


@transaction.atomic
def prepare(meeting: Meeting, *, by) -> list[Attendance]:
    """Everyone with a seat on the meeting's first day stands on the list once, and the deputies who were called.

    Who has answered not to come stands with apologies (P40). Returns the rows that were added.
    """
    hold(meeting)
    listed = set(meeting.attendance.exclude(seat=None).values_list("seat", flat=True))
    people = set(meeting.attendance.exclude(person=None).values_list("person", flat=True))
    names = set(meeting.attendance.values_list("name", flat=True))
    seats = Seat.objects.active_on(meeting.first_day).filter(board=meeting.board, role__in=LISTED)
    missing = [
        seat
        for seat in seats.exclude(name="").select_related("person", "organisation")
        if seat.pk not in listed and seat.person_id not in people and seat.name not in names
    ]
    missing.sort(key=lambda seat: (RANKS.index(seat.role), seat.order, seat.pk))
    first = _next_order(meeting)
    away = set(meeting.replies.filter(answer=Reply.Answer.NOT_COMING).values_list("person", flat=True))
    new = [_expected(seat, away) for seat in missing]
    new += [row for row in _deputies(meeting) if row["person"].pk not in people]
    added = Attendance.objects.bulk_create(
        Attendance(meeting=meeting, order=first + place, **row) for place, row in enumerate(new)
    )
    if added:
        trail.record("meetings.prepare_attendance", meeting, by=by, board=meeting.board, added=len(added))
    return added


def _expected(seat: Seat, away: set[int]) -> dict:
    status = Attendance.Status.APOLOGIES if seat.person_id in away else Attendance.Status.PRESENT
    return {**shown(seat), "status": status}


def _deputies(meeting: Meeting) -> list[dict]:
    """Rows of the deputies who were called, each with whom they stand in for as that seat shows the name."""
    called = {call.person_id: call.stands_in_for for call in _calls(meeting)}
    if not called:
        return []
    seats = (
        Seat.objects.active_on(meeting.first_day).filter(board=meeting.board).select_related("person", "organisation")
    )
    names = {seat.person_id: seat.name for seat in seats if seat.role in Seat.VOTING}
    found = [seat for seat in seats if seat.role == Seat.Role.DEPUTY and seat.person_id in called]
    return [
        {**shown(seat), "stands_in_for": names.get(called[seat.person_id].pk) or called[seat.person_id].name}
        for seat in found
    ]


def _calls(meeting: Meeting):
    return meeting.deputy_calls.filter(ending="").select_related("stands_in_for")


@transaction.atomic
def add(meeting: Meeting, *, by, name: str, stays: Sequence[Stay] = (), **fields) -> Attendance:
    """One more stands last on the list: a guest, a deputy, someone of the secretariat (R51, R52)."""
    hold(meeting)
    person = fields.pop("person", None) or Person.objects.filter(name=name).first()
    owner = Organisation.objects.filter(name=fields.get("organisation_name", "")).first()
    one = Attendance.objects.create(
        meeting=meeting, order=_next_order(meeting), name=name, person=person, organisation=owner, **fields
    )
    _write_stays(one, stays)
    trail.record("meetings.add_attendance", one, by=by, board=meeting.board, name=name, status=one.status)
    return one


@transaction.atomic
def change(one: Attendance, *, by, stays: Sequence[Stay] | None = None, **fields) -> Attendance:
    """The row has these values and intervals. What was printed as a whole is dropped when it would no longer be true."""
    hold(one.meeting)
    before = {name: getattr(one, name) for name in fields}
    changed = [name for name in fields if before[name] != fields[name]]
    if stays is not None and list(stays) != stays_of(one):
        _write_stays(one, stays)
        changed.append("intervals")
    if changed:
        fields["printed"] = ""
    for name, value in fields.items():
        setattr(one, name, value)
    one.save(update_fields=list(fields))
    trail.record("meetings.change_attendance", one, by=by, board=one.meeting.board, name=one.name, changed=changed)
    return one


@transaction.atomic
def remove(one: Attendance, *, by) -> None:
    """The row is gone from the list."""
    hold(one.meeting)
    trail.record("meetings.remove_attendance", one, by=by, board=one.meeting.board, name=one.name)
    one.delete()


def hold(meeting: Meeting) -> None:
    """In this transaction nobody else changes the list.

    Raises TransitionRefused where the meeting takes nothing more (P25), and where its minutes, which tell the attendance,
    are final and not open for a correction (R98). The UPDATE holds the row, on SQLite and PostgreSQL alike.
    """
    if not Meeting.objects.filter(pk=meeting.pk, state__in=OPEN).update(place=F("place")):
        raise TransitionRefused([gettext("This meeting is closed, cancelled or postponed, so its attendance stays.")])
    refuse_if_final(meeting)


def stays_of(one: Attendance) -> list[Stay]:
    names = Stay.__dataclass_fields__
    return [Stay(**{name: getattr(interval, name) for name in names}) for interval in one.intervals.all()]


def _write_stays(one: Attendance, stays: Sequence[Stay]) -> None:
    one.intervals.all().delete()
    Interval.objects.bulk_create(
        Interval(attendance=one, order=order, **vars(stay)) for order, stay in enumerate(stays) if not stay.is_empty
    )
    one._prefetched_objects_cache = {}


def _next_order(meeting: Meeting) -> int:
    last = meeting.attendance.aggregate(last=Max("order"))["last"]
    return 0 if last is None else last + 1


def shown(seat: Seat) -> dict:
    """The person as the seat shows them: the document keeps this when the seat changes later (R43)."""
    return {
        "seat": seat,
        "person": seat.person,
        "name": seat.name,
        "organisation": seat.organisation,
        "organisation_name": seat.organisation_name,
        "title": seat.title,
        "role": seat.role,
    }
