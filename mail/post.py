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
        queue.enqueue("letter", f"letter:{letter.pk}", {"letter": letter.pk}, board=letter.board_id)
    return letter


def known(keys: list[str]) -> set[str]:
    """Those of the keys of which there is a letter."""
    return set(Letter.objects.filter(key__in=keys).values_list("key", flat=True))


def send_many(letters: list[Letter], *, run_after: datetime) -> None:
    """Each of the letters, made with its key and not saved, is on its way from then on; a key that is known is left alone.

    The statements do not grow with the letters.
    """
    keys = [letter.key for letter in letters]
    before = known(keys)
    fresh = [letter for letter in letters if letter.key not in before]
    Letter.objects.bulk_create(fresh, ignore_conflicts=True)
    made = Letter.objects.filter(key__in=[letter.key for letter in fresh]).values_list("pk", flat=True)
    queue.enqueue_many("letter", {f"letter:{pk}": {"letter": pk} for pk in made}, run_after=run_after)


def send_again(letter: Letter, *, by) -> bool:
    """The letter is on its way now, alone; a copy that did arrive can be recognised by its Message-ID.

    One that waits for its next attempt is tried at once. False, and nothing changed, where it is being sent.
    """
    settled = [State.SENT, State.REFUSED, State.RETURNED, State.DROPPED]
    rows = Letter.objects.filter(pk=letter.pk)
    fresh = {"state": State.WAITING, "problem": "", "tries_at": None}
    alone = rows.filter(state=State.GATHERED, inside=None)
    if rows.filter(state=State.WAITING, tries_at__isnull=False).update(**fresh):
        queue.enqueue("letter", _job(letter, letter.again), {"letter": letter.pk}, again=True, board=letter.board_id)
    elif (rows.filter(state__in=settled) | alone).update(**fresh, inside=None, again=letter.again + 1):
        queue.enqueue("letter", _job(letter, letter.again + 1), {"letter": letter.pk}, board=letter.board_id)
    else:
        return False
    trail.record("mail.send_again", letter, by=by, board=letter.board, kind=letter.kind)
    return True


def _job(letter: Letter, again: int) -> str:
    return f"letter:{letter.pk}:{again}" if again else f"letter:{letter.pk}"
