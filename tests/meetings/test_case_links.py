"""Case numbers in running text lead to their case (R22)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from boards.models import Seat
from meetings.case_links import CaseLinks
from meetings.models import Meeting
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return factories.make_board()


@pytest.fixture
def row(board):
    held = factories.make_meeting(board, date(2021, 5, 3), sequence=28, state=Meeting.State.HELD)
    return factories.make_row(held, "Livbøyer", item=6)


def reader(board, role: str = Seat.Role.MEMBER):
    user = factories.make_user(role)
    factories.make_seat(board, factories.make_person(role, user=user), role)
    return user


def test_a_number_leads_to_its_case_in_any_spelling(board, row):
    links = CaseLinks(board, reader(board))
    address = row.case.get_absolute_url()
    assert (
        links.linked("<p>Ref. sak 6-28/21.</p>")
        == f'<p>Ref. sak <a class="case-link" href="{address}">6-28/21</a>.</p>'
    )
    assert f'href="{address}">6‑28/2021</a>' in links.linked("<p>Se <strong>6‑28/2021</strong> &amp; mer</p>")
    assert "&amp; mer" in links.linked("<p>Se <strong>6‑28/2021</strong> &amp; mer</p>")


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="https://example.org/">sak 6-28/21</a></p>',  # a link already
        "<p>Sak 7-28/21 finnes ikke.</p>",
        "<p>1-2 dager, 3/4 av tiden &lt;b&gt;, 12.03-14.00.</p>",
        "<p>Ingen tall.</p>",
    ],
)
def test_what_leads_nowhere_or_is_a_link_stays_as_it_is(board, row, html):
    assert CaseLinks(board, reader(board)).linked(html) == html


def test_a_case_that_is_only_planned_is_linked_for_who_plans(board):
    planned = factories.make_row(factories.make_meeting(board, date(2027, 1, 4), sequence=50), "Stupebrett", item=2)
    html = "<p>Sak 2-50/27.</p>"
    assert CaseLinks(board, reader(board)).linked(html) == html
    assert planned.case.get_absolute_url() in CaseLinks(board, reader(board, Seat.Role.SECRETARY)).linked(html)


def test_many_texts_cost_one_question(board, row):
    links = CaseLinks(board, reader(board))
    links.linked("<p>6-28/21</p>")
    with CaptureQueriesContext(connection) as queries:
        for _number in range(50):
            links.linked("<p>Sak 6-28/21 og sak 9-99/21.</p>")
    assert len(queries) == 0
