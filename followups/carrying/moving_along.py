"""Reports that stand where they cannot stay go to the board's next meeting, with the words prepared for them.

They stand in a meeting that was put off, in one that was to be the next and is not any more, or in one that was passed
over. What the secretary had placed there is known by `lapsed_from`. No word is lost: what finds its place taken by other
words stays where it was written.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F, Max, QuerySet

from followups.carrying.standing import due_in
from followups.models import Report
from followups.sources import PUT_OFF
from meetings.models import Meeting


@dataclass
class _Moves:
    """What becomes of the stranded reports, by their keys. `lapsed` names the meeting each placed one was meant for."""

    along: dict[int, list[Report]] = field(default_factory=lambda: defaultdict(list))
    gone: list[int] = field(default_factory=list)
    lapsed: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))


def move_along(
    boards: Collection[int], drafts: Collection[int], targets: dict[int, Meeting], at: datetime
) -> list[tuple[int, int, str]]:
    """Each stranded report stands in its board's target, or is gone where it says nothing. Meeting, follow-up, source of each."""
    stranded = list(_stranded(boards, drafts, targets).select_related("meeting", "lapsed_from"))
    if not stranded:
        return []
    moves = _decide(stranded, targets)
    Report.objects.filter(pk__in=moves.gone).delete()
    for meeting, reports in moves.lapsed.items():
        Report.objects.filter(pk__in=reports).update(lapsed_from=meeting)
    for meeting, reports in moves.along.items():
        last = Report.objects.filter(meeting=meeting).aggregate(last=Max("order"))["last"] or 0
        Report.objects.filter(pk__in=[report.pk for report in reports]).update(
            meeting=meeting, row=None, order=F("order") + last, placed="", carried_at=at
        )
    return [(meeting, one.follow_up_id, one.source_label) for meeting, ones in moves.along.items() for one in ones]


def _stranded(boards: Collection[int], drafts: Collection[int], targets: dict[int, Meeting]) -> QuerySet[Report]:
    receiving = {meeting.pk for meeting in targets.values()}
    put_off = Meeting.objects.filter(board__in=boards, state__in=PUT_OFF, minutes__isnull=True)
    places = [*(one for one in drafts if one not in receiving), *put_off.values_list("pk", flat=True)]
    reports = Report.objects.filter(meeting__in=places, follow_up__isnull=False, block__isnull=True, is_left_out=False)
    return reports.order_by("meeting__first_day", "meeting", "order", "pk")


def _decide(stranded: list[Report], targets: dict[int, Meeting]) -> _Moves:
    moves = _Moves()
    receiving = [meeting.pk for meeting in targets.values()]
    follow_ups = [report.follow_up_id for report in stranded]
    wanted = set(due_in(receiving).filter(pk__in=follow_ups).values_list("into", "pk"))
    taken = {
        (one.meeting_id, one.follow_up_id): one
        for one in Report.objects.filter(meeting__in=receiving, follow_up__in=follow_ups)
    }
    for report in stranded:
        target = targets.get(report.meeting.board_id)
        if not _is_stranded(report, target):
            continue
        place = (target.pk if target else None, report.follow_up_id)
        if place not in wanted:
            _leave(report, target, moves)
        elif place not in taken:
            taken[place] = report
            _take(report, place[0], report.pk, moves)
        else:
            taken[place] = _meet(report, taken[place], place[0], moves)
    return moves


def _is_stranded(report: Report, target: Meeting | None) -> bool:
    """What was placed in a draft stays there, as long as the draft comes after the next meeting."""
    meeting = report.meeting
    if meeting.state in PUT_OFF or not report.placed:
        return True
    return target is not None and (meeting.first_day, meeting.pk) < (target.first_day, target.pk)


def _leave(report: Report, target: Meeting | None, moves: _Moves) -> None:
    """Not wanted in the next meeting, or there is none: what says nothing is gone, the rest waits where it is."""
    waits = report.is_written or (report.placed and target is None)
    if not waits:
        moves.gone.append(report.pk)


def _take(report: Report, meeting: int, key: int, moves: _Moves) -> None:
    moves.along[meeting].append(report)
    if report.placed:
        moves.lapsed[report.meeting_id].append(key)


def _meet(report: Report, there: Report, meeting: int, moves: _Moves) -> Report:
    """The next meeting has a report already: it gives way to one that says more. The one that stands there then."""
    if report.is_written and not there.is_written and not there.is_left_out and there.meeting_id == meeting:
        moves.gone.append(there.pk)
        _take(report, meeting, report.pk, moves)
        return report
    if not report.is_written:
        moves.gone.append(report.pk)
        if report.placed:
            moves.lapsed[report.meeting_id].append(there.pk)
    return there
