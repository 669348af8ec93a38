"""Jobs as those who look after them see them: in plain words, and only those of their boards (reliability.md 3.2).

Nothing is told of what a record says: a kind of work, a board, a meeting, a person written to.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from audit import trail
from boards.models import Board
from boards.roles import may
from jobs import handlers, queue, words
from jobs.models import Job
from mail import words as mail_words
from mail.models import Letter
from mail.overview import Delivery
from meetings.models import AgendaRow
from publishing.freezing import PUBLIC
from publishing.models import Document

SHOWN = 100  # that failed; of what runs or waits a few
FEW = 15
AT_ONCE = 1000
LATELY = 15
State = Job.State


@dataclass
class Piece:
    """One job in words, with the board it is for (None: the installation)."""

    job: Job
    words: str
    board: Board | None
    may_run_again: bool = False

    @property
    def reason(self) -> str:
        """Why it failed, in a sentence; empty where it did not."""
        fault, _colon, said = self.job.last_error.partition(": ")
        return mail_words.in_words(said) if fault == "PutOff" else words.in_words(self.job.last_error)


@dataclass
class Group:
    """The jobs of one state: how many there are, and the first of them."""

    state: str
    count: int
    pieces: list[Piece]

    @property
    def more(self) -> int:
        return self.count - len(self.pieces)

    def kinds(self) -> list[tuple[str, str, int]]:
        """(kind, its words, how many) of what is shown, for the button that takes all of a kind."""
        number = Counter(piece.job.kind for piece in self.pieces)
        return [(kind, handlers.label(kind), count) for kind, count in sorted(number.items())]


def may_look(user) -> bool:
    """Administrators, and whoever looks after the jobs of a board."""
    return user.is_superuser or bool(boards_of(user))


def boards_of(user) -> list[Board]:
    """The boards whose jobs the user looks after."""
    return [board for board in Board.objects.visible_to(user).order_by("name") if may(user, "jobs.read", board)]


def visible_to(user) -> QuerySet[Job]:
    """An administrator sees every job, others those of the boards they look after."""
    return Job.objects.all() if user.is_superuser else Job.objects.filter(board__in=[one.pk for one in boards_of(user)])


def overview(jobs: QuerySet[Job], user) -> dict[str, Group]:
    """The given jobs by state, in the same number of queries for little and much."""
    failed, running, queued = (jobs.filter(state=state) for state in (State.FAILED, State.RUNNING, State.QUEUED))
    done = jobs.filter(state=State.DONE).order_by("-done_at")[:LATELY]
    groups = {
        State.FAILED: (failed.order_by("-pk")[:SHOWN], failed.count()),
        State.RUNNING: (running.order_by("begun_at")[:FEW], running.count()),
        State.QUEUED: (queued.order_by("pk")[:FEW], queued.count()),
        State.DONE: (done, 0),
    }
    shown = {state: list(found) for state, (found, _count) in groups.items()}
    pieces = iter(_named([job for found in shown.values() for job in found], user))
    return {
        str(state): Group(str(state), count, [next(pieces) for _job in shown[state]])
        for state, (_found, count) in groups.items()
    }


def run_again(jobs: Iterable[Job], *, by) -> int:
    """Those of the jobs that have failed are queued for another eight tries, with a line in the trail; how many."""
    with transaction.atomic():
        moved = [job for job in jobs if queue.retry(job)]
        boards = Board.objects.in_bulk([job.board for job in moved if job.board])
        for job in moved:
            trail.record("jobs.run_again", job, by=by, board=boards.get(job.board), kind=job.kind)
    return len(moved)


def _named(jobs: list[Job], user) -> list[Piece]:
    documents = _by_key(Document.objects.defer("content", "public_content"), jobs, "pdf", "document", "meeting__board")
    rows = _by_key(AgendaRow.objects, jobs, "attach-summary", "row", "meeting__board")
    letters = _by_key(Letter.objects, jobs, "letter", "letter", "board", "person", "user")
    boards = Board.objects.in_bulk([job.board for job in jobs if job.board])
    runs = {board: may(user, "jobs.run_again", found) for board, found in [(None, None), *boards.items()]}
    pieces = []
    for job in jobs:
        piece = Piece(job, handlers.label(job.kind), boards.get(job.board), runs.get(job.board, user.is_superuser))
        if document := documents.get(job.payload.get("document")) if job.kind == "pdf" else None:
            is_public = job.payload.get("variant") == PUBLIC
            said = _("Public PDF of %(document)s") if is_public else _("PDF of %(document)s")
            piece.words = said % {"document": document}
        elif row := rows.get(job.payload.get("row")) if job.kind == "attach-summary" else None:
            piece.words = _("Summary of the remarks as a paper of %(meeting)s") % {"meeting": row.meeting}
        elif letter := letters.get(job.payload.get("letter")) if job.kind == "letter" else None:
            told = {"name": Delivery(letter).name, "kind": Delivery(letter).kind}
            piece.words = _("Mail to %(name)s: %(kind)s") % told
        pieces.append(piece)
    return pieces


def _by_key(rows, jobs: list[Job], kind: str, name: str, *related: str) -> dict:
    keys = [job.payload[name] for job in jobs if job.kind == kind and name in job.payload]
    return rows.select_related(*related).in_bulk(keys)
