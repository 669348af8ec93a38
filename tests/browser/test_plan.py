"""The secretary corrects the plan of the next meeting by keyboard: out, undone, put off, moved, and the proposed words taken in."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from followups.carrying.carry import carry
from followups.models import OwnerReport, Report
from followups.owners import reporting
from tests import factories
from tests.browser.journey import PHONE, Member, drag
from tests.browser.looking import WCAG, misfits, violations
from tests.followups.build import coming_meeting, follow_up, held_meeting, on_agenda

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def planned(transactional_db):
    """Three follow-ups of a meeting that was held stand in the next one; of one those responsible have reported that it is done."""
    board = factories.make_board()
    user = factories.make_user("sigrun", name="Sigrun Aasland Vik", language="en")
    factories.make_seat(board, factories.make_person("Sigrun Aasland Vik", user=user), "secretary")
    today = timezone.localdate()
    held = held_meeting(board, today - timedelta(days=20), 41)
    made = [follow_up(held, title, item=number) for number, title in enumerate(("Prøver på nett", "Skilt", "Flåte"), 3)]
    coming = [coming_meeting(board, today + timedelta(days=days), number) for days, number in ((30, 42), (90, 43))]
    reporting.report(made[1], OwnerReport.Kind.DONE, "Skiltene er oppe.", user=user, at=timezone.now())
    carry(board, at=timezone.now())
    return coming


@pytest.fixture
def secretary(browser, live_server, planned):
    member = Member(browser, live_server.url, planned[0].board.seats.get(role="secretary").person.user)
    yield member
    member.context.close()


def chooses(page, words: str) -> None:
    """Opens the menu of the row that has the focus and takes what bears the words, by keyboard."""
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.tagName") != "SUMMARY":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    while page.evaluate("document.activeElement.textContent.trim()") != words:
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def test_the_plan_is_corrected_by_keyboard_alone(secretary, planned):
    page, (june, later) = secretary.page, planned
    secretary.go(f"/boards/{june.board.slug}/follow-ups/plan/")
    secretary.settles()
    row = page.locator(".plan-open:focus")

    page.locator(".plan-open").first.focus()
    chooses(page, "Take out")
    expect(page.get_by_label("Why is it taken out?")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#plan-ask .ds-validation-message")).to_be_visible()
    page.get_by_label("Why is it taken out?").type("Venter på fylket.")
    page.keyboard.press("Enter")
    expect(row).to_have_text("Skilt")
    expect(page.locator("#plan-said")).to_contain_text("«Prøver på nett» is taken out")
    assert on_agenda(june) == ["Skilt", "Flåte"]
    assert violations(page, WCAG) == []

    page.keyboard.press("Control+z")
    expect(row).to_have_text("Prøver på nett")
    assert on_agenda(june) == ["Prøver på nett", "Skilt", "Flåte"]

    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#plan-said")).to_contain_text("stands at place 2 now")
    expect(row).to_have_text("Prøver på nett")
    assert on_agenda(june) == ["Skilt", "Prøver på nett", "Flåte"]

    chooses(page, "To another meeting")
    expect(page.get_by_label("Meeting", exact=True)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("Fylket svarer i august.")
    page.keyboard.press("Enter")
    expect(row).to_have_text("Flåte")
    assert (on_agenda(june), on_agenda(later)) == (["Skilt", "Flåte"], ["Prøver på nett"])
    page.keyboard.press("Control+z")
    expect(row).to_have_text("Prøver på nett")
    assert (on_agenda(june), on_agenda(later)) == (["Skilt", "Prøver på nett", "Flåte"], [])

    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Skilt")).to_be_focused()
    page.get_by_role("button", name="Use the proposal").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Text for the minutes")).to_be_visible()
    report = Report.objects.get(title="Skilt")
    assert (report.resolution, report.status) == (
        "<p>Rådet bekreftet at oppfølgingen er utført, og lukket den.</p>",
        "done",
    )
    page.keyboard.press("Escape")
    expect(row).to_have_text("Skilt")
    expect(page.locator("#plan-panel")).to_have_count(0)
    assert [one for one in secretary.complaints if "422" not in one] == []


def test_the_plan_fits_a_phone_and_a_row_is_dragged(secretary, planned):
    page, (june, _later) = secretary.page, planned
    secretary.go(f"/boards/{june.board.slug}/follow-ups/plan/")
    secretary.settles()
    rows = page.locator("#plan-rows tr")
    first = page.locator("#plan-rows tr:first-child").filter(has_text="Flåte")
    drag(page, rows.nth(2).locator(".row-handle"), rows.nth(0), first)
    expect(page.locator("#plan-said")).to_contain_text("«Flåte» stands at place 1 now.")
    assert on_agenda(june) == ["Flåte", "Prøver på nett", "Skilt"]

    page.set_viewport_size(PHONE)
    page.get_by_role("link", name="Skilt").click()
    expect(page.get_by_role("heading", name="Skilt")).to_be_focused()
    expect(page.locator("#plan-rows")).to_be_hidden()
    assert misfits(page) + violations(page, WCAG) == []
    page.get_by_role("link", name="Back to the plan").click()
    expect(page.locator("#plan-rows")).to_be_visible()
    assert misfits(page) + violations(page, WCAG) == []
