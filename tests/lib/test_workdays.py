"""Working days: no weekend, no public holiday, and counting there and back."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardroom.lib.workdays import (
    is_working_day,
    next_working_days,
    working_days_after,
    working_days_before,
    working_days_between,
)

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
WORKING = DAYS.filter(is_working_day)
COUNTS = st.integers(0, 60)
FIXED = [(1, 1), (5, 1), (5, 17), (12, 25), (12, 26)]
FROM_EASTER = {"Maundy Thursday": -3, "Good Friday": -2, "Easter Monday": 1, "Ascension": 39, "Whit Monday": 50}


def easter(year: int) -> date:
    """Easter Sunday by the anonymous Gregorian rule, written out here so that the product is not tested by itself."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * i) // 451
    month, day = divmod(h + i - 7 * m + 114, 31)
    return date(year, month, day + 1)


@given(st.integers(1990, 2060))
def test_no_public_holiday_is_a_working_day(year):
    assert [(month, day) for month, day in FIXED if is_working_day(date(year, month, day))] == []
    found = {name for name, days in FROM_EASTER.items() if is_working_day(easter(year) + timedelta(days=days))}
    assert found == set()


@given(DAYS)
def test_no_weekend_is_a_working_day(day):
    assert not (is_working_day(day) and day.weekday() >= 5)


@pytest.mark.parametrize("day", [date(2026, 12, 24), date(2026, 12, 31), date(2026, 4, 1)])
def test_eves_and_the_wednesday_before_easter_are_working_days(day):
    assert is_working_day(day)


@given(WORKING, COUNTS)
def test_counting_forth_and_back_comes_home(day, n):
    assert working_days_before(working_days_after(day, n), n) == day
    assert working_days_after(working_days_before(day, n), n) == day
    assert working_days_between(day, working_days_after(day, n)) == n


@given(DAYS, COUNTS)
def test_a_deadline_is_always_a_working_day(day, n):
    assert is_working_day(working_days_after(day, n))
    assert is_working_day(working_days_before(day, n))


@given(DAYS, st.integers(0, 30), COUNTS)
def test_a_later_day_never_has_an_earlier_deadline(day, later, n):
    other = day + timedelta(days=later)
    assert working_days_after(day, n) <= working_days_after(other, n)
    assert working_days_before(day, n) <= working_days_before(other, n)
    assert working_days_after(day, n + 1) < working_days_after(day, n + 2)


@given(DAYS, DAYS)
def test_the_way_back_is_as_long_with_the_other_sign(a, b):
    assert working_days_between(a, b) == -working_days_between(b, a)


@given(DAYS, st.integers(1, 15))
def test_the_coming_days_follow_one_another(day, n):
    days = next_working_days(day, n)
    assert len(days) == n
    assert days[0] >= day
    assert [working_days_between(one, two) for one, two in itertools.pairwise(days)] == [1] * (n - 1)


def test_easter_is_left_out_of_the_count():
    assert working_days_before(date(2026, 4, 8), 3) == date(2026, 3, 31)
    assert next_working_days(date(2026, 4, 1), 3) == [date(2026, 4, 1), date(2026, 4, 7), date(2026, 4, 8)]


def test_a_count_below_nothing_is_refused():
    with pytest.raises(ValueError):
        working_days_after(date(2026, 4, 8), -1)
