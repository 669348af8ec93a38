"""Reminders to who was asked to approve and has not answered: by the clock, or at a press of the secretary's."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.trail import record
from boardroom.lib.workdays import working_days_before
from boardroom.lib.workflow import TransitionRefused
from mail import post
from minutes import approving
from minutes.models import ApprovalRequest, Minutes

SOON = 2
REACH = timedelta(days=21)  # two working days before a deadline lie within it, whatever holidays there are


def remind_by_the_clock(at: datetime) -> None:
    """Who has not answered has one letter, from two working days before the day to answer by. Safe to repeat."""
    today = timezone.localdate(at)
    waiting = ApprovalRequest.objects.filter(
        answer="", withdrawn_at__isnull=True, deadline__gte=today, deadline__lte=today + REACH,
        minutes__state=Minutes.State.FINAL, minutes__correction_reason="",
    )  # fmt: skip
    for one in waiting.select_related("person", "minutes__meeting__board"):
        soon = working_days_before(one.deadline, SOON)
        if timezone.localdate(one.asked_at) < soon <= today:
            _send(one, one.deadline, at)


def remind(minutes: Minutes, *, by, at: datetime) -> int:
    """Everybody who has not answered is reminded, at most once a day; how many were.

    Raises TransitionRefused where nobody is waited for.
    """
    waiting = [one for one in approving.standing(minutes) if not one.answered_at]
    if not waiting or minutes.state != Minutes.State.FINAL:
        raise TransitionRefused([_("Nobody is waited for now.")])
    for one in waiting:
        one.minutes = minutes
        _send(one, timezone.localdate(at), at)
    names = [one.person.name for one in waiting]
    record("minutes.remind_approval", minutes, by=by, board=minutes.meeting.board, names=names)
    return len(waiting)


def _send(one: ApprovalRequest, occasion: date, at: datetime) -> None:
    key = f"approval-reminder:{one.pk}:{occasion.isoformat()}"
    board = one.minutes.meeting.board
    post.send("approval-reminder", key, at=at, person=one.person, board=board, about=one.pk)
