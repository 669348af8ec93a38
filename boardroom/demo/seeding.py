"""Makes the whole demonstration at once, and says what it made."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from accounts.models import User
from boardroom.demo import people, reminding
from boardroom.demo.play import Play
from boardroom.demo.story import CANARIES, STORIES, Clock, made_up_words, read
from boardroom.demo.year import plan_year
from boards.models import Board, Seat
from jobs.models import Job
from mail.models import Letter

MAILS = ("letter", "review-mail")


def seed(now: datetime, *, seed: int = 1, with_canaries: bool = False, with_passwords: bool = False) -> dict:
    """All boards of the demonstration stand, or nothing does. Its PDFs wait in the job table; its mails are never sent.

    Returns the object that `seed_demo --json` prints (reliability.md 6.1).
    """
    words = made_up_words(seed) if with_canaries else {}
    with transaction.atomic():
        passwords = people.make_users(with_passwords)
        for name in STORIES:
            clock = Clock(now)
            story = read(name, clock, words)
            board = people.make_board(story, clock)
            Play(board, clock, by=secretary_of(board)).run(story)
            plan_year(board, story, clock, by=secretary_of(board))
            people.invite(board, story.get("invited", []), by=secretary_of(board), now=now)
        reminding.remind({board: secretary_of(board) for board in Board.objects.all()}, now)
        Job.objects.filter(kind__in=MAILS).delete()
        Letter.objects.filter(state=Letter.State.WAITING).update(state=Letter.State.SENT, sent_at=F("made_at"))
    return told(seed, passwords, words)


def secretary_of(board: Board) -> User:
    return User.objects.get(person__seats__board=board, person__seats__role=Seat.Role.SECRETARY)


def told(seed: int, passwords: dict[str, str], words: dict[str, str]) -> dict:
    return {
        "seed": seed,
        "users": [
            {"role": people.ROLES[username][3], "username": username, "password": password}
            for username, password in passwords.items()
        ],
        "boards": [
            {"slug": board.slug, "meetings": list(board.meetings.order_by("first_day").values("slug", "state"))}
            for board in Board.objects.order_by("pk")
        ],
        "canaries": [
            {"word": word, "where": CANARIES[name][0], "lowest_role": CANARIES[name][1]} for name, word in words.items()
        ],
    }
