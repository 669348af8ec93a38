"""The secretary searches the register, keeps the search, takes the list out, closes one of two actions and splits a promise."""

import pytest
from playwright.sync_api import expect

from accounts.models import User
from boards.models import Seat
from followups.models import FollowUp
from tests import factories
from tests.browser.journey import Member
from tests.browser.looking import DESK, PHONE, ZOOMED, wrong_at, wrong_in_the_dark
from tests.followups.build import follow_up, held_meeting

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def promised():
    """Three actions under one heading, and another promise."""
    user = factories.make_user("sigrun", name="Sigrun Vik", language=User.Language.EN)
    board = factories.make_board()
    factories.make_seat(board, factories.make_person("Sigrun Vik", user=user), Seat.Role.SECRETARY)
    held = held_meeting(board)
    follow_up(held, "Skilt", item=4, actions=("Sette opp skilt.",), responsible=["Kari Nordvik"])
    actions = ("Legge ut prøvene.", "Måle strømmen.", "Varsle skolene.")
    return follow_up(held, "Badevann", item=3, actions=actions, responsible=["Åse Bø"])


def test_search_keep_export_close_and_split(browser, live_server, promised):
    sigrun = Member(browser, live_server.url, User.objects.get(username="sigrun"))
    page = sigrun.page
    page.goto(f"{live_server.url}/boards/{promised.board.slug}/follow-ups/")
    responsible = page.locator("input[name=responsible]")
    responsible.press_sequentially("bø")
    expect(page.get_by_role("option", name="Åse Bø")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(responsible).to_have_value("Åse Bø")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Responsible: «Åse Bø»")).to_be_visible()
    expect(page.get_by_role("link", name="Sette opp skilt.")).to_have_count(0)
    assert wrong_at(page, "the register", [DESK, PHONE, ZOOMED]) + wrong_in_the_dark(page, "the register") == []

    page.get_by_text("Keep this search").click()
    page.get_by_label("Name of the search").fill("Hos Åse")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Hos Åse", exact=True)).to_have_attribute("aria-current", "true")

    page.get_by_text("Print and export").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="As a table (CSV)").click()
    told = download.value.path().read_text(encoding="utf-8-sig")
    assert "Måle strømmen." in told and "Sette opp skilt." not in told
    page.keyboard.press("Escape")

    page.get_by_text("Close no. 2").click()
    page.locator(".close-action[open]").get_by_label("Remark").fill("Se e-post fra Åse.")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Done: «Måle strømmen.»")).to_be_visible()
    expect(page.get_by_role("link", name="Responsible: «Åse Bø»")).to_be_visible()

    page.get_by_role("link", name="Legge ut prøvene.").click()
    expect(page.get_by_text("Se e-post fra Åse.")).to_be_visible()
    page.get_by_role("link", name="Split", exact=True).click()
    page.get_by_label("Varsle skolene.").check()
    page.get_by_label("Why is it split?").fill("Kommunen tar skolene.")
    page.get_by_role("button", name="Split").click()
    expect(page.get_by_role("heading", level=1, name="Varsle skolene.")).to_be_visible()
    assert FollowUp.objects.get(split_from=promised).actions.get().text == "Varsle skolene."
    assert wrong_at(page, "a part", [DESK, PHONE, ZOOMED]) == []
    assert sigrun.complaints == []
