"""What goes to a meeting, what stands there already, and what stays out and why. Nothing is changed here."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from boards.models import Board
from followups.carrying.standing import SOURCE_ORDER, WAITING, called_meetings, instead, missing, next_meetings
from followups.carrying.staying_out import closed_lately, unpromised
from followups.models import FollowUp, Report
from followups.sources import PUT_OFF
from meetings.models import Meeting

__all__ = ["WAITING", "Entry", "Plan", "next_meetings", "plan", "plan_for"]


@dataclass(frozen=True)
class Entry:
    """One follow-up in a plan. `why` says why it is left out, `report` is the place it has, or had before it lapsed.

    `meeting` is another than the plan's: the called one it comes late in, the later one it waits for, or the one it was
    meant for that was put off.
    """

    follow_up: FollowUp
    why: str = ""
    report: Report | None = None
    meeting: Meeting | None = None

    @property
    def source(self) -> str:
        return self.follow_up.source_normal or self.follow_up.source_label

    @property
    def title(self) -> str:
        return self.follow_up.title

    def as_json(self) -> dict:
        named = {"source": self.source, "title": self.title}
        return {**named, "why": self.why} if self.why else named


@dataclass
class Plan:
    """What carrying does for one meeting of a board; without a meeting nothing can be received yet, and everything waits.

    `carried` goes in, `already` stands there in the order of its agenda, `left_out` stays out and says why. `late` goes,
    or went, into a meeting whose call is sent. `put_off` waits for a later meeting because the secretary said so. `lapsed`
    was meant for a meeting that was put off itself, and stands as any other now.
    """

    board: Board
    meeting: Meeting | None = None
    carried: list[Entry] = field(default_factory=list)
    already: list[Entry] = field(default_factory=list)
    left_out: list[Entry] = field(default_factory=list)
    late: list[Entry] = field(default_factory=list)
    put_off: list[Entry] = field(default_factory=list)
    lapsed: list[Entry] = field(default_factory=list)

    def as_json(self) -> dict:
        """The object that `carry_followups --json` prints for a board (print-and-exchange.md)."""
        return {
            "board": self.board.slug,
            "meeting": name_of(self.meeting) if self.meeting else None,
            "carried": [entry.as_json() for entry in self.carried],
            "already": [entry.as_json() for entry in self.already],
            "left_out": [entry.as_json() for entry in [*self.put_off, *self.left_out]],
        }


def name_of(meeting: Meeting) -> str:
    """Its number, else its first day."""
    return meeting.number or meeting.first_day.isoformat()


def plan(board: Board, on: date) -> Plan:
    """What a carry-forward on the day would do, with everything that stays out and why."""
    target = next_meetings([board.pk], on).get(board.pk)
    made = Plan(board, target)
    made.late = _late(board, on)
    if target is None:
        made.left_out = _waiting(board, made.late)
    else:
        made.carried = [Entry(one) for one in _in_order(missing([target.pk]))]
        _fill(made)
        made.left_out += _made_later(made)
    made.lapsed = _lapsed(made)
    made.left_out += [Entry(*one) for one in [*unpromised(board), *closed_lately(board, target)]]
    return made


def plan_for(meeting: Meeting, on: date) -> Plan:
    """The plan of any meeting in draft. Further ones than the next hold only what the secretary has put there.

    Everything else that is open is left out of them, and says where it stands.
    """
    target = next_meetings([meeting.board_id], on).get(meeting.board_id)
    if target == meeting:
        return plan(meeting.board, on)
    made = Plan(meeting.board, meeting)
    _fill(made)
    made.lapsed = _lapsed(made)
    here = {entry.follow_up.pk for entry in [*made.already, *made.left_out, *made.put_off]}
    why = _("It stands in meeting %(meeting)s, which comes first.") % {"meeting": name_of(target)} if target else ""
    made.left_out += [Entry(one, why) for one in _in_order(_open(meeting.board)) if one.pk not in here]
    return made


def _open(board: Board) -> QuerySet[FollowUp]:
    return FollowUp.objects.filter(board=board).promised().open()


def _in_order(follow_ups: QuerySet[FollowUp]) -> QuerySet[FollowUp]:
    return follow_ups.select_related("source_meeting", "board").order_by(*SOURCE_ORDER)


def _fill(made: Plan) -> None:
    """What stands in the meeting, what was taken out of it, and what waits for a later one. Four queries."""
    assert made.meeting
    kept = {one.pk: one for one in _in_order(_open(made.board))}
    reports = Report.objects.filter(meeting=made.meeting).select_related("left_out_by", "placed_by", "lapsed_from")
    places = {report.follow_up_id: report for report in reports.order_by("order", "pk") if report.follow_up_id}
    for link in Report.covers.through.objects.filter(report__meeting=made.meeting).select_related("report"):
        places.setdefault(link.followup_id, link.report)
    made.put_off = _put_off(made, kept)
    elsewhere = {entry.follow_up.pk for entry in made.put_off}
    for key, report in places.items():
        if key not in kept or key in elsewhere:
            continue
        if report.is_left_out:
            why = _("Taken out by the secretary: %(reason)s") % {"reason": report.left_out_reason}
            made.left_out.append(Entry(kept[key], why, report))
        else:
            made.already.append(Entry(kept[key], report=report))


def _put_off(made: Plan, kept: dict[int, FollowUp]) -> list[Entry]:
    """Each follow-up that waits for a meeting after this one, with the first such meeting."""
    here = (made.meeting.first_day, made.meeting.pk)
    found: dict[int, Entry] = {}
    later = instead().filter(follow_up__in=kept).select_related("meeting", "placed_by")
    for report in later.order_by("meeting__first_day", "meeting__pk"):
        if (report.meeting.first_day, report.meeting_id) > here and report.follow_up_id not in found:
            told = {"meeting": name_of(report.meeting), "reason": report.placed_reason}
            why = _("Put off to meeting %(meeting)s by the secretary: %(reason)s") % told
            found[report.follow_up_id] = Entry(kept[report.follow_up_id], why, report, report.meeting)
    return list(found.values())


def _waiting(board: Board, late: list[Entry]) -> list[Entry]:
    """Everything open, where no meeting can receive it."""
    called = {entry.follow_up.pk: entry.meeting for entry in late}
    waits = _("Waits: there is no meeting yet whose call is not sent.")
    comes = _("Comes late in meeting %(meeting)s, and waits for the one after it.")
    return [
        Entry(one, comes % {"meeting": name_of(called[one.pk])} if one.pk in called else waits)
        for one in _in_order(_open(board))
    ]


def _made_later(made: Plan) -> list[Entry]:
    day, key = made.meeting.first_day, made.meeting.pk
    made_there = Q(source_meeting__first_day__gt=day) | Q(source_meeting__first_day=day, source_meeting__gte=key)
    placed = {entry.follow_up.pk for entry in [*made.already, *made.left_out, *made.put_off]}
    why = _("It was made in this meeting or a later one, and waits for the next.")
    return [Entry(one, why) for one in _in_order(_open(made.board).filter(made_there)) if one.pk not in placed]


def _late(board: Board, on: date) -> list[Entry]:
    """What comes, or came, into meetings to come whose call is sent. Two queries, and two for each such meeting."""
    found = []
    for meeting in called_meetings([board.pk], on):
        came = Report.objects.filter(meeting=meeting, is_late=True, is_left_out=False, follow_up__isnull=False)
        reports = came.select_related("follow_up__board", "follow_up__source_meeting").order_by("order", "pk")
        found += [Entry(report.follow_up, report=report, meeting=meeting) for report in reports]
        found += [Entry(one, meeting=meeting) for one in _in_order(missing([meeting.pk]))]
    return found


def _lapsed(made: Plan) -> list[Entry]:
    """What was meant for a meeting that was put off: known by its report here, or still lying there without one to go to."""
    lying = Q(meeting__state__in=PUT_OFF, block__isnull=True) & ~Q(placed="")
    reports = Report.objects.filter(follow_up__in=_open(made.board), is_left_out=False)
    reports = reports.filter(Q(meeting=made.meeting, lapsed_from__isnull=False) | lying if made.meeting else lying)
    reports = reports.select_related(
        "follow_up__board", "follow_up__source_meeting", "meeting", "lapsed_from", "placed_by"
    )
    return [
        Entry(report.follow_up, report=report, meeting=report.lapsed_from or report.meeting)
        for report in reports.order_by("order", "pk")
    ]
