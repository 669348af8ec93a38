"""A meeting takes nothing more when its minutes are approved (P25)."""

import pytest

from tests import factories


@pytest.fixture
def meeting(board):
    return factories.make_meeting(board, state="held")


@pytest.mark.parametrize("state", [None, "draft", "final"])
def test_a_meeting_is_not_closed_before_its_minutes_are_approved(cast, signed_in, meeting, state):
    if state:
        factories.make_minutes(meeting, state)
    answer = signed_in(cast.secretary).post(f"{meeting.get_absolute_url()}close/")
    assert answer.status_code == 409
    assert "The minutes of the meeting are not approved yet." in answer.content.decode()
    meeting.refresh_from_db()
    assert meeting.state == "held"


def test_a_meeting_with_approved_minutes_is_closed_from_its_page(cast, signed_in, meeting):
    factories.make_minutes(meeting, "approved")
    secretary = signed_in(cast.secretary)
    page = secretary.get(meeting.get_absolute_url()).content.decode()
    assert f'action="{meeting.get_absolute_url()}close/"' in page
    secretary.post(f"{meeting.get_absolute_url()}close/")
    meeting.refresh_from_db()
    assert meeting.state == "closed"
    assert "Reopen" in secretary.get(meeting.get_absolute_url()).content.decode()
