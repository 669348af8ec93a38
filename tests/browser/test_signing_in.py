"""Signing in as members do it: by a link on the phone, with a passkey, with a code from an app; and signed out elsewhere."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from playwright.sync_api import expect

from jobs import status
from tests import factories
from tests.browser.journey import PHONE, Member, Visitor
from tests.browser.looking import DESK, ZOOMED, wrong_at, wrong_in_the_dark, wrong_with_buttons

pytestmark = pytest.mark.django_db(transaction=True)
PARTS = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}


@pytest.fixture
def member():
    board = factories.make_board()
    user = factories.make_user("medlem", name="Eli Nes", email="eli@example.org", language="en")
    factories.make_seat(board, factories.make_person("Eli Nes", user=user, email="eli@example.org"))
    return user


def looked_at(one: Visitor) -> None:
    """Nothing is wrong with the page one is on: desk, phone, 400 %, dark."""
    sizes = [one.page.viewport_size, *(size for size in (DESK, PHONE, ZOOMED) if size != one.page.viewport_size)]
    path = one.page.url
    assert (
        wrong_with_buttons(one.page, path) + wrong_at(one.page, path, sizes) + wrong_in_the_dark(one.page, path) == []
    )


def with_passkeys(one: Visitor) -> None:
    """The browser gets a device that holds passkeys, and whose owner always says yes."""
    session = one.context.new_cdp_session(one.page)
    session.send("WebAuthn.enable")
    options = {**PARTS, "isUserVerified": True, "automaticPresenceSimulation": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sign_out(one: Visitor) -> None:
    one.go("/sign-out/")
    one.page.locator("main").get_by_role("button", name="Sign out").click()
    one.page.wait_for_url("**/sign-in/")


def test_a_link_asked_for_on_the_phone_leads_to_the_page_one_wanted(browser, live_server, member, settings):
    settings.PORT = live_server.url.rpartition(":")[2]
    settings.ALLOWED_HOSTS = ["localhost", *settings.ALLOWED_HOSTS]
    one = Visitor(browser, live_server.url, PHONE)
    one.go("/boards/")
    looked_at(one)
    one.page.get_by_label("E-mail", exact=True).fill("Eli@Example.org")
    one.page.keyboard.press("Enter")
    one.sees("Look in your mail")
    looked_at(one)
    status.drain()
    [letter] = mail.outbox
    assert letter.to == ["eli@example.org"]

    app = one.context.new_page()  # the mail opens it in a page of its own
    app.goto(re.search(r"http://\S+/sign-in/link/\S+", letter.body)[0])
    expect(app.get_by_text("You are about to sign in as Eli Nes.")).to_be_visible()
    app.get_by_role("button", name="Sign in").click()
    app.wait_for_url(f"{live_server.url}/boards/")

    elsewhere = Visitor(browser, live_server.url)
    elsewhere.page.goto(re.search(r"http://\S+/sign-in/link/\S+", letter.body)[0])
    elsewhere.sees("It was used already")
    assert [said for said in one.complaints if "favicon" not in said] == []


def test_a_passkey_is_added_signs_in_alone_and_is_removed(browser, live_server, member):
    one = Member(browser, live_server.url, member, PHONE)
    with_passkeys(one)
    one.go("/my/security/")
    looked_at(one)
    one.press("Add a passkey")
    one.sees("Confirm that it is you")
    one.page.get_by_label("Password").fill(factories.PASSWORD)
    one.press("Confirm", exact=True)
    one.page.get_by_label("Name of the passkey").fill("Min telefon")
    looked_at(one)
    one.press("Add the passkey")
    one.sees("They are shown only now.")
    looked_at(one)
    with one.page.expect_download() as download:
        one.press("Download")
    codes = download.value.path().read_text().split()[1:]
    assert len(codes) == 10 and all(re.fullmatch(r"\d{8}", code) for code in codes)

    sign_out(one)
    one.go("/sign-in/?next=/my/security/")
    one.press("Sign in with a passkey")
    one.page.wait_for_url(f"{live_server.url}/my/security/")
    one.sees("Min telefon")

    other = Visitor(browser, live_server.url)  # a desk without the passkey needs a code besides the password
    other.go("/sign-in/?next=/accessibility/")
    other.page.get_by_label("Username").fill("medlem")
    other.page.get_by_label("Password").fill(factories.PASSWORD)
    other.page.keyboard.press("Enter")
    other.sees("One more step")
    looked_at(other)
    other.page.get_by_label("Code").fill(codes[0])
    other.page.keyboard.press("Enter")
    other.page.wait_for_url(f"{live_server.url}/accessibility/")

    one.press("Remove Min telefon")
    one.press("Use a passkey")
    one.press("Use the passkey")
    one.sees("Remove the passkey «Min telefon»?")
    one.press("Remove", exact=True)
    one.sees("The passkey is removed.")
    assert one.complaints == []


def test_codes_from_an_app_and_a_browser_that_is_signed_out_from_another(browser, live_server, member):
    desk = Member(browser, live_server.url, member)
    desk.go("/my/security/codes/")
    desk.page.get_by_label("Password").fill(factories.PASSWORD)
    desk.press("Confirm", exact=True)
    secret = desk.page.locator(".sign-in-key").inner_text().replace(" ", "")
    looked_at(desk)
    desk.page.get_by_label("Code from the app").fill(code_of(secret))
    desk.press("Turn on", exact=True)
    desk.sees("They are shown only now.")

    phone = Visitor(browser, live_server.url, PHONE)
    phone.go("/sign-in/?next=/my/security/")
    phone.page.get_by_label("Username").fill("medlem")
    phone.page.get_by_label("Password").fill(factories.PASSWORD)
    phone.page.keyboard.press("Enter")
    phone.page.get_by_label("Code").fill(code_of(secret))
    phone.page.keyboard.press("Enter")
    phone.page.wait_for_url(f"{live_server.url}/my/security/")
    looked_at(phone)

    phone.press("Sign out all other browsers")
    phone.sees("All other browsers are signed out.")
    desk.go("/my/security/")
    desk.sees("With a link by e-mail")
    assert desk.complaints + phone.complaints == []


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))
