"""The night's reminders: whose turn it is, and the one letter a person and day that tells them all (reliability.md F10, 3.2).

A `Reminder` is one person told of one action once, and is unique; so the run may be repeated, doubled, killed or run a week
late. It reads and writes many boards in few statements. What the letters say is settled when they are sent.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from boardroom.lib.workdays import working_days_before
from boards.models import Board
from followups.carrying.plan import next_meetings
from followups.models import CLOSED, Action, FollowUp, OwnerReport, Reminder, Status
from followups.reminders import days as reminder_days
from followups.reminders.days import Due, Turn
from followups.reminders.reachable import Reachable
from jobs.models import Job
from mail import choices, post
from mail.models import Letter
from meetings.deadlines import deadlines

log = logging.getLogger(__name__)

KIND, SECRETARYS = "follow-up-reminder", "follow-ups-unreported"
BATCH = 500
SPARE = timedelta(minutes=10)  # until a letter of this very run goes, so that all boards come into it
GAP = timedelta(days=14)  # what was missed longer ago is not even written down
QUIET = CLOSED | {Status.REPORTED_DONE}


@dataclass(frozen=True)
class _Told:
    """One row to be written: whom, of what, which turn, and when the letter may go; without a moment it is passed over."""

    action: Action
    person: int
    due: Due
    turn: Turn
    moment: datetime | None


def remind(boards: Iterable[int], *, now: datetime) -> int:
    """Who is to be reminded today by these boards is, in one letter each; how many reminders.

    What had its day while nothing ran, and is of no use any more, is written down without a letter, and logged.
    """
    found = {board.pk: board for board in Board.objects.filter(pk__in=boards)}
    today = timezone.localdate(now)
    reach = Reachable(found, today)
    with transaction.atomic():
        rows = _rows(found, reach, today, now)
        told = [row for row in rows if row.moment]
        letters = _letters(told, found, now)
        _write(rows, letters, today)
        _tell_secretaries(found, reach, today, now)
    if passed := len(rows) - len(told):
        log.info("Reminders that had their day while nothing ran, and are of no use any more: %s.", passed)
    return len(told)


def remindable(boards: Iterable[int]) -> QuerySet[Action]:
    """Open actions the boards stand by, of which nobody has asked the board to say that they are done or later."""
    asked = OwnerReport.objects.filter(
        Q(action=OuterRef("pk")) | Q(action__isnull=True), follow_up=OuterRef("follow_up"),
        fate=OwnerReport.Fate.WAITING, kind__in=[OwnerReport.Kind.DONE, OwnerReport.Kind.NEW_DATE],
    )  # fmt: skip
    promised = FollowUp.objects.filter(board__in=boards).exclude(state__in=QUIET).promised()
    open_ones = Action.objects.filter(follow_up__in=promised).exclude(state__in=QUIET).exclude(Exists(asked))
    return open_ones.select_related("follow_up", "due_meeting").prefetch_related("owners")


def _near(boards: dict[int, Board], today: date) -> Q:
    """Due so near today that a turn may have come; a little too wide rather than too narrow."""
    ahead = max((board.remind_before or 0) + 2 * board.papers_days for board in boards.values()) + GAP.days
    behind = max((board.remind_every or 0) * (board.remind_at_most + 1) for board in boards.values()) + GAP.days
    first, last = today - timedelta(days=behind), today + timedelta(days=ahead)
    span = (first, last)
    month = (first.replace(day=1), last)
    return Q(due_on__range=span) | Q(due_meeting__first_day__range=span) | Q(due_month__range=month)


def _rows(boards: dict[int, Board], reach: Reachable, today: date, now: datetime) -> list[_Told]:
    if not boards:
        return []
    actions = list(remindable(boards).filter(_near(boards, today)).order_by("follow_up__board", "pk"))
    recent = Reminder.objects.filter(action__in=remindable(boards).filter(_near(boards, today)).values("pk"))
    done = set(recent.values_list("action", "person", "due_on", "occasion", "number"))
    rows = []
    for action in actions:
        board = boards[action.follow_up.board_id]
        due = reminder_days.due_of(action, board)
        for turn in reminder_days.turns(board, due, today) if due else []:
            if not turn.is_useful and turn.day < today - GAP:
                continue
            moment = _moment(board, today, now) if turn.is_useful else None
            rows += [
                _Told(action, person, due, turn, moment)
                for person in _persons(action, board, turn, reach)
                if (action.pk, person, due.on, turn.occasion, turn.number) not in done
            ]
    unwanted = choices.unwanted({row.person for row in rows}, boards, KIND)
    return [row for row in rows if (row.person, row.action.follow_up.board_id) not in unwanted]


def _persons(action: Action, board: Board, turn: Turn, reach: Reachable) -> list[int]:
    is_over = turn.occasion == Reminder.Occasion.AFTER and turn.number > board.remind_at_most
    return reach.secretaries(board.pk) if is_over else reach.persons(action)


def _moment(board: Board, today: date, now: datetime) -> datetime:
    planned = reminder_days.moment_on(board, reminder_days.told_on(board, today))
    return planned if planned >= now + SPARE else reminder_days.next_open(board, now + SPARE)


def _letters(told: list[_Told], boards: dict[int, Board], now: datetime) -> dict[int, Letter]:
    """By person: the letter that is to tell, on its way at the latest clock time of the boards in it.

    One that still waits takes more; one that is about to go, or went that day, takes nothing, and the next day has its own.
    """
    moments: dict[int, datetime] = {}
    for row in told:
        moments[row.person] = max(row.moment, moments.get(row.person, row.moment))
    waiting, keys = _known(moments, now)
    fresh = {}
    for person, moment in moments.items():
        if person not in waiting:
            fresh[person] = _letter(person, moment, keys, now)
    made = {letter.key: letter for letter in _hand_in(fresh)}
    letters = {person: made[letter.key] for person, (letter, _at) in fresh.items()} | waiting
    _put_off(waiting, moments)
    _name_boards(told, letters, boards)
    return letters


def _known(persons: Iterable[int], now: datetime) -> tuple[dict[int, Letter], set[str]]:
    """The letters that wait and are not about to go, by person, and every key of late."""
    recent = Letter.objects.filter(kind=KIND, person__in=list(persons), made_at__gte=now - 2 * GAP)
    found = list(recent.order_by("pk"))
    open_ones = {f"letter:{letter.pk}": letter for letter in found if letter.state == Letter.State.WAITING}
    quiet = Job.objects.filter(key__in=list(open_ones), state=Job.State.QUEUED, run_after__gt=now + SPARE / 2)
    waiting = [open_ones[key] for key in quiet.values_list("key", flat=True)]
    return {letter.person_id: letter for letter in waiting}, {letter.key for letter in found}


def _letter(person: int, moment: datetime, keys: set[str], now: datetime) -> tuple[Letter, datetime]:
    while (key := f"{KIND}:{person}:{timezone.localdate(moment)}") in keys:
        moment += timedelta(days=1)
    return Letter(key=key, kind=KIND, person_id=person, made_at=now), moment


def _hand_in(fresh: dict[int, tuple[Letter, datetime]]) -> Iterable[Letter]:
    by_moment: dict[datetime, list[Letter]] = {}
    for letter, moment in fresh.values():
        by_moment.setdefault(moment, []).append(letter)
    for moment, letters in by_moment.items():
        post.send_many(letters, run_after=moment)
    return Letter.objects.filter(key__in=[letter.key for letter, _moment in fresh.values()])


def _put_off(waiting: dict[int, Letter], moments: dict[int, datetime]) -> None:
    by_moment: dict[datetime, list[str]] = {}
    for person, letter in waiting.items():
        by_moment.setdefault(moments[person], []).append(f"letter:{letter.pk}")
    for moment, keys in by_moment.items():
        Job.objects.filter(key__in=keys, state=Job.State.QUEUED, run_after__lt=moment).update(run_after=moment)


def _name_boards(told: list[_Told], letters: dict[int, Letter], boards: dict[int, Board]) -> None:
    """A letter of one board has its name and its address for answers; one of several has none."""
    named: dict[int, set[int]] = {}
    for row in told:
        named.setdefault(row.person, set()).add(row.action.follow_up.board_id)
    told_before = dict.fromkeys(letters[person].pk for person in named)
    earlier = Reminder.objects.filter(letter__in=list(told_before)).order_by()
    for letter, board in earlier.values_list("letter__person", "action__follow_up__board").distinct():
        named[letter].add(board)
    alone: dict[int | None, list[int]] = {}
    for person, seen in named.items():
        alone.setdefault(next(iter(seen)) if len(seen) == 1 else None, []).append(letters[person].pk)
    for board, numbers in alone.items():
        Letter.objects.filter(pk__in=numbers).exclude(board=board).update(board=board)


def _write(rows: list[_Told], letters: dict[int, Letter], today: date) -> None:
    made = [
        Reminder(
            action=row.action, person_id=row.person, occasion=row.turn.occasion, number=row.turn.number,
            due_on=row.due.on, day=timezone.localdate(row.moment) if row.moment else today,
            letter=letters[row.person] if row.moment else None,
        )
        for row in rows
    ]  # fmt: skip
    Reminder.objects.bulk_create(made, batch_size=BATCH, ignore_conflicts=True)


def _tell_secretaries(boards: dict[int, Board], reach: Reachable, today: date, now: datetime) -> None:
    """Each secretary has a letter about the next meeting, so many working days before its papers are due, once a deadline."""
    letters: dict[datetime, list[Letter]] = {}
    asking = {pk: board for pk, board in boards.items() if board.remind_secretary}
    for pk, meeting in next_meetings(list(asking), today).items():
        board = boards[pk]
        papers = deadlines(board, meeting.first_day).papers
        begins = working_days_before(papers, board.remind_secretary)
        if not begins <= today <= papers:
            continue
        for person in reach.secretaries(pk):
            key = f"{SECRETARYS}:{meeting.pk}:{papers}:{person}"
            letter = Letter(key=key, kind=SECRETARYS, person_id=person, board=board, about=meeting.pk, made_at=now)
            letters.setdefault(_moment(board, today, now), []).append(letter)
    for moment, made in letters.items():
        post.send_many(made, run_after=moment)
