"""A card for each board: the meeting that is most pressing, how far it has come, and the one next thing to do."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import BigAutoField, DateField, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from boardroom.lib.prepared import among, prepared
from boardroom.lib.workdays import working_days_after
from boards.models import Board
from boards.roles import may
from meetings.models import Meeting
from meetings.running import is_running
from minutes.models import Answer
from publishing.desk.advice import Advice, for_reader, for_writer
from publishing.desk.known import ISSUED, OFF, Known, learn, with_approval
from publishing.desk.steps import Step, steps_of
from publishing.desk.words import distance, level_of, meeting_name

FORGOTTEN = timedelta(days=180)  # minutes left unfinished longer than this are no part of the day's work
UNDATED = 5  # what has no deadline is as pressing as something due in so many working days
ALSO = 3


@dataclass
class Card:
    """A board on the desk. `also` holds what else waits there: (name of the meeting, what, address)."""

    board: Board
    known: Known | None = None
    steps: list[Step] = field(default_factory=list)
    advice: Advice | None = None
    level: str = ""
    distance: str = ""
    also: list[tuple[str, str, str]] = field(default_factory=list)
    pressing: date = date.max

    @property
    def meeting(self) -> Meeting | None:
        return self.known.meeting if self.known else None

    @property
    def name(self) -> str:
        """Meeting 41; without a number only «Meeting», since the date stands beside it."""
        meeting = self.known.meeting
        return meeting_name(meeting) if meeting.sequence or meeting.number else _("Meeting")


def boards_of(user, today: date) -> list[Board]:
    """The user's boards, each with the keys of its newest meeting until today and of its next one."""
    if user.is_superuser:
        return list(with_keys(Board.objects.visible_to(user, today), today))
    return _boards(user=user.pk, today=today)


@prepared(user=BigAutoField(), today=DateField())
def _boards(user, today):
    return with_keys(Board.objects.visible_to(user, today), today)


def with_keys(boards: QuerySet[Board], today) -> QuerySet[Board]:
    standing = Meeting.objects.filter(board=OuterRef("pk")).exclude(state__in=OFF)
    last = standing.filter(first_day__lte=today).order_by("-first_day", "-pk")
    coming = standing.filter(first_day__gt=today).order_by("first_day", "pk")
    return boards.annotate(last_meeting=Subquery(last.values("pk")[:1]), next_meeting=Subquery(coming.values("pk")[:1]))


def known_meetings(boards: list[Board], today: date, end: date) -> dict[int, list[Known]]:
    """By board, in order: the newest and the next meeting, what is unfinished, and all whose deadlines may fall before `end`."""
    keys = [key for board in boards for key in (board.last_meeting, board.next_meeting) if key]
    reach = max((max(board.call_days, board.papers_days) for board in boards), default=0)
    days = {"since": today - FORGOTTEN, "today": today, "until": working_days_after(end, reach)}
    found = _meetings(boards=[board.pk for board in boards], keys=keys, **days)
    by_board: dict[int, list[Known]] = {board.pk: [] for board in boards}
    for one in learn(found, today):
        by_board[one.meeting.board_id].append(one)
    return by_board


@prepared(boards=[BigAutoField()], keys=[BigAutoField()], since=DateField(), today=DateField(), until=DateField())
def _meetings(boards, keys, since, today, until):
    open_ones = ~Q(minutes__state__in=ISSUED) | Q(minutes__published_on__isnull=True)
    unfinished = Q(first_day__gte=since, first_day__lte=today) & open_ones
    ahead = Q(first_day__gte=today, first_day__lte=until)
    found = Meeting.objects.filter(among("board", boards)).filter(among("pk", keys) | unfinished | ahead)
    return with_approval(found.exclude(state__in=OFF)).order_by("first_day", "pk")


def asked_of(user, known: dict[int, list[Known]]) -> set[int]:
    """The meetings whose draft waits for the user's own answer."""
    keys = [one.meeting.pk for meetings in known.values() for one in meetings]
    return set(_asked(user=user.pk, meetings=keys))


@prepared(user=BigAutoField(), meetings=[BigAutoField()])
def _asked(user, meetings):
    mine = Answer.objects.filter(person__user=user, answered_at__isnull=True, round__is_open=True)
    of_meetings = mine.filter(among("round__minutes__meeting", meetings))
    return of_meetings.values_list("round__minutes__meeting", flat=True)


def card_of(board: Board, meetings: list[Known], user, today: date, asked: set[int]) -> Card:
    """The board's card; the earliest thing to do is chosen, and the rest is told below."""
    writes = may(user, "minutes.write", board)
    choices = [(one, for_writer(one) if writes else for_reader(one, one.meeting.pk in asked, user)) for one in meetings]
    choices = [choice for choice in choices if _counts(*choice, board)]
    if not choices:
        return _without_meeting(board, user)
    all_done = all(one.state in ISSUED and not advice.waits for one, advice in choices)
    if all_done and board.next_meeting is None and writes:
        return _without_next(board, choices[-1][0], user, today)
    choices.sort(key=lambda choice: _pressing(choice[1], today, choice[0]))
    known, advice = choices[0]
    card = Card(board, known, steps_of(known, may(user, "meetings.read_plan", board)), advice)
    card.level = level_of(advice.due, today) if advice.waits else ""
    card.distance = distance(known.meeting.first_day, today)
    card.pressing = _pressing(advice, today, known)[1]
    waiting = [choice for choice in choices[1:] if choice[1].waits and choice[1].action]
    card.also = (
        [(meeting_name(one.meeting), told.what, told.action[1]) for one, told in waiting[:ALSO]] if writes else []
    )
    return card


def _counts(known: Known, advice: Advice, board: Board) -> bool:
    """Whether the card may show it: the newest and the next meeting always, others where something is to be done."""
    if known.meeting.is_as_written and known.state in ISSUED:
        return known.meeting.pk == board.last_meeting
    return advice.waits or known.meeting.pk in (board.last_meeting, board.next_meeting)


def _pressing(advice: Advice, today: date, known: Known) -> tuple[bool, date]:
    """A meeting that goes on first, what is to be done before what only is; then by day, the next one before those past."""
    if is_running(known.meeting):
        return False, date.min
    if advice.waits:
        return False, advice.due or working_days_after(today, UNDATED)
    day = known.meeting.first_day
    return True, day if day >= today else date.max - (day - date.min)


def _without_meeting(board: Board, user) -> Card:
    return Card(board, advice=Advice(_("No meeting is planned."), "", _plan(board, user), waits=False))


def _without_next(board: Board, known: Known, user, today: date) -> Card:
    """All is done, and nothing comes."""
    advice = Advice(for_writer(known).what, _("No meeting is planned."), _plan(board, user), waits=False)
    return Card(board, known, steps_of(known, True), advice, distance=distance(known.meeting.first_day, today))


def _plan(board: Board, user) -> tuple[str, str] | None:
    if not may(user, "meetings.edit", board):
        return None
    return _("Plan a meeting"), reverse("meetings:create", args=[board.slug])
