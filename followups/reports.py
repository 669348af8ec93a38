"""Reports become blocks of the minutes, and what they say takes effect when the minutes are final (R80-R83)."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from boardroom.lib.fragments import plain_text
from boards.models import RowPurpose
from followups import dues
from followups.models import CLOSED, FollowUp, OwnerReport, Report, Status
from followups.register.lineage import is_kept_back
from followups.rules import shield_of
from followups.status import TRANSITIONS, change_status, standing
from meetings.models import Meeting
from minutes.models import Block, Minutes, MinutesItem


def add_blocks(minutes: Minutes) -> int:
    """Every report of the meeting that was not taken out has its block in the follow-up case, in the reports' order.

    Doing it again adds only what is missing; the blocks stand before the case's decision. How many were added.
    """
    with transaction.atomic():
        waiting = list(
            Report.objects.filter(meeting=minutes.meeting_id, is_left_out=False, block__isnull=True)
            .select_related("follow_up__source_row", "follow_up__source_block")
            .order_by("order", "pk")
        )
        item = _item_for_reports(minutes, waiting)
        if item is None:
            return 0
        place = _place_in(item)
        item.blocks.filter(order__gte=place).update(order=F("order") + len(waiting))
        return sum(_add_block(item, report, place + number) for number, report in enumerate(waiting))


def _item_for_reports(minutes: Minutes, waiting: list[Report]) -> MinutesItem | None:
    if not waiting:
        return None
    cases = minutes.items.filter(row__isnull=False)
    return (
        cases.filter(row__purpose=RowPurpose.FOLLOW_UPS).first()
        or cases.filter(row__in=[report.row_id for report in waiting if report.row_id]).first()
    )


def _place_in(item: MinutesItem) -> int:
    """Behind what is there, before the first decision."""
    decision = item.blocks.filter(type=Block.Type.DECISION).order_by("order").first()
    last = item.blocks.order_by("order").last()
    if decision:
        return decision.order
    return last.order + 1 if last else 1


def _add_block(item: MinutesItem, report: Report, order: int) -> bool:
    style = Block.List.NUMBERS if report.actions[1:] else ""
    shield = shield_of(report.follow_up)
    block = Block.objects.create(item=item, type=Block.Type.FOLLOW_UP_REPORT, order=order, list=style, **shield)
    if Report.objects.filter(pk=report.pk, block__isnull=True).update(block=block, row=item.row_id):
        return True
    block.delete()
    return False


def freeze_reports(minutes: Minutes, *, at: datetime, by, on: date) -> None:
    """What the final minutes say of each follow-up holds: its status, and a new due time. The report's text stays (R80).

    Doing it again changes nothing more: what took effect is kept with the report, and a correction is for
    followups.rollback. A status the follow-up cannot take any longer is passed over, and so is a due time when a later
    meeting has spoken of it. What its owner asked for meanwhile, and these minutes say, is confirmed.
    """
    waiting = Report.objects.filter(meeting=minutes.meeting_id, as_issued={})
    with transaction.atomic():
        reports = list(waiting.select_related("follow_up__board", "meeting__board"))
        meetings = list(Meeting.objects.filter(board=minutes.meeting.board_id)) if reports else []
        for report in reports:
            if report.follow_up and not report.is_left_out:
                apply_due(report, meetings, at=at, by=by)
                apply_status(report, on=on, at=at, by=by)
            took_effect(report)


def took_effect(report: Report) -> None:
    """The report remembers what it did, so that it is done once."""
    Report.objects.filter(pk=report.pk).update(as_issued=report.effect)


def apply_status(report: Report, *, on: date, at: datetime, by) -> None:
    """The follow-up has the status the report says, where it can take it, and its owner's word is confirmed."""
    follow_up: FollowUp = report.follow_up
    _confirm(report, OwnerReport.Kind.DONE, at, by, is_so=report.status == Status.DONE)
    if not report.status or report.status == follow_up.state:
        return
    if TRANSITIONS[Status(report.status)].obstacles(follow_up):
        return
    if standing(follow_up).filter(meeting=report.meeting_id).exists():
        return
    said = _reason(report) or str(report.meeting)
    change_status(follow_up, report.status, text=said, by=by, on=on, at=at, meeting=report.meeting)


def _reason(report: Report) -> str:
    """What was said, for the history, the register and mail; nothing of what not everybody may read in the minutes."""
    return "" if is_kept_back(report) else plain_text(report.resolution).strip()


def apply_due(report: Report, meetings: list[Meeting], *, at: datetime, by) -> None:
    """The open actions are due as the report says, unless a later meeting has the follow-up in its minutes."""
    if not report.due_text or report.follow_up.state in CLOSED:
        return
    if report.follow_up.reports.filter(meeting__first_day__gt=report.meeting.first_day, block__isnull=False).exists():
        return
    said = {"on": report.meeting.first_day, "meeting": report.meeting, "reason": _reason(report)}
    for action in report.follow_up.actions.exclude(state__in=CLOSED).select_related("follow_up__board"):
        dues.move_due(action, report.due_text, at=at, by=by, meetings=meetings, **said)
    _confirm(report, OwnerReport.Kind.NEW_DATE, at, by, due_text=report.due_text)


def _confirm(report: Report, kind: str, at: datetime, by, *, is_so: bool = True, **asked) -> None:
    """What the owner asked for between the meetings and the minutes say now is confirmed by that meeting."""
    if not is_so:
        return
    waiting = report.follow_up.owner_reports.filter(kind=kind, fate=OwnerReport.Fate.WAITING, **asked)
    waiting.update(fate=OwnerReport.Fate.CONFIRMED, decided_at=at, decided_by=by, meeting=report.meeting)
