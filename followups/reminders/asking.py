"""What is open before a meeting and has no report, and asking those who answer for it (issue 5, 2 and 5)."""

from datetime import datetime, time

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.trail import record
from boardroom.lib.times import OSLO
from boardroom.lib.workflow import TransitionRefused
from boards.models import Person
from followups.models import CLOSED, Action, FollowUp, OwnerReport, Report, Status
from followups.reminders.days import OFF
from followups.reminders.reachable import Reachable
from mail import post
from mail.overview import Delivery, deliveries
from meetings.models import Meeting

MET = frozenset({Meeting.State.HELD, Meeting.State.CLOSED})
ASKED = "follow-up-reports-asked"


def ask_for_reports(meeting: Meeting, *, by, at: datetime) -> int:
    """Those who answer for what lacks a report in the meeting have one letter each, at most one a day; how many.

    Raises TransitionRefused where the meeting is put off or held.
    """
    if meeting.state in OFF | MET:
        raise TransitionRefused([_("Reports are asked for before the meeting is held.")])
    day = timezone.localdate(at)
    with transaction.atomic():
        persons = Person.objects.filter(pk__in=asked_of(meeting, at))
        keys = {f"{ASKED}:{meeting.pk}:{person.pk}:{day}": person for person in persons}
        fresh = keys.keys() - post.known(list(keys))
        for key in sorted(fresh):
            post.send(ASKED, key, at=at, person=keys[key], board=meeting.board, about=meeting.pk)
        record("followups.ask_for_reports", meeting, by=by, board=meeting.board, at=at, asked=len(fresh))
    return len(fresh)


def asked(meeting: Meeting) -> list[Delivery]:
    """Who was asked for reports to this meeting, when (`letter.made_at`), and what became of the letter."""
    return deliveries(ASKED, meeting.pk)


def asked_of(meeting: Meeting, at: datetime) -> dict[int, list[Action]]:
    """By person: the open actions of what lacks a report, that the person answers for."""
    reach = Reachable([meeting.board_id], timezone.localdate(at))
    found: dict[int, list[Action]] = {}
    for action in open_actions(unreported(meeting)):
        for person in reach.persons(action):
            found.setdefault(person, []).append(action)
    return found


def open_actions(follow_ups: QuerySet[FollowUp]) -> QuerySet[Action]:
    """What is still to be done of them, with all that is told of it, in a fixed number of queries."""
    actions = Action.objects.filter(follow_up__in=follow_ups).exclude(state__in=CLOSED | {Status.REPORTED_DONE})
    read = ("due_meeting", "follow_up__board", "follow_up__source_row__case", "follow_up__source_block")
    found = actions.select_related(*read, "follow_up__source_meeting").prefetch_related("owners")
    return found.order_by("follow_up__source_meeting__first_day", "follow_up", "order")


def unreported(meeting: Meeting) -> QuerySet[FollowUp]:
    """The open follow-ups that stand in the meeting, of which nobody has reported since the meeting before it.

    What the secretary has written for the meeting is a report, and so is what an owner said between the meetings.
    """
    standing = Report.objects.filter(meeting=meeting, is_left_out=False)
    open_ones = FollowUp.objects.promised().exclude(state__in=CLOSED | {Status.REPORTED_DONE})
    here = open_ones.filter(Q(reports__in=standing) | Q(covered_by__in=standing))
    said = OwnerReport.objects.filter(follow_up=OuterRef("pk"))
    if since := _last_meeting(meeting):
        said = said.filter(said_at__gte=since)
    written = [report for report in standing.prefetch_related("covers") if report.is_prepared]
    told = {report.follow_up_id for report in written} | {one.pk for report in written for one in report.covers.all()}
    return FollowUp.objects.filter(pk__in=here.values("pk")).exclude(pk__in=told - {None}).exclude(Exists(said))


def _last_meeting(meeting: Meeting) -> datetime | None:
    """When the day began on which the board last met before this meeting."""
    earlier = Meeting.objects.filter(board=meeting.board_id, state__in=MET, first_day__lt=meeting.first_day)
    last = earlier.order_by("first_day", "pk").last()
    return datetime.combine(last.first_day, time(), tzinfo=OSLO) if last else None
