"""The states of the minutes: draft, sent for remarks, final, approved; and the correction of what is final (house.md 4)."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.trail import record
from boardroom.lib.workflow import Transition, TransitionRefused, advance
from meetings.models import Meeting
from minutes.completeness import missing
from minutes.models import Minutes

State = Minutes.State


def has_items(minutes: Minutes) -> Iterator[str]:
    if not minutes.items.exists():
        yield _("The minutes have no cases yet. Make the draft from the agenda first.")


def meeting_takes_place(minutes: Minutes) -> Iterator[str]:
    if minutes.meeting.state in {Meeting.State.CANCELLED, Meeting.State.POSTPONED}:
        yield _("The meeting was not held, so its minutes cannot become final.")


SEND_FOR_REVIEW = Transition(
    "send for review",
    frozenset({State.DRAFT}),
    State.IN_REVIEW,
    gettext_lazy("Only a draft can be sent for remarks."),
    (has_items, meeting_takes_place),
)
RETURN_TO_DRAFT = Transition(
    "return to draft",
    frozenset({State.IN_REVIEW}),
    State.DRAFT,
    gettext_lazy("The minutes are not out for remarks."),
)
FINALISE = Transition(
    "finalise",
    frozenset({State.DRAFT, State.IN_REVIEW}),
    State.FINAL,
    gettext_lazy("The minutes are final already."),
    (has_items, meeting_takes_place),
)
APPROVE = Transition(
    "approve",
    frozenset({State.FINAL}),
    State.APPROVED,
    gettext_lazy("Only final minutes can be approved, and only once."),
)


def finalise(minutes: Minutes, *, on: date, by, reason: str = "", at: datetime | None = None) -> None:
    """The minutes are final from the day and no round of remarks is open; nothing is frozen here.

    Raises TransitionRefused, also where points of the completeness list are open and no reason is given (P1).
    """
    with transaction.atomic():
        points = missing(minutes) if not reason.strip() else []
        if points and not FINALISE.obstacles(minutes):
            sentences = [sentence for sentence, _place in points]
            raise TransitionRefused([_("Give a reason for finalising with open points."), *sentences])
        advance(minutes, FINALISE, final_on=on, incomplete_reason=reason.strip())
        minutes.review_rounds.filter(is_open=True).update(is_open=False, closed_at=at or timezone.now())
        record("minutes.finalise", minutes, by=by, board=minutes.meeting.board, on=on, reason=reason.strip())


def open_correction(minutes: Minutes, reason: str, *, by) -> None:
    """The text of issued minutes can be changed again until `close_correction`; what was issued stays as it is (R98).

    Raises TransitionRefused without a reason, for a draft, and while another correction is open.
    """
    if not reason.strip():
        raise TransitionRefused([_("Write why the minutes are being corrected.")])
    with transaction.atomic():
        issued = Minutes.objects.filter(pk=minutes.pk, state__in=[State.FINAL, State.APPROVED], correction_reason="")
        if not issued.update(correction_reason=reason.strip()):
            raise TransitionRefused([_("Only issued minutes can be corrected, one correction at a time.")])
        minutes.refresh_from_db(fields=["correction_reason"])
        record("minutes.open_correction", minutes, by=by, board=minutes.meeting.board, reason=reason.strip())


def close_correction(minutes: Minutes, *, by) -> str:
    """The text is closed again; returns the reason, for the version that is issued now.

    Raises TransitionRefused where no correction is open.
    """
    with transaction.atomic():
        reason = Minutes.objects.filter(pk=minutes.pk).values_list("correction_reason", flat=True).get()
        open_now = Minutes.objects.filter(pk=minutes.pk).exclude(correction_reason="")
        if not open_now.update(correction_reason=""):
            raise TransitionRefused([_("No correction of these minutes is open.")])
        minutes.refresh_from_db(fields=["correction_reason"])
        record("minutes.close_correction", minutes, by=by, board=minutes.meeting.board, reason=reason)
    return reason
