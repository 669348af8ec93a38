"""When the rest of a meeting may come, from its plan and how it has gone. Pure: no clock of its own, no database."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from boardroom.lib.times import OSLO
from meetings import timing
from meetings.models import AgendaRow, MeetingDay

_Kind = AgendaRow.Kind
# Rows that are begun and ended in the meeting.
RUN = frozenset({_Kind.CASE, _Kind.BREAK, _Kind.MEAL})
NOTHING = timedelta(0)


@dataclass(frozen=True)
class Leg:
    """One row of a meeting: planned, and as it went. Every moment is aware."""

    key: int
    planned: datetime | None = None
    length: timedelta | None = None
    is_fixed: bool = False
    is_break: bool = False
    started: datetime | None = None
    ended: datetime | None = None

    @property
    def is_running(self) -> bool:
        return self.started is not None and self.ended is None

    @property
    def is_coming(self) -> bool:
        return self.started is None

    @property
    def planned_end(self) -> datetime | None:
        return self.planned + self.length if self.planned and self.length is not None else None

    def spent(self, now: datetime) -> timedelta:
        """How long it has taken; never negative, also where the clock was put back."""
        return max((self.ended or now) - self.started, NOTHING) if self.started else NOTHING

    def expected_end(self, now: datetime) -> datetime | None:
        """When it ends if it takes the time it was given; now where that is used up. None for one that has not begun."""
        if self.started is None:
            return None
        return max(self.ended, self.started) if self.ended else max(now, self.started + (self.length or NOTHING))


@dataclass(frozen=True)
class Forecast:
    """`starts` of the rows to come by key, the end, and how far behind the plan (negative: ahead); None where not known."""

    starts: dict[int, datetime] = field(default_factory=dict)
    end: datetime | None = None
    delay: timedelta | None = None


def legs_of(rows: Iterable[AgendaRow], days: list[MeetingDay], on: date) -> list[Leg]:
    """The cases and breaks of that day in order, without what was put off; all days' where the meeting has no such day."""
    dates = {day.number: day.date for day in days}
    legs = []
    for row in rows:
        day = dates.get(row.day or 1)
        is_other_day = day != on and on in dates.values()
        if row.kind in RUN and row.outcome not in timing.NOT_TREATED and not is_other_day:
            legs.append(_leg(row, day))
    return legs


def forecast(legs: list[Leg], now: datetime) -> Forecast:
    """Each coming row begins when the one before it ends, a fixed one not before its time; a break passed by is dropped."""
    cursor = base = _reached(legs, now)
    starts: dict[int, datetime] = {}
    coming = coming_of(legs)
    for leg in coming:
        if leg.is_fixed and leg.planned:
            cursor = max(cursor or leg.planned, leg.planned)
        if cursor:
            starts[leg.key] = cursor
        cursor = cursor + leg.length if cursor and leg.length is not None else None
    end = cursor if coming else base
    return Forecast(starts, end, _delay(legs, coming, starts, end))


def coming_of(legs: list[Leg]) -> list[Leg]:
    """What has not begun, in order. A break before something that has begun did not take place."""
    last = max((place for place, leg in enumerate(legs) if leg.started), default=-1)
    return [leg for place, leg in enumerate(legs) if leg.is_coming and not (leg.is_break and place < last)]


def running_of(legs: list[Leg]) -> Leg | None:
    return next((leg for leg in legs if leg.is_running), None)


def next_of(legs: list[Leg]) -> Leg | None:
    """What comes after the running one, or after what began last; else the first that was passed by."""
    begun = [leg for leg in legs if leg.started]
    here = running_of(legs) or max(begun, key=lambda leg: leg.started, default=None)
    coming = coming_of(legs)
    after = coming if here is None else [leg for leg in coming if legs.index(leg) > legs.index(here)]
    return next(iter(after or coming), None)


def _reached(legs: list[Leg], now: datetime) -> datetime:
    """When what has begun is over: nothing to come begins before now, nor before the running one may end."""
    return max([now, *(leg.expected_end(now) for leg in legs if leg.is_running)])


def _delay(legs: list[Leg], coming: list[Leg], starts: dict[int, datetime], end: datetime | None) -> timedelta | None:
    """Of the next to come; of the end where nothing is to come."""
    known = next((leg for leg in coming if leg.planned and leg.key in starts), None)
    if known:
        return starts[known.key] - known.planned
    ends = [leg.planned_end for leg in legs if leg.planned_end]
    return end - max(ends) if ends and end and not coming else None


def _leg(row: AgendaRow, day: date | None) -> Leg:
    start, end = timing.minute(row.start), timing.minute(row.end)
    length = row.minutes
    if length is None and start is not None and end is not None:
        length = max(end - start, 0)
    planned = datetime.combine(day, row.start, tzinfo=OSLO).astimezone(UTC) if day and row.start else None
    return Leg(
        key=row.pk,
        planned=planned,
        length=None if length is None else timedelta(minutes=length),
        is_fixed=bool(row.is_start_fixed),
        is_break=row.kind != _Kind.CASE,
        started=row.started_at,
        ended=row.ended_at,
    )
