import datetime

import pytest
from django import forms

from boardroom.lib.fields import ClockField, DateField, LineField, RichTextField, TextField


class Form(forms.Form):
    title = LineField(max_length=20)
    note = TextField(required=False)
    start = ClockField(required=False)
    day = DateField(required=False)
    body = RichTextField(required=False)


def cleaned(**data):
    form = Form({"title": "Tittel", **data})
    assert form.is_valid(), form.errors
    return form.cleaned_data


def refusal(name, value):
    form = Form({"title": "Tittel", name: value})
    assert list(form.errors) == [name]
    assert form[name].value() == value
    return form.errors[name][0]


def test_values_are_read_as_they_are_written():
    assert cleaned(note="a\r\nb", start="kl. 13.15", day="8. februar 2024", body="<p>x</p>") == {
        "title": "Tittel",
        "note": "a\nb",
        "start": datetime.time(13, 15),
        "day": datetime.date(2024, 2, 8),
        "body": "<p>x</p>",
    }


def test_fields_may_be_left_empty():
    assert cleaned() == {"title": "Tittel", "note": "", "start": None, "day": None, "body": ""}
    assert cleaned(note="\u200b", start=" ", day="\u00a0", body="<p>&nbsp;</p>") == cleaned()


@pytest.mark.parametrize("value", ["", "   ", "\u200b\u200b\u200b", "\ufeff", "\u00a0"])
def test_a_title_that_shows_nothing_is_missing(value):
    assert refusal("title", value) == "Write something here."


@pytest.mark.parametrize("value", ["a\x00b", "a\nb", "a\u202eb", "x" * 21, "\ud800"])
def test_a_title_that_cannot_be_kept_is_refused_and_stays_in_the_form(value):
    assert refusal("title", value).endswith((".", ")."))


@pytest.mark.parametrize("name", ["note", "body"])
def test_long_text_refuses_nul(name):
    assert "cannot be stored" in refusal(name, "a\x00b")


def test_a_title_is_stored_composed():
    assert cleaned(title="A\u030al")["title"] == "Ål"


def test_turned_text_is_straightened_and_counted():
    form = Form({"title": "Tittel", "note": "a\u202eb"})
    assert form.is_valid()
    assert (form.cleaned_data["note"], form.fields["note"].turned) == ("ab", 1)


def test_a_broken_time_or_date_says_how_to_write_it():
    assert refusal("start", "24:00") == "24:00 is not a clock time. Write 00:00 of the next day, or 23:59."
    assert refusal("day", "29.02.2027") == "29 February does not exist in 2027."


def test_stored_values_are_shown_in_norwegian_form():
    form = Form(initial={"start": datetime.time(9, 5), "day": datetime.date(2023, 4, 20)})
    assert (form["start"].value(), form["day"].value()) == ("09.05", "20.04.2023")


def test_the_same_time_in_another_form_is_no_change():
    initial = {"title": "T", "start": datetime.time(9, 5), "day": datetime.date(2023, 4, 20), "note": "", "body": ""}
    data = {"title": "T", "start": "09:05", "day": "20. april 2023"}
    assert Form(data, initial=initial).changed_data == []
    assert Form(data | {"start": "x"}, initial=initial).changed_data == ["start"]


def test_rich_text_says_what_was_removed():
    form = Form({"title": "T", "body": "<h1>a</h1>"})
    assert form.is_valid()
    assert (form.cleaned_data["body"], form.fields["body"].removed) == ("a", ["h1"])


def test_text_without_tags_becomes_paragraphs():
    assert cleaned(body="En & to\n\nTre")["body"] == "<p>En &amp; to</p><p>Tre</p>"


def test_rich_text_over_a_limit_is_refused():
    assert refusal("body", '<table><tr><td colspan="51">x</td></tr></table>') == (
        "The table has 51 columns; at most 50 are possible."
    )


@pytest.mark.parametrize(("written", "hour"), [("12", 12), ("9", 9), ("09", 9), (" 0 ", 0)])
def test_a_field_for_a_time_takes_a_bare_hour(written, hour):
    assert cleaned(start=written)["start"] == datetime.time(hour)


@pytest.mark.parametrize("written", ["24", "25", "-1", "1 2"])
def test_a_number_that_is_no_hour_is_refused(written):
    assert refusal("start", written).endswith(".")
