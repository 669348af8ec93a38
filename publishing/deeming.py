"""Minutes that are deemed approved when the deadline for remarks has passed (P38, A13).

The deadline's day belongs to the readers until midnight in Norway. What the clock finds afterwards is approved once every
remark is settled and the minutes are final; until then the secretaries are told, once a round, and nothing is approved.
"""

from datetime import date, datetime, timedelta

from django.db.models import Max, OuterRef, Subquery
from django.utils import timezone

from boardroom.lib.workflow import TransitionRefused
from boards.models import Board
from jobs import queue
from minutes.approving import tell_secretaries
from minutes.models import Minutes, Remark, ReviewRound
from minutes.settling import unsettled
from publishing import issuing

How = Board.Approval


def look_for_passed_deadlines(now: datetime) -> None:
    """A job stands for all minutes whose approval is due, and a letter for whoever must do something before."""
    today = timezone.localdate(now)
    for minutes in passed(today):
        if is_ready(minutes):
            key = f"deem:{minutes.pk}:{today.isoformat()}"
            queue.enqueue("deem-approved", key, {"minutes": minutes.pk}, board=minutes.meeting.board_id)
        else:
            _tell_what_lacks(minutes, now)


def passed(today: date):
    """Minutes of boards that deem, not approved yet, whose last round of remarks had a deadline before today."""
    last = ReviewRound.objects.filter(minutes=OuterRef("pk")).order_by("-number")
    found = Minutes.objects.filter(meeting__board__approval=How.DEEMED).exclude(state=Minutes.State.APPROVED)
    found = found.annotate(round_pk=Subquery(last.values("pk")[:1]), until=Subquery(last.values("deadline")[:1]))
    return found.filter(until__lt=today, meeting__is_as_written=False).select_related("meeting__board").order_by("pk")


def is_ready(minutes: Minutes) -> bool:
    """Whether nothing stands between the minutes and their approval."""
    return minutes.state == Minutes.State.FINAL and not minutes.correction_reason and not unsettled(minutes).exists()


def approve_if_due(number: int, at: datetime) -> None:
    """The minutes are approved as of the day when nothing stood in the way any more, whenever the clock came round.

    However often it is called, they are approved once.
    """
    minutes = passed(timezone.localdate(at)).filter(pk=number).first()
    if minutes is None or not is_ready(minutes):
        return
    try:
        issuing.approve(minutes, How.DEEMED, day_of(minutes), by=None, at=at)
    except TransitionRefused:
        _tell_what_lacks(minutes, at)


def day_of(minutes: Minutes) -> date:
    """The day after the deadline, or later the day the minutes became final or the last remark was settled."""
    settled = Remark.objects.filter(round__minutes=minutes).aggregate(last=Max("settled_at"))["last"]
    days = [minutes.until + timedelta(days=1), minutes.final_on, timezone.localdate(settled) if settled else None]
    return max(day for day in days if day)


def _tell_what_lacks(minutes: Minutes, at: datetime) -> None:
    tell_secretaries(minutes, "approval-stuck", f"approval-stuck:{minutes.pk}:{minutes.round_pk}", minutes.pk, at)
