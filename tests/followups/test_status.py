from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connections

from boardroom.lib.workflow import TransitionRefused
from followups.carrying.carry import carry
from followups.models import Action, FollowUp, Report, Status, StatusChange
from followups.resolutions import save_report
from followups.status import change_status, choices_from, derive, standing, take_back
from meetings.models import Meeting
from tests.followups.build import AT, TODAY, coming_meeting, follow_up, held_meeting

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


@pytest.fixture
def june(promised, board, cast):
    """A meeting to come, with words for the follow-up."""
    meeting = coming_meeting(board)
    carry(board, at=AT)
    words = {"resolution": "<p>Svarene ligger ute.</p>", "waits_for": "fastlegen", "kind": Report.Kind.WAITS}
    save_report(Report.objects.get(), words, version=None, by=cast.secretary, at=AT)
    return meeting


@pytest.mark.parametrize("way", ["opened again", "taken back"])
def test_words_prepared_for_a_meeting_to_come_outlive_a_closing(way, promised, board, june):
    """They go to the meeting that is the next by then."""
    change(promised, Status.DONE)
    assert not Report.objects.exists()
    may = coming_meeting(board, date(2026, 5, 11), 43)
    fresh = FollowUp.objects.get()
    if way == "opened again":
        change(fresh, Status.OPEN, "Likevel ikke.")
    else:
        take_back(standing(fresh), reason="Feil.", by=None, on=TODAY, at=AT)
    carry(board, at=AT)
    report = Report.objects.get()
    assert (report.meeting, report.resolution) == (may, "<p>Svarene ligger ute.</p>")
    assert (report.waits_for, report.kind, report.title) == ("fastlegen", Report.Kind.WAITS, promised.title)
    assert report.row.meeting == may


def test_no_words_are_put_on_an_agenda_that_was_sent_meanwhile(promised, june):
    change(promised, Status.DONE)
    Meeting.objects.filter(pk=june.pk).update(state=Meeting.State.CALLED, numbers_fixed_at=AT)
    change(FollowUp.objects.get(), Status.OPEN, "Likevel ikke.")
    assert not Report.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_close_the_last_two_actions_at_once_close_the_follow_up(promised):
    gate = Barrier(2)

    def close(action):
        gate.wait(10)
        try:
            change(Action.objects.select_related("follow_up__board").get(pk=action), Status.DONE)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(close, promised.actions.values_list("pk", flat=True)))
    promised.refresh_from_db()
    assert promised.state == Status.DONE
