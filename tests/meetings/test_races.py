"""Two at once: case numbers are given once, and one of two callers wins (R24)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection, connections

from boardroom.lib.workflow import TransitionRefused
from boards.models import Board
from meetings import agenda, planning, workflow
from meetings.models import AgendaRow, GivenNumber, Meeting
from tests import factories
from tests.meetings.test_agenda import NOW

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Each act's result, or the exception it ended with, all begun at the same moment."""
    barrier = Barrier(len(acts))

    def run(act):
        barrier.wait(timeout=10)
        try:
            return act()
        except Exception as fault:
            return fault
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture
def running_board(cast):
    return factories.make_board("arsradet", scheme=Board.Scheme.PER_YEAR, case_pattern="{item}/{yy}")


def test_two_meetings_called_at_once_share_no_number(cast, running_board):
    meetings = [planning.create_next_meeting(running_board, date(2026, 3, day), by=cast.secretary) for day in (2, 3)]
    for meeting in meetings:
        for title in ("En", "To", "Tre"):
            agenda.add_row(meeting, by=cast.secretary, title=title)
    results = at_once(
        *(
            lambda one=meeting: workflow.call(Meeting.objects.get(pk=one.pk), by=cast.secretary, at=NOW)
            for meeting in meetings
        )
    )
    labels = sorted(AgendaRow.objects.filter(meeting__in=meetings).values_list("label", flat=True))
    assert results == [None, None]
    assert labels == [f"{item}/26" for item in range(1, 7)]
    assert GivenNumber.objects.count() == 6


def test_one_call_of_two_wins(cast):
    meeting = planning.create_next_meeting(cast.board, date(2026, 3, 2), by=cast.secretary)
    agenda.add_row(meeting, by=cast.secretary, title="En")
    call = lambda: workflow.call(Meeting.objects.get(pk=meeting.pk), by=cast.secretary, at=NOW)  # noqa: E731
    results = at_once(call, call)
    assert sorted(type(result).__name__ for result in results) == ["NoneType", "TransitionRefused"]
    assert isinstance(next(result for result in results if result), TransitionRefused)
    assert GivenNumber.objects.count() == 1


def test_late_cases_added_at_once_get_numbers_of_their_own(cast):
    meeting = planning.create_next_meeting(cast.board, date(2026, 3, 2), by=cast.secretary)
    agenda.add_row(meeting, by=cast.secretary, title="En")
    workflow.call(meeting, by=cast.secretary, at=NOW)
    add = lambda title: agenda.add_row(Meeting.objects.get(pk=meeting.pk), by=cast.secretary, title=title)  # noqa: E731
    results = at_once(lambda: add("To"), lambda: add("Tre"), lambda: add("Fire"))
    assert all(isinstance(result, AgendaRow) for result in results), (connection.vendor, results)
    assert sorted(GivenNumber.objects.values_list("item", flat=True)) == [1, 2, 3, 4]
    assert len(set(meeting.agenda_rows.values_list("label", flat=True))) == 4
