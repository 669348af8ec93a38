"""The frame around every page, in a real browser: reachable by keyboard, nothing blocked, nothing axe finds."""

import pytest
from playwright.sync_api import expect

from accounts.models import User
from tests.browser.looking import WCAG, violations

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "a long enough password"


@pytest.fixture
def secretary():
    return User.objects.create_user("secretary", password=PASSWORD, first_name="Siv", last_name="Aas", language="en")


@pytest.fixture
def complaints(page) -> list[str]:
    """What the browser's console complains about, refused styles and scripts among it."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if message.type in {"error", "warning"} else None)
    return heard


def sign_in(page, live_server) -> None:
    page.goto(f"{live_server.url}/sign-in/")
    page.get_by_label("Username").or_(page.get_by_label("Brukernavn")).fill("secretary")
    page.get_by_label("Password").or_(page.get_by_label("Passord")).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}/my/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["/sign-in/", "/accessibility/", "/absent/"])
def test_pages_for_visitors_are_accessible(page, live_server, complaints, address, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(live_server.url + address)

    assert violations(page, WCAG) == []
    assert [text for text in complaints if "404" not in text] == []


def test_signing_in_and_out_by_keyboard(page, live_server, secretary, complaints):
    sign_in(page, live_server)
    assert violations(page, WCAG) == []

    page.locator(".user-menu summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("My page")
    page.locator("#sign-out").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}/sign-in/")
    assert complaints == []


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_the_areas_stand_in_a_menu_that_opens_by_keyboard(page, live_server, secretary, width):
    sign_in(page, live_server)
    page.set_viewport_size({"width": width, "height": 844})

    assert page.locator("header.bar").bounding_box()["height"] < 70
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.locator(".phone-areas summary").focus()
    page.keyboard.press("Enter")
    areas = page.locator(".phone-areas a")
    expect(areas.first).to_be_visible()
    assert areas.all_inner_texts() == ["My page", "Meetings", "Cases", "Follow-up", "Calendar"]
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}/meetings/")


def test_the_first_stop_leads_past_the_menu(page, live_server, secretary):
    sign_in(page, live_server)
    page.keyboard.press("Tab")
    expect(page.locator(".ds-skip-link")).to_be_focused()

    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


@pytest.mark.parametrize("address", ["/my/", "/sign-in/", "/accessibility/"])
def test_nothing_is_wider_than_a_phone(page, live_server, secretary, address):
    page.set_viewport_size({"width": 390, "height": 844})
    if address == "/my/":
        sign_in(page, live_server)
    page.goto(live_server.url + address)

    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_paper_is_white_also_from_a_dark_screen(page, live_server):
    page.emulate_media(color_scheme="dark", media="print")
    page.goto(f"{live_server.url}/accessibility/")

    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    red, green, blue = page.evaluate("getComputedStyle(document.querySelector('h1')).color.match(/\\d+/g).map(Number)")
    assert max(red, green, blue) < 100
