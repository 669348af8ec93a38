"""What the secretary decides of the plan: out of a meeting, into a further one, or put off to a later one (issue 5, 2; R80).

Each act is remembered on the follow-up's report with reason, person and time, and has an act that takes it back while the
agenda is a draft. The carry-forward is run in the same transaction, so that every agenda is as the act says at once.
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import trail
from boardroom.lib.workflow import TransitionRefused
from followups.carrying import agenda
from followups.carrying.carry import carry, take_turn
from followups.carrying.standing import next_meetings, uncalled
from followups.models import FollowUp, Report
from followups.reports import add_blocks
from meetings import settling
from meetings.models import Meeting
from minutes import editing
from minutes.models import Minutes


def take_out(follow_up: FollowUp, meeting: Meeting, reason: str, *, by, at: datetime) -> Report:
    """The follow-up stays out of the meeting, also where it was not carried there yet; see `leave_out`."""
    reason = _asked_for(reason, _("Write why it is taken out."))
    with transaction.atomic():
        take_turn([meeting.board_id], at)
        report = _report_in(follow_up, meeting)
        if report is None:
            carry(meeting.board, at=at, by=by)
            report = _report_in(follow_up, meeting)
        if report is None:
            raise TransitionRefused([_("It does not stand in this meeting.")])
        leave_out(report, reason, by=by, at=at)
        if report.placed:
            carry(meeting.board, at=at, by=by)
    return report


def leave_out(report: Report, reason: str, *, by, at: datetime) -> None:
    """The report stays out of the meeting, with the reason, who and when; its block in a draft is gone, its words are kept.

    Raises TransitionRefused without a reason, where somebody else took it out for another one, when it was called with
    the agenda, and when the minutes may not be changed. What came after the call can be taken out until the minutes begin.
    """
    reason = _asked_for(reason, _("Write why it is taken out."))
    with transaction.atomic():
        _hold_place(report)
        report.refresh_from_db()
        block = report.block
        stands = Report.objects.filter(pk=report.pk, is_left_out=False)
        if stands.update(is_left_out=True, left_out_reason=reason, left_out_by=by, left_out_at=at, block=None):
            if block:
                block.delete()
            trail.record("followups.leave_out", report, by=by, board=report.meeting.board, at=at, reason=reason)
        elif report.left_out_reason != reason:
            raise TransitionRefused([_("It is taken out already: «%(why)s»") % {"why": report.left_out_reason}])
    report.refresh_from_db()


def put_back(report: Report, *, by, at: datetime) -> None:
    """The report stands in the meeting again, and in the draft of its minutes where there is one."""
    with transaction.atomic():
        _hold_place(report)
        stands = {"is_left_out": False, "left_out_reason": "", "left_out_by": None, "left_out_at": None}
        if not Report.objects.filter(pk=report.pk, is_left_out=True).update(**stands):
            return
        minutes = Minutes.objects.filter(meeting=report.meeting_id).first()
        if minutes:
            add_blocks(minutes)
        elif report.placed:
            carry(report.meeting.board, at=at, by=by)
        trail.record("followups.put_back", report, by=by, board=report.meeting.board, at=at)


def put_in(follow_up: FollowUp, meeting: Meeting, reason: str = "", *, by, at: datetime) -> Report:
    """The follow-up stands in this meeting in draft too, besides the next one.

    Raises TransitionRefused where it stands there already, and for a meeting that takes nothing more.
    """
    with transaction.atomic():
        _hold_draft(follow_up, meeting, at)
        report = _report_in(follow_up, meeting)
        stands = report and not report.is_left_out
        if stands and (report.placed or _is_next(meeting, at)):
            raise TransitionRefused([_("It stands in that meeting already.")])
        report = _place(follow_up, meeting, report, Report.Placed.IN, reason.strip(), by=by, at=at)
        carry(meeting.board, at=at, by=by)
        trail.record("followups.put_in", report, by=by, board=meeting.board, at=at, meeting=meeting.slug, reason=reason)
    return report


def put_off_to(follow_up: FollowUp, meeting: Meeting, reason: str, *, by, at: datetime) -> Report:
    """The follow-up stands in this later meeting instead of every earlier one, with the words prepared for it.

    Where words are prepared for both, those of the earlier meeting are kept there, taken out with the same reason.
    Raises TransitionRefused without a reason, for the next meeting, and for one that takes nothing more.
    """
    reason = _asked_for(reason, _("Write why it is put off."))
    with transaction.atomic():
        _hold_draft(follow_up, meeting, at)
        if _is_next(meeting, at):
            raise TransitionRefused([_("That is the next meeting, where it stands by itself.")])
        here = _bring_along(follow_up, meeting, _report_in(follow_up, meeting), reason, by=by, at=at)
        if here and here.placed == Report.Placed.INSTEAD and not here.is_left_out:
            raise TransitionRefused([_("It is put off to that meeting already.")])
        report = _place(follow_up, meeting, here, Report.Placed.INSTEAD, reason, by=by, at=at)
        carry(meeting.board, at=at, by=by)
        trail.record(
            "followups.put_off", report, by=by, board=meeting.board, at=at, meeting=meeting.slug, reason=reason
        )
    return report


def take_back(report: Report, *, by, at: datetime) -> None:
    """What was put in this meeting besides is there no more; what was put off to it stands in the next one, with its words.

    Raises TransitionRefused where something is prepared for a meeting that it would simply leave.
    """
    with transaction.atomic():
        _hold_draft(report.follow_up, report.meeting, at)
        report = Report.objects.select_related("follow_up", "meeting__board").filter(pk=report.pk).first()
        if report is None or not report.placed:
            raise TransitionRefused([_("That was taken back already.")])
        if report.is_written and report.placed == Report.Placed.IN:
            raise TransitionRefused([_("Something is written about it for that meeting. Take it out there instead.")])
        told = {"meeting": report.meeting.slug, "placed": report.placed, "reason": report.placed_reason}
        if report.is_written:
            Report.objects.filter(pk=report.pk).update(placed="", placed_reason="", placed_at=None, placed_by=None)
        else:
            Report.objects.filter(pk=report.pk).delete()
        carry(report.meeting.board, at=at, by=by)
        trail.record("followups.take_back", report.follow_up, by=by, board=report.meeting.board, at=at, **told)


def meetings_for(follow_up: FollowUp, on: date) -> list[Meeting]:
    """The meetings in draft where it can be put, the earliest first: those after the one where it stands by itself."""
    target = next_meetings([follow_up.board_id], on).get(follow_up.board_id)
    if target is None:
        return []
    here, source = (target.first_day, target.pk), follow_up.source_meeting
    after = max(here, (source.first_day, source.pk)) if source else here
    drafts = uncalled([follow_up.board_id]).order_by("first_day", "pk")
    return [one for one in drafts if (one.first_day, one.pk) > after]


def _asked_for(reason: str, sentence: str) -> str:
    if not reason.strip():
        raise TransitionRefused([sentence])
    return reason.strip()


def _report_in(follow_up: FollowUp, meeting: Meeting) -> Report | None:
    reports = Report.objects.filter(follow_up=follow_up, meeting=meeting)
    return reports.select_related("follow_up", "meeting__board", "block").first()


def _is_next(meeting: Meeting, at: datetime) -> bool:
    return next_meetings([meeting.board_id], timezone.localdate(at)).get(meeting.board_id) == meeting


def _hold_place(report: Report) -> None:
    """Nobody else changes the meeting meanwhile; between the call and the minutes the agenda is what everybody was sent."""
    meeting = report.meeting
    settling.hold(meeting)
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if minutes:
        editing.hold(minutes)
    elif not report.is_late and Meeting.objects.filter(pk=meeting.pk, numbers_fixed_at__isnull=False).exists():
        reason = _("The call is sent, and the agenda stands as it was sent. Take it out when the minutes are written.")
        raise TransitionRefused([reason])


def _hold_draft(follow_up: FollowUp, meeting: Meeting, at: datetime) -> None:
    """It is this act's turn to place on the board, and the meeting is a draft that can receive an open follow-up."""
    take_turn([meeting.board_id], at)
    settling.hold(meeting)
    if not uncalled([meeting.board_id]).filter(pk=meeting.pk).exists():
        raise TransitionRefused([_("The call of that meeting is sent, and its agenda stands as it was sent.")])
    if not FollowUp.objects.promised().open().filter(pk=follow_up.pk).exists():
        raise TransitionRefused([_("It is closed, and goes no further.")])


def _bring_along(
    follow_up: FollowUp, meeting: Meeting, here: Report | None, reason: str, *, by, at: datetime
) -> Report | None:
    """What stands in earlier drafts, or is put off elsewhere, is gone; prepared words come along. The report of `meeting`."""
    drafts = Report.objects.filter(follow_up=follow_up, meeting__in=uncalled([meeting.board_id]), block__isnull=True)
    drafts = drafts.select_related("follow_up", "meeting__board")
    for other in drafts.exclude(meeting=meeting).order_by("meeting__first_day", "pk"):
        is_later = (other.meeting.first_day, other.meeting_id) > (meeting.first_day, meeting.pk)
        if other.is_left_out or (is_later and other.placed != Report.Placed.INSTEAD):
            continue
        if not other.is_written:
            other.delete()
        elif here is None or not here.is_written:
            if here:
                here.delete()
            here = other
        else:
            Report.objects.filter(pk=other.pk).update(placed="")
            leave_out(other, reason, by=by, at=at)
    return here


def _place(
    follow_up: FollowUp, meeting: Meeting, report: Report | None, placed: str, reason: str, *, by, at: datetime
) -> Report:
    """A report of the follow-up stands last in the meeting's follow-up case, placed there by the secretary."""
    row = agenda.follow_up_rows([meeting]).get(meeting.pk) or agenda.make_follow_up_row(meeting)
    last = Report.objects.filter(meeting=meeting).aggregate(last=Max("order"))["last"] or 0
    report = report or Report(
        follow_up=follow_up,
        title=follow_up.title,
        source_label=follow_up.source_label,
        source_printed=follow_up.source_normal or follow_up.source_label,
        carried_at=at,
    )
    report.meeting, report.row, report.order = meeting, row, last + 1
    report.placed, report.placed_reason, report.placed_at, report.placed_by = placed, reason, at, by
    report.is_left_out, report.left_out_reason, report.left_out_at, report.left_out_by = False, "", None, None
    report.lapsed_from = None
    report.save()
    return report
