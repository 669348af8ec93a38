"""The register as it is shown: a row for each follow-up with its age, its due times and what was said last (R78, R84)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boardroom.lib.fragments import plain_text
from boardroom.lib.matching import folded
from followups.models import CLOSED, Action, FollowUp, OwnerReport, Report
from followups.register.lineage import is_kept_back, is_said, months_between
from meetings.models import Meeting

OLD, VERY_OLD = 6, 12
HELD = (Meeting.State.HELD, Meeting.State.CLOSED)


@dataclass(frozen=True)
class Line:
    """One action of a follow-up in a list: `due` as written, `read` what it was understood as where that says more."""

    action: Action
    number: int
    due: str
    read: str
    is_overdue: bool

    @property
    def is_closed(self) -> bool:
        return self.action.state in CLOSED


@dataclass(frozen=True)
class Said:
    """The newest words on a follow-up that the reader may see: from a meeting, or from who answers for it."""

    text: str
    on: date
    meeting: Meeting | None = None
    by: str = ""


@dataclass(frozen=True)
class Row:
    """One follow-up in a list. `days` and `meetings` are its age, counted from the source meeting; None where unknown."""

    follow_up: FollowUp
    lines: list[Line]
    days: int | None
    months: int
    meetings: int
    times: int
    last: Said | None

    @property
    def actions(self) -> list[Action]:
        return [line.action for line in self.lines]

    @property
    def times_moved(self) -> int:
        return max((line.action.times_moved for line in self.lines), default=0)

    @property
    def age_in_meetings(self) -> str:
        """`8 meetings`; "" where the source meeting is not known, or nothing is open any more."""
        if self.days is None or self.follow_up.state in CLOSED:
            return ""
        if not self.meetings:
            return _("new")
        return ngettext("%(n)s meeting", "%(n)s meetings", self.meetings) % {"n": self.meetings}

    @property
    def age_in_days(self) -> str:
        if self.days is None or self.follow_up.state in CLOSED:
            return ""
        return ngettext("%(n)s day", "%(n)s days", self.days) % {"n": self.days}

    @property
    def age(self) -> str:
        """Both, in words: `8 meetings, 412 days`."""
        return ", ".join(filter(None, [self.age_in_meetings, self.age_in_days]))

    @property
    def age_level(self) -> str:
        if self.days is None or self.months < OLD:
            return ""
        return "danger" if self.months >= VERY_OLD else "warning"


def load(pks: Iterable[int]) -> list[FollowUp]:
    """The follow-ups in that order with all that `rows` reads, in a fixed number of queries."""
    reports = Report.objects.filter(is_left_out=False).select_related("meeting__minutes", "block", "row")
    reports = reports.order_by("meeting__first_day")
    said = OwnerReport.objects.select_related("person", "user")
    found = (
        FollowUp.objects.filter(pk__in=list(pks))
        .select_related("board", "source_meeting", "source_row")
        .prefetch_related(
            Prefetch("actions", Action.objects.select_related("due_meeting")),
            Prefetch("reports", reports),
            Prefetch("owner_reports", said),
        )
        .annotate(meetings_since=Coalesce(Subquery(_held_since()), 0, output_field=IntegerField()))
    )
    by_pk = {one.pk: one for one in found}
    return [by_pk[pk] for pk in pks if pk in by_pk]


def _held_since() -> QuerySet:
    held = Meeting.objects.filter(
        board=OuterRef("board"), state__in=HELD, first_day__gt=OuterRef("source_meeting__first_day")
    )
    return held.order_by().values("board").annotate(n=Count("pk")).values("n")


def rows(follow_ups: Iterable[FollowUp], on: date, *, kept: Collection[int] = ()) -> list[Row]:
    """For follow-ups read by `load`. Words of drafts, and exempt ones, are for who writes them: the boards (ids) in `kept`."""
    return [row_of(follow_up, on, sees_drafts=follow_up.board_id in kept) for follow_up in follow_ups]


def row_of(follow_up: FollowUp, on: date, *, sees_drafts: bool) -> Row:
    """For one read by `load`."""
    reports = [report for report in follow_up.reports.all() if sees_drafts or is_said(report)]
    source = follow_up.source_meeting
    return Row(
        follow_up,
        [line_of(action, number, on) for number, action in enumerate(follow_up.actions.all(), start=1)],
        max((on - source.first_day).days, 0) if source else None,
        months_between(source.first_day, on) if source else 0,
        follow_up.meetings_since,
        sum(1 for report in reports if report.resolution),
        _last([one for one in reports if sees_drafts or not is_kept_back(one)], list(follow_up.owner_reports.all())),
    )


def line_of(action: Action, number: int, on: date) -> Line:
    return Line(action, number, due_words(action), due_read(action), is_overdue(action, on))


def _last(reports: list[Report], told: list[OwnerReport]) -> Said | None:
    spoken = next((report for report in reversed(reports) if report.resolution), None)
    last = told[-1] if told else None
    if last and (spoken is None or day_of(last.said_at) > spoken.meeting.first_day):
        return Said(last.text, day_of(last.said_at), by=who(last))
    if spoken:
        return Said(plain_text(spoken.resolution), spoken.meeting.first_day, meeting=spoken.meeting)
    return None


def who(report: OwnerReport) -> str:
    """The name of who reported; "" where nobody is left to name."""
    if report.person:
        return report.person.name
    return report.user.display_name if report.user else ""


def day_of(moment: datetime) -> date:
    """The local day of a moment."""
    return timezone.localtime(moment).date()


def due_words(action: Action) -> str:
    """As written; else the date."""
    return action.due_text or (date_format(action.due_on) if action.due_on else "")


def due_read(action: Action) -> str:
    """What the words of the due time were understood as; "" where they say it themselves, or say no time."""
    if action.due_on:
        read = date_format(action.due_on)
        return "" if read == due_words(action) else read
    if action.due_meeting:
        day = date_format(action.due_meeting.first_day)
        number = action.due_meeting.number
        return _("meeting %(number)s, %(day)s") % {"number": number, "day": day} if number else day
    if action.due_month:
        return date_format(action.due_month, "F Y")
    return ""


def is_overdue(action: Action, on: date) -> bool:
    """Whether the day, the meeting or the month it was due in lies behind."""
    if action.state in CLOSED:
        return False
    day = day_due(action)
    if day is None and action.due_month:
        return (action.due_month.year, action.due_month.month) < (on.year, on.month)
    return day is not None and day < on


def day_due(action: Action) -> date | None:
    """The day it is due, or the first day of the meeting it is due in; None for a month, and for words that say no time."""
    return action.due_on or (action.due_meeting.first_day if action.due_meeting else None)


def grouped(listed: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    """The rows by who answers for something open in them, names in order, those nobody answers for last."""
    groups: dict[str, list[Row]] = {}
    for row in listed:
        live = [line.action for line in row.lines if not line.is_closed] or row.actions
        for name in dict.fromkeys(name for action in live for name in action.responsible) or [""]:
            groups.setdefault(name, []).append(row)
    return sorted(groups.items(), key=lambda group: (group[0] == "", folded(group[0])))
