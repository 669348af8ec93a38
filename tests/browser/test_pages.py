"""The main pages in a real browser, at a desk and on a telephone: nothing axe finds, nothing refused, all within reach."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from accounts.models import User
from boardroom.demo.seeding import seed
from boards.models import Board
from tests import factories
from tests.browser.journey import PHONE, Member, Visitor

pytestmark = pytest.mark.django_db(transaction=True)
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
BOARD = "/boards/produktradet-stikartet/"
PUBLIC = "/public/boards/produktradet-stikartet/"


@pytest.fixture
def demo(transactional_db):
    """The demonstration, with a password for its secretary and a member, who read English."""
    seed(timezone.now())
    for username in ("sekretar", "medlem"):
        user = User.objects.get(username=username)
        user.set_password(factories.PASSWORD)
        user.language = User.Language.EN
        user.save()
    return Board.objects.get(slug="produktradet-stikartet")


def at(board: Board, sequence: int) -> str:
    return board.meetings.get(sequence=sequence).slug


def pages_of(board: Board) -> dict[str, list[str]]:
    """The main pages, by who reads them."""
    planned, called, draft, review, final = (f"{BOARD}meetings/{at(board, number)}/" for number in (46, 44, 43, 42, 41))
    return {
        "sekretar": [
            "/desk/",
            "/boards/",
            BOARD,
            f"{BOARD}people/",
            "/meetings/",
            "/calendar/",
            f"{BOARD}meetings/",
            f"{BOARD}meetings/new/",
            planned,
            f"{planned}agenda/",
            f"{planned}send-call/",
            f"{called}attendance/",
            f"{draft}minutes/",
            f"{draft}send-for-review/",
            f"{review}review/remarks/",
            f"{final}documents/",
            f"{final}approve/",
            f"{BOARD}follow-ups/",
            f"{BOARD}follow-ups/plan/",
            f"{BOARD}decisions/",
            f"{BOARD}cases/",
            "/jobs/",
            "/import/",
        ],
        "medlem": ["/desk/", f"{called}agenda/", f"{review}review/", f"{final}documents/minutes/2/", "/follow-ups/"],
        "": ["/", PUBLIC, f"{PUBLIC}meetings/{at(board, 41)}/", f"{PUBLIC}meetings/{at(board, 40)}/minutes/"],
    }


def findings(one: Visitor) -> list[str]:
    return [
        f"{one.page.url}: {violation['id']}: {violation['nodes'][0]['html'][:160]}"
        for violation in Axe().run(one.page, options=WCAG).response["violations"]
    ]


def test_the_main_pages_are_accessible_and_complain_of_nothing(browser, live_server, demo):
    wrong = []
    for viewport in (None, PHONE):
        for username, paths in pages_of(demo).items():
            if username:
                one = Member(browser, live_server.url, User.objects.get(username=username), viewport)
            else:
                one = Visitor(browser, live_server.url, viewport)
            for path in paths:
                one.go(path)
                wrong += findings(one)
                if one.page.locator("h1").count() != 1:
                    wrong.append(f"{path} has {one.page.locator('h1').count()} main headings")
                if one.page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1"):
                    wrong.append(f"{path} is wider than the window of {one.page.viewport_size['width']}")
            wrong += one.complaints
            one.context.close()
    assert wrong == [], "\n" + "\n".join(wrong)


def test_from_the_door_to_a_remark_by_keyboard_alone(browser, live_server, demo):
    one = Member(browser, live_server.url, User.objects.get(username="medlem"))
    one.page.keyboard.press("Tab")
    assert one.page.evaluate("document.activeElement.getAttribute('href')").startswith("#")
    one.page.keyboard.press("Enter")
    one.go(f"{BOARD}meetings/{at(demo, 42)}/review/")
    one.page.get_by_text("Remark", exact=True).first.focus()
    one.page.keyboard.press("Enter")
    one.page.keyboard.press("Tab")
    one.page.keyboard.type("Det var ikke slik jeg sa det.")
    one.page.keyboard.press("Tab")
    one.page.keyboard.press("Enter")
    one.sees("Det var ikke slik jeg sa det.")
    assert one.complaints == []
