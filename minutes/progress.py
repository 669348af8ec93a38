"""How far the meeting has come: its cases in groups with planned and actual times, and what comes when."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import BigAutoField, Exists, OuterRef
from django.utils import timezone

from boardroom.lib.prepared import prepared
from meetings import forecast as forecasts
from meetings import running, timing
from meetings.forecast import Forecast, Leg
from meetings.models import Meeting
from minutes.models import Block, Minutes, MinutesItem


@dataclass
class Line:
    """A case or a break in the list, with its leg and when it may come."""

    item: MinutesItem
    leg: Leg | None
    expected: datetime | None = None
    writers: list = field(default_factory=list)
    is_timed: bool = False

    @property
    def title(self) -> str:
        return self.item.section or self.item.title or (self.item.row.title if self.item.row else "")

    @property
    def is_break(self) -> bool:
        return bool(self.item.section)

    @property
    def is_put_off(self) -> bool:
        return bool(self.item.row and self.item.row.outcome in timing.NOT_TREATED)

    @property
    def is_done(self) -> bool:
        """Ended in the meeting; in minutes written afterwards, with text. A proposal taken over ends no case."""
        if self.leg and (self.leg.started or self.is_timed):
            return self.leg.ended is not None
        return self.item.has_text or bool(self.item.row and self.item.row.outcome)

    @property
    def is_late(self) -> bool:
        """Begun, or to come, after its time."""
        when = self.leg and (self.leg.started or self.expected)
        return bool(when and self.leg.planned and when - self.leg.planned >= timedelta(minutes=1))


@dataclass
class Group:
    """What stands under one section heading."""

    title: str
    lines: list[Line] = field(default_factory=list)


@dataclass
class Progress:
    """The meeting at a moment. `forecast` is empty when it does not go on."""

    meeting: Meeting
    now: datetime
    lines: list[Line]
    groups: list[Group]
    legs: list[Leg]
    forecast: Forecast

    @cached_property
    def is_running(self) -> bool:
        return running.is_running(self.meeting)

    @cached_property
    def may_start(self) -> bool:
        """Whether the page offers it: on the day of a meeting that was called, and not marked as held already."""
        return self.meeting.state == Meeting.State.CALLED and not running.obstacles(self.meeting, self.now)

    @cached_property
    def cases(self) -> list[Line]:
        return [line for line in self.lines if not line.is_break and not line.is_put_off]

    @property
    def done(self) -> int:
        return sum(1 for line in self.cases if line.is_done)

    @cached_property
    def now_on(self) -> Line | None:
        """The case or break that runs."""
        return self._line(forecasts.running_of(self.legs)) if self.is_running else None

    @cached_property
    def next(self) -> Line | None:
        return self._line(forecasts.next_of(self.legs)) if self.is_running else None

    @property
    def delay(self) -> int:
        """Whole minutes behind the plan; negative ahead of it."""
        delay = self.forecast.delay
        return 0 if delay is None else round(delay / timedelta(minutes=1))

    @property
    def ahead(self) -> int:
        return -self.delay

    def of(self, item: MinutesItem | None) -> Line | None:
        return next((line for line in self.lines if item and line.item.pk == item.pk), None)

    def chosen(self) -> MinutesItem | None:
        """The case that runs, else the first that is not done, else the first."""
        cases = [line for line in self.lines if not line.is_break]
        on = self.now_on if self.now_on and not self.now_on.is_break else None
        waiting = (line for line in cases if not line.is_done)
        found = on or next(waiting, None) or next(iter(cases), None)
        return found.item if found else None

    def _line(self, leg: Leg | None) -> Line | None:
        return next((line for line in self.lines if leg and line.leg is leg), None)


def progress_of(minutes: Minutes, now: datetime, others: dict[int, list] | None = None) -> Progress:
    """Read with a fixed number of queries however many the cases; `others` are the users at each case."""
    items = items_of(minutes)
    meeting = minutes.meeting
    rows = [item.row for item in items if item.row]
    legs = forecasts.legs_of(rows, list(meeting.days.all()), timezone.localdate(now))
    found = forecasts.forecast(legs, now) if running.is_running(meeting) else Forecast()
    is_timed = running.is_running(meeting) or any(leg.started for leg in legs)
    by_row = {leg.key: leg for leg in legs}
    groups, lines = [Group("")], []
    for item in items:
        if item.section and not (item.row and item.row.kind in forecasts.RUN):
            groups.append(Group(item.section))
            continue
        leg = by_row.get(item.row_id)
        line = Line(item, leg, found.starts.get(item.row_id), (others or {}).get(item.pk, []), is_timed)
        lines.append(line)
        groups[-1].lines.append(line)
    return Progress(meeting, now, lines, [group for group in groups if group.title or group.lines], legs, found)


def items_of(minutes: Minutes) -> list[MinutesItem]:
    """Every case, heading and break in order, each with its row and whether it has text."""
    items = _items(minutes=minutes.pk)
    for item in items:
        item.minutes = minutes
        if item.row:
            item.row.meeting = minutes.meeting
    return items


@prepared(minutes=BigAutoField())
def _items(minutes):
    has_text = Exists(Block.objects.filter(item=OuterRef("pk")))
    items = MinutesItem.objects.filter(minutes=minutes).select_related("row").annotate(has_text=has_text)
    return items.order_by("order", "pk")
