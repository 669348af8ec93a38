"""Two secretaries in one row of the agenda: both texts, who and when, and the choice (R67, F2, F18)."""

import json
from datetime import date

import pytest
from django.urls import reverse

from audit.models import Entry
from meetings import agenda, planning
from meetings.models import AgendaRow
from tests import factories
from tests.meetings.test_forms import row_data

pytestmark = pytest.mark.django_db
HTMX = {"headers": {"HX-Request": "true"}}


@pytest.fixture
def secretary(cast, signed_in):
    return signed_in(cast.secretary)


@pytest.fixture
def colleague(signed_in, board):
    """A second secretary of the board."""
    user = factories.make_user("colleague", name="Lars Moe")
    factories.make_seat(board, factories.make_person("Lars Moe", user=user), "secretary")
    return signed_in(user)


@pytest.fixture
def row(cast):
    meeting = planning.create_next_meeting(cast.board, date(2026, 4, 20), by=cast.secretary)
    return agenda.add_row(meeting, by=cast.secretary, title="Badevakt")


@pytest.fixture
def address(row):
    return reverse("meetings:row", args=[row.meeting.board.slug, row.meeting.slug, row.pk])


def typed(row, **changed) -> dict:
    return row_data(AgendaRow.objects.get(pk=row.pk)) | changed


@pytest.fixture
def contested(row, address, secretary, colleague):
    """Lars Moe has saved a description; the secretary's own was answered with both."""
    mine = typed(row, description="<p>Min tekst.</p>")
    colleague.post(address, typed(row, description="<p>Hans tekst.</p>"), **HTMX)
    return secretary.post(address, mine, **HTMX)


def test_the_second_is_told_who_saved_and_sees_both_texts(contested, row):
    page = contested.content.decode()

    assert contested.status_code == 409
    assert "Lars Moe saved this at" in page
    assert "<p><del>Hans</del> tekst.</p>" in page and "<p><ins>Min</ins> tekst.</p>" in page
    assert json.loads(contested["HX-Trigger"])["contested"] == {"key": f"row-{row.pk}"}


@pytest.mark.parametrize(
    ("choice", "chosen", "put_away"),
    [
        ("mine", "<p>Min tekst.</p>", "<p>Hans tekst.</p>"),
        ("other", "<p>Hans tekst.</p>", "<p>Min tekst.</p>"),
        ("both", "<p>Hans tekst.</p><p>Min tekst.</p>", "<p>Hans tekst.</p>"),
    ],
)
def test_what_is_not_chosen_stands_in_the_trail(contested, secretary, row, address, choice, chosen, put_away):
    sent = typed(row, description="<p>Min tekst.</p>", choice=choice)
    answer = secretary.post(f"{address}choose/", sent, **HTMX)

    row.refresh_from_db()
    assert (answer.status_code, row.description) == (200, chosen)
    assert json.loads(answer["HX-Trigger"])["kept"]["version"] == row.version
    told = Entry.objects.about(row).last().payload
    assert put_away in {**told.get("replaced", {}), **told.get("set_aside", {})}.values()


def test_a_choice_is_contested_again_when_a_third_text_came_meanwhile(contested, secretary, colleague, row, address):
    sent = typed(row, description="<p>Min tekst.</p>", choice="mine")
    colleague.post(address, typed(row, description="<p>Tredje.</p>"), **HTMX)
    answer = secretary.post(f"{address}choose/", sent, **HTMX)

    row.refresh_from_db()
    assert (answer.status_code, row.description) == (409, "<p>Tredje.</p>")
    assert "<ins>Min tekst.</ins>" in answer.content.decode()


def test_without_javascript_the_choice_leads_back_to_the_agenda(contested, secretary, row, address):
    answer = secretary.post(f"{address}choose/", typed(row, description="<p>Min tekst.</p>", choice="mine"))

    row.refresh_from_db()
    assert (answer.status_code, row.description) == (302, "<p>Min tekst.</p>")


def test_a_save_whose_answer_was_lost_is_no_conflict_with_oneself(secretary, row, address):
    first = typed(row, description="<p>A</p>")
    secretary.post(address, first | {"autosave": "1"}, **HTMX)
    said = [[name, str(value)] for name, value in first.items() if name != "version"]
    again = first | {"description": "<p>A og B</p>", "autosave": "1", "unanswered": json.dumps([said])}
    answer = secretary.post(address, again, **HTMX)

    row.refresh_from_db()
    assert (answer.status_code < 300, row.description) == (True, "<p>A og B</p>")
