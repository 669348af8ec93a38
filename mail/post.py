"""Handing letters in: one row and one job for each person and occasion, however often it is asked for."""

from datetime import datetime

from audit import trail
from boards.models import Board, Person
from jobs import queue
from mail.models import Letter

State = Letter.State


def send(
    kind: str, key: str, *, at: datetime, person: Person | None = None, user=None, board: Board | None = None,
    about: int | None = None,
) -> Letter:  # fmt: skip
    """A letter of this kind is on its way to the person (or the account). The same key is the same letter."""
    letter, is_new = Letter.objects.get_or_create(
        key=key, defaults={"kind": kind, "person": person, "user": user, "board": board, "about": about, "made_at": at}
    )
    if is_new:
        queue.enqueue("letter", f"letter:{letter.pk}", {"letter": letter.pk})
    return letter


def send_again(letter: Letter, *, by) -> None:
    """The letter is on its way once more; a copy that did arrive can be recognised by its Message-ID.

    One that is on its way already stays so.
    """
    settled = Letter.objects.filter(pk=letter.pk, state__in=[State.SENT, State.REFUSED, State.RETURNED, State.DROPPED])
    if not settled.update(state=State.WAITING, problem="", again=letter.again + 1):
        return
    queue.enqueue("letter", f"letter:{letter.pk}:{letter.again + 1}", {"letter": letter.pk})
    trail.record("mail.send_again", letter, by=by, board=letter.board, kind=letter.kind)
