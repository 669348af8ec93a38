"""Work that the minutes leave to the clock and the job table: reminders, and letters that an older release had queued."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs import schedule
from jobs.handlers import handler
from jobs.models import Job
from mail import post
from minutes import approval_reminders, rounds
from minutes.models import Answer


@schedule.every("review reminders", daily="07:00", label=_("Reminders of drafts to read"))
def remind_of_reviews(now: datetime) -> None:
    """The reminders of the day stand as letters, once each."""
    rounds.remind_by_the_clock(now)


@schedule.every("approval reminders", daily="07:00", label=_("Reminders of minutes to approve"))
def remind_of_approvals(now: datetime) -> None:
    """Who was asked to approve has the reminder of the day as a letter, once."""
    approval_reminders.remind_by_the_clock(now)


@handler("review-mail", label=_("Mail about a draft"))
def send_review_letter(payload: dict, job: Job) -> None:
    """A row of an older release: the recipient of a round has the letter that would be sent now."""
    asked = (
        Answer.objects.select_related("round__minutes__meeting__board", "person").filter(pk=payload["answer"]).first()
    )
    if asked:
        board = asked.round.minutes.meeting.board
        key = f"review:{asked.pk}"
        post.send("review", key, at=timezone.now(), person=asked.person, board=board, about=asked.pk)
