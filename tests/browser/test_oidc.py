"""Signing in through a provider of OpenID Connect, on its own pages: a member, a stranger, and connecting the two."""

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.journey import PHONE, Member, Visitor
from tests.browser.looking import DESK, ZOOMED, wrong_at, wrong_in_the_dark
from tests.signin import provider

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def member():
    board = factories.make_board()
    user = factories.make_user("medlem", name="Eli Nes", email="eli@example.org", language="en")
    factories.make_seat(board, factories.make_person("Eli Nes", user=user, email="eli@example.org"))
    return user


@pytest.fixture(autouse=True)
def offered(settings):
    with provider.running() as issuer:
        provider.offer(settings, issuer, "porten", "kommune")
        yield


def looked_at(one: Visitor) -> None:
    assert wrong_at(one.page, one.page.url, [DESK, PHONE, ZOOMED]) + wrong_in_the_dark(one.page, one.page.url) == []


def test_a_member_comes_in_from_the_providers_own_page(browser, live_server, member):
    one = Visitor(browser, live_server.url, PHONE)
    one.go("/my/")
    looked_at(one)
    one.press("Sign in with Folkeporten")
    expect(one.page.get_by_role("heading", name="Authorize Client")).to_be_visible()
    one.page.get_by_role("button", name="eli", exact=True).click()
    one.page.wait_for_url(f"{live_server.url}/my/")
    one.go("/my/security/")
    expect(one.page.get_by_role("button", name="Disconnect Folkeporten")).to_be_visible()
    looked_at(one)


def test_a_stranger_is_told_what_to_do_and_a_connection_opens_the_door(browser, live_server, member):
    stranger = Visitor(browser, live_server.url, PHONE)
    stranger.go("/sign-in/")
    stranger.press("Sign in with Folkeporten")
    stranger.page.get_by_role("button", name="no-address", exact=True).click()
    stranger.sees("Ask the secretary of your board for an invitation")
    looked_at(stranger)

    one = Member(browser, live_server.url, member)
    one.go("/my/security/")
    one.press("Connect to Folkeporten")
    one.page.get_by_label("Password").fill(factories.PASSWORD)
    one.press("Confirm", exact=True)
    one.page.get_by_role("button", name="no-address", exact=True).click()
    one.sees("From now on you can sign in with Folkeporten.")

    stranger.press("Back to signing in")
    stranger.press("Sign in with Folkeporten")
    stranger.page.get_by_role("button", name="no-address", exact=True).click()
    stranger.page.wait_for_url(f"{live_server.url}/my/")
