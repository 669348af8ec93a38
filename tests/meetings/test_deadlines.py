"""Deadlines of a meeting, counted in working days."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from boardroom.lib.workdays import is_working_day, working_days_between
from boards.models import Board
from meetings.deadlines import deadlines

DAYS = st.dates(date(2000, 1, 1), date(2050, 12, 31))
FEW = st.integers(0, 30)


def test_deadlines_stand_so_many_working_days_from_the_meeting():
    found = deadlines(Board(), date(2026, 4, 20))
    assert (found.call, found.papers) == (date(2026, 4, 9), date(2026, 4, 13))
    assert (found.draft, found.review, found.final) == (date(2026, 4, 22), date(2026, 4, 29), date(2026, 5, 5))


def test_easter_moves_the_call_a_week_ahead():
    found = deadlines(Board(call_days=7, papers_days=3), date(2026, 4, 8))
    assert (found.call, found.papers) == (date(2026, 3, 25), date(2026, 3, 31))


def test_the_draft_is_counted_from_the_last_day():
    assert deadlines(Board(), date(2026, 8, 27), date(2026, 8, 28)).draft == date(2026, 9, 1)


def test_the_deadline_that_was_given_holds():
    found = deadlines(Board(), date(2026, 3, 25), review=date(2026, 4, 10))
    assert (found.review, found.final) == (date(2026, 4, 10), date(2026, 4, 15))


def test_a_draft_that_went_out_late_moves_what_comes_after():
    found = deadlines(Board(), date(2026, 3, 2), sent=date(2026, 3, 20))
    assert (found.draft, found.review) == (date(2026, 3, 4), date(2026, 3, 27))


@given(DAYS, FEW, FEW, FEW, FEW)
def test_deadlines_come_in_order_and_on_working_days(day, call, papers, draft, final):
    board = Board(call_days=call, papers_days=papers, draft_days=draft, final_days=final)
    found = deadlines(board, day)
    assert max(found.call, found.papers) <= day <= found.draft <= found.review <= found.final
    assert all(map(is_working_day, (found.call, found.papers, found.draft, found.final)))
    if is_working_day(day):
        assert working_days_between(found.call, day) == call
