"""Minutes go round for approval: on the members' phones, with an objection, and at last one press by the chair (P38, A13)."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from minutes.models import ApprovalRequest
from publishing import issuing
from tests import factories
from tests.browser.journey import PHONE, Member
from tests.browser.looking import ZOOMED, wrong_at, wrong_in_the_dark, wrong_with_buttons
from tests.cast import board, cast
from tests.publishing.conftest import Cycle

__all__ = ["board", "cast"]
pytestmark = pytest.mark.django_db(transaction=True)
OBJECTION = "I sak 2 var det tre som stemte imot."


@pytest.fixture
def minutes(cast, settings, tmp_path):
    """Final minutes of last week, on a board that approves by circulation."""
    settings.BOARDROOM_DATA = tmp_path
    cast.board.approval = "circulation"
    cast.board.save()
    meeting = factories.make_meeting(cast.board, timezone.localdate() - timedelta(days=7), place="Rådhuset")
    for title in ("Godkjenning av innkalling", "Ny badeplass ved Sundbytjern"):
        factories.make_row(meeting, title, type="Tilslutning", minutes=10)
    cycle = Cycle(cast.secretary)
    cycle.call(meeting, timezone.now() - timedelta(days=20))
    found = cycle.hold(meeting)
    issuing.finalise(found, by=cast.secretary, at=timezone.now(), reason="Klart.")
    return found


@pytest.fixture
def go(browser, live_server, minutes, cast):
    """A function that brings somebody to a page of the meeting, at a desk or on a phone."""

    def sign_in(user, page: str, viewport: dict | None = None) -> Member:
        somebody = Member(browser, live_server.url, user, viewport)
        somebody.go(f"{minutes.meeting.get_absolute_url()}{page}")
        return somebody

    return sign_in


def test_minutes_go_round_on_phones_until_they_are_approved(go, minutes, cast):
    secretary = go(cast.secretary, "approval/")
    secretary.sends("Ask for approval")
    secretary.sees("0 of 3 have approved")

    second = go(cast.second_member, "approval/answer/", PHONE)
    what = "the page to approve on"
    page = second.page
    assert wrong_at(page, what, [PHONE, ZOOMED]) + wrong_in_the_dark(page, what) + wrong_with_buttons(page, what) == []
    second.sends("Approve the minutes", exact=True)
    second.sees("You approved version 1")
    second.sees("1 of 3 have approved")

    member = go(cast.member, "approval/answer/", PHONE)
    member.page.get_by_text("I have an objection").click()
    member.sends("Send the objection")
    member.sees("Write what is wrong")
    member.complaints.clear()  # of the 422 that the empty objection was answered with
    member.page.get_by_label("What is wrong?").fill(OBJECTION)
    member.sends("Send the objection")
    member.sees("You objected to version 1")
    assert wrong_at(member.page, "the receipt", [PHONE, ZOOMED]) == []
    assert ApprovalRequest.objects.get(person__user=cast.member).note == OBJECTION

    secretary.go(f"{minutes.meeting.get_absolute_url()}approval/")
    secretary.sees(OBJECTION)
    assert wrong_at(secretary.page, "the secretary's page", [PHONE, ZOOMED]) == []
    secretary.page.locator("summary", has_text="Ask nobody any more").click()
    secretary.page.get_by_role("button", name="Ask nobody any more").click()
    secretary.page.get_by_role("link", name="By the chair").click()
    expect(secretary.page.get_by_label("Ragnhild Myrvold")).to_be_checked()
    secretary.sends("Ask for approval")

    chair = go(cast.chair, "approval/answer/", PHONE)
    chair.sends("Approve the minutes", exact=True)
    expect(chair.page.get_by_role("heading", level=1)).to_have_text("The minutes are approved")
    chair.sees("av møteleder Ragnhild Myrvold.")
    minutes.refresh_from_db()
    assert minutes.state == "approved"
    assert member.complaints + second.complaints + chair.complaints + secretary.complaints == []
