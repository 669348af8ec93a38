"""Warnings at the side of the minutes: they come a moment after the text is saved, and never in the way (P43, R21)."""

from datetime import date

import pytest
from playwright.sync_api import expect

from accounts.models import User
from meetings.models import Meeting
from tests import factories
from tests.browser.journey import Member, comes
from tests.browser.looking import WCAG, violations

pytestmark = pytest.mark.django_db(transaction=True)
MARKED = """() => [...(CSS.highlights.get("unresolved-number") ?? [])].map((range) => {
    const text = range.startContainer.data;
    return text.slice(range.startOffset, range.endOffset);
})"""


@pytest.fixture
def secretary(browser, live_server, transactional_db):
    """A secretary in the minutes of meeting 41, with one case and its text; 6-39/25 was treated last year."""
    board = factories.make_board()
    user = factories.make_user("skriver", name="Sigrun Aasland Vik", language=User.Language.EN)
    person = factories.make_person("Sigrun Aasland Vik", organisation="Sundby kommune", user=user)
    factories.make_seat(board, person, "secretary")
    factories.make_row(factories.make_meeting(board, date(2025, 3, 3), sequence=39), "Livbøyer", item=6)
    meeting = factories.make_meeting(board, state=Meeting.State.HELD, place="Storsalen")
    factories.make_attendance(meeting, person, status="present")
    item = factories.make_item(factories.make_minutes(meeting), factories.make_row(meeting, "Stupebrett", item=1))
    factories.make_block(item, "<p>Rådet drøftet saken.</p>")
    factories.make_decision(item)
    member = Member(browser, live_server.url, user)
    member.go(item.get_absolute_url())
    yield member
    assert member.complaints == []
    member.context.close()


def is_marked(page, numbers: list[str]) -> None:
    """Returns when just these have their wavy line; the page's policy lets no waiting function in."""
    comes(page, lambda: page.evaluate(MARKED), numbers)


def test_an_unknown_number_is_marked_where_it_stands_and_named_at_the_side(secretary):
    page = secretary.page
    pane = page.locator("#warnings-pane")
    pane.get_by_text("Nothing to look over").wait_for()
    page.locator(".block-text .block-body").first.click()
    expect(page.get_by_role("textbox", name="Text")).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Jf. sak 6-39/26.")

    pane.get_by_role("link", name="Case 6-39/26 does not exist.").wait_for()
    expect(page.locator("[contenteditable=true]:focus")).to_be_visible()
    is_marked(page, ["6-39/26"])
    page.locator("#warnings-said").get_by_text("1 point to look over").wait_for(state="attached")
    expect(pane.get_by_role("link", name="6-39/25")).to_be_visible()
    assert violations(page, WCAG) == []


def test_a_doubt_set_aside_leaves_the_text_unmarked_until_it_is_brought_back(secretary):
    page = secretary.page
    page.locator(".block-text .block-body").first.click()
    expect(page.get_by_role("textbox", name="Text")).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Jf. sak 6-39/26.")
    page.get_by_role("button", name="Set aside: Case 6-39/26").click()

    pane = page.locator("#warnings-pane")
    pane.get_by_text("1 set aside").click()
    pane.get_by_text("Set aside by Sigrun Aasland Vik").wait_for()
    is_marked(page, [])
    page.locator("#warnings-said").get_by_text("0 points to look over").wait_for(state="attached")
    page.get_by_role("button", name="Bring back: Case 6-39/26").click()
    is_marked(page, ["6-39/26"])
