"""The command box, the list of keys and the person box, by keyboard alone in a real browser."""

import re
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from boards.models import Seat
from meetings.models import Meeting
from tests import factories
from tests.browser.journey import PHONE, Member
from tests.browser.looking import WCAG, violations

pytestmark = pytest.mark.django_db(transaction=True)


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


def chosen(page, starts: str) -> None:
    """The box points at what begins so, for the eye and for a screen reader: the list is the one for what was typed."""
    option = page.locator("#combobox-list [role=option][aria-selected=true]")
    expect(option).to_have_text(re.compile(rf"^\s*{re.escape(starts)}"))
    expect(page.locator(":focus")).to_have_attribute("aria-activedescendant", option.get_attribute("id"))


def focused(page, name: str) -> None:
    expect(page.locator(":focus")).to_have_accessible_name(name)


@pytest.mark.parametrize("typed", ["3/41-26", "sak 3-41/26", "3-41/2026"])
def test_a_case_number_and_enter_lead_to_the_case(sigrun, row, typed):
    page = sigrun.page
    page.keyboard.press("Control+k")
    focused(page, "Search, or go to a case")
    page.keyboard.type(typed)
    expect(page.locator("#combobox-list").get_by_role("option").first).to_contain_text("Måling av badevann")
    expect(page.locator("#combobox-list [aria-selected=true]")).to_contain_text("3-41/26")
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
    chosen(page, "New meeting")
    page.keyboard.press("ArrowDown")
    chosen(page, "New case in the queue")
    page.keyboard.press("ArrowDown")
    chosen(page, "New meeting")
    assert violations(page, WCAG) == []
    page.keyboard.press("Escape")
    expect(page.locator("#combobox-list").get_by_role("option").first).to_be_hidden()
    page.keyboard.press("Escape")
    focused(page, "Meetings")


def test_an_act_is_done_from_the_box(sigrun):
    page = sigrun.page
    page.keyboard.press("Control+k")
    page.keyboard.type("language: b")
    chosen(page, "Language: Bokmål")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "nb")
    page.wait_for_load_state()
    page.keyboard.press("Control+k")
    page.keyboard.type("sign")
    chosen(page, "Sign out")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in/")


def test_on_a_phone_the_box_lies_over_the_bar(browser, live_server, row):
    one = Member(browser, live_server.url, User.objects.get(username="sigrun"), PHONE)
    page = one.page
    page.get_by_role("link", name="Search, or go to a case").click()
    page.keyboard.type("måling")
    expect(page.locator("#combobox-list").get_by_role("option").first).to_be_visible()
    assert violations(page, WCAG) == []
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.locator("#combobox-list").get_by_role("option", name="Måling av badevann").click()
    page.wait_for_url(f"**{row.case.get_absolute_url()}")


def test_the_keys_are_listed_and_the_focus_comes_back(sigrun):
    page = sigrun.page
    page.get_by_role("link", name="Cases").first.focus()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text(re.compile(r"G\s*M\s*Meetings|Meetings\s*G\s*M"))
    assert violations(page, WCAG) == []
    page.keyboard.press("g")
    page.keyboard.press("k")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    focused(page, "Cases")


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
    expect(name).not_to_have_attribute("aria-activedescendant", re.compile("."))
    page.keyboard.press("ArrowDown")
    chosen(page, "Ingvild Tangen")
    assert violations(page, WCAG) == []
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
