"""The demonstration as a test's world: made once for a module, with canaries, and gone when the module is done."""

from types import SimpleNamespace

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from boardroom.demo.seeding import seed
from boards.models import Board, Person
from meetings.models import DeputyCall
from minutes import editing
from minutes.models import Block

MEETINGS = {
    "planned": "46-2027",
    "called": "44-2026",
    "draft": "43-2026",
    "in review": "42-2026",
    "final": "41-2026",
    "approved": "40-2026",
}


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """What the seed told, and the first board with its meetings by state; users the seed has not are added."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = seed(timezone.now(), with_canaries=True)
        world = SimpleNamespace(told=made, board=Board.objects.get(slug="produktradet-stikartet"))
        world.meetings = dict(meetings_by_state(world.board))
        add_users()
        write_twice(world.meetings["draft"])
        call_in_vain(world.meetings["called"])
        yield world
        transaction.set_rollback(True)


def meetings_by_state(board: Board):
    for state, slug in MEETINGS.items():
        yield state, board.meetings.select_related("board").get(sequence=int(slug.split("-")[0]))


def write_twice(meeting) -> None:
    """A block of the draft has an earlier text."""
    block = Block.objects.filter(item__minutes__meeting=meeting, type="text").order_by("item", "order").first()
    written = block.html
    for html in ("<p>Et annet utkast.</p>", written):
        editing.save_block(block, {"html": html}, version=block.version, by=None, at=timezone.now())


def call_in_vain(meeting) -> None:
    """A deputy was called to the meeting and has declined."""
    seats = meeting.board.seats.select_related("person").filter(person__isnull=False)
    deputy, absent = (seats.filter(role=role).first().person for role in ("deputy", "member"))
    at = timezone.now()
    DeputyCall.objects.create(
        meeting=meeting, person=deputy, stands_in_for=absent, called_at=at, ending="declined", ended_at=at
    )


def add_users() -> None:
    """Accounts for seats of the story that have none: a deputy, one who left, one who was shut out, an outsider."""
    for username, name, is_active in [
        ("deputy", "Synne Ødegaard", True),
        ("former", "Hallvard Kleppe", True),
        ("disabled", "Torill Bjørkhaug", False),
        ("outsider", "Tadesse Bekele", True),
    ]:
        user = User.objects.create_user(username, is_active=is_active)
        Person.objects.filter(name=name).update(user=user)
