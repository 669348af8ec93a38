"""What is known of meetings that are shown with their steps, in the same number of queries for one and for a hundred."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import BigAutoField, Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import cached_property

from boardroom.lib.prepared import among, give, prepared
from boards.models import RowPurpose
from meetings import timing
from meetings.deadlines import Deadlines, deadlines
from meetings.models import AgendaRow, Meeting, MeetingDay, Paper
from meetings.rules import has_been_called
from minutes.models import ApprovalRequest, Minutes, Remark, ReviewRound
from publishing.models import Publication

HELD = frozenset({Meeting.State.HELD, Meeting.State.CLOSED})
OFF = frozenset({Meeting.State.CANCELLED, Meeting.State.POSTPONED})
ISSUED = frozenset({Minutes.State.FINAL, Minutes.State.APPROVED})


@dataclass
class Known:
    """A meeting with what its steps, its sentence and its next act follow from."""

    meeting: Meeting
    today: date
    cases: int = 0
    lacking: int = 0
    overrun: int = 0
    rounds: list[ReviewRound] | None = None
    requests: list[ApprovalRequest] = field(default_factory=list)
    published_on: date | None = None

    @property
    def minutes(self) -> Minutes | None:
        return getattr(self.meeting, "minutes", None)

    @property
    def state(self) -> str:
        """The state of its minutes, "" where there are none."""
        return self.minutes.state if self.minutes else ""

    @property
    def is_called(self) -> bool:
        return has_been_called(self.meeting)

    @property
    def is_held(self) -> bool:
        return self.meeting.state in HELD or bool(self.state)

    @property
    def opened(self) -> ReviewRound | None:
        """The round of remarks that is open."""
        return next((one for one in self.rounds or [] if one.is_open), None)

    @property
    def called_on(self) -> date | None:
        fixed = self.meeting.numbers_fixed_at
        return timezone.localdate(fixed) if fixed else None

    @property
    def sent_on(self) -> date | None:
        """When the draft went out for remarks the last time."""
        return self.rounds[-1].sent_on if self.rounds else None

    @property
    def approval_on(self) -> date | None:
        """The day of the meeting that approves the minutes, as far as one is planned."""
        return self.meeting.approval_on

    @cached_property
    def deadlines(self) -> Deadlines:
        """A draft that is overdue moves what comes after it: that is counted from today."""
        board, meeting = self.meeting.board, self.meeting
        last = max((day.date for day in meeting.days.all()), default=meeting.first_day)
        review = self.rounds[-1].deadline if self.rounds and self.state != Minutes.State.DRAFT else None
        found = deadlines(board, meeting.first_day, last, review=review)
        if review or self.today <= found.draft:
            return found
        return deadlines(board, meeting.first_day, last, sent=self.today)


def learn(meetings: list[Meeting], today: date) -> list[Known]:
    """Of each of the meetings, read by `with_approval`; five queries."""
    known = {meeting.pk: Known(meeting, today, rounds=[]) for meeting in meetings}
    keys, days = list(known), {key: [] for key in known}
    for day in _days(meetings=keys):
        days[day.meeting_id].append(day)
    for key, one in known.items():
        give(one.meeting, "days", days[key])
    _learn_rows(known)
    for one in _rounds(meetings=keys):
        known[one.minutes.meeting_id].rounds.append(one)
    for one in _requests(meetings=keys):
        known[one.minutes.meeting_id].requests.append(one)
    for key, at in _published(meetings=keys):
        known[key].published_on = timezone.localdate(at)
    return list(known.values())


def learn_one(meeting: Meeting, today: date) -> Known:
    """Of one meeting; six queries."""
    return learn(_one(meeting=meeting.pk), today)[0]


@prepared(meeting=BigAutoField())
def _one(meeting):
    return with_approval(Meeting.objects.filter(pk=meeting)).order_by()


@prepared(meetings=[BigAutoField()])
def _days(meetings):
    return MeetingDay.objects.filter(among("meeting", meetings)).order_by("number")


@prepared(meetings=[BigAutoField()])
def _published(meetings):
    live = Publication.objects.live().filter(among("document__meeting", meetings), kind="minutes")
    return live.values_list("document__meeting", "published_at")


@prepared(meetings=[BigAutoField()])
def _requests(meetings):
    asked = ApprovalRequest.objects.filter(among("minutes__meeting", meetings), withdrawn_at__isnull=True)
    return asked.filter(minutes__state=Minutes.State.FINAL).select_related("minutes", "person").order_by("order", "pk")


def with_approval(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """With board, minutes and `approval_on`: the meeting that has the approval on its agenda, else the next ordinary one."""
    later = Meeting.objects.filter(board=OuterRef("board"), first_day__gt=OuterRef("first_day")).exclude(state__in=OFF)
    row = AgendaRow.objects.filter(meeting=OuterRef("pk"), approves_minutes_of=OuterRef(OuterRef("first_day")))
    approving = later.filter(Exists(row)).order_by("first_day").values("first_day")
    ordinary = later.exclude(is_extraordinary=True).order_by("first_day").values("first_day")
    found = meetings.annotate(approval_on=Coalesce(Subquery(approving[:1]), Subquery(ordinary[:1])))
    return found.select_related("board", "minutes")


def _learn_rows(known: dict[int, Known]) -> None:
    """Cases, those without a paper or a text, and by how much the agenda runs over the planned end of a day."""
    for found in _sums(meetings=list(known)):
        one = known[found["meeting"]]
        one.cases += found["cases"]
        one.lacking += found["lacking"]
        planned = [day.end for day in one.meeting.days.all() if day.number == (found["day"] or 1) and day.end]
        if planned and found["last"] and not one.meeting.is_as_written:
            one.overrun = max(one.overrun, timing.length(planned[0], found["last"]))


@prepared(meetings=[BigAutoField()])
def _sums(meetings):
    taken_up = Q(kind=AgendaRow.Kind.CASE) & ~Q(outcome__in=timing.NOT_TREATED)
    bare = Q(purpose=RowPurpose.NONE, description="", has_paper=False)
    rows = AgendaRow.objects.filter(among("meeting", meetings)).order_by()
    rows = rows.annotate(has_paper=Exists(Paper.objects.filter(row=OuterRef("pk"))))
    return rows.values("meeting", "day").annotate(
        cases=Count("pk", filter=Q(kind=AgendaRow.Kind.CASE)),
        lacking=Count("pk", filter=taken_up & bare),
        last=Max("end"),
    )


@prepared(meetings=[BigAutoField()])
def _rounds(meetings):
    received = Count("remarks", filter=Q(remarks__status=Remark.Status.RECEIVED), distinct=True)
    answered = Count("answers", filter=Q(answers__answered_at__isnull=False), distinct=True)
    rounds = ReviewRound.objects.filter(among("minutes__meeting", meetings)).order_by("number")
    counted = rounds.annotate(waiting=received, answered=answered, asked=Count("answers", distinct=True))
    return counted.select_related("minutes")
