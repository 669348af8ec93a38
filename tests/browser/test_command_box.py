"""The command box, the list of keys and the person box, by keyboard alone in a real browser."""

import re
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from boards.models import Seat
from meetings.models import Meeting
from tests import factories
from tests.browser.journey import PHONE, Member
from tests.browser.looking import still

pytestmark = pytest.mark.django_db(transaction=True)
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture
def row():
    """Case 3-41/26 of a called meeting, and a secretary who reads English."""
    user = factories.make_user("sigrun", name="Sigrun Vik", language=User.Language.EN)
    board = factories.make_board()
    factories.make_seat(board, factories.make_person("Sigrun Vik", user=user), Seat.Role.SECRETARY)
    factories.make_seat(board, factories.make_person("Ingvild Tangen", organisation="Innbyggeretaten"))
    meeting = factories.make_meeting(
        board, date(2026, 4, 20), state=Meeting.State.CALLED, numbers_fixed_at=timezone.now()
    )
    return factories.make_row(meeting, "Måling av badevann", item=3)


@pytest.fixture
def sigrun(browser, live_server, row):
    return Member(browser, live_server.url, User.objects.get(username="sigrun"))


def findings(one: Member) -> list[str]:
    still(one.page)
    found = Axe().run(one.page, options=WCAG).response["violations"]
    return [f"{violation['id']}: {violation['nodes'][0]['html'][:160]}" for violation in found]


def chosen(page) -> str:
    """What the box points at for a screen reader."""
    return page.evaluate(
        "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.innerText ?? ''"
    )


def focused(page) -> str:
    return page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText")


@pytest.mark.parametrize("typed", ["3/41-26", "sak 3-41/26", "3-41/2026"])
def test_a_case_number_and_enter_lead_to_the_case(sigrun, row, typed):
    page = sigrun.page
    page.keyboard.press("Control+k")
    assert focused(page) == "Search, or go to a case"
    page.keyboard.type(typed)
    expect(page.locator("#combobox-list").get_by_role("option").first).to_contain_text("Måling av badevann")
    assert "3-41/26" in chosen(page)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{row.case.get_absolute_url()}")
    assert sigrun.complaints == []


def test_enter_before_the_list_has_come_leads_there_too(sigrun, row):
    page = sigrun.page
    page.route("**/find/*", lambda route: route.abort() if "here=" in route.request.url else route.continue_())
    page.keyboard.press("Control+k")
    page.keyboard.type("3/41-26")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{row.case.get_absolute_url()}")


def test_the_list_is_walked_with_arrows_and_closed_with_escape(sigrun):
    page = sigrun.page
    page.get_by_role("link", name="Meetings").first.focus()
    page.keyboard.press("Control+k")
    page.keyboard.type("new")
    expect(page.locator("#combobox-list").get_by_role("option", name="New case in the queue")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="2 hits")).to_be_attached()
    assert chosen(page).startswith("New meeting")
    page.keyboard.press("ArrowDown")
    assert chosen(page).startswith("New case in the queue")
    page.keyboard.press("ArrowDown")
    assert chosen(page).startswith("New meeting")
    assert findings(sigrun) == []
    page.keyboard.press("Escape")
    expect(page.locator("#combobox-list").get_by_role("option").first).to_be_hidden()
    page.keyboard.press("Escape")
    assert focused(page) == "Meetings"


def test_an_act_is_done_from_the_box(sigrun):
    page = sigrun.page
    page.keyboard.press("Control+k")
    page.keyboard.type("language: b")
    expect(page.locator("#combobox-list").get_by_role("option", name="Language: Bokmål")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "nb")
    page.keyboard.press("Control+k")
    page.keyboard.type("sign")
    expect(page.locator("#combobox-list").get_by_role("option").first).to_contain_text("Sign out")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in/")


def test_on_a_phone_the_box_lies_over_the_bar(browser, live_server, row):
    one = Member(browser, live_server.url, User.objects.get(username="sigrun"), PHONE)
    page = one.page
    page.get_by_role("link", name="Search, or go to a case").click()
    page.keyboard.type("måling")
    expect(page.locator("#combobox-list").get_by_role("option").first).to_be_visible()
    assert findings(one) == []
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.locator("#combobox-list").get_by_role("option", name="Måling av badevann").click()
    page.wait_for_url(f"**{row.case.get_absolute_url()}")


def test_the_keys_are_listed_and_the_focus_comes_back(sigrun):
    page = sigrun.page
    page.get_by_role("link", name="Cases").first.focus()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_be_visible()
    assert re.search(r"G\s*M\s*Meetings", dialog.inner_text()) or re.search(r"Meetings\s*G\s*M", dialog.inner_text())
    assert findings(sigrun) == []
    page.keyboard.press("g")
    page.keyboard.press("k")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert focused(page) == "Cases"


def test_the_focus_goes_to_what_came_in_place_of_the_focused_button(sigrun):
    page = sigrun.page
    page.evaluate(
        """document.getElementById("main").insertAdjacentHTML("beforeend",
        '<div id="swapped"><button hx-get="/accessibility/" hx-target="#swapped" hx-select="main h1" hx-swap="outerHTML">Fetch</button></div>');
        htmx.process(document.getElementById("main"))"""
    )
    page.get_by_role("button", name="Fetch").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Accessibility statement")).to_be_focused()


def test_two_letters_lead_to_an_area_but_not_while_one_writes(sigrun):
    page = sigrun.page
    page.keyboard.press("g")
    page.keyboard.press("k")
    page.wait_for_url("**/calendar/")
    page.keyboard.press("Control+k")
    page.keyboard.type("gm?")
    expect(page.get_by_role("combobox")).to_have_value("gm?")
    assert page.url.endswith("/calendar/")


def test_single_keys_can_be_turned_off_for_good(sigrun):
    page = sigrun.page
    page.keyboard.press("?")
    page.get_by_label("Shortcuts of a single letter or sign").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("g")
    page.keyboard.press("m")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert page.url.endswith("/desk/")
    page.get_by_role("button", name="Keyboard shortcuts").click()
    expect(page.get_by_label("Shortcuts of a single letter or sign")).not_to_be_checked()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox")).to_be_focused()


def test_a_name_is_completed_and_brings_its_organisation(sigrun, row):
    page = sigrun.page
    sigrun.go(f"/boards/{row.meeting.board.slug}/seats/new/")
    name, organisation = page.locator("[name=name]"), page.locator("[name=organisation_name]")
    name.focus()
    page.keyboard.type("tang")
    expect(page.locator("#combobox-list").get_by_role("option").first).to_contain_text("Ingvild Tangen")
    assert chosen(page) == ""
    page.keyboard.press("ArrowDown")
    assert chosen(page).startswith("Ingvild Tangen")
    assert findings(sigrun) == []
    page.keyboard.press("Enter")
    expect(name).to_have_value("Ingvild Tangen")
    expect(organisation).to_have_value("Innbyggeretaten")
    assert page.url.endswith("/seats/new/")


def test_a_name_nobody_has_stays_as_typed(sigrun, row):
    page = sigrun.page
    sigrun.go(f"/boards/{row.meeting.board.slug}/seats/new/")
    page.locator("[name=name]").focus()
    page.keyboard.type("Odd Ny")
    expect(page.locator("#combobox-list").get_by_role("option", name="New person «Odd Ny»")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator("#combobox-list").get_by_role("option").first).to_be_hidden()
    expect(page.locator("[name=name]")).to_have_value("Odd Ny")
    page.locator("[name=name]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/")
    assert Seat.objects.filter(name="Odd Ny").exists()
