"""The page of a case: what it answers, and where its text leads (R22, R82)."""

from datetime import date

import pytest
from django.urls import reverse

from boards.models import Seat
from followups.models import FollowUp, Report
from meetings.models import Meeting
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(client):
    board = factories.make_board()
    user = factories.make_user("leser")
    factories.make_seat(board, factories.make_person("Tor Inge Sandbakk", user=user), Seat.Role.MEMBER)
    client.force_login(user)
    return factories.make_row(factories.make_meeting(board, state=Meeting.State.HELD), "Livbøyer", item=7)


def page(client, row) -> str:
    return client.get(reverse("cases:case", args=[row.meeting.board.slug, row.case_id])).content.decode()


def test_the_case_names_the_follow_up_it_answers(client, row):
    promise = FollowUp.objects.create(board=row.meeting.board, title="Plan for livbøyer", source_label="10-42/23")
    Report.objects.create(
        meeting=row.meeting, follow_up=promise, title="Plan", source_label="10-42/23", resolves_to_row=row
    )
    shown = page(client, row)
    assert "Answers the follow-up 10-42/23" in shown
    assert promise.get_absolute_url() in shown


def test_a_follow_up_taken_out_is_not_answered(client, row):
    promise = FollowUp.objects.create(board=row.meeting.board, title="Plan", source_label="10-42/23")
    given = {"is_left_out": True, "left_out_reason": "Gjelder en annen sak.", "resolves_to_row": row}
    Report.objects.create(meeting=row.meeting, follow_up=promise, title="Plan", source_label="10-42/23", **given)
    assert "10-42/23" not in page(client, row)


def test_a_number_in_the_description_leads_to_its_case(client, row):
    held = factories.make_meeting(row.meeting.board, date(2021, 5, 3), sequence=28, state=Meeting.State.HELD)
    earlier = factories.make_row(held, "Badetrapper", item=6)
    row.case.description = "<p>Ref. sak 6-28/21.</p>"
    row.case.save()
    assert f'href="{earlier.case.get_absolute_url()}">6-28/21</a>' in page(client, row)
