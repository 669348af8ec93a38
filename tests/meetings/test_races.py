"""Two at once: case numbers are given once, and one of two callers wins (R24)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, time
from threading import Barrier

import pytest
from django.db import connection, connections

from audit.models import Entry
from boardroom.lib.workflow import TransitionRefused
from boards.models import Board
from meetings import agenda, attendance, planning, presses, undoing, workflow
from meetings.models import AgendaRow, Attendance, GivenNumber, Meeting
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


EDITORS, SAVES, REORDERS = 8, 50, 100


def test_eight_editors_and_a_hundred_reorders_lose_no_text_and_leave_one_order(cast):
    """B9: everybody writes in a row of their own while somebody else moves the rows about."""
    meeting = planning.create_next_meeting(cast.board, date(2026, 3, 2), by=cast.secretary)
    rows = [agenda.add_row(meeting, by=cast.secretary, title=f"Sak {number}") for number in range(EDITORS)]

    def write(row):
        row, told = AgendaRow.objects.select_related("meeting__board").get(pk=row.pk), []
        for number in range(SAVES):
            row = agenda.change_row(row, by=None, version=row.version, title=f"Sak {row.pk}, lagring {number}")
            told.append(row.title)
        return told

    def move():
        for number in range(REORDERS):
            row = AgendaRow.objects.select_related("meeting__board").get(pk=rows[number % EDITORS].pk)
            agenda.move_by(row, (-3, 1, 4, -1)[number % 4], by=None)

    results = at_once(*(lambda row=row: write(row) for row in rows), move)

    assert [result for result in results if isinstance(result, Exception)] == []
    stored = list(AgendaRow.objects.filter(meeting=meeting).order_by("order"))
    assert [row.order for row in stored] == list(range(1, len(stored) + 1))
    for row in rows:
        assert AgendaRow.objects.get(pk=row.pk).title == f"Sak {row.pk}, lagring {SAVES - 1}"
        changes = Entry.objects.about(row).filter(act="meetings.change_row").count()
        assert changes == SAVES


def test_presses_of_one_person_at_once_leave_each_interval_once(cast):
    meeting = factories.make_meeting(cast.board, state="called")
    one = factories.make_attendance(meeting, cast.member.person)

    def leave():
        mine = Attendance.objects.select_related("meeting").get(pk=one.pk)
        return lambda: presses.leave(mine, time(11, 0), by=None)

    assert not [found for found in at_once(*[leave() for _ in range(4)]) if isinstance(found, Exception)]
    assert [stay.end for stay in attendance.stays_of(Attendance.objects.get(pk=one.pk))] == [time(11, 0)]


def test_a_removed_row_is_put_back_once_however_many_press(cast):
    meeting = factories.make_meeting(cast.board, state="planned")
    row = agenda.add_row(meeting, by=cast.secretary, title="Budsjett")
    row.meeting = meeting
    picture = undoing.picture(row)
    agenda.remove_row(row, by=cast.secretary)
    found = at_once(*[lambda: undoing.put_back(Meeting.objects.get(pk=meeting.pk), picture, by=None)] * 4)
    assert sorted(type(one).__name__ for one in found) == ["AgendaRow", *["TransitionRefused"] * 3]
    assert meeting.agenda_rows.count() == 1
