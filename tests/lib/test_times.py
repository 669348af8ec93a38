import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardroom.lib.times import (
    format_range,
    format_time,
    is_double,
    local_moment,
    parse_clock,
    parse_range,
)

T = datetime.time


@pytest.mark.parametrize(
    ("written", "time"),
    [
        ("12.00", T(12)),
        ("12:00", T(12)),
        ("9:05", T(9, 5)),
        ("kl. 13.15", T(13, 15)),
        ("kl 13.55", T(13, 55)),
        ("Kl.13.55", T(13, 55)),
        ("klokken 9", T(9)),
        ("1300", T(13)),
        ("930", T(9, 30)),
        (" 00:00 ", T(0)),
        ("12:00:00", T(12)),
        ("23.59", T(23, 59)),
    ],
)
def test_times_are_read_in_all_norwegian_forms(written, time):
    assert parse_clock(written) == time


@pytest.mark.parametrize(
    "written",
    ["", "25:00", "12:60", "noon", "12", "12.5", "1260", "12,00", "12.00.30", "١٢:٠٠", "kl.", "-1:00", "1" * 5000],
)
def test_what_is_no_time_is_refused_with_a_sentence(written):
    with pytest.raises(ValueError, match=r"\.$"):
        parse_clock(written)


@pytest.mark.parametrize("written", ["24:00", "24.00", "2400", "kl. 24"])
def test_midnight_at_the_end_of_the_day_has_its_own_sentence(written):
    with pytest.raises(ValueError, match=r"00:00.+23:59"):
        parse_clock(written)


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("12:00-15.00", T(12), T(15)),
        ("kl. 1300-1430", T(13), T(14, 30)),
        ("12.00 – 12.05", T(12), T(12, 5)),
        ("kl. 9 til 10", T(9), T(10)),
        ("kl. 9.30 - kl. 10", T(9, 30), T(10)),
        ("10:00", T(10), None),
        ("15.00-12.00", T(15), T(12)),
    ],
)
def test_ranges_are_read(written, start, end):
    assert parse_range(written) == (start, end)


@pytest.mark.parametrize("written", ["", "-", "12.00-", "12.00-13.00-14.00", "12.00-24.00"])
def test_a_broken_range_is_refused(written):
    with pytest.raises(ValueError):
        parse_range(written)


def test_times_print_with_the_separator_of_the_layout():
    assert format_range(T(12), T(12, 5), ".") == "12.00-12.05"
    assert format_range(T(12), T(12, 5), ":") == "12:00-12:05"
    assert format_range(T(13), T(14, 30), "") == "1300-1430"
    assert format_range(T(9), None, ".") == "09.00"
    assert format_range(None, T(9), ".") == ""


@given(st.times().map(lambda time: time.replace(second=0, microsecond=0)), st.sampled_from([".", ":", ""]))
def test_a_printed_time_reads_back(time, separator):
    assert parse_clock(format_time(time, separator)) == time
    assert parse_range(format_range(time, time, separator)) == (time, time)


@given(st.text(max_size=40))
def test_no_text_gives_anything_but_a_time_or_a_sentence(text):
    try:
        assert isinstance(parse_range(text)[0], T)
    except ValueError as refusal:
        assert str(refusal).endswith(".")


def test_a_time_left_out_by_summer_time_is_refused():
    with pytest.raises(ValueError, match=r"02\.30.+29\.03\.2026"):
        local_moment(datetime.date(2026, 3, 29), T(2, 30))
    assert local_moment(datetime.date(2026, 3, 29), T(3, 0)).isoformat() == "2026-03-29T03:00:00+02:00"


def test_the_first_of_two_equal_times_is_taken_in_autumn():
    day = datetime.date(2026, 10, 25)
    assert local_moment(day, T(2, 30)).isoformat() == "2026-10-25T02:30:00+02:00"
    assert is_double(day, T(2, 30))
    assert not is_double(day, T(3, 30))
    assert not is_double(datetime.date(2026, 3, 29), T(2, 30))
