import pytest

from boardroom.lib.text import is_blank, normal, text_problem, without_bidi


@pytest.mark.parametrize("text", ["", " ", "\u00a0", "\u200b\u200b\u200b", "\ufeff", "\t\n", "\u3164"])
def test_text_that_shows_nothing_is_blank(text):
    assert is_blank(text)


def test_text_that_shows_something_is_not_blank():
    assert not is_blank("\u200bx")


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x85", "\ud800", "\ufffe", "\U0001ffff"])
@pytest.mark.parametrize("multiline", [True, False])
def test_a_character_that_cannot_be_stored_is_named_with_its_place(character, multiline):
    assert "12" in text_problem(f"hei, verden{character}!", multiline=multiline)


@pytest.mark.parametrize("character", ["\n", "\r\n", "\t", "\u2028", "\u202e", "\u2066", "\U000e0041"])
def test_a_line_refuses_what_long_text_keeps(character):
    assert text_problem(f"a{character}b", multiline=False)
    assert text_problem(f"a{character}b", multiline=True) is None


@pytest.mark.parametrize("text", ["Møte «nr. 3» – æøå", "Čáhppes Đ ŋ", "👩‍👧", "نمی‌خواهم", "", "x" * 300])
def test_ordinary_text_has_no_problem(text):
    assert text_problem(text, multiline=False) is None


def test_text_that_is_too_long_is_told_its_length():
    assert text_problem("x" * 100_000, multiline=False) == (
        "The text has 100\u00a0000 characters; at most 300 are possible."
    )
    assert text_problem("x" * 200_001, multiline=True)
    assert text_problem("xx", multiline=True, maximum=1)


def test_text_is_kept_composed_with_line_feeds():
    assert normal("Møte A\u030al\r\nb\rc") == "Møte Ål\nb\nc"


def test_direction_marks_are_counted_as_they_go():
    assert without_bidi("a\u202eb\u2069c\u200d") == ("abc\u200d", 2)
