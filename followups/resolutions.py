"""What is said of a follow-up in one meeting, before the call and in the minutes, and taking one out (R80, R81)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit import trail
from boardroom.lib.workflow import TransitionRefused
from followups import sources
from followups.models import Report
from followups.reports import add_blocks
from meetings.models import Meeting
from minutes import editing
from minutes.models import Block, Minutes

TEXTS = (
    "resolution_label",
    "resolution",
    "resolves_to_label",
    "resolves_to_url",
    "waits_for",
    "status",
    "due_text",
    "resolves_to_meeting",
)


def save_report(report: Report, values: dict, *, version: int | None, by, at: datetime) -> Report:
    """The report has these words, and a link to the case they name where it is found on the board.

    Raises TransitionRefused when the minutes may not be changed, or someone else saved the block since `version`.
    """
    board = report.meeting.board
    with transaction.atomic():
        _hold(report, version)
        for name in TEXTS:
            if name in values:
                setattr(report, name, values[name])
        found = sources.find_source(report.resolves_to_label, board, report.meeting)
        report.resolves_to_row = found.row
        report.save(update_fields=[*TEXTS, "resolves_to_row"])
        trail.record("followups.say", report, by=by, board=board, at=at, meeting=report.meeting.slug)
    return report


def leave_out(report: Report, reason: str, *, by, at: datetime) -> None:
    """The report stays out of the meeting, with the reason, who and when; its block in a draft is gone.

    Raises TransitionRefused without a reason, and when the call is sent or the minutes may not be changed.
    """
    if not reason.strip():
        raise TransitionRefused([_("Write why it is taken out.")])
    with transaction.atomic():
        _refuse_after_the_call(report)
        _hold(report, None)
        block = report.block
        changed = Report.objects.filter(pk=report.pk, is_left_out=False).update(
            is_left_out=True, left_out_reason=reason.strip(), left_out_by=by, left_out_at=at, block=None
        )
        if block:
            block.delete()
        if changed:
            trail.record("followups.leave_out", report, by=by, board=report.meeting.board, at=at, reason=reason.strip())


def put_back(report: Report, *, by, at: datetime) -> None:
    """The report stands in the meeting again, and in the draft of its minutes where there is one."""
    with transaction.atomic():
        _refuse_after_the_call(report)
        _hold(report, None)
        changed = Report.objects.filter(pk=report.pk, is_left_out=True).update(
            is_left_out=False, left_out_reason="", left_out_by=None, left_out_at=None
        )
        if not changed:
            return
        trail.record("followups.put_back", report, by=by, board=report.meeting.board, at=at)
        minutes = Minutes.objects.filter(meeting=report.meeting_id).first()
        if minutes:
            add_blocks(minutes)


def _hold(report: Report, version: int | None) -> None:
    minutes = Minutes.objects.filter(meeting=report.meeting_id).first()
    if minutes:
        editing.hold(minutes)
    if not report.block_id or version is None:
        return
    if not Block.objects.filter(pk=report.block_id, version=version).update(version=version + 1):
        raise TransitionRefused([_("Someone else changed this while you were writing. Open it again.")])


def _refuse_after_the_call(report: Report) -> None:
    """Between the call and the minutes the agenda is what everybody was sent."""
    meeting: Meeting = report.meeting
    if meeting.call_is_sent and not Minutes.objects.filter(meeting=meeting).exists():
        reason = _("The call is sent, and the agenda stands as it was sent. Take it out when the minutes are written.")
        raise TransitionRefused([reason])
