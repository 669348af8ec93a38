"""On which days a follow-up's action is reminded of, by its board's rule, and when nobody is disturbed (reliability.md F10, F23).

Nothing is read from the database here, and nothing depends on when it is asked: the same action and day give the same answer.
"""

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from boardroom.lib.times import OSLO, is_within
from boardroom.lib.workdays import is_working_day, working_days_after
from boards.models import Board
from followups.models import Action, Reminder
from meetings.deadlines import deadlines
from meetings.models import Meeting

Occasion = Reminder.Occasion
OFF = frozenset({Meeting.State.CANCELLED, Meeting.State.POSTPONED})
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """The day an action is due, and the day that reminders before it are counted from."""

    on: date
    counted_from: date


@dataclass(frozen=True)
class Turn:
    """One reminder that has its day: which, and whether there is any use in it now."""

    occasion: str
    number: int
    day: date
    is_useful: bool = True


def due_of(action: Action, board: Board) -> Due | None:
    """A day, a meeting's first day, or the last day of a month; None for words that name no time.

    What is due in a meeting is wanted when its papers are: reminders before it are counted from that day.
    """
    if action.due_on:
        return Due(action.due_on, action.due_on)
    meeting = action.due_meeting
    if meeting and meeting.state not in OFF:
        return Due(meeting.first_day, deadlines(board, meeting.first_day).papers)
    if action.due_month:
        year, month = action.due_month.year, action.due_month.month
        last = date(year, month, calendar.monthrange(year, month)[1])
        return Due(last, last)
    return None


def turns(board: Board, due: Due, today: date) -> list[Turn]:
    """The reminders whose day has come, the newest last; only that one can be of use still.

    One before is of use until the day it is due, one on the day only that day, or on the working day after it. The one
    numbered after the last that the board wants is the secretary's.
    """
    ripe = [turn for turn in _planned(board, due, today) if turn.day <= today]
    return [Turn(one.occasion, one.number, one.day, one is ripe[-1] and _is_useful(one, due, today)) for one in ripe]


def _planned(board: Board, due: Due, today: date) -> list[Turn]:
    days = []
    if board.remind_before:
        days.append((Occasion.BEFORE, 0, due.counted_from - timedelta(days=board.remind_before)))
    if board.remind_on_day:
        days.append((Occasion.ON, 0, due.on))
    if board.remind_every and today > due.on:
        wanted = range(1, board.remind_at_most + 2)
        days += [(Occasion.AFTER, number, due.on + timedelta(days=board.remind_every * number)) for number in wanted]
    return [Turn(occasion, number, told_on(board, day)) for occasion, number, day in days]


def _is_useful(turn: Turn, due: Due, today: date) -> bool:
    if turn.occasion == Occasion.BEFORE:
        return today < due.on
    return turn.occasion == Occasion.AFTER or today == turn.day


def told_on(board: Board, day: date) -> date:
    """The day itself, or the next working day where the board wants no mail on others."""
    return working_days_after(day, 0) if board.reminds_on_working_days else day


def moment_on(board: Board, day: date) -> datetime:
    """When that day's reminders go. A time that summer time skips is an hour later; one that comes twice is the first."""
    return datetime.combine(day, board.remind_at, tzinfo=OSLO).astimezone(UTC)


def next_open(board: Board, at: datetime) -> datetime:
    """`at`, or the first morning after it where the board wants no mail then."""
    local = at.astimezone(OSLO)
    is_free = board.reminds_on_working_days and not is_working_day(local.date())
    if not is_free and not is_within(local.time(), board.quiet_from, board.quiet_until):
        return at
    today = moment_on(board, told_on(board, local.date()))
    return today if today > at else moment_on(board, told_on(board, local.date() + ONE_DAY))
