import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardroom.lib.dates import (
    date_doubt,
    format_date,
    format_dates,
    parse_compact_date,
    parse_date,
    short_date,
    weekday_name,
)

D = datetime.date


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("21.04.21", D(2021, 4, 21)),
        ("12.03.2021", D(2021, 3, 12)),
        ("5.3.2021", D(2021, 3, 5)),
        ("8. februar 2024", D(2024, 2, 8)),
        ("09. februar 2023", D(2023, 2, 9)),
        ("8 February 2024", D(2024, 2, 8)),
        ("torsdag 20. april 2023", D(2023, 4, 20)),
        ("måndag, 3. juni 2024", D(2024, 6, 3)),
        ("2024-02-08", D(2024, 2, 8)),
        ("1. mai 99", D(1999, 5, 1)),
        ("29.02.2024", D(2024, 2, 29)),
    ],
)
def test_dates_are_read_in_all_norwegian_forms(written, date):
    assert parse_date(written) == date


def test_a_date_without_year_takes_the_given_one():
    assert parse_date("11. april", year=2024) == D(2024, 4, 11)
    assert parse_date("11.4.", year=2024) == D(2024, 4, 11)
    with pytest.raises(ValueError, match=r"11\. april"):
        parse_date("11. april")


@pytest.mark.parametrize("written", ["29.02.2027", "31. februar 2024", "2023-02-29"])
def test_a_day_that_does_not_exist_is_named(written):
    with pytest.raises(ValueError, match=r"(29|31).+[Ff]ebr.+20"):
        parse_date(written)


@pytest.mark.parametrize(
    "written",
    ["", "31.04.", "2026-13-01", "01.01.1", "01.01.9999", "0.1.2024", "1.0.2024", "i går", "20/4-23",
     "210215", "٢٠.04.23", "1" * 5000],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_a_sentence(written):
    with pytest.raises(ValueError, match=r"\.$"):
        parse_date(written)


@pytest.mark.parametrize(
    ("written", "date"),
    [("210215", D(2021, 2, 15)), ("23022021", D(2021, 2, 23)), ("20210212", D(2021, 2, 12))],
)
def test_dates_of_file_names_are_read(written, date):
    assert parse_compact_date(written) == date


def test_digits_that_are_no_date_are_refused():
    with pytest.raises(ValueError):
        parse_compact_date("219915")
    with pytest.raises(ValueError):
        parse_compact_date("2102")


def test_a_date_far_away_is_asked_about():
    today = D(2026, 1, 1)
    assert date_doubt(D(2027, 1, 1), today) is None
    assert date_doubt(D(2049, 1, 1), today)
    assert date_doubt(D(1926, 1, 1), today)


def test_dates_print_in_the_language_of_the_document():
    day = D(2023, 4, 20)
    assert [format_date(day, language) for language in ("nb", "nn", "en")] == [
        "20. april 2023",
        "20. april 2023",
        "20 April 2023",
    ]
    assert short_date(day) == "20.04.23"
    assert [weekday_name(D(2023, 4, 18), language) for language in ("nb", "nn", "en")] == [
        "tirsdag",
        "tysdag",
        "Tuesday",
    ]


@pytest.mark.parametrize(
    ("dates", "language", "printed"),
    [
        ([D(2024, 8, 28), D(2024, 8, 29)], "nb", "28. – 29. august 2024"),
        ([D(2024, 8, 29), D(2024, 8, 28), D(2024, 8, 28)], "en", "28 – 29 August 2024"),
        ([D(2024, 4, 30), D(2024, 5, 1)], "nb", "30. april – 1. mai 2024"),
        ([D(2024, 12, 31), D(2025, 1, 1)], "nn", "31. desember 2024 – 1. januar 2025"),
        ([D(2024, 8, 28)], "nb", "28. august 2024"),
        ([], "nb", ""),
    ],
)
def test_a_range_names_its_month_once(dates, language, printed):
    assert format_dates(dates, language) == printed


@given(st.dates(D(1951, 1, 1), D(2050, 12, 31)), st.sampled_from(["nb", "nn", "en"]))
def test_a_printed_date_reads_back(date, language):
    assert parse_date(format_date(date, language)) == date
    assert parse_date(short_date(date)) == date
    assert parse_date(date.isoformat()) == date


@given(st.text(max_size=40))
def test_no_text_gives_anything_but_a_date_or_a_sentence(text):
    try:
        assert isinstance(parse_date(text), D)
    except ValueError as refusal:
        assert str(refusal).endswith(".")
