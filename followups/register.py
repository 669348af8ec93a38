"""The register as it is shown: a row for each follow-up with its age, its due time and what was said last (R78, R84)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Min, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boardroom.lib import dates
from followups.lineage import is_said, months_between
from followups.models import CLOSED, Action, FollowUp, Report
from meetings.models import Meeting

OLD, VERY_OLD = 6, 12


@dataclass(frozen=True)
class Row:
    """One follow-up in a list. `last` is the newest report the reader may see the words of."""

    follow_up: FollowUp
    actions: list[Action]
    responsible: list[str]
    due: str
    due_meeting: Meeting | None
    is_overdue: bool
    months: int | None
    times: int
    times_moved: int
    last: Report | None

    @property
    def age(self) -> str:
        """In words; "" where the source meeting is not known."""
        if self.months is None or self.follow_up.state in CLOSED:
            return ""
        if self.months < 1:
            return _("new")
        return ngettext("%(n)s month", "%(n)s months", self.months) % {"n": self.months}

    @property
    def age_level(self) -> str:
        if self.months is None or self.months < OLD:
            return ""
        return "danger" if self.months >= VERY_OLD else "warning"


def for_rows(follow_ups: QuerySet[FollowUp]) -> QuerySet[FollowUp]:
    """With all that `rows` reads, in a fixed number of queries."""
    reports = Report.objects.filter(is_left_out=False).select_related("meeting__minutes").order_by("meeting__first_day")
    return follow_ups.select_related("board", "source_meeting", "source_row").prefetch_related(
        Prefetch("actions", Action.objects.select_related("due_meeting")), Prefetch("reports", reports)
    )


def with_due(follow_ups: QuerySet[FollowUp]) -> QuerySet[FollowUp]:
    """With `first_due`, the earliest date of an open action."""
    return follow_ups.annotate(first_due=Min("actions__due_on", filter=~Q(actions__state__in=CLOSED)))


def rows(follow_ups: Iterable[FollowUp], on: date, *, sees_drafts: bool = False) -> list[Row]:
    """For follow-ups read by `for_rows`. The words of drafts are for who writes them."""
    return [_row(follow_up, on, sees_drafts) for follow_up in follow_ups]


def _row(follow_up: FollowUp, on: date, sees_drafts: bool) -> Row:
    actions = list(follow_up.actions.all())
    live = [action for action in actions if action.state not in CLOSED] or actions
    reports = [report for report in follow_up.reports.all() if sees_drafts or is_said(report)]
    source = follow_up.source_meeting
    return Row(
        follow_up,
        actions,
        list(dict.fromkeys(name for action in live for name in action.responsible)),
        "; ".join(dict.fromkeys(filter(None, (due_words(action) for action in live)))),
        next((action.due_meeting for action in live if action.due_meeting), None),
        any(is_overdue(action, on) for action in live),
        months_between(source.first_day, on) if source else None,
        len(reports),
        max((action.times_moved for action in actions), default=0),
        next((report for report in reversed(reports) if report.resolution), None),
    )


def due_words(action: Action) -> str:
    """As written; else the date."""
    return action.due_text or (dates.format_date(action.due_on) if action.due_on else "")


def is_overdue(action: Action, on: date) -> bool:
    """Whether the day, the meeting or the month it was due in lies behind."""
    if action.state in CLOSED:
        return False
    day = action.due_on or (action.due_meeting.first_day if action.due_meeting else None)
    if day is None and action.due_month:
        return (action.due_month.year, action.due_month.month) < (on.year, on.month)
    return day is not None and day < on
