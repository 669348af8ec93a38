"""Who gets what, and how: at once, in the daily mail, or not (issue 4; RFC 8058 for the link that turns a kind off)."""

from datetime import datetime

from django.core import signing
from django.db import transaction
from django.utils import timezone

from audit import trail
from boardroom.lib.workdays import working_days_between
from boards.models import Board, Person, Seat
from mail import kinds
from mail.models import Choice, Letter

How = Choice.How
SALT = "mail.turn-off"
SOON = 2  # working days


def offered(kind: kinds.Kind) -> list[str]:
    """What may be chosen for the kind; one alone where there is nothing to choose."""
    if kind.is_essential:
        return [How.AT_ONCE, How.DAILY] if kind.is_gathered else [How.AT_ONCE]
    if kind.is_digest:
        return [How.AT_ONCE, How.NOT]
    return [How.AT_ONCE, How.DAILY, How.NOT]


def usual(kind: kinds.Kind) -> str:
    return How.DAILY if kind.is_gathered else How.AT_ONCE


def how(letter: Letter, kind: kinds.Kind, content: kinds.Content, at: datetime) -> str:
    """At once, gathered or not at all, by what the person chose and by what cannot wait.

    A letter that somebody sends again, or that has something to put in a calendar, never waits.
    """
    chosen = ""
    if letter.person_id and letter.board_id:
        rows = Choice.objects.filter(person=letter.person_id, board=letter.board_id, kind=kind.name)
        chosen = rows.values_list("how", flat=True).first() or ""
    wanted = chosen if chosen in offered(kind) else usual(kind)
    if wanted != How.DAILY:
        return wanted
    is_whole = bool(content.calendar or content.attachments or letter.again)
    return How.DAILY if letter.person_id and not is_whole and can_wait(content, at) else How.AT_ONCE


def can_wait(content: kinds.Content, at: datetime) -> bool:
    """Whether more than two working days are left. So a quiet weekend never eats the time that was given."""
    return content.deadline is None or working_days_between(timezone.localdate(at), content.deadline) > SOON


@transaction.atomic
def choose(person: Person, wanted: dict[tuple[int, str], str], *, by) -> int:
    """For each (board, kind) the person gets mail as wanted from now on; how many differ from before."""
    boards = Board.objects.in_bulk({board for board, _kind in wanted})
    before = {(one.board_id, one.kind): one.how for one in Choice.objects.filter(person=person)}
    changed = {
        (board, name): way
        for (board, name), way in wanted.items()
        if way in offered(kinds.find(name)) and way != before.get((board, name), usual(kinds.find(name)))
    }
    for (board, name), way in changed.items():
        Choice.objects.update_or_create(person=person, board=boards[board], kind=name, defaults={"how": way})
        trail.record("mail.choose", person, by=by, board=boards[board], kind=name, how=way)
    return len(changed)


def token(letter: Letter) -> str:
    """What the link at the foot of a mail carries: it turns this kind off for this person and board, and no more.

    Without a board, as under a digest, for each board of the person's.
    """
    return signing.dumps([letter.person_id, letter.board_id, letter.kind], salt=SALT)


def read(signed: str) -> tuple[Person, Board | None, kinds.Kind] | None:
    """Whom a link is about; None for one that was not made here, or for what is gone. It never grows too old."""
    try:
        person, board, name = signing.loads(signed, salt=SALT)
        named = Board.objects.get(pk=board) if board else None
        found = Person.objects.get(pk=person), named, kinds.find(name)
    except (signing.BadSignature, ValueError, KeyError, Person.DoesNotExist, Board.DoesNotExist):
        return None
    return found if How.NOT in offered(found[2]) else None


def unwanted(persons, boards, name: str) -> set[tuple[int, int]]:
    """(person, board) where the person wants no mail of the kind from the board."""
    rows = Choice.objects.filter(person__in=persons, board__in=boards, kind=name, how=How.NOT)
    return set(rows.values_list("person", "board"))


def boards_of(person: Person, at: datetime) -> list[Board]:
    seats = Seat.objects.active_on(timezone.localdate(at)).filter(person=person)
    return list(Board.objects.filter(pk__in=seats.values("board")))
