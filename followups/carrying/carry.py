"""Carry-forward: every open follow-up stands once in the follow-up case of the board's next meeting (issue 5, 2; R80).

Which meeting that is, and what must stand in it, says `followups.carrying.standing`; `followups.carrying.plan` tells it for one board.
All steps are set-based: a board with a thousand follow-ups costs as many statements as one with three.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from audit import trail
from boardroom.lib.crash import crash_point
from boards.models import Board
from followups import sources
from followups.carrying import agenda
from followups.carrying.inserting import follow_register, insert_missing
from followups.carrying.moving_along import move_along
from followups.carrying.plan import Plan, plan
from followups.carrying.standing import CARRYING, called_meetings, made_before, missing, next_meetings, uncalled
from followups.models import CLOSED, Carrying, Report
from meetings.models import Meeting

__all__ = ["Plan", "carry", "carry_boards", "plan", "take_turn"]

Placed = list[tuple[int, int, str]]  # meeting, follow-up and source of each report


def carry(board: Board, *, at: datetime, by=None) -> Plan:
    """Each open follow-up of the board stands exactly once in its next meeting, or waits where there is none.

    Those of a meeting that was put off, or that is no longer the next, go along; what was prepared for them goes too.
    What was promised after a call comes late in that meeting. All or nothing; doing it again, or twice at once, changes
    nothing more. The plan as it was carried out.
    """
    with transaction.atomic():
        take_turn([board.pk], at)
        made = plan(board, timezone.localdate(at))
        carry_boards([board.pk], at=at, by=by)
    return made


def carry_boards(boards: Iterable[int], *, at: datetime, by=None) -> int:
    """As `carry`, for several boards in one transaction. How many reports were placed."""
    ids = sorted(set(boards))
    on = timezone.localdate(at)
    with transaction.atomic():
        take_turn(ids, at)
        sources.resolve_dues(ids)
        targets = next_meetings(ids, on)
        drafts = list(uncalled(ids).values_list("pk", flat=True))
        _take_off(drafts, targets)
        placed = move_along(ids, drafts, targets, at)
        follow_register(drafts)  # before what is new, which comes from the register
        placed += _place(targets, placed, at)
        late = _place_late(list(called_meetings(ids, on)), at)
        agenda.join_to_rows(drafts)
        _tell(placed, late, at, by)
        crash_point("before_done")
    return len(placed) + len(late)


def take_turn(boards: list[int], at: datetime) -> None:
    """From here to the commit nobody else carries for these boards: the row is written first, in one order."""
    seen = trail.head()[0]
    Carrying.objects.bulk_create(
        [Carrying(board_id=board, carried_at=at, trail_seq=seen) for board in boards],
        update_conflicts=True,
        unique_fields=["board"],
        update_fields=["carried_at", "trail_seq"],
    )


def _take_off(drafts: list[int], targets: dict[int, Meeting]) -> None:
    """Off the drafts goes what is closed, and off a meeting that was moved before the one that promised it what says nothing."""
    undecided = Report.objects.filter(meeting__in=drafts, block__isnull=True)
    by_itself = undecided.unprepared().filter(is_worded=False, is_left_out=False, placed=Report.Placed.BY_ITSELF)
    receiving = [meeting.pk for meeting in targets.values()]
    moved_before = by_itself.filter(meeting__in=receiving, follow_up__isnull=False).exclude(
        made_before("follow_up__source_meeting", F("meeting__first_day"), F("meeting"))
    )
    (undecided.filter(follow_up__state__in=CLOSED) | moved_before).delete()


def _place(targets: dict[int, Meeting], moved: Placed, at: datetime) -> Placed:
    """What is missing in the targets stands there, in a follow-up case that is made where there was none."""
    meetings = {meeting.pk: meeting for meeting in targets.values()}
    without = meetings.keys() - agenda.follow_up_rows(meetings.values()).keys()
    receiving = set(missing(without).values_list("into", flat=True)) | without & {one[0] for one in moved}
    for key in sorted(receiving):
        agenda.make_follow_up_row(meetings[key])
    crash_point("before_insert")
    made = insert_missing(list(meetings), at)
    crash_point("mid_insert")
    return made


def _place_late(called: list[Meeting], at: datetime) -> Placed:
    """What was promised after a call stands in that meeting too, under a late case where its agenda has none to follow up."""
    meetings = {meeting.pk: meeting for meeting in called}
    without = meetings.keys() - agenda.follow_up_rows(called).keys()
    for key in sorted(set(missing(without).values_list("into", flat=True))):
        agenda.make_late_row(meetings[key])
    return insert_missing(list(meetings), at, is_late=True)


def _tell(placed: Placed, late: Placed, at: datetime, by) -> None:
    """One line for each meeting that received something, with the follow-ups and their sources."""
    lines = [*_lines(CARRYING[0], placed), *_lines(CARRYING[1], late)]
    trail.record_many(lines, by=by, at=at)


def _lines(act: str, placed: Placed) -> list[trail.Line]:
    by_meeting: dict[int, dict[str, str]] = defaultdict(dict)
    for meeting, follow_up, source in placed:
        by_meeting[meeting][str(follow_up)] = source
    meetings = Meeting.objects.filter(pk__in=by_meeting).select_related("board").order_by("board", "first_day", "pk")
    return [
        trail.Line(act, one, {"meeting": one.slug, "follow_ups": by_meeting[one.pk]}, one.board.slug)
        for one in meetings
    ]
