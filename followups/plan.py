"""What goes to the next meeting, what stands there already, and what stays out and why. Nothing is changed here."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.utils.translation import gettext as _

from boardroom.lib import dates
from boards.models import Board
from followups.models import CLOSED, ISSUED, FollowUp, Report, StatusChange
from meetings.models import AgendaRow, Meeting

WAITING = frozenset({Meeting.State.TENTATIVE, Meeting.State.PLANNED})
BEHIND = frozenset({Meeting.State.CALLED, Meeting.State.HELD, Meeting.State.CLOSED})


@dataclass(frozen=True)
class Entry:
    """One follow-up in a plan; `why` says why it is left out, `report` is its place in the meeting where it has one."""

    follow_up: FollowUp
    why: str = ""
    report: Report | None = None

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
    """The plan of one board. `meeting` is None where no meeting can receive anything yet: then everything waits."""

    board: Board
    meeting: Meeting | None = None
    carried: list[Entry] = field(default_factory=list)
    already: list[Entry] = field(default_factory=list)
    left_out: list[Entry] = field(default_factory=list)
    row: AgendaRow | None = None

    def as_json(self) -> dict:
        """The object that `carry_followups --json` prints for a board (print-and-exchange.md)."""
        return {
            "board": self.board.slug,
            "meeting": (self.meeting.number or self.meeting.first_day.isoformat()) if self.meeting else None,
            "carried": [entry.as_json() for entry in self.carried],
            "already": [entry.as_json() for entry in self.already],
            "left_out": [entry.as_json() for entry in self.left_out],
        }


def plan(board: Board, on: date) -> Plan:
    """What a carry-forward on the day would do, with everything that stays out and why."""
    return explained(plans([board.pk], on)[0])


def explained(made: Plan) -> Plan:
    """`made` with what stays out though nobody took it out: not yet final, or closed."""
    made.left_out += _unpromised(made.board) + _closed_lately(made)
    return made


def plans(boards: list[int], on: date) -> list[Plan]:
    """A plan for each board, in the order of their ids, with the same number of queries for any number of follow-ups."""
    known = Board.objects.filter(pk__in=boards).order_by("pk")
    targets = next_meetings(boards, on)
    found = {board.pk: Plan(board, targets.get(board.pk)) for board in known}
    placed = _placed(list(targets.values()))
    for follow_up in _open(boards):
        one = found[follow_up.board_id]
        report = placed.get((one.meeting.pk, follow_up.pk)) if one.meeting else None
        _sort_in(one, follow_up, report)
    return list(found.values())


def next_meetings(boards: list[int], on: date) -> dict[int, Meeting]:
    """The meeting that receives, by board (see followups.carry). Two queries."""
    last: dict[int, date] = {}
    behind = Meeting.objects.filter(board__in=boards, state__in=BEHIND).values_list("board", "first_day")
    for board, day in behind:
        last[board] = max(day, last.get(board, day))
    uncalled = Meeting.objects.filter(
        board__in=boards, state__in=WAITING, numbers_fixed_at__isnull=True, minutes__isnull=True
    )
    coming, overtaken = {}, {}
    for meeting in uncalled.select_related("board").order_by("first_day", "pk"):
        if meeting.first_day >= on:
            coming.setdefault(meeting.board_id, meeting)
        elif meeting.first_day > last.get(meeting.board_id, date.min):
            overtaken.setdefault(meeting.board_id, meeting)
    return overtaken | coming


def _open(boards: list[int]):
    open_ones = FollowUp.objects.filter(board__in=boards).promised().open()
    oldest_first = F("source_meeting__first_day").asc(nulls_first=True)
    return open_ones.select_related("source_meeting", "board").order_by(
        "board", oldest_first, F("source_row__order").asc(nulls_first=True), "source_block__order", "pk"
    )


def _placed(meetings: list[Meeting]) -> dict[tuple[int, int], Report]:
    """(meeting, follow-up) -> its report there; one that covers several follow-ups counts for each."""
    reports = Report.objects.filter(meeting__in=meetings)
    found = {(report.meeting_id, report.follow_up_id): report for report in reports if report.follow_up_id}
    for link in Report.covers.through.objects.filter(report__meeting__in=meetings).select_related("report"):
        found.setdefault((link.report.meeting_id, link.followup_id), link.report)
    return found


def _sort_in(one: Plan, follow_up: FollowUp, report: Report | None) -> None:
    source = follow_up.source_meeting
    if one.meeting is None:
        one.left_out.append(Entry(follow_up, _("Waits: there is no meeting yet whose call is not sent.")))
    elif report and report.is_left_out:
        why = _("Taken out by the secretary: %(reason)s") % {"reason": report.left_out_reason}
        one.left_out.append(Entry(follow_up, why, report))
    elif report:
        one.already.append(Entry(follow_up, report=report))
    elif source and (source.first_day, source.pk) >= (one.meeting.first_day, one.meeting.pk):
        one.left_out.append(Entry(follow_up, _("It was made in this meeting or a later one, and waits for the next.")))
    else:
        one.carried.append(Entry(follow_up))


def _unpromised(board: Board) -> list[Entry]:
    drafts = FollowUp.objects.filter(board=board).exclude(pk__in=FollowUp.objects.promised().values("pk")).open()
    why = _("The minutes it stands in are not final yet.")
    return [Entry(follow_up, why) for follow_up in drafts.select_related("board")]


def _closed_lately(one: Plan) -> list[Entry]:
    """What was closed in, or since, the board's last meeting with final minutes, and therefore goes no further."""
    issued = Meeting.objects.filter(board=one.board, minutes__state__in=ISSUED)
    if one.meeting:
        issued = issued.filter(first_day__lte=one.meeting.first_day)
    last = issued.order_by("first_day", "pk").last()
    if last is None:
        return []
    spoken_of = Exists(Report.objects.filter(follow_up=OuterRef("pk"), meeting=last))
    changes = StatusChange.objects.filter(after__in=CLOSED).order_by("pk")
    closed_since = Exists(changes.filter(follow_up=OuterRef("pk"), changed_on__gte=last.first_day))
    closed = FollowUp.objects.filter(board=one.board, state__in=CLOSED).promised()
    closed = closed.filter(Q(source_meeting=last) | spoken_of | closed_since).select_related("board")
    closed = closed.prefetch_related(Prefetch("changes", changes, to_attr="closings"), "actions")
    return [Entry(follow_up, _why_closed(follow_up)) for follow_up in closed]


def _why_closed(follow_up: FollowUp) -> str:
    state = follow_up.get_state_display()
    if not follow_up.closings:
        notes = [action.note for action in follow_up.actions.all() if action.note]
        return f"{state}: {notes[0]}" if notes else f"{state}."
    closing = follow_up.closings[-1]
    said = f"{state} {dates.short_date(closing.changed_on)}"
    return f"{said}: {closing.text}" if closing.text else f"{said}."
