import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.caseid import (
    CaseNumber,
    Scheme,
    find_all,
    format_number,
    from_slug,
    label_problem,
    parse,
    pattern_problem,
    split_heading,
)

MEETING, YEAR = Scheme.PER_MEETING, Scheme.PER_YEAR

VECTORS = [
    ("3-39/23", MEETING, "3-39/23", None),
    ("10-42/23", MEETING, "10-42/23", None),
    ("Sak 11-36/22: Nasjonale prøver", MEETING, "11-36/22", None),
    ("4/38-23", MEETING, "4-38/23", None),
    ("6/38-23 Veikart for neste år", MEETING, "6-38/23", None),
    ("Sak 4-25/20 Status for planen", MEETING, "4-25/20", None),
    ("ref. sak 6-28/21", MEETING, "6-28/21", None),
    ("Sak 6-39/23 i dagens møte", MEETING, "6-39/23", None),
    ("Sak 7-44/24 i dette møtet", MEETING, "7-44/24", None),
    ("6-44/24 (del 1)", MEETING, "6-44/24", 1),
    ("Sak 6-44/24, del 2", MEETING, "6-44/24", 2),
    ("1-43/24", MEETING, "1-43/24", None),
    ("6-44/24", MEETING, "6-44/24", None),
    ("8-44/24", MEETING, "8-44/24", None),
    ("20/24", YEAR, "20/24", None),
    ("Sak 20/24: Budsjett", YEAR, "20/24", None),
    ("9/21", YEAR, "9/21", None),
    ("Sak 9/21", YEAR, "9/21", None),
    ("(mer info i sak 10/21)", YEAR, "10/21", None),
    ("NUIT-Sak 7-24", MEETING, "NUIT 7/24", None),
]


@pytest.mark.parametrize(("written", "scheme", "normal", "part"), VECTORS)
def test_numbers_of_the_source_documents_are_read(written, scheme, normal, part):
    number = parse(written, scheme)
    assert (number.normal, number.part) == (normal, part)


@pytest.mark.parametrize("item", range(1, 9))
def test_a_bare_number_takes_its_year_from_the_context(item):
    assert parse(str(item), YEAR, year=2021) == CaseNumber("", item, None, 2021)
    assert parse(str(item), MEETING, meeting=39, year=2023) == CaseNumber("", item, 39, 2023)


def test_a_bare_number_without_context_is_not_read():
    assert parse("1", YEAR) is None
    assert parse("1", MEETING, year=2023) is None
    assert parse("3 nye medlemmer", YEAR, year=2021) is None


@pytest.mark.parametrize(
    ("written", "scheme", "normal"),
    [
        ("72/15", YEAR, "72/15"),
        ("009/05", YEAR, "9/05"),
        ("0009/05", YEAR, "9/05"),
        ("01/2016", YEAR, "1/16"),
        ("Sak 1/2009", YEAR, "1/09"),
        ("Sak 2011/38", YEAR, "38/11"),
        ("045-2023", YEAR, "45/23"),
        ("037/04 B", YEAR, "37/04"),
        ("Sak 114 /13", YEAR, "114/13"),
        ("07 – 2022", YEAR, "7/22"),
        ("PS 12/23", YEAR, "PS 12/23"),
        ("KO-10/12", YEAR, "KO 10/12"),
        ("STY 59/11", YEAR, "STY 59/11"),
        ("S-sak 17/05", YEAR, "S 17/05"),
        ("BM 001/10", YEAR, "BM 1/10"),
        ("V-sak 01/3-13", MEETING, "V 1-3/13"),
        ("3\u201139/23", MEETING, "3-39/23"),
        ("3-39/2023", MEETING, "3-39/23"),
        ("Sak\u00a03-39/23", MEETING, "3-39/23"),
        ("12/85", YEAR, "12/85"),
    ],
)
def test_forms_of_other_boards_are_read(written, scheme, normal):
    assert parse(written, scheme).normal == normal


@pytest.mark.parametrize(
    "written",
    [
        "", " ", "0/2026", "../2026", "٣/24", "20/24\n", "2\u202e0/24", "\x00", "9" * 200, "09/805", "16/162-4",
        "2026/1477-1", "2015/4-64/2015", "BU 14/72", "S 7.1/07", "§ 12", "Punkt 3", "Ad 3.", "IV", "68*", "12.03.2021",
        "12/03/2021", "2011/2012", "3-39/23", "septembermøtet", "24. møtet", "Dnr 12", "12:00-15.00",
    ],
)  # fmt: skip
def test_what_is_not_certain_is_not_guessed(written):
    assert parse(written, YEAR) is None


@pytest.mark.parametrize("written", ["3-39/23", "20/24", "PS 12/23", "1", "NUIT-Sak 7-24"])
def test_nothing_is_guessed_for_an_unknown_board(written):
    assert parse(written, None, meeting=39, year=2023) is None


def test_two_numbers_are_not_read_for_a_board_that_numbers_per_meeting():
    assert parse("20/24", MEETING) is None
    assert parse("3-39-23", MEETING) is None
    assert parse("0-39/23", MEETING) is None


def test_a_closed_mark_is_passed_over():
    assert parse("68*", YEAR, year=2024) == CaseNumber("", 68, None, 2024)
    assert parse("V-sak 3", MEETING, meeting=4, year=2013) == CaseNumber("V", 3, 4, 2013)


@pytest.mark.parametrize(
    "written", ["3-39/23\n4", "3\x0039/23", "3-39\u202e/23", "3\u200b-39/23", "3\u2028", "x" * 101]
)
def test_labels_that_cannot_be_shown_safely_have_a_problem(written):
    assert label_problem(written)


@pytest.mark.parametrize("written", ["3-39/23", "4/38-23", "0/2026", "../2026", "٣", "Sak 6-44/24, del 2", "x" * 100])
def test_other_labels_are_kept_as_written(written):
    assert label_problem(written) is None


def test_numbers_sort_by_integers():
    written = ["10-42/23", "9-42/23", "1-43/24", "2-42/23", "6-44/24, del 2", "6-44/24 (del 1)"]
    numbers = sorted((parse(text, MEETING) for text in written), key=lambda number: number.sort_key)
    assert [(number.normal, number.part) for number in numbers] == [
        ("2-42/23", None), ("9-42/23", None), ("10-42/23", None), ("1-43/24", None), ("6-44/24", 1), ("6-44/24", 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "scheme", "number", "rest"),
    [
        ("Sak 11-36/22: Nasjonale prøver", MEETING, "11-36/22", "Nasjonale prøver"),
        ("6/38-23 Veikart", MEETING, "6-38/23", "Veikart"),
        ("Sak 20/24: I dag – og i morgen", YEAR, "20/24", "I dag – og i morgen"),
        ("20/24 I dag", YEAR, "20/24", "I dag"),
        ("20/24 – Budsjett", YEAR, "20/24", "Budsjett"),
        ("Sak 9/21: " + "lang " * 60 + "tittel", YEAR, "9/21", "lang " * 60 + "tittel"),
    ],
)
def test_a_heading_is_split_into_number_and_title(text, scheme, number, rest):
    found, title = split_heading(text, scheme)
    assert (found.normal, title) == (number, rest)


def test_a_heading_without_a_number_stays_whole():
    assert split_heading("Eventuelt 2024", YEAR) == (None, "Eventuelt 2024")


def references(text, scheme, **options):
    return [(text[start:end], number.normal) for start, end, number in find_all(text, scheme, **options)]


def test_references_in_running_text_are_found():
    text = "Se ref. sak 6-28/21, Sak 7-44/24 i dette møtet, 4/38-23 og NUIT-Sak 7-24 (og 6-44/24, del 2)."
    assert references(text, MEETING) == [
        ("6-28/21", "6-28/21"),
        ("7-44/24", "7-44/24"),
        ("4/38-23", "4-38/23"),
        ("NUIT-Sak 7-24", "NUIT 7/24"),
        ("6-44/24, del 2", "6-44/24"),
    ]


def test_running_numbers_need_the_word():
    text = "(mer info i sak 10/21). Til stede under sakene 38/12, 39/12 og 40/12. Ikke 11/21."
    assert references(text, YEAR) == [("10/21", "10/21"), ("38/12", "38/12"), ("39/12", "39/12"), ("40/12", "40/12")]


def test_the_boards_own_prefixes_are_references():
    assert references("Jf. PS 12/23 og ISO 27/19.", YEAR, prefixes=["PS"]) == [("PS 12/23", "PS 12/23")]


@pytest.mark.parametrize("scheme", [MEETING, YEAR, None])
@pytest.mark.parametrize(
    "text",
    [
        "Møtet 12.03.2021 kl. 12.00-12.05 eller 12:00-15.00, 28.-29. august 2024",
        "offl. § 13, jf. fvl. § 13 første ledd nr. 2, LOV-2025-06-20-81",
        "kr 12 500,00, 1/2 stilling, 24/7, 50-60 prosent, 2023/24",
        "Arkivsak 16/162-4 og 2015/4-64/2015, tlf. 22 33 44 55",
        "2024-02-08 og https://example.org/sak/20/24/3-39-23",
    ],
)
def test_other_numbers_are_not_references(text, scheme):
    assert find_all(text, scheme) == []


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("{item}-{meeting}/{yy}", "3-39/23"),
        ("{item}/{yy}", "3/23"),
        ("{item:03}/{yyyy}", "003/2023"),
        ("PS {item}/{yy}", "PS 3/23"),
        ("{roman}", "III"),
        ("V-sak {item:02}/{meeting}-{yy}", "V-sak 03/39-23"),
        ("#{meeting}", "#39"),
    ],
)
def test_numbers_are_written_in_the_boards_pattern(pattern, expected):
    assert format_number(pattern, item=3, meeting=39, year=2023) == expected


def test_a_pattern_with_an_unknown_placeholder_is_refused():
    assert pattern_problem("{item}/{yy}") is None
    assert pattern_problem("{sak}/{yy}")
    with pytest.raises(ValueError):
        format_number("{0}/{yy}", item=1, year=2024)
    with pytest.raises(ValueError):
        format_number("{item}-{meeting}/{yy}", item=1, year=2024)


per_meeting = st.builds(
    CaseNumber, st.sampled_from(["", "V"]), st.integers(1, 999), st.integers(1, 999), st.integers(1900, 2099)
)
per_year = st.builds(
    CaseNumber, st.sampled_from(["", "PS", "NUIT"]), st.integers(1, 1899), st.none(), st.integers(1900, 2099)
)


@given(per_meeting)
def test_a_number_per_meeting_reads_back(number):
    assert parse(number.normal, MEETING) == number
    assert from_slug(number.slug, MEETING) == number
    assert parse(f"{number.item}/{number.meeting}-{number.year}", MEETING).normal.endswith(
        number.normal.removeprefix("V ")
    )


@given(per_year)
def test_a_running_number_reads_back(number):
    assert parse(number.normal, YEAR) == number
    assert from_slug(number.slug, YEAR) == number


@given(st.lists(per_meeting, max_size=8))
def test_sort_order_is_that_of_the_integers(numbers):
    ordered = sorted(numbers, key=lambda number: number.sort_key)
    keys = [(number.year, number.meeting, number.prefix, number.item) for number in ordered]
    assert keys == sorted(keys)


@given(st.text(max_size=120), st.sampled_from([MEETING, YEAR, None]))
def test_no_text_makes_the_parser_fail(text, scheme):
    parse(text, scheme, meeting=1, year=2024)
    label_problem(text)
    for start, end, _number in find_all(text, scheme):
        assert 0 <= start < end <= len(text)
