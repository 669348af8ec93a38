"""Attendance at a press: one came, left, is back; from which status and intervals follow (R47-R51, P5)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import time

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from boardroom.lib.workflow import TransitionRefused
from boards.models import Seat
from meetings import attendance, reading
from meetings.attendance import Stay
from meetings.models import Attendance, Meeting
from meetings.roster import HERE

Status = Attendance.Status
_SALT = "meetings.presses"


def is_here(one: Attendance, day: int | None = None) -> bool:
    """Whether the person is in the room now: of the day's intervals the last one is open."""
    if one.status not in HERE or (one.days and (day or 1) not in one.days):
        return False
    stays = attendance.stays_of(one)
    if today := _of_day(stays, day):
        return today[-1].end is None
    return all(stay.not_case for stay in stays)


def has_left(one: Attendance, day: int | None = None) -> bool:
    """Whether the person was there and has gone."""
    return one.status in HERE and not is_here(one, day)


def arrive(one: Attendance, at: time, *, by, day: int | None = None) -> Attendance:
    """The person is here since `at`: came late, or is back. One who never left was there all the time."""
    if is_here(one, day):
        return one
    if one.status not in HERE:
        return _write(one, [Stay(day=day, start=at)], by=by)
    stays = attendance.stays_of(one)
    today = _of_day(stays, day)
    if today and today[-1].end is not None and today[-1].end >= at:
        stays[stays.index(today[-1])] = replace(today[-1], end=None)
    else:
        stays.append(Stay(day=day, start=at))
    return _write(one, stays, by=by)


def leave(one: Attendance, at: time, *, by, day: int | None = None, days: int = 1) -> Attendance:
    """The person has gone at `at`; of a meeting over several days, from this one."""
    if not is_here(one, day):
        return one
    stays = attendance.stays_of(one)
    if not _of_day(stays, day):
        stays += [Stay(day=number) for number in range(1, days + 1)] if day else [Stay()]
    last = _of_day(stays, day)[-1]
    stays[stays.index(last)] = replace(last, end=max(at, last.start) if last.start else at)
    return _write(one, stays, by=by)


def set_clock(one: Attendance, at: time, *, by, day: int | None = None) -> Attendance:
    """The last time of the day is `at` instead: when the person left, or else came. Raises TransitionRefused."""
    stays = attendance.stays_of(one)
    today = _of_day(stays, day)
    if not today or (today[-1].end is None and today[-1].start is None):
        raise TransitionRefused([_("There is no time to change for %(name)s.") % {"name": one.name}])
    last, earlier = today[-1], today[-2].end if len(today) > 1 else None
    bound = last.start if last.end is not None else earlier
    if bound and at < bound:
        raise TransitionRefused([_("%(time)s is before the time that comes first.") % {"time": f"{at:%H.%M}"}])
    stays[stays.index(last)] = replace(last, end=at) if last.end is not None else replace(last, start=at)
    return _write(one, stays, by=by)


def whole(one: Attendance, *, by) -> Attendance:
    """The person is there all the time."""
    return attendance.change(one, by=by, status=Status.PRESENT, stays=[])


def excused(one: Attendance, *, by) -> Attendance:
    """The person does not come."""
    return attendance.change(one, by=by, status=Status.APOLOGIES, stays=[])


@transaction.atomic
def deputy_in(meeting: Meeting, name: str, absent: Attendance, *, by, at: time | None = None, day=None) -> Attendance:
    """A deputy takes the place of `absent`, who is not there from then on; `at` None: for the whole meeting (R50)."""
    if at is None:
        excused(absent, by=by)
    else:
        leave(absent, at, by=by, day=day, days=meeting.days.count())
    for_whom = {"stands_in_for": absent.name, "role": Attendance.Role.DEPUTY}
    listed = meeting.attendance.prefetch_related("intervals").filter(name=name).first()
    if listed:
        listed.meeting = meeting
        attendance.change(listed, by=by, **for_whom)
        return arrive(listed, at, by=by, day=day) if at else whole(listed, by=by)
    seat = next((seat for seat in deputies_of(meeting) if seat.name == name), None)
    shown = attendance.shown(seat) if seat else {}
    shown.pop("organisation", None)  # follows from its name
    stays = [Stay(day=day, start=at)] if at else []
    status = Status.PARTIAL if at else Status.PRESENT
    return attendance.add(meeting, by=by, stays=stays, **{**shown, "name": name, "status": status, **for_whom})


def guest_in(
    meeting: Meeting, name: str, organisation: str, *, by, at: time | None = None, day=None, only_case: str = ""
) -> Attendance:
    """A guest is there: for one case, from now on, or from the start (R51)."""
    stay = Stay(only_case=only_case) if only_case else Stay(day=day, start=at) if at else Stay()
    status = Status.PRESENT if stay.is_empty else Status.PARTIAL
    role = Attendance.Role.GUEST
    return attendance.add(
        meeting, by=by, name=name, organisation_name=organisation, role=role, status=status, stays=[stay]
    )


def deputies_of(meeting: Meeting, seats: Iterable[Seat] | None = None) -> list[Seat]:
    """The deputies by rank, those without one last; `seats` are those of the meeting's day where they were read."""
    seats = reading.seats_of(meeting) if seats is None else seats
    named = [seat for seat in seats if seat.role == Seat.Role.DEPUTY and seat.name]
    return sorted(named, key=lambda seat: (seat.deputy_rank is None, seat.deputy_rank or 0, seat.order))


def standing(one: Attendance) -> dict:
    """Status and intervals of the row as they stand."""
    stays = [{key: str(value) for key, value in vars(stay).items() if value} for stay in attendance.stays_of(one)]
    return {"status": str(one.status), "stays": stays}


def memory(one: Attendance, before: dict) -> str:
    """What `undo` needs to put the row back as it stood `before`; signed."""
    return signing.dumps({"pk": one.pk, "before": before, "after": standing(one)}, salt=_SALT, compress=True)


def undo(meeting: Meeting, remembered: str, *, by) -> Attendance:
    """The row is as it was before the press. Raises TransitionRefused where it was changed since, or is gone."""
    try:
        told = signing.loads(remembered, salt=_SALT)
    except signing.BadSignature:
        told = {"pk": None, "after": None}
    one = meeting.attendance.prefetch_related("intervals").filter(pk=told["pk"]).first()
    if one is None or standing(one) != told["after"]:
        raise TransitionRefused([_("The attendance was changed since, so this cannot be undone here.")])
    one.meeting = meeting
    before = told["before"]
    return attendance.change(one, by=by, status=before["status"], stays=[_stay(value) for value in before["stays"]])


def _stay(told: dict) -> Stay:
    clocks = {name: time.fromisoformat(told[name]) for name in ("start", "end") if name in told}
    day = {"day": int(told["day"])} if "day" in told else {}
    return Stay(**{**told, **clocks, **day})


def _of_day(stays: list[Stay], day: int | None) -> list[Stay]:
    """Intervals of clock times, of that day or of none; those of cases are left alone."""
    by_case = ("from_case", "until_case", "not_case", "only_case")
    return [stay for stay in stays if stay.day in (None, day) and not any(getattr(stay, name) for name in by_case)]


def _write(one: Attendance, stays: list[Stay], *, by) -> Attendance:
    """Status and intervals; who was there all the time has none."""
    stays = [stay for stay in stays if not stay.is_empty]
    bounded = [stay for stay in stays if stay != Stay(day=stay.day)]
    if not bounded:
        return attendance.change(one, by=by, status=Status.PRESENT, stays=[])
    return attendance.change(one, by=by, status=Status.PARTIAL, stays=stays)
