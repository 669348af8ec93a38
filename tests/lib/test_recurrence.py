from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardroom.lib.recurrence import LAST, Monthly, Weekly, days_of

YEAR = (date(2027, 1, 1), date(2027, 12, 31))
DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))
MONTHLY = st.builds(Monthly, st.integers(0, 6), st.sampled_from([1, 2, 3, 4, LAST]), st.integers(1, 12))
WEEKLY = st.builds(Weekly, DAYS, st.integers(1, 26))
RULES = st.one_of(MONTHLY, WEEKLY)


def test_every_other_third_thursday_passes_over_july_and_december():
    found = days_of(Monthly(weekday=3, place=3, every=2), date(2027, 2, 1), date(2027, 12, 31), frozenset({7, 12}))
    assert found == [date(2027, 2, 18), date(2027, 4, 15), date(2027, 6, 17), date(2027, 8, 19), date(2027, 10, 21)]


def test_a_month_left_out_is_still_counted():
    found = days_of(Monthly(weekday=0, every=2), *YEAR, frozenset({7}))
    assert [day.month for day in found] == [1, 3, 5, 9, 11]


def test_the_last_monday_is_the_fourth_or_the_fifth():
    found = days_of(Monthly(weekday=0, place=LAST), date(2027, 2, 1), date(2027, 3, 31))
    assert found == [date(2027, 2, 22), date(2027, 3, 29)]


def test_weeks_run_on_over_the_turn_of_the_year():
    found = days_of(Weekly(date(2026, 12, 17), 3), date(2027, 1, 1), date(2027, 2, 28))
    assert found == [date(2027, 1, 7), date(2027, 1, 28), date(2027, 2, 18)]


def test_leap_day_is_a_day_like_others():
    assert days_of(Monthly(weekday=1, place=LAST), date(2028, 2, 1), date(2028, 2, 29)) == [date(2028, 2, 29)]


def test_nothing_lies_between_an_end_and_a_later_beginning():
    assert days_of(Monthly(0), date(2027, 5, 2), date(2027, 5, 1)) == []


@given(RULES, DAYS, st.integers(0, 800), st.frozensets(st.integers(1, 12), max_size=6))
def test_days_come_in_order_within_the_span_and_the_months(rule, first, length, without):
    last = first + timedelta(days=length)
    found = days_of(rule, first, last, without)
    assert found == sorted(set(found))
    assert all(first <= day <= last and day.month not in without for day in found)


@given(MONTHLY, DAYS, st.integers(0, 800))
def test_a_monthly_rule_gives_its_own_weekday_once_a_month(rule, first, length):
    found = days_of(rule, first, first + timedelta(days=length))
    assert {day.weekday() for day in found} <= {rule.weekday}
    assert len({(day.year, day.month) for day in found}) == len(found)
    for day in found:
        months = (day.year - first.year) * 12 + day.month - first.month
        assert months % rule.every == 0
        assert (day.day - 1) // 7 + 1 == rule.place or (
            rule.place == LAST and (day + timedelta(days=7)).month != day.month
        )


@given(WEEKLY, DAYS, st.integers(0, 800))
def test_a_weekly_rule_keeps_its_distance(rule, first, length):
    found = days_of(rule, first, first + timedelta(days=length))
    assert all((later - earlier).days == 7 * rule.every for earlier, later in pairwise(found))
    assert all((day - rule.begins).days % (7 * rule.every) == 0 and day >= rule.begins for day in found)


@pytest.mark.parametrize("place", [1, 2, 3, 4, LAST])
@given(st.integers(0, 6), st.integers(2000, 2090))
def test_a_year_has_twelve_of_every_place(place, weekday, year):
    assert len(days_of(Monthly(weekday, place), date(year, 1, 1), date(year, 12, 31))) == 12
