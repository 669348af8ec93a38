"""Who is present at one case, who is not, and whether the board has a quorum there (R49, P4, P5)."""

from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.translation import gettext as _

from boardroom.lib.times import format_range, format_time
from meetings import attendance, presses
from meetings.models import Attendance
from meetings.roster import Attendants
from minutes.models import Disqualification, MinutesItem
from minutes.voters import disqualified_in, key_of

CHAIRING = frozenset({Attendance.Role.CHAIR, Attendance.Role.DEPUTY_CHAIR})
_DASH = "–"


@dataclass
class Person:
    """One on the list: whether here now, a line about them, and the last clock time, which can be changed."""

    one: Attendance
    is_here: bool
    line: str
    clock: str = ""
    is_part: bool = False
    disqualification: Disqualification | None = None

    @property
    def initials(self) -> str:
        words = [word for word in self.one.name.split() if word[0].isalpha()]
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

    @property
    def has_been(self) -> bool:
        """There before, and gone: one who comes is back."""
        return bool(self.clock) and not self.is_here


@dataclass
class Present:
    """Those with a vote in the case, others who are there, and those who are not; the quorum of this case."""

    voting: list[Person] = field(default_factory=list)
    others: list[Person] = field(default_factory=list)
    away: list[Person] = field(default_factory=list)
    seats: int = 0
    needed: int = 0

    @property
    def count(self) -> int:
        return sum(1 for person in self.voting if not person.is_part)

    @property
    def is_quorate(self) -> bool:
        return self.count >= self.needed

    @property
    def is_empty(self) -> bool:
        return not (self.voting or self.others or self.away)

    @property
    def bar(self) -> list[bool]:
        """One piece a seat, filled for each who is there with a vote."""
        return [place < self.count for place in range(max(self.seats, self.count))]

    @property
    def substitutable(self) -> list[Person]:
        """Whom a deputy can come in for: those with a seat with a vote, first who is away and has no deputy yet."""
        people = [*self.away, *self.voting]
        replaced = {person.one.stands_in_for for person in people if person.is_here}
        roles = Attendance.VOTING - {Attendance.Role.DEPUTY}
        return sorted(
            (person for person in people if person.one.role in roles), key=lambda person: person.one.name in replaced
        )


def present_at(item: MinutesItem | None, attendants: Attendants, *, is_now: bool, day: int | None = None) -> Present:
    """Those at the case as it was, or where `is_now` as the room is at this moment."""
    row = next((row for row in attendants.rows if item and row.pk == item.row_id), None)
    out = _out_of(item) if item else {}
    quorum = attendants.quorum(row) if row else None
    found = Present(seats=quorum.seats if quorum else 0, needed=quorum.needed if quorum else 0)
    for one in attendants.list:
        one.meeting = attendants.meeting
        person = _person(one, day)
        share = _share(person, attendants, row, is_now=is_now)
        person.disqualification = out.get(key_of(one.name))
        if person.disqualification:
            person.line = _out_line(person.disqualification)
        if person.disqualification or not share:
            found.away.append(person)
        elif attendants.votes(one):
            person.is_part = share < 1
            found.voting.append(person)
        else:
            found.others.append(person)
    return found


def _share(person: Person, attendants: Attendants, row, *, is_now: bool) -> float:
    by_case = any(stay.only_case or stay.not_case or stay.from_case for stay in attendance.stays_of(person.one))
    if row and (by_case or not is_now):
        return attendants.share(person.one, row)
    return 1 if person.is_here else 0


def _out_of(item: MinutesItem) -> dict[str, Disqualification]:
    """The disqualified of the case by name."""
    return {key_of(one.name): one for one in disqualified_in(item)}


def _out_line(found: Disqualification) -> str:
    if found.back_at:
        return _("Disqualified, back %(time)s") % {"time": format_time(found.back_at)}
    if found.left_at:
        return _("Disqualified, left %(time)s") % {"time": format_time(found.left_at)}
    return _("Disqualified")


def _person(one: Attendance, day: int | None) -> Person:
    is_here = presses.is_here(one, day)
    times = _times(one, day)
    clock = next((value for stay in reversed(times) for value in (stay.end, stay.start) if value), None)
    return Person(one, is_here, _line(one, times, is_here=is_here), format_time(clock) if clock else "")


def _times(one: Attendance, day: int | None) -> list[attendance.Stay]:
    return [stay for stay in attendance.stays_of(one) if (stay.start or stay.end) and stay.day in (None, day)]


def _line(one: Attendance, times: list[attendance.Stay], *, is_here: bool) -> str:
    """When they came and went; for whom they stand in; else who they are."""
    if not is_here:
        if times and times[-1].end:
            return _("Left %(time)s") % {"time": format_time(times[-1].end)}
        return one.get_status_display() if not presses.has_left(one) else ""
    said = [_("Came %(time)s") % {"time": format_time(times[0].start)}] if times and times[0].start else []
    for before, after in pairwise(times):
        if before.end and after.start:
            said.append(_("Away %(times)s") % {"times": format_range(before.end, after.start).replace("-", _DASH)})
    if one.stands_in_for:
        said.insert(0, _("Deputy for %(name)s") % {"name": one.stands_in_for})
    return ", ".join([*said[:1], *(one[:1].lower() + one[1:] for one in said[1:])]) or _who(one)


def _who(one: Attendance) -> str:
    if one.role in CHAIRING:
        return one.get_role_display()
    return one.organisation_name or one.title or one.get_role_display()
