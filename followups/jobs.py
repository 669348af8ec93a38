"""The carry-forward as work: after every act that may have something to carry, and once a day."""

from datetime import datetime

from django.utils import timezone

from boards.models import Board
from followups.carry import carry_boards
from jobs import schedule
from jobs.handlers import handler
from jobs.models import Job
from jobs.queue import enqueue
from meetings.models import Meeting
from minutes.models import Minutes

CHUNK = 50


def carry_after_minutes(minutes: Minutes, version: int) -> Job:
    """The board's follow-ups will be carried on because version `version` of its minutes is final."""
    return _enqueue(f"carry:minutes:{minutes.pk}:{version}", minutes.meeting.board_id)


def carry_after_meeting(meeting: Meeting, at: datetime) -> Job:
    """The board's follow-ups will be placed anew because a meeting was made, moved, called or put off."""
    return _enqueue(f"carry:meeting:{meeting.pk}:{at.isoformat()}", meeting.board_id)


def _enqueue(key: str, board: int) -> Job:
    return enqueue("carry", key, {"board": board})


@handler("carry")
def carry_on(payload: dict, job: Job) -> None:
    """The payload's boards (`board`, or `boards` for several) are carried on; boards that are gone are passed over."""
    boards = payload.get("boards") or [payload["board"]]
    carry_boards(boards, at=timezone.now())


@schedule.every("carry follow-ups", daily="05:30")
def carry_everything(now: datetime) -> None:
    """A job for every fifty boards, once a local day: what no act has placed is placed by the clock."""
    day = timezone.localdate(now).isoformat()
    boards = list(Board.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(boards), CHUNK):
        enqueue("carry", f"carry:daily:{day}:{boards[start]}", {"boards": boards[start : start + CHUNK]})
