"""A year of meetings from a rule: what speaks against each date, and making those that were chosen."""

from collections.abc import Iterable, Sequence
from datetime import date, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from audit import trail
from boardroom.lib.public_holidays import meeting_doubt
from boards.models import Board, Seat
from meetings import planning
from meetings.models import Meeting, MeetingDay


def doubts(board: Board, days: Iterable[date], user, *, besides: Meeting | None = None) -> dict[date, list[str]]:
    """What speaks against a meeting on each of the days; nothing of it stops one. Five queries for any number of days.

    Another board is named only to a user who may know when it meets.
    """
    found = {day: [doubt] if (doubt := meeting_doubt(day)) else [] for day in days}
    for day, meeting in _own(board, list(found), besides):
        sentence = gettext("The board has meeting %(number)s that day.") % {"number": meeting.number or meeting.name}
        found[day].append(sentence)
    for day, sentence in _others(board, list(found), user):
        found[day].append(sentence)
    return found


def taken_days(board: Board, days: Iterable[date]) -> set[date]:
    """Those of the days on which the board meets already."""
    return {day for day, _meeting in _own(board, list(days), None)}


@transaction.atomic
def create_meetings(
    board: Board, days: Sequence[date], *, by, start: time | None, end: time | None, place: str, state: str
) -> list[Meeting]:
    """A meeting on each of the days, in order, numbered one after the other: all of them or none."""
    hours = {"start": start, "end": end}
    made = [
        planning.create_next_meeting(board, day, by=by, place=place, state=state, **hours) for day in sorted(set(days))
    ]
    trail.record("meetings.create_year", board, by=by, board=board, days=[day.isoformat() for day in sorted(days)])
    return made


def _own(board: Board, days: list[date], besides: Meeting | None) -> list[tuple[date, Meeting]]:
    meeting_days = MeetingDay.objects.filter(meeting__board=board, date__in=days).select_related("meeting")
    meeting_days = meeting_days.exclude(meeting__state__in=planning.PUT_OFF)
    return [(day.date, day.meeting) for day in meeting_days if besides is None or day.meeting_id != besides.pk]


def _others(board: Board, days: list[date], user) -> list[tuple[date, str]]:
    """Other boards that meet on one of the days, and how many of this board's people sit there."""
    active = Seat.objects.active_on(timezone.localdate()).exclude(person=None)
    people = active.filter(board=board).values("person")
    shared: dict[int, set[int]] = {}
    for other, person in active.filter(person__in=people).exclude(board=board).values_list("board", "person"):
        shared.setdefault(other, set()).add(person)
    meetings = MeetingDay.objects.filter(meeting__board__in=shared, date__in=days).select_related("meeting__board")
    known = set(Board.objects.visible_to(user).values_list("pk", flat=True))
    found = []
    for day in meetings.exclude(meeting__state__in=planning.PUT_OFF):
        other, count = day.meeting.board, len(shared[day.meeting.board_id])
        name = (other.short_name or other.name) if other.pk in known else gettext("Another board")
        sentence = ngettext(
            "%(board)s meets that day, with %(count)s person of this board.",
            "%(board)s meets that day, with %(count)s persons of this board.",
            count,
        )
        found.append((day.date, sentence % {"board": name, "count": count}))
    return found
