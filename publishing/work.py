"""Jobs as a secretary sees them: in plain words, and only those of the boards the user may look after (reliability.md 3.2)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from boards.models import Board
from boards.roles import may
from jobs.models import Job
from mail.models import Letter
from mail.overview import Delivery
from meetings.models import AgendaRow
from publishing.models import Document

SHOWN = 200
State = Job.State


@dataclass
class Piece:
    """One job in words, with the board it belongs to (None: the installation)."""

    job: Job
    words: str
    board: Board | None
    may_run_again: bool = False


def may_look(user) -> bool:
    """Administrators, and whoever looks after the jobs of a board."""
    return user.is_superuser or any(may(user, "jobs.read", board) for board in Board.objects.visible_to(user))


def may_run_again(user, piece: Piece) -> bool:
    return may(user, "jobs.run_again", piece.board)


def overview(user) -> dict[str, list[Piece]]:
    """Failed, running and waiting work that the user may see, the same number of queries for little and much."""
    undone = Job.objects.exclude(state=State.DONE).order_by("pk")
    pieces = _named(undone.filter(Q(state=State.FAILED) | Q(state__in=[State.RUNNING, State.QUEUED]))[:SHOWN], user)
    for piece in pieces:
        piece.may_run_again = piece.job.state == State.FAILED and may_run_again(user, piece)
    return {state: [one for one in pieces if one.job.state == state] for state in ("failed", "running", "queued")}


def find(pk: int, user) -> Piece | None:
    """The job, for a user who may see it."""
    return next(iter(_named(Job.objects.filter(pk=pk), user)), None)


def _named(jobs: Iterable[Job], user) -> list[Piece]:
    jobs = list(jobs)
    documents = _by_key(Document.objects.defer("content", "public_content"), jobs, "pdf", "document", "meeting")
    rows = _by_key(AgendaRow.objects, jobs, "attach-summary", "row", "meeting__board")
    letters = _by_key(Letter.objects, jobs, "letter", "letter", "board", "person", "user")
    boards = Board.objects.in_bulk([job.payload["board"] for job in jobs if job.payload.get("board")])
    pieces = []
    for job in jobs:
        if job.kind == "pdf" and (document := documents.get(job.payload.get("document"))):
            pieces.append(Piece(job, _("PDF of %(document)s") % {"document": document}, document.board))
        elif job.kind == "attach-summary" and (row := rows.get(job.payload.get("row"))):
            words = _("Summary of the remarks as a paper of %(meeting)s") % {"meeting": row.meeting}
            pieces.append(Piece(job, words, row.meeting.board))
        elif job.kind == "letter" and (letter := letters.get(job.payload.get("letter"))):
            told = {"name": Delivery(letter).name, "kind": Delivery(letter).kind}
            pieces.append(Piece(job, _("Mail to %(name)s: %(kind)s") % told, letter.board))
        elif job.kind == "carry" and (board := boards.get(job.payload.get("board"))):
            pieces.append(Piece(job, _("Follow-ups of %(board)s carried on") % {"board": board}, board))
        else:
            pieces.append(Piece(job, job.kind, None))
    return [piece for piece in pieces if may(user, "jobs.read", piece.board)]


def _by_key(rows, jobs: list[Job], kind: str, name: str, *related: str) -> dict:
    keys = [job.payload[name] for job in jobs if job.kind == kind and name in job.payload]
    board = () if any("board" in path for path in related) else ("board", "meeting__board")
    return rows.select_related(*related, *board).in_bulk(keys)
