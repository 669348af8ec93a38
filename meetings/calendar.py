"""A year of meetings as months, weeks and days, with public holidays and week numbers (R8). Nothing is read here."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time

from django.utils.translation import gettext

from boardroom.lib.public_holidays import holiday_name
from boards.models import Board
from meetings.deadlines import deadlines
from meetings.models import CalendarEntry, Meeting

OFF = frozenset({Meeting.State.CANCELLED, Meeting.State.POSTPONED})
COMING = frozenset({Meeting.State.TENTATIVE, Meeting.State.PLANNED, Meeting.State.CALLED})


@dataclass(frozen=True)
class Entry:
    """One line of the calendar: a meeting, the date it was moved from (`is_old`), what is due by a day before or after it
    (`due`, in a word), or a date that was only printed.
    """

    board: Board
    dates: tuple[date, ...]
    start: time | None = None
    end: time | None = None
    meeting: Meeting | None = None
    is_tentative: bool = False
    is_old: bool = False
    due: str = ""

    @property
    def date(self) -> date:
        return self.dates[0]

    @property
    def last(self) -> date:
        return self.dates[-1]

    @property
    def is_off(self) -> bool:
        """Nobody meets that day: moved, cancelled or postponed."""
        return self.is_old or (self.meeting is not None and self.meeting.state in OFF)

    @property
    def is_meeting(self) -> bool:
        """Somebody meets that day."""
        return not (self.is_off or self.due)


@dataclass
class Day:
    """One day of a month's table."""

    date: date
    is_in_month: bool
    is_today: bool
    holiday: str
    entries: list[Entry] = field(default_factory=list)

    @property
    def is_free(self) -> bool:
        return bool(self.holiday) or self.date.weekday() >= 5


@dataclass
class Week:
    """A row of a month's table: ISO week number and seven days from Monday."""

    number: int
    days: list[Day]


@dataclass
class Month:
    """A month with its weeks and, in order, what happens in it."""

    first: date
    weeks: list[Week]
    entries: list[Entry]

    @property
    def holidays(self) -> list[Day]:
        return [day for week in self.weeks for day in week.days if day.is_in_month and day.holiday]


def entries_of(meetings: Iterable[Meeting], printed: Iterable[CalendarEntry]) -> list[Entry]:
    """Meetings (with their days at hand), the dates they were moved from, and printed dates that are no meeting."""
    found, known = [], set()
    for meeting in meetings:
        days = list(meeting.days.all())
        dates = tuple(day.date for day in days) or (meeting.first_day,)
        known |= {(meeting.board_id, day) for day in dates}
        hours = (days[0].start, days[0].end) if days else (None, None)
        found.append(Entry(meeting.board, dates, *hours, meeting, meeting.state == Meeting.State.TENTATIVE))
        if meeting.moved_from and meeting.moved_from not in dates:
            found.append(Entry(meeting.board, (meeting.moved_from,), meeting=meeting, is_old=True))
    for one in printed:
        if (one.board_id, one.date) not in known:
            found.append(Entry(one.board, (one.date,), one.start, one.end, is_tentative=bool(one.is_tentative)))
    return sorted(found, key=lambda entry: (entry.date, entry.start or time.min, entry.board.name))


def deadlines_of(meetings: Iterable[Meeting]) -> list[Entry]:
    """By when the call, the papers and the draft of each meeting that is still to come are due."""
    found = []
    for meeting in meetings:
        if meeting.state not in COMING:
            continue
        due = deadlines(meeting.board, meeting.first_day)
        days = [(due.draft, gettext("Draft of the minutes"))]
        if meeting.state != Meeting.State.CALLED:
            days += [(due.call, gettext("Call")), (due.papers, gettext("Papers"))]
        found += [Entry(meeting.board, (day,), meeting=meeting, due=word) for day, word in days]
    return found


def month_of(first: date, entries: Iterable[Entry], today: date) -> Month:
    """The month of the day `first`, with the entries that fall in it."""
    mine = [one for one in entries if any((day.year, day.month) == (first.year, first.month) for day in one.dates)]
    weeks = []
    for days in calendar.Calendar().monthdatescalendar(first.year, first.month):
        row = [_day(day, first.month, mine, today) for day in days]
        weeks.append(Week(days[0].isocalendar().week, row))
    return Month(first.replace(day=1), weeks, mine)


def year_of(year: int, entries: Iterable[Entry], today: date) -> list[Month]:
    """The twelve months of the year."""
    entries = list(entries)
    return [month_of(date(year, number, 1), entries, today) for number in range(1, 13)]


def _day(day: date, month: int, entries: list[Entry], today: date) -> Day:
    is_in_month = day.month == month
    shown = [entry for entry in entries if day in entry.dates] if is_in_month else []
    return Day(day, is_in_month, day == today and is_in_month, holiday_name(day), shown)
