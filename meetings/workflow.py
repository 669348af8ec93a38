"""The states of a meeting: tentative -> planned -> called -> held -> closed, cancelled and postponed with a reason (R7)."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext, gettext_lazy

from audit import trail
from boardroom.lib.workflow import Transition, TransitionRefused, advance
from meetings import annual_plan, numbering, timing
from meetings.models import AgendaRow, Meeting, MeetingDay

State = Meeting.State


def _has_cases(meeting: Meeting) -> Iterator[str]:
    if not meeting.agenda_rows.filter(kind=AgendaRow.Kind.CASE).exists():
        yield gettext("The agenda has no cases yet.")


def _has_a_day(meeting: Meeting) -> Iterator[str]:
    if not meeting.days.exists():
        yield gettext("The meeting has no day yet.")


def _minutes_are_approved(meeting: Meeting) -> Iterator[str]:
    minutes = getattr(meeting, "minutes", None)
    if minutes is None or minutes.state != "approved":
        yield gettext("The minutes of the meeting are not approved yet.")


def refuse_if_final(meeting: Meeting) -> None:
    """Return, or raise TransitionRefused where the minutes are final and not open for a correction (R98).

    They tell who was there and when the meeting began and ended, so that follows them.
    """
    final = Meeting.objects.filter(minutes__state__in=("final", "approved"), minutes__correction_reason="")
    if final.filter(pk=meeting.pk).exists():
        raise TransitionRefused([gettext("The minutes are final. What is wrong in them is put right by a correction.")])


PLAN = Transition(
    "plan",
    frozenset({State.TENTATIVE}),
    State.PLANNED,
    gettext_lazy("Only a tentative meeting can be confirmed."),
)
CALL = Transition(
    "call",
    frozenset({State.PLANNED}),
    State.CALLED,
    gettext_lazy("A call can be sent once for a planned meeting."),
    (_has_cases, _has_a_day),
)
HOLD = Transition(
    "hold",
    frozenset({State.CALLED}),
    State.HELD,
    gettext_lazy("Only a meeting that was called can be marked as held."),
)
CLOSE = Transition(
    "close",
    frozenset({State.HELD}),
    State.CLOSED,
    gettext_lazy("Only a meeting that was held is closed."),
    (_minutes_are_approved,),
)
REOPEN = Transition("reopen", frozenset({State.CLOSED}), State.HELD, gettext_lazy("Only a closed meeting is reopened."))
_BEFORE = frozenset({State.TENTATIVE, State.PLANNED, State.CALLED})
CANCEL = Transition(
    "cancel", _BEFORE, State.CANCELLED, gettext_lazy("A meeting that was held or cancelled cannot be cancelled.")
)
POSTPONE = Transition(
    "postpone", _BEFORE, State.POSTPONED, gettext_lazy("A meeting that was held or cancelled cannot be postponed.")
)
RESUME = Transition(
    "resume",
    frozenset({State.POSTPONED, State.CANCELLED}),
    State.PLANNED,
    gettext_lazy("Only a postponed or cancelled meeting gets a new date this way."),
)


@transaction.atomic
def plan(meeting: Meeting, *, by) -> None:
    """The tentative meeting is planned. Raises TransitionRefused."""
    _take(meeting, PLAN, by=by)


@transaction.atomic
def call(meeting: Meeting, *, by, at: datetime) -> None:
    """The meeting is called and its case numbers are fixed for good (R24). Raises TransitionRefused.

    For publishing's act of sending the call, in the transaction that freezes the document.
    """
    if obstacles := CALL.obstacles(meeting):
        raise TransitionRefused(obstacles)
    numbering.fix_numbers(meeting, at)
    _take(meeting, CALL, by=by)


@transaction.atomic
def hold(meeting: Meeting, *, by) -> None:
    """The meeting was held. Raises TransitionRefused."""
    _take(meeting, HOLD, by=by)


@transaction.atomic
def close(meeting: Meeting, *, by) -> None:
    """Nothing more is taken into the meeting (P25). Raises TransitionRefused."""
    _take(meeting, CLOSE, by=by)


@transaction.atomic
def reopen(meeting: Meeting, *, by, reason: str) -> None:
    """The closed meeting can be changed again, for a reason that stands in the trail (P25). Raises TransitionRefused."""
    _take(meeting, REOPEN, by=by, reason=_reason(reason))


@transaction.atomic
def cancel(meeting: Meeting, *, by, reason: str) -> None:
    """The meeting is off, for a reason. Raises TransitionRefused."""
    _take(meeting, CANCEL, by=by, state_reason=_reason(reason))


@transaction.atomic
def postpone(meeting: Meeting, *, by, reason: str) -> None:
    """The meeting waits for a new date, for a reason; `move` gives it one. Raises TransitionRefused."""
    _take(meeting, POSTPONE, by=by, state_reason=_reason(reason))


@transaction.atomic
def move(
    meeting: Meeting, day: date, *, by, reason: str = "", start: time | None = None, end: time | None = None
) -> None:
    """The meeting is on `day`, its later days as far after it as before; one put off is planned again.

    Its first day begins at `start` and ends at `end` where they are given. The agenda's times and the topics planned for
    the meeting follow, and on a new day everybody is asked anew who comes. A meeting that was called needs a reason.
    Raises TransitionRefused for one that was held.
    """
    if meeting.state in {State.HELD, State.CLOSED}:
        raise TransitionRefused([gettext("A meeting that was held keeps its date.")])
    if meeting.state == State.CALLED:
        reason = _reason(reason)
    before = meeting.first_day
    _shift_days(meeting, day - before, start, end)
    if day != before:
        Meeting.objects.filter(pk=meeting.pk).update(first_day=day, moved_from=before)
        meeting.replies.all().delete()  # they said yes or no to another day, as the trail tells
    meeting.refresh_from_db(fields=["first_day", "moved_from"])
    if meeting.state in RESUME.sources:
        advance(meeting, RESUME, state_reason="")
    annual_plan.follow_meeting(meeting)
    numbering.renumber(meeting)
    timing.retime(meeting)
    hours = {name: value.isoformat("minutes") for name, value in (("start", start), ("end", end)) if value}
    trail.record("meetings.move", meeting, by=by, board=meeting.board, before=before, after=day, reason=reason, **hours)


def _shift_days(meeting: Meeting, distance: timedelta, start: time | None, end: time | None) -> None:
    days = list(meeting.days.all())
    for day in days:
        day.date += distance
    for first in days[:1]:
        first.start, first.end = start or first.start, end or first.end
    MeetingDay.objects.bulk_update(days, ["date", "start", "end"])


def _take(meeting: Meeting, transition: Transition, *, by, reason: str = "", **stamps) -> None:
    before = meeting.state
    advance(meeting, transition, **stamps)
    told = {"reason": said} if (said := reason or stamps.get("state_reason", "")) else {}
    trail.record(f"meetings.{transition.name}", meeting, by=by, board=meeting.board, before=before, **told)


def _reason(text: str) -> str:
    if not text.strip():
        raise TransitionRefused([gettext("Write a reason.")])
    return text.strip()
