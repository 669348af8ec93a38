"""The plan as its page shows it: a row for each follow-up, what was reported of it, and what the plan counts (issue 5, 2)."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils import timezone

from followups.carrying.plan import WAITING, Entry, Plan
from followups.models import CLOSED, OwnerReport, Report, Status
from followups.register.lineage import lineage
from followups.register.rows import is_overdue
from followups.reminders.asking import unreported
from meetings.models import Meeting

SPEAKS_NO_MORE = (OwnerReport.Fate.DECLINED, OwnerReport.Fate.OVERTAKEN, OwnerReport.Fate.WITHDRAWN)


@dataclass(frozen=True)
class Line:
    """One follow-up in a meeting. `told` is its lineage; `said` the newest report of those responsible, where one speaks.

    `kind` is how it stands by what was reported since its last meeting, "" where nothing was. Where the secretary has
    written nothing for the meeting either, it is without a report. Several of one case have the same title.
    """

    entry: Entry
    told: dict
    said: OwnerReport | None
    kind: str
    is_overdue: bool
    is_without_report: bool
    shares_title: bool = False

    @property
    def follow_up(self):
        return self.entry.follow_up

    @property
    def report(self) -> Report | None:
        """Its place in the meeting; None where it is on its way there."""
        return self.entry.report

    @property
    def responsible(self) -> list[str]:
        """Everybody named in its open actions, once."""
        return list(dict.fromkeys(name for action in self.told["actions"] for name in action["responsible"]))


@dataclass
class Overview:
    """The sections of the page, each in the order of the agenda or of the sources."""

    plan: Plan
    is_draft: bool
    is_to_come: bool
    along: list[Line] = field(default_factory=list)
    late: list[Line] = field(default_factory=list)
    taken_out: list[Line] = field(default_factory=list)
    put_off: list[Line] = field(default_factory=list)
    closed: list[Entry] = field(default_factory=list)
    waiting: list[Entry] = field(default_factory=list)

    @property
    def missing(self) -> int:
        return sum(line.is_without_report for line in self.along)

    @property
    def done(self) -> int:
        return sum(line.kind == OwnerReport.Kind.DONE for line in self.along)

    def line_of(self, follow_up: int) -> Line | None:
        """The row of the follow-up in any section."""
        lines = [*self.along, *self.late, *self.taken_out, *self.put_off]
        return next((line for line in lines if line.follow_up.pk == follow_up), None)


def overview(plan: Plan, on: date) -> Overview:
    """The plan with all that its rows show; the same number of queries for few follow-ups and many."""
    meeting = plan.meeting
    is_draft = bool(meeting) and meeting.state in WAITING and not meeting.call_is_sent
    shown = Overview(plan, is_draft, is_draft or (bool(meeting) and meeting.state == Meeting.State.CALLED))
    came_late = [entry for entry in plan.already if entry.report.is_late]
    elsewhere = [entry for entry in plan.late if entry.meeting != meeting]
    parts = {
        "along": [*(entry for entry in plan.already if not entry.report.is_late), *plan.carried],
        "late": [*came_late, *elsewhere],
        "taken_out": [entry for entry in plan.left_out if entry.report],
        "put_off": plan.put_off,
    }
    lines = iter(_lines([entry for part in parts.values() for entry in part], meeting, on))
    for name, entries in parts.items():
        setattr(shown, name, [next(lines) for _entry in entries])
    unplaced = [entry for entry in plan.left_out if not entry.report]
    shown.closed = [entry for entry in unplaced if entry.follow_up.state in CLOSED]
    shown.waiting = [entry for entry in unplaced if entry.follow_up.state not in CLOSED]
    return shown


def _lines(entries: list[Entry], meeting: Meeting | None, on: date) -> list[Line]:
    said = _newest([entry.follow_up.pk for entry in entries])
    lacking = set(unreported(meeting).values_list("pk", flat=True)) if meeting else set()
    told = lineage([_report_of(entry, meeting) for entry in entries])
    lines = [
        _line(entry, one, said.get(entry.follow_up.pk), entry.follow_up.pk in lacking, on)
        for entry, one in zip(entries, told, strict=True)
    ]
    titles = Counter(line.told["title"] for line in lines)
    return [replace(line, shares_title=titles[line.told["title"]] > 1) for line in lines]


def _report_of(entry: Entry, meeting: Meeting | None) -> Report:
    """The report a row stands on: its own, or a picture of the one it will get. Both know what they are of."""
    report = entry.report or Report(title=entry.follow_up.title)
    report.follow_up, report.meeting = entry.follow_up, entry.meeting or meeting
    if report.follow_up.source_meeting:
        report.follow_up.source_meeting.board = report.follow_up.board
    return report


def _newest(follow_ups: list[int]) -> dict[int, OwnerReport]:
    said = OwnerReport.objects.filter(follow_up__in=follow_ups).exclude(fate__in=SPEAKS_NO_MORE)
    return {one.follow_up_id: one for one in said.select_related("person", "user").order_by("pk")}


def _line(entry: Entry, told: dict, said: OwnerReport | None, is_lacking: bool, on: date) -> Line:
    met = [stop["meeting"].first_day for stop in told["stops"][:-1] if stop["meeting"].first_day <= on]
    since = max(met, default=date.min)
    is_fresh = said is not None and not is_lacking and timezone.localdate(said.said_at) >= since
    kind = said.kind if is_fresh else ""
    if entry.follow_up.state == Status.REPORTED_DONE:
        kind = kind or OwnerReport.Kind.DONE
    is_without = is_lacking or (not kind and not (entry.report and entry.report.is_prepared))
    actions = [one["action"] for one in told["actions"]]
    return Line(entry, told, said, kind, any(is_overdue(action, on) for action in actions), is_without)
