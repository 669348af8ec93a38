"""What must stand in which meeting, asked of the database for any number of boards at once (issue 5, 2; R80).

A board's target is the earliest meeting from today on that is tentative or planned, whose call is not sent and whose
minutes are not begun. Where there is none from today on, it is the earliest such meeting after the last one that was
called or held: a board whose papers are entered afterwards goes on where it stands.
"""

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from audit.models import Entry
from boards.models import Board
from followups.models import Carrying, FollowUp, Report
from meetings.models import Meeting

WAITING = frozenset({Meeting.State.TENTATIVE, Meeting.State.PLANNED})
BEHIND = frozenset({Meeting.State.CALLED, Meeting.State.HELD, Meeting.State.CLOSED})
CARRYING = ("followups.carry", "followups.carry_late")  # the carry-forward's own lines of the trail
SOURCE_ORDER = (
    F("source_meeting__first_day").asc(nulls_first=True),
    F("source_row__order").asc(nulls_first=True),
    F("source_block__order").asc(nulls_first=True),
    F("pk").asc(),
)


def uncalled(boards: Collection[int]) -> QuerySet[Meeting]:
    """Meetings whose agenda is a draft: the call is not sent, the minutes are not begun, and they are not put off."""
    return Meeting.objects.filter(
        board__in=boards, state__in=WAITING, numbers_fixed_at__isnull=True, minutes__isnull=True
    )


def next_meetings(boards: Collection[int], on: date) -> dict[int, Meeting]:
    """The target, by board. Three queries at most."""
    drafts = uncalled(boards).select_related("board").order_by("first_day", "pk")
    found: dict[int, Meeting] = {}
    for meeting in drafts.filter(first_day__gte=on):
        found.setdefault(meeting.board_id, meeting)
    if without := set(boards) - found.keys():
        behind = Meeting.objects.filter(board__in=without, state__in=BEHIND)
        last = dict(behind.order_by().values("board").annotate(last=Max("first_day")).values_list("board", "last"))
        for meeting in drafts.filter(board__in=without):
            if meeting.first_day > last.get(meeting.board_id, date.min):
                found.setdefault(meeting.board_id, meeting)
    return found


def unsettled(boards: QuerySet[Board], now: datetime) -> QuerySet[Board]:
    """Those that were not carried since the day began, or where the trail tells of something since then.

    What leaves no trace in the trail is found the next day.
    """
    began = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    today = Carrying.objects.filter(board=OuterRef("pk"), carried_at__gte=began)
    since = Carrying.objects.filter(board__slug=OuterRef("board")).values("trail_seq")
    told = Entry.objects.filter(board=OuterRef("slug"), seq__gt=Subquery(since)).exclude(act__in=CARRYING)
    return boards.filter(~Exists(today) | Exists(told))


def called_meetings(boards: Collection[int], on: date) -> QuerySet[Meeting]:
    """Meetings to come whose call is sent: what was promised since then comes late. Not those that are kept as written."""
    return Meeting.objects.filter(
        board__in=boards, state=Meeting.State.CALLED, minutes__isnull=True, first_day__gte=on, is_as_written=False
    ).order_by("first_day", "pk")


def missing(meetings: Collection[int]) -> QuerySet[FollowUp]:
    """Open promises that must stand in a meeting, `into`, and have no place there: made before it, put off to no later one.

    What was taken out has its place, and so has what a report covers besides its own.
    """
    here = {"report__meeting": OuterRef("into"), "followup": OuterRef("pk")}
    return due_in(meetings).filter(
        ~Exists(Report.objects.filter(meeting=OuterRef("into"), follow_up=OuterRef("pk"))),
        ~Exists(Report.covers.through.objects.filter(**here)),
    )


def due_in(meetings: Collection[int]) -> QuerySet[FollowUp]:
    """Open promises with `into`, each meeting of these where they must stand, whether they do or not."""
    promised = FollowUp.objects.filter(board__meetings__in=meetings).promised().open()
    placed = promised.annotate(into=F("board__meetings"), into_day=F("board__meetings__first_day"))
    made = made_before("source_meeting", F("into_day"), F("into"))
    return placed.filter(made, ~Exists(put_off_from()))


def made_before(source: str, day: F, meeting: F) -> Q:
    """The path `source` leads to no meeting, or to one that comes before this meeting on its first day."""
    earlier = Q(**{f"{source}__first_day": day, f"{source}__lt": meeting})
    return Q(**{f"{source}__isnull": True}) | Q(**{f"{source}__first_day__lt": day}) | earlier


def put_off_from() -> QuerySet[Report]:
    """The reports by which a follow-up of `due_in` stands in a later meeting instead, as the secretary said."""
    later = Q(meeting__first_day__gt=OuterRef("into_day")) | Q(
        meeting__first_day=OuterRef("into_day"), meeting__gt=OuterRef("into")
    )
    return instead().filter(later, follow_up=OuterRef("pk"))


def instead() -> QuerySet[Report]:
    """Reports that stand in a meeting in draft instead of every earlier one."""
    return Report.objects.filter(
        placed=Report.Placed.INSTEAD,
        is_left_out=False,
        meeting__state__in=WAITING,
        meeting__numbers_fixed_at__isnull=True,
        meeting__minutes__isnull=True,
    )
