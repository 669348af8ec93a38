"""The carry-forward as work: after every act that may have something to carry, and once a day."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards.models import Board
from followups.carrying.carry import carry_boards
from followups.carrying.standing import unsettled
from jobs import schedule
from jobs.handlers import handler
from jobs.models import Job
from jobs.progress import Part
from jobs.queue import enqueue
from meetings.models import Meeting
from minutes.models import Minutes

CHUNK = 200


def carry_after_minutes(minutes: Minutes, version: int) -> Job:
    """The board's follow-ups will be carried on because version `version` of its minutes is final."""
    return _enqueue(f"carry:minutes:{minutes.pk}:{version}", minutes.meeting.board_id)


def carry_after_meeting(meeting: Meeting, at: datetime) -> Job:
    """The board's follow-ups will be placed anew because a meeting was made, moved, called or put off."""
    return _enqueue(f"carry:meeting:{meeting.pk}:{at.isoformat()}", meeting.board_id)


def _enqueue(key: str, board: int) -> Job:
    return enqueue("carry", key, {"board": board})


@handler("carry", label=_("Follow-ups of a board are carried on"))
def carry_on(payload: dict, job: Job) -> None:
    """The payload's board, or its `boards` (an earlier release), is carried on; one that is gone is passed over."""
    carry_boards(payload.get("boards") or [payload["board"]], at=timezone.now())


@handler("carry-all", label=_("Follow-ups of all boards are carried on"))
def carry_next_boards(payload: dict, job: Job) -> Part | None:
    """The next boards are carried on, in a transaction of their own; those where nothing happened today are passed over."""
    now = timezone.now()
    boards = Board.objects.filter(pk__gt=payload.get("after", 0)).order_by("pk")
    chunk = list(unsettled(boards, now).values_list("pk", flat=True)[:CHUNK])
    carry_boards(chunk, at=now)
    if len(chunk) < CHUNK:
        return None
    return Part(Board.objects.filter(pk__lte=chunk[-1]).count(), Board.objects.count(), chunk[-1])


@schedule.every("carry follow-ups", daily="05:30", label=_("Open follow-ups go to the next meetings"))
def carry_everything(now: datetime) -> None:
    """One job a local day for all boards: what no act has placed is placed by the clock."""
    enqueue("carry-all", f"carry:daily:{timezone.localdate(now).isoformat()}", {})
