"""Running a meeting: it starts, its cases begin and end at the time the button was pressed, and it ends (R49).

The times are the server's. A clock that was put back makes no negative duration: what ends does so no earlier than it began.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import trail
from boardroom.lib.workflow import TransitionRefused
from meetings import timing, workflow
from meetings.forecast import RUN
from meetings.models import AgendaRow, Meeting

STARTABLE = frozenset({Meeting.State.CALLED, Meeting.State.HELD})


def is_running(meeting: Meeting) -> bool:
    return meeting.started_at is not None and meeting.ended_at is None and meeting.state in STARTABLE


def obstacles(meeting: Meeting, at: datetime) -> list[str]:
    """Why the meeting cannot be started now; empty when it can."""
    if meeting.state not in STARTABLE:
        return [_("Only a meeting that was called can be started.")]
    if meeting.started_at:
        return [_("The meeting has been started already.")]
    if timezone.localdate(at) not in {day.date for day in meeting.days.all()}:
        return [_("A meeting is started on its own day. Times can be written in afterwards.")]
    return []


@transaction.atomic
def start(meeting: Meeting, *, by, at: datetime) -> None:
    """The meeting goes on since `at`; pressed again it stays as it is. Raises TransitionRefused."""
    if is_running(meeting):
        return
    if reasons := obstacles(meeting, at):
        raise TransitionRefused(reasons)
    Meeting.objects.filter(pk=meeting.pk, started_at=None).update(started_at=at)
    meeting.refresh_from_db(fields=["started_at"])
    trail.record("meetings.start", meeting, by=by, board=meeting.board, at_time=at)


@transaction.atomic
def begin(row: AgendaRow, *, by, at: datetime) -> None:
    """The row runs since `at`, and what ran before it has ended then. One that had ended goes on, with its first start.

    Pressed twice it stays as it is. Raises TransitionRefused where the meeting does not go on, and for a row put off.
    """
    _hold(row.meeting)
    workflow.refuse_if_final(row.meeting)
    row.refresh_from_db(fields=["started_at", "ended_at", "outcome"])
    if row.kind not in RUN or row.outcome in timing.NOT_TREATED:
        raise TransitionRefused([_("This row is not treated in the meeting.")])
    if row.started_at and not row.ended_at:
        return
    _end_running(row.meeting, at)
    row.started_at, row.ended_at = row.started_at or at, None
    row.save(update_fields=["started_at", "ended_at"])
    trail.record("meetings.begin_case", row, by=by, board=row.meeting.board, label=row.label, at_time=at)


@transaction.atomic
def take_back(row: AgendaRow, *, by) -> None:
    """As if the row had not been begun: what it ended goes on again. Raises TransitionRefused."""
    _hold(row.meeting)
    row.refresh_from_db(fields=["started_at", "ended_at"])
    if row.started_at is None:
        return
    if row.ended_at is None:
        before = _others(row).filter(ended_at=row.started_at).order_by("-started_at").first()
        if before:
            AgendaRow.objects.filter(pk=before.pk).update(ended_at=None)
    was, row.started_at, row.ended_at = row.started_at, None, None
    row.save(update_fields=["started_at", "ended_at"])
    trail.record("meetings.take_back_case", row, by=by, board=row.meeting.board, label=row.label, started=was)


@transaction.atomic
def correct(row: AgendaRow, started: datetime | None, ended: datetime | None, *, by) -> None:
    """The row has these actual times. Raises TransitionRefused where one cannot be, or would leave two rows running."""
    meeting = row.meeting
    workflow.refuse_if_final(meeting)
    if meeting.state not in STARTABLE:
        raise TransitionRefused([_("Actual times are written for a meeting that was called or held.")])
    if ended and not started:
        raise TransitionRefused([_("Write when it began, too.")])
    if ended and ended < started:
        raise TransitionRefused([_("It ends before it begins.")])
    if started and not ended and not is_running(meeting):
        raise TransitionRefused([_("Write when it ended, too: the meeting does not go on.")])
    if started and not ended and _others(row).filter(started_at__isnull=False, ended_at=None).exists():
        raise TransitionRefused([_("Another case goes on now. Write when this one ended.")])
    before = [row.started_at, row.ended_at]
    row.started_at, row.ended_at = started, ended
    row.save(update_fields=["started_at", "ended_at"])
    after = [started, ended]
    trail.record("meetings.correct_times", row, by=by, board=meeting.board, label=row.label, before=before, after=after)


@transaction.atomic
def end(meeting: Meeting, *, by, at: datetime) -> None:
    """The meeting is over since `at`, with the case that ran, and it was held. Raises TransitionRefused."""
    _hold(meeting)
    at = max(at, meeting.started_at)
    _end_running(meeting, at)
    Meeting.objects.filter(pk=meeting.pk).update(ended_at=at)
    meeting.refresh_from_db(fields=["ended_at"])
    trail.record("meetings.end", meeting, by=by, board=meeting.board, at_time=at)
    if meeting.state == Meeting.State.CALLED:
        workflow.hold(meeting, by=by)


@transaction.atomic
def resume(meeting: Meeting, *, by) -> None:
    """The meeting goes on, with the case that its end ended. Raises TransitionRefused where it has not ended."""
    workflow.refuse_if_final(meeting)
    was = meeting.ended_at
    resumed = Meeting.objects.filter(pk=meeting.pk, state=Meeting.State.HELD, ended_at=was).exclude(ended_at=None)
    if not resumed.update(ended_at=None):
        raise TransitionRefused([_("The meeting has not ended, or it is closed.")])
    meeting.refresh_from_db(fields=["ended_at"])
    last = meeting.agenda_rows.filter(ended_at=was).order_by("-started_at").first()
    if last:
        AgendaRow.objects.filter(pk=last.pk).update(ended_at=None)
    trail.record("meetings.resume", meeting, by=by, board=meeting.board, ended=was)


@transaction.atomic
def correct_hours(meeting: Meeting, started: datetime | None, ended: datetime | None, *, by) -> None:
    """The meeting began and ended at these times. Raises TransitionRefused where they cannot be."""
    workflow.refuse_if_final(meeting)
    if meeting.state not in STARTABLE:
        raise TransitionRefused([_("Actual times are written for a meeting that was called or held.")])
    if ended and (not started or ended < started):
        raise TransitionRefused([_("It ends before it begins.") if started else _("Write when it began, too.")])
    if ended and is_running(meeting):
        raise TransitionRefused([_("The meeting goes on. End it first.")])
    if not ended and started and not is_running(meeting):
        raise TransitionRefused([_("Write when it ended, too: the meeting does not go on.")])
    before = [meeting.started_at, meeting.ended_at]
    Meeting.objects.filter(pk=meeting.pk).update(started_at=started, ended_at=ended)
    meeting.refresh_from_db(fields=["started_at", "ended_at"])
    trail.record("meetings.correct_hours", meeting, by=by, board=meeting.board, before=before, after=[started, ended])


def after(start: datetime | None, end: datetime | None) -> datetime | None:
    """The end as it was meant: shortly after midnight it is the next day's."""
    if start and end and end < start and end + timedelta(days=1) - start <= timedelta(hours=6):
        return end + timedelta(days=1)
    return end


def _hold(meeting: Meeting) -> None:
    """In this transaction nobody else runs the meeting. Raises TransitionRefused where it does not go on."""
    going_on = Meeting.objects.filter(pk=meeting.pk, started_at__isnull=False, ended_at=None, state__in=STARTABLE)
    if not going_on.update(started_at=F("started_at")):
        raise TransitionRefused([_("The meeting does not go on now.")])
    meeting.refresh_from_db(fields=["started_at", "ended_at"])


def _end_running(meeting: Meeting, at: datetime) -> None:
    for row in meeting.agenda_rows.filter(started_at__isnull=False, ended_at=None):
        row.ended_at = max(at, row.started_at)
        row.save(update_fields=["ended_at"])


def _others(row: AgendaRow):
    return row.meeting.agenda_rows.exclude(pk=row.pk)
