"""Reminders that the demonstration's boards have sent lately, as the clock and the secretaries would have done it."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts.models import User
from boardroom.lib.times import OSLO
from boardroom.lib.workdays import is_working_day, working_days_before
from boards.models import Board
from followups.carrying.plan import next_meetings
from followups.reminders import asking, run
from mail.models import Letter

NIGHTS = 21


def remind(secretaries: dict[Board, User], now: datetime) -> None:
    """What these weeks' nights would have brought is sent, and before each next meeting the secretary asked for reports."""
    today = timezone.localdate(now)
    days = (today - timedelta(days=ago) for ago in range(NIGHTS, 0, -1))
    for day in filter(is_working_day, days):
        run.remind([board.pk for board in secretaries], now=_at(day, time(0, 20)))
        _sent(_at(day, time(8)))
    asked_at = _at(working_days_before(today, 3), time(10, 15))
    for board, secretary in secretaries.items():
        if meeting := next_meetings([board.pk], today).get(board.pk):
            asking.ask_for_reports(meeting, by=secretary, at=asked_at)
    _sent(asked_at)


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=OSLO)


def _sent(at: datetime) -> None:
    kinds = [run.KIND, run.SECRETARYS, asking.ASKED]
    Letter.objects.filter(kind__in=kinds, state=Letter.State.WAITING).update(state=Letter.State.SENT, sent_at=at)
