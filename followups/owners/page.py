"""What who reports is shown: what was promised, the words of issued minutes, one's own reports, and what happens next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from boards.models import Person
from followups import sources
from followups.carrying.plan import next_meetings
from followups.models import CLOSED, Action, FollowUp, OwnerReport, Report
from followups.owners.reporting import may_be_changed
from followups.register.lineage import is_kept_back, is_said
from followups.rules import owned_by
from meetings.models import Meeting

Fate = OwnerReport.Fate


@dataclass(frozen=True)
class Told:
    """One report with what became of it. `understood` is what the new date was read as, where that says more."""

    report: OwnerReport
    is_open: bool
    understood: str
    word: str
    colour: str


@dataclass(frozen=True)
class OwnPage:
    follow_up: FollowUp
    actions: list[Action]
    own: list[Action]
    said: list[Report]
    reports: list[Told]
    is_waiting: bool
    next: str


COLOURS = {Fate.WAITING: "warning", Fate.NOTED: "info", Fate.CONFIRMED: "success", Fate.DECLINED: "danger"}


def own_page(follow_up: FollowUp, person: Person | None, today: date) -> OwnPage:
    """For the person; of a secretary's page, with every open action and everybody's reports, without one. Eight queries."""
    actions = list(follow_up.actions.select_related("due_meeting"))
    mine = follow_up.actions if person is None else owned_by(person, follow_up, today)
    keys = set(mine.exclude(state__in=CLOSED).values_list("pk", flat=True))
    reports = reports_of(follow_up) if person is None else reports_of(follow_up).filter(person=person)
    told = tell_all(reports)
    is_waiting = any(one.report.fate == Fate.WAITING for one in told)
    return OwnPage(
        follow_up,
        actions,
        [one for one in actions if one.pk in keys],
        said_of(follow_up),
        told,
        is_waiting,
        what_next(follow_up, today, is_waiting=is_waiting),
    )


def reports_of(follow_up: FollowUp):
    """The newest first."""
    reports = OwnerReport.objects.filter(follow_up=follow_up).order_by("-pk")
    return reports.select_related("person", "user", "action", "decided_by", "meeting__board", "follow_up__board")


def said_of(follow_up: FollowUp) -> list[Report]:
    """What issued minutes say of it, the newest meeting first; nothing that is shielded there."""
    reports = Report.objects.filter(follow_up=follow_up, is_left_out=False).exclude(resolution="")
    found = reports.select_related("meeting__minutes", "meeting__board", "block", "row").order_by("-meeting__first_day")
    return [one for one in found if is_said(one) and not is_kept_back(one)]


def tell_all(reports: Iterable[OwnerReport]) -> list[Told]:
    """Each with what became of it; of each person the newest may be changed until it is decided."""
    told, heard = [], set()
    for one in reports:
        is_newest = one.person_id not in heard
        heard.add(one.person_id)
        understood = understood_as(one.due_text, timezone.localdate(one.said_at)) if one.due_text else ""
        colour = COLOURS.get(one.fate, "neutral")
        told.append(Told(one, is_newest and may_be_changed(one), understood, one.get_fate_display(), colour))
    return told


def understood_as(text: str, after: date) -> str:
    """What the words of a new date were read as; empty where they could not be, or say nothing else."""
    due = sources.understand_due(text, after)
    if due.is_next_meeting:
        return _("the board's next meeting")
    words = date_format(due.on, "DATE_FORMAT") if due.on else date_format(due.month, "F Y") if due.month else ""
    return "" if words.casefold() == text.casefold() else words


def what_next(follow_up: FollowUp, today: date, *, is_waiting: bool) -> str:
    """Who does what with it, and when."""
    if follow_up.state in CLOSED:
        return _("It is closed. There is nothing more for you to do.")
    board = follow_up.board
    meeting = _called_with(follow_up, today) or next_meetings([board.pk], today).get(board.pk)
    written = "MONTH_DAY_FORMAT" if meeting and meeting.first_day.year == today.year else "DATE_FORMAT"
    values = {"board": board.name, "date": date_format(meeting.first_day, written) if meeting else ""}
    if is_waiting:
        known, unknown = (
            _("%(board)s takes a stand on it at the meeting on %(date)s, or before."),
            _("%(board)s takes a stand on it, at the latest at its next meeting."),
        )
    else:
        known, unknown = (
            _("It is on the agenda of %(board)s on %(date)s. What you report is at hand there."),
            _("It stands on the agenda of the next meeting of %(board)s. What you report is at hand there."),
        )
    return (known if meeting else unknown) % values


def _called_with(follow_up: FollowUp, today: date) -> Meeting | None:
    """The next meeting that is called with the follow-up on its agenda."""
    stands = Report.objects.filter(follow_up=follow_up, is_left_out=False, meeting__first_day__gte=today)
    called = stands.filter(meeting__state=Meeting.State.CALLED).select_related("meeting")
    first = called.order_by("meeting__first_day").first()
    return first.meeting if first else None
