"""A case made exempt after it came on an agenda: the row is told of, and shielded at a press (P10)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Entry
from boardroom.lib.workflow import TransitionRefused
from cases import queue
from meetings import shielding
from meetings.models import Meeting
from meetings.problems import problems
from tests import factories

pytestmark = pytest.mark.django_db
EXEMPT = {"access_level": "exempt", "access_basis": "offl. § 13", "public_title": "Personalsak"}


@pytest.fixture
def row(cast):
    row = factories.make_row(factories.make_meeting(cast.board, state="planned"), "Ansettelse", item=3)
    queue.change_case(row.case, by=cast.secretary, **EXEMPT)
    return row


def told(meeting) -> bool:
    return any(problem.is_unshielded for problem in problems(meeting))


def test_an_open_row_of_an_exempt_case_is_a_warning_until_it_is_shielded(cast, row):
    assert told(row.meeting)
    shielding.shield_row(row, by=cast.secretary)
    assert (told(row.meeting), row.access_level, row.access_basis, row.public_title, row.version) == (
        False, "exempt", "offl. § 13", "Personalsak", 2,
    )  # fmt: skip
    assert Entry.objects.filter(act="meetings.shield_row").count() == 1


def test_the_case_page_has_the_button(cast, row, signed_in):
    client, case = signed_in(cast.secretary), reverse("cases:case", args=[cast.board.slug, row.case_id])
    said = "The case is exempt from public access, but its row 3-41/26 on the agenda"
    assert said in client.get(case).content.decode()
    url = reverse("meetings:shield-row", args=[cast.board.slug, row.meeting.slug, row.pk])
    answer = client.post(url, {"back": "case"}, follow=True)
    assert (answer.redirect_chain[0][0], said in answer.content.decode()) == (case, False)


def test_a_row_keeps_its_own_public_title(cast, row):
    row.public_title = "Tilsetting"
    row.save()
    shielding.shield_row(row, by=cast.secretary)
    assert row.public_title == "Tilsetting"


def test_a_closed_meeting_takes_no_shield(cast, row):
    Meeting.objects.update(state="closed")
    with pytest.raises(TransitionRefused):
        shielding.shield_row(row, by=cast.secretary)


def test_a_hundred_rows_are_looked_over_as_fast_as_three(cast):
    meeting = factories.make_meeting(cast.board)

    def cost() -> int:
        rows = list(meeting.agenda_rows.all())
        with CaptureQueriesContext(connection) as found:
            shielding.unshielded(rows)
        return len(found)

    for number in range(3):
        factories.make_row(meeting, item=number + 1)
    short = cost()
    for number in range(3, 30):
        factories.make_row(meeting, item=number + 1)
    assert cost() == short == 1
