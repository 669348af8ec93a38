"""The night's reminders as work: one job a day that goes from board to board in parts."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards.models import Board
from followups.reminders import run
from jobs import schedule
from jobs.handlers import handler
from jobs.models import Job
from jobs.progress import Part
from jobs.queue import enqueue

CHUNK = 50


@schedule.every("follow-up reminders", daily="00:20", label=_("Those who answer for follow-ups are reminded"))
def remind_of_follow_ups(now: datetime) -> None:
    """One job for each local day, long before anybody wants mail."""
    enqueue("remind", f"remind:{timezone.localdate(now)}", {})


@handler("remind", label=_("Reminders of follow-ups"))
def remind_some(payload: dict, job: Job) -> Part | None:
    """Those whom the next fifty boards are to remind have their letters on the way; what is told once is not told again."""
    coming = Board.objects.filter(pk__gt=payload.get("after", 0)).order_by("pk")
    boards = list(coming.values_list("pk", flat=True)[:CHUNK])
    run.remind(boards, now=timezone.now())
    if len(boards) < CHUNK:
        return None
    total = Board.objects.count()
    return Part(Board.objects.filter(pk__lte=boards[-1]).count(), total, boards[-1])
