"""A meeting run from its page by keyboard: three cases, and people who come and go (issue 3)."""

import re
from datetime import time

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from meetings.models import Attendance, Meeting
from minutes.models import Minutes
from tests import factories
from tests.browser.journey import Member

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def meeting(transactional_db):
    """A called meeting today with three cases, a secretary, three members and a deputy."""
    board = factories.make_board()
    for key, name, role in [
        ("sigrun", "Sigrun Aasland Vik", "secretary"),
        ("ragnhild", "Ragnhild Myrvold", "chair"),
        ("tor", "Tor Inge Sandbakk", "member"),
        ("amira", "Amira Haddad", "member"),
        ("nora", "Nora Fjeldheim", "deputy"),
    ]:
        user = factories.make_user(key, name=name, language="en")
        factories.make_seat(board, factories.make_person(name, organisation="Sundby kommune", user=user), role)
    meeting = factories.make_meeting(board, timezone.localdate(), state="called")
    for item in (1, 2, 3):
        start, end = time(12, 10 * item), time(12, 10 * item + 10)
        factories.make_row(meeting, f"Badeplass {item}", item=item, minutes=10, start=start, end=end)
    return meeting


@pytest.fixture
def secretary(browser, live_server, meeting):
    user = meeting.board.seats.get(role="secretary").person.user
    member = Member(browser, live_server.url, user)
    yield member
    member.context.close()


def focused(secretary) -> str:
    return secretary.page.evaluate("document.activeElement.textContent.trim()")


def heading(secretary, title: str) -> None:
    """The case of that title is in the middle, and its heading has the focus."""
    secretary.page.locator("#case-pane h2:focus", has_text=title).wait_for()


def in_column(page, column: str) -> None:
    """The focus is on the column or in it."""
    page.locator(f"#{column}:focus, #{column} :focus").wait_for()


def by_keyboard(secretary, name: str) -> None:
    """Tabs to the button of that name in the column with the focus, and presses it."""
    for _step in range(60):
        secretary.page.keyboard.press("Tab")
        if focused(secretary) == name:
            secretary.page.keyboard.press("Enter")
            return
    raise AssertionError(f"{name} was not reached by Tab")


def test_the_columns_stay_with_the_case_that_was_begun(secretary, meeting):
    page = secretary.page
    secretary.go(meeting.get_absolute_url())
    secretary.press("Start the meeting")
    secretary.sees("The meeting is going on")
    page.keyboard.press("Alt+n")
    heading(secretary, "Badeplass 1")
    page.keyboard.press("Alt+n")
    heading(secretary, "Badeplass 2")
    secretary.settles()
    label = meeting.minutes.items.get(row__item=2).label
    expect(page.locator("#present-pane").get_by_role("heading").first).to_contain_text(label)
    expect(page.locator("#cases-pane [aria-current]")).to_contain_text("Badeplass 2")
    expect(page.locator("#case-run")).to_contain_text("0 of 10 min")


def test_a_secretary_runs_three_cases_and_takes_attendance_by_keyboard(secretary, meeting):
    keys, page = secretary.page.keyboard, secretary.page
    secretary.go(meeting.get_absolute_url())
    secretary.press("Start the meeting")
    secretary.sees("The meeting is going on")

    keys.press("Alt+n")
    heading(secretary, "Badeplass 1")
    page.locator("#case-run").get_by_text(re.compile("0 of 10 min")).wait_for()

    for column in ("present-pane", "cases-pane"):
        keys.press("F6")
        in_column(page, column)
    page.locator("#present-pane").focus()
    by_keyboard(secretary, "Left Tor Inge Sandbakk")
    page.locator("#present-pane").get_by_text(re.compile(r"Left \d\d\.\d\d")).wait_for()
    secretary.sees("2 of 3 with a vote. 2 are needed.")
    page.locator("#undo-press").get_by_text("Tor Inge Sandbakk: has left.").wait_for()

    keys.press("Alt+n")
    heading(secretary, "Badeplass 2")
    page.locator("#present-pane").focus()
    by_keyboard(secretary, "Back Tor Inge Sandbakk")
    secretary.sees("3 of 3 with a vote. 2 are needed.")

    keys.press("Alt+n")
    heading(secretary, "Badeplass 3")
    keys.press("Alt+n")
    page.get_by_text("The meeting is going on").wait_for(state="detached")

    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.HELD
    rows = list(meeting.agenda_rows.all())
    assert [row.ended_at for row in rows[:2]] == [row.started_at for row in rows[1:]]
    assert rows[2].ended_at == meeting.ended_at
    assert secretary.complaints == []


def test_the_columns_are_walked_with_f6_and_the_list_shows_another_case_in_place(secretary, meeting):
    secretary.go(meeting.get_absolute_url())
    secretary.press("Start the meeting")
    secretary.sees("The meeting is going on")
    page = secretary.page
    for column in ("cases-pane", "case-pane", "present-pane"):
        page.keyboard.press("F6")
        in_column(page, column)
    page.locator("#cases-pane").get_by_role("link", name=re.compile("Badeplass 3")).press("Enter")
    heading(secretary, "Badeplass 3")
    case = Minutes.objects.get(meeting=meeting).items.get(row__item=3)
    page.wait_for_url(f"**?case={case.pk}")
    page.go_back()
    page.locator("#case-pane h2", has_text="Badeplass 1").wait_for()


def test_a_deputy_comes_in_and_a_wrong_press_is_undone(secretary, meeting):
    secretary.go(meeting.get_absolute_url())
    secretary.press("Start the meeting")
    secretary.sees("The meeting is going on")
    pane = secretary.page.locator("#present-pane")
    pane.get_by_text("Deputy in", exact=True).press("Enter")
    expect(pane.get_by_label("Deputy", exact=True)).to_have_value("Nora Fjeldheim")
    pane.get_by_label("In for").select_option("Amira Haddad")
    pane.get_by_role("button", name="Take in").first.press("Enter")
    pane.get_by_text("Deputy for Amira Haddad").wait_for()
    expect(pane.get_by_role("heading", name="Not in this case")).to_be_visible()

    pane.get_by_role("button", name="Left Ragnhild Myrvold").press("Enter")
    secretary.page.locator("#undo-press").get_by_role("button", name="Undo").press("Enter")
    pane.get_by_role("button", name="Left Ragnhild Myrvold").wait_for()
    chair = Attendance.objects.get(meeting=meeting, role="chair")
    assert (chair.status, chair.intervals.count()) == ("present", 0)


def test_a_second_secretary_is_seen_at_the_case(browser, live_server, secretary, meeting):
    user = factories.make_user("lars", name="Lars Moe", language="en")
    factories.make_seat(meeting.board, factories.make_person("Lars Moe", user=user), "secretary")
    secretary.go(meeting.get_absolute_url())
    secretary.press("Start the meeting")
    secretary.sees("The meeting is going on")
    other = Member(browser, live_server.url, user)
    other.go(secretary.page.url.removeprefix(live_server.url))
    other.page.locator("#cases-pane").get_by_text("Sigrun Aasland Vik is writing here").wait_for()
    secretary.page.evaluate("htmx.trigger('#cases-pane', 'opened')")
    secretary.page.locator("#cases-pane").get_by_text("Lars Moe is writing here").wait_for()
    other.context.close()
