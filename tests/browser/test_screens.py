"""The four main screens in every state: at a desk, on a telephone, at 400 % and in the dark nothing is out of reach."""

import re

import pytest
from django.utils import timezone

from accounts.models import User
from boardroom.demo.seeding import seed
from boards.models import Board
from tests import factories
from tests.browser.journey import Member
from tests.browser.looking import DESK, PHONE, ZOOMED, wrong_at, wrong_in_the_dark, wrong_with_buttons

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = [DESK, PHONE, ZOOMED]


@pytest.fixture
def secretary(browser, live_server, transactional_db):
    """The secretary of the demonstration, who reads English."""
    seed(timezone.now())
    user = User.objects.get(username="sekretar")
    user.set_password(factories.PASSWORD)
    user.language = User.Language.EN
    user.save()
    member = Member(browser, live_server.url, user)
    yield member
    member.context.close()


def agendas() -> dict[str, str]:
    """The addresses of agendas: one that is planned, one that is sent, one that is too long."""
    council, harbour = Board.objects.get(slug="produktradet-stikartet"), Board.objects.get(slug="havnestyret-lyngvaer")
    found = {
        "a planned agenda": council.meetings.get(sequence=46),
        "a sent agenda": council.meetings.get(sequence=44),
        "a cancelled agenda": council.meetings.get(sequence=45),
        "too long an agenda": harbour.meetings.get(sequence=5),
    }
    return {what: f"{meeting.get_absolute_url()}agenda/" for what, meeting in found.items()}


def look(secretary, what: str, allowed: int = 1, sizes: list[dict] = SIZES) -> list[str]:
    page = secretary.page
    return wrong_with_buttons(page, what, allowed) + wrong_at(page, what, sizes) + wrong_in_the_dark(page, what)


def wrong_on_desk_and_calendar(secretary) -> list[str]:
    secretary.go("/desk/")
    wrong = look(secretary, "the desk", allowed=2)
    secretary.page.keyboard.press("?")
    secretary.page.locator("#keys-dialog[open]").wait_for()
    wrong += look(secretary, "the list of shortcuts", allowed=2, sizes=[DESK, ZOOMED])
    secretary.page.keyboard.press("Escape")
    for view in ("year", "month", "list"):
        secretary.go(f"/calendar/?view={view}")
        wrong += look(secretary, f"the calendar by {view}")
    for page in ("annual-plan/", "annual-plan/meetings/"):
        secretary.go(f"/boards/produktradet-stikartet/{page}?year={timezone.localdate().year + 1}")
        wrong += look(secretary, page)
    return wrong


def wrong_on_agendas(secretary) -> list[str]:
    wrong, page = [], secretary.page
    for what, address in agendas().items():
        secretary.go(address)
        wrong += look(secretary, what, sizes=[DESK, ZOOMED])
    secretary.go(agendas()["a planned agenda"])
    page.locator(".row-open").nth(2).click()
    page.locator(".row-form :focus").wait_for()
    wrong += look(secretary, "an open row")
    page.keyboard.press("Escape")
    page.locator(".row-form").wait_for(state="detached")
    page.locator(".row-menu summary").nth(2).click()
    wrong += look(secretary, "the menu of a row", sizes=[DESK, PHONE])
    page.locator(".row-menu[open]").get_by_text("Withdraw").click()
    page.locator(".row-ask").wait_for()
    wrong += look(secretary, "a row that asks why", sizes=[DESK, PHONE])
    return wrong


def wrong_on_minutes(secretary) -> list[str]:
    page = secretary.page
    secretary.go("/boards/havnestyret-lyngvaer/meetings/4-2026/minutes/")
    page.locator("[data-sorted]").wait_for(state="attached")
    wrong = look(secretary, "the running meeting")
    for kind in ("text", "decision"):
        page.locator(f".block-{kind} .block-body").first.click()
        page.locator(f".block-{kind}.is-open :focus").first.wait_for()
        wrong += look(secretary, f"an open {kind}")
        page.keyboard.press("Escape")
        page.locator(".block.is-open").wait_for(state="detached")
    page.get_by_role("button", name=re.compile("^Follow-up")).click()
    page.locator(".block-follow-up.is-open :focus").wait_for()
    wrong += look(secretary, "a new follow-up")
    page.keyboard.press("Escape")
    secretary.go("/boards/produktradet-stikartet/meetings/43-2026/minutes/")
    return wrong + look(secretary, "the draft of a held meeting")


def test_the_main_screens_are_accessible_in_every_state_and_size(secretary):
    wrong = wrong_on_desk_and_calendar(secretary) + wrong_on_agendas(secretary) + wrong_on_minutes(secretary)
    assert wrong + secretary.complaints == [], "\n" + "\n".join(wrong + secretary.complaints)
