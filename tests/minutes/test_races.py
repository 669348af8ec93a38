"""Several people at once on one case: nothing is lost, and the order stays 1..n (F18, F19)."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from minutes import editing
from minutes.models import Block
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
HTMX = {"HX-Request": "true"}


@pytest.fixture
def case(board):
    meeting = factories.make_meeting(board)
    return factories.make_item(factories.make_minutes(meeting), factories.make_row(meeting, item=1))


def together(acts) -> list[BaseException]:
    """Every act in a thread of its own, started at the same moment; what they raised."""
    raised: list[BaseException] = []
    start = threading.Barrier(len(acts))

    def run(act) -> None:
        start.wait()
        try:
            act()
        except BaseException as problem:
            raised.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_of_all_who_save_one_version_one_wins_and_the_others_are_told(case):
    block = factories.make_block(case, "<p>Start</p>")

    def save(number: int):
        mine = Block.objects.select_related("item__minutes__meeting__board").get(pk=block.pk)
        return lambda: editing.save_block(mine, {"html": f"<p>{number}</p>"}, version=1, by=None, at=timezone.now())

    raised = together([save(number) for number in range(6)])

    assert [type(problem) for problem in raised] == [editing.EditConflict] * 5
    block.refresh_from_db()
    assert block.version == 2
    assert {problem.theirs for problem in raised} == {block.html}


def test_moves_and_new_blocks_at_once_leave_every_block_in_one_order(case):
    blocks = [factories.make_block(case, f"<p>{number}</p>") for number in range(4)]
    acts = [lambda block=block: editing.move_block(block, editing.DOWN, by=None) for block in blocks]
    acts += [lambda: editing.add_block(case, "text", by=None, after=blocks[0])] * 2

    assert together(acts) == []
    assert [block.order for block in case.blocks.all()] == [1, 2, 3, 4, 5, 6]


ROUNDS = 100


def test_a_hundred_rounds_of_two_in_one_block_are_a_hundred_conflicts_shown_and_no_text_lost(case):
    """B9, over HTTP: both send at the same moment; one is saved, the other is answered with both texts."""
    block = factories.make_block(case, "<p>Start</p>")
    address = f"{case.minutes.get_absolute_url()}blocks/{block.pk}/"
    clients = [second_secretary(case.minutes.meeting.board, name) for name in ("en", "to")]
    sent, shown = [], 0
    for number in range(ROUNDS):
        version = Block.objects.values_list("version", flat=True).get(pk=block.pk)
        texts = [f"<p>Runde {number} {name}</p>" for name in ("en", "to")]
        answers: dict[int, object] = {}

        def save(one, texts=texts, version=version, answers=answers) -> None:
            answers[one] = clients[one].post(f"{address}edit/", {"version": version, "html": texts[one]}, headers=HTMX)

        assert together([lambda: save(0), lambda: save(1)]) == []
        refused = [one for one, answer in answers.items() if answer.status_code == 409]
        assert len(refused) == 1, [answer.status_code for answer in answers.values()]
        page = answers[refused[0]].content.decode()
        shown += "conflict-texts" in page and "<del>" in page and "<ins>" in page
        chosen = {"version": version + 1, "base": version, "html": texts[refused[0]], "choice": "mine"}
        assert clients[refused[0]].post(f"{address}choose/", chosen, headers=HTMX).status_code == 200
        sent += texts

    kept = {Block.objects.get(pk=block.pk).html, *block.revisions.values_list("html", flat=True)}
    assert shown == ROUNDS
    assert set(sent) <= kept


def second_secretary(board, username: str) -> Client:
    user = factories.make_user(username, language="en")
    factories.make_seat(board, factories.make_person(username.title(), user=user), "secretary")
    client = Client()
    client.force_login(user)
    return client
