from datetime import date

import pytest

from boardroom.lib.workflow import TransitionRefused
from followups.models import Status, StatusChange
from followups.status import change_status, choices_from, derive
from tests.followups.build import AT, TODAY, follow_up, held_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def promised(board):
    return follow_up(held_meeting(board), actions=("Bestille prøver.", "Legge ut svarene."))


def change(target, after, text="", *, by=None):
    return change_status(target, after, text=text, by=by, on=TODAY, at=AT)


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (["open", "open"], "open"),
        (["done", "open"], "open"),
        (["done", "done"], "done"),
        (["done", "dropped"], "done"),
        (["dropped", "dropped"], "dropped"),
        (["waiting", "open"], "waiting"),
        (["in-progress", "waiting"], "in-progress"),
        (["reported-done", "done"], "reported-done"),
        (["reported-done", "open"], "in-progress"),
        ([], None),
    ],
)
def test_the_state_follows_from_the_actions(states, expected):
    assert derive(states) == expected


def test_actions_are_closed_one_by_one_and_the_last_one_closes_the_follow_up(promised, cast):
    first, second = promised.actions.all()

    change(first, Status.DONE, "Prøvene er tatt.", by=cast.secretary)
    promised.refresh_from_db()
    assert promised.state == Status.OPEN

    change(second, Status.DONE, "Utført, se e-post fra Ola Bakken.", by=cast.secretary)
    promised.refresh_from_db()
    assert promised.state == Status.DONE
    closing = StatusChange.objects.get(action=second)
    assert (closing.changed_on, closing.text, closing.changed_by) == (
        date(2026, 4, 21),
        "Utført, se e-post fra Ola Bakken.",
        cast.secretary,
    )


def test_the_responsible_reports_and_the_board_closes(promised, cast):
    change(promised, Status.IN_PROGRESS, by=cast.member)
    change(promised, Status.REPORTED_DONE, "Ferdig hos oss.", by=cast.member)
    change(promised, Status.DONE, by=cast.secretary)

    whole = promised.changes.filter(action__isnull=True).values_list("before", "after")
    assert list(whole) == [("open", "in-progress"), ("in-progress", "reported-done"), ("reported-done", "done")]


@pytest.mark.parametrize(("start", "after"), [("open", "dropped"), ("done", "open"), ("reported-done", "open")])
def test_dropping_and_reopening_need_a_reason_and_without_one_nothing_changes(board, start, after):
    promised = follow_up(held_meeting(board), state=start)

    with pytest.raises(TransitionRefused):
        change(promised, after, "  ")

    promised.refresh_from_db()
    assert (promised.state, StatusChange.objects.count()) == (start, 0)
    change(promised, after, "Saken kom tilbake.")
    assert promised.state == after


@pytest.mark.parametrize(("start", "after"), [("done", "in-progress"), ("dropped", "done"), ("open", "open")])
def test_a_step_that_is_not_in_the_workflow_is_refused(board, start, after):
    promised = follow_up(held_meeting(board), state=start)
    with pytest.raises(TransitionRefused):
        change(promised, after, "Likevel.")
    assert StatusChange.objects.count() == 0


def test_a_follow_up_without_actions_changes_by_itself(board):
    promised = follow_up(held_meeting(board), actions=())
    change(promised, Status.DONE)
    assert promised.state == Status.DONE


def test_what_is_closed_can_only_be_opened_again():
    assert list(choices_from(Status.DONE)) == [Status.OPEN]
