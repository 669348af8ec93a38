from datetime import date

import pytest
from django.utils import translation

from boardroom.lib.public_holidays import holiday_name, meeting_doubt


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2027, 5, 17), "Constitution Day, Whit Monday"),
        (date(2026, 5, 14), "Ascension Day"),
        (date(2026, 12, 26), "Boxing Day"),
        (date(2026, 12, 24), ""),
        (date(2026, 6, 3), ""),
    ],
)
def test_holidays_are_named_also_where_two_fall_together(day, name):
    assert holiday_name(day) == name


@pytest.mark.parametrize(
    ("day", "doubt"),
    [
        (date(2026, 4, 2), "Maundy Thursday is a public holiday."),
        (date(2026, 3, 31), "The day is in the week before Easter."),
        (date(2026, 4, 7), ""),
        (date(2026, 3, 28), "The day is a Saturday."),
        (date(2026, 12, 30), "The day is between Christmas and New Year."),
        (date(2026, 11, 25), ""),
    ],
)
def test_days_a_board_seldom_meets_are_doubted(day, doubt):
    assert meeting_doubt(day) == doubt
