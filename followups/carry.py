"""Carry-forward: every open follow-up stands once in the follow-up case of the board's next meeting (issue 2, 6; R80).

A board's next meeting is the earliest one from today on that is tentative or planned, whose call is not sent and whose
minutes are not begun. Where there is none from today on, it is the earliest such meeting after the last one that was
called or held: a board whose papers are entered afterwards goes on where it stands.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from audit import trail
from boardroom.lib.crash import crash_point
from boards.models import Board
from followups import agenda, sources
from followups.models import CLOSED, Action, Carrying, FollowUp, Report
from followups.plan import WAITING, Plan, plan, plans
from followups.status import undecided_reports
from meetings.models import Meeting

__all__ = ["Plan", "carry", "carry_boards", "plan"]

BATCH = 500
PUT_OFF = frozenset({Meeting.State.CANCELLED, Meeting.State.POSTPONED})


@dataclass
class _Work:
    """What one carrying does to one board."""

    plan: Plan
    row_id: int | None = None
    first_order: int = 0
    moved: list[Report] = field(default_factory=list)


def carry(board: Board, *, at: datetime, by=None) -> Plan:
    """Each open follow-up of the board stands exactly once in its next meeting, or waits where there is none.

    Those of a meeting that was put off, or that is no longer the next, go along; what was prepared for them goes too.
    All or nothing; doing it again, or twice at once, changes nothing more. The plan as it was carried out.
    """
    return carry_boards([board.pk], at=at, by=by)[0]


def carry_boards(boards: Iterable[int], *, at: datetime, by=None) -> list[Plan]:
    """As `carry`, for several boards in one transaction, with the same number of queries for few follow-ups and many."""
    ids = sorted(set(boards))
    with transaction.atomic():
        _take_turn(ids, at)
        sources.resolve_dues(ids)
        work = [_Work(plan) for plan in plans(ids, timezone.localdate(at))]
        _take_off_closed(ids)
        _move_along(work)
        _place(work)
        _insert(work, at)
        for one in work:
            _tell(one, at, by)
        crash_point("before_done")
    return [one.plan for one in work]


def _take_turn(boards: list[int], at: datetime) -> None:
    """From here to the commit nobody else carries for these boards: the row is written first, in one order."""
    Carrying.objects.bulk_create(
        [Carrying(board_id=board, carried_at=at) for board in boards],
        update_conflicts=True,
        unique_fields=["board"],
        update_fields=["carried_at"],
    )


def _take_off_closed(boards: list[int]) -> None:
    undecided_reports().filter(follow_up__board__in=boards, follow_up__state__in=CLOSED).delete()


def stranded_reports():
    """Reports that were placed in a meeting which was put off, or wait in one that may not be the next any more."""
    placed = Report.objects.filter(follow_up__isnull=False, block__isnull=True, meeting__minutes__isnull=True)
    uncalled = Q(meeting__state__in=WAITING, meeting__numbers_fixed_at__isnull=True)
    return placed.filter(Q(meeting__state__in=PUT_OFF) | uncalled)


def _move_along(work: list[_Work]) -> None:
    """Stranded reports go to the next meeting with the words prepared for them; bare ones are taken away."""
    targets = {one.plan.board.pk: one for one in work}
    stranded = stranded_reports().filter(follow_up__board__in=targets, is_left_out=False).select_related("follow_up")
    wanted = {entry.follow_up.pk for one in work for entry in one.plan.carried}
    bare: list[int] = []
    for report in stranded:
        one = targets[report.follow_up.board_id]
        if one.plan.meeting and report.meeting_id == one.plan.meeting.pk:
            continue
        if report.is_prepared and report.follow_up_id in wanted:
            one.moved.append(report)
        elif not report.is_prepared:
            bare.append(report.pk)
    Report.objects.filter(pk__in=bare).delete()


def _place(work: list[_Work]) -> None:
    """The agenda row and the first free place of each meeting that receives something."""
    receiving = [one for one in work if one.plan.meeting and (one.plan.carried or one.plan.already)]
    meetings = [one.plan.meeting for one in receiving]
    rows = agenda.follow_up_rows(meetings)
    last = dict(
        Report.objects.filter(meeting__in=meetings).values_list("meeting").annotate(Max("order")).order_by("meeting")
    )
    for one in receiving:
        row = rows.get(one.plan.meeting.pk) or agenda.make_follow_up_row(one.plan.meeting)
        one.plan.row = row
        one.row_id, one.first_order = row.pk, last.get(one.plan.meeting.pk, 0) + 1


def _insert(work: list[_Work], at: datetime) -> None:
    actions = _actions_of([entry.follow_up for one in work for entry in one.plan.carried])
    moved, made = [], []
    for one in work:
        going_along = {report.follow_up_id: report for report in one.moved}
        for order, entry in enumerate(one.plan.carried, start=one.first_order):
            report = going_along.get(entry.follow_up.pk) or _new_report(entry.follow_up, actions)
            report.meeting, report.row_id, report.order, report.carried_at = one.plan.meeting, one.row_id, order, at
            (moved if report.pk else made).append(report)
    crash_point("before_insert")
    Report.objects.bulk_update(moved, ["meeting", "row", "order", "carried_at"], batch_size=BATCH)
    for start in range(0, len(made), BATCH):
        Report.objects.bulk_create(made[start : start + BATCH], ignore_conflicts=True)
        crash_point("mid_insert")
    _join_to_rows({one.plan.meeting.pk: one.row_id for one in work if one.row_id})


def _join_to_rows(rows: dict[int, int]) -> None:
    """Reports whose agenda row was deleted stand under the present one."""
    loose = Report.objects.filter(meeting__in=rows, row__isnull=True, block__isnull=True, follow_up__isnull=False)
    for meeting in set(loose.values_list("meeting", flat=True)):
        loose.filter(meeting=meeting).update(row=rows[meeting])


def _new_report(follow_up: FollowUp, actions: dict[int, list[dict]]) -> Report:
    return Report(
        follow_up=follow_up,
        source_label=follow_up.source_label,
        source_printed=follow_up.source_normal or follow_up.source_label,
        title=follow_up.title,
        actions=actions.get(follow_up.pk, []),
    )


def _actions_of(follow_ups: list[FollowUp]) -> dict[int, list[dict]]:
    """The actions to be printed under each follow-up: those still open, as the exchange format writes them."""
    found: dict[int, list[dict]] = defaultdict(list)
    for action in Action.objects.filter(follow_up__in=follow_ups).exclude(state__in=CLOSED):
        written = {"text": action.text}
        if action.responsible:
            written["responsible"] = action.responsible
        if action.due_on:
            written["due_on"] = action.due_on.isoformat()
        if action.due_text:
            written["due_text"] = action.due_text
        found[action.follow_up_id].append(written)
    return found


def _tell(one: _Work, at: datetime, by) -> None:
    meeting = one.plan.meeting
    lines = [
        trail.Line("followups.carry", entry.follow_up, {"meeting": meeting.slug, "source": entry.source})
        for entry in one.plan.carried
    ]
    trail.record_many(lines, by=by, board=one.plan.board, at=at)
