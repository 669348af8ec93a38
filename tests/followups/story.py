"""What the processes of test_carry_kills are told to do, on a database of their own: `python -m tests.followups.story`."""

import sys
from datetime import timedelta

import django


def make(slug: str, count: str) -> None:
    """A board with so many open follow-ups of a held meeting, and a next meeting."""
    from django.utils import timezone

    from followups.models import Action, FollowUp
    from tests import factories
    from tests.followups.build import coming_meeting, held_meeting

    today = timezone.localdate()
    board = factories.make_board(slug, name=slug)
    held = held_meeting(board, today - timedelta(days=3))
    coming_meeting(board, today + timedelta(days=30))
    promised = [
        FollowUp(board=board, title=f"Oppgave {number}", source_meeting=held, source_label="3-41/26")
        for number in range(int(count))
    ]
    made = FollowUp.objects.bulk_create(promised)
    Action.objects.bulk_create(Action(follow_up=one, text="Legge ut prøvene.") for one in made)


def ask(slug: str, *keys: str) -> None:
    """A job to carry the board for each key."""
    from django.db import transaction

    from boards.models import Board
    from jobs.queue import enqueue

    with transaction.atomic():
        for key in keys:
            enqueue("carry", f"{slug}:{key}", {"board": Board.objects.get(slug=slug).pk})


if __name__ == "__main__":
    django.setup()
    {"make": make, "ask": ask}[sys.argv[1]](*sys.argv[2:])
