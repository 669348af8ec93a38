"""Leaving a board: out at the next request, everywhere, from the day after the last one (B21, A7, A17)."""

import html
import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from boards import people
from boards.models import Seat
from jobs import status
from meetings import feeds
from minutes.models import Remark
from tests.demo import demo  # noqa: F401
from tests.signin.conftest import link_in, who
from tests.test_access_matrix import cells

OWN_PAGES = [
    "my_page",
    "home",
    "boards:boards",
    "meetings:meetings",
    "meetings:calendar",
    "cases:cases",
    "followups:all",
]


@pytest.fixture
def member(demo, db):  # noqa: F811
    return User.objects.get(username="medlem")


@pytest.fixture
def browser(member):
    client = Client()
    client.force_login(member)
    return client


@pytest.fixture
def leave(demo, member):  # noqa: F811
    """A function: the member's seat ends so many days ago."""

    def end(days: int = 1) -> None:
        secretary = User.objects.get(username="sekretar")
        for seat in Seat.objects.filter(board=demo.board, person__user=member):
            people.end_seat(seat, timezone.localdate() - timedelta(days=days), by=secretary)

    return end


def test_every_page_and_file_of_the_board_that_was_open_is_gone_at_the_next_request(demo, browser, leave):  # noqa: F811
    routes = [
        (address, route)
        for _name, route, address, _state, method in cells(demo, ("called", "in review", "approved"))
        if method == "GET" and route.audience == "board"
    ]
    was_open = [address for address, _route in routes if browser.get(address).status_code == 200]
    leave()

    assert len(was_open) > 20
    assert {address: browser.get(address).status_code for address in was_open} == dict.fromkeys(was_open, 404)


def test_no_list_of_ones_own_names_the_board_any_more(demo, browser, leave):  # noqa: F811
    names = [name for name in OWN_PAGES if not isinstance(address_of(name), Exception)]
    before = [name for name in names if demo.board.slug in browser.get(address_of(name), follow=True).text]
    leave()

    assert len(before) >= 4
    for name in names:
        assert demo.board.slug not in browser.get(address_of(name), follow=True).text.replace("/public/boards/", ""), (
            name
        )
    assert "You have no seat on a board" in browser.get("/my/").text
    assert "43" not in browser.get("/find/", {"q": "43"}).text or demo.board.slug not in browser.get("/find/?q=43").text


def address_of(name: str):
    try:
        return reverse(name)
    except Exception as fault:
        return fault


def test_who_still_sits_on_another_board_sees_nothing_of_the_one_left(demo, member, leave):  # noqa: F811
    both = User.objects.get(username="medlem2")
    client = Client()
    client.force_login(both)
    assert f"/boards/{demo.board.slug}/" in client.get("/my/").text
    for seat in Seat.objects.filter(board=demo.board, person__user=both):
        people.end_seat(seat, timezone.localdate() - timedelta(days=1), by=User.objects.get(username="sekretar"))

    page = client.get("/my/").text
    assert f"/boards/{demo.board.slug}/" not in page and "/boards/havnestyret-lyngvaer/" in page


def test_the_last_day_is_a_day_on_the_board(demo, browser, leave):  # noqa: F811
    leave(days=0)
    assert browser.get(f"/boards/{demo.board.slug}/").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        again = Client()
        again.force_login(User.objects.get(username="medlem"))
        assert again.get(f"/boards/{demo.board.slug}/").status_code == 404


def remark(demo, client, **more):  # noqa: F811
    meeting = demo.meetings["in review"]
    address = reverse("publishing:send-remarks", args=[demo.board.slug, meeting.slug])
    return client.post(address, {"text": "Punktet er upresist.", "whole": "Punktet er upresist."}, **more)


@pytest.mark.parametrize("header", [{}, {"HTTP_HX_REQUEST": "true"}], ids=["as a page", "through htmx"])
def test_what_is_sent_afterwards_is_not_taken(demo, browser, leave, header):  # noqa: F811
    known = Remark.objects.count()
    leave()

    assert remark(demo, browser, **header).status_code == 404
    assert Remark.objects.count() == known


def test_a_form_held_through_signing_in_is_not_taken_either(demo, member, browser, leave):  # noqa: F811
    member.set_password("en lang setning til prøver")
    member.save()
    browser.force_login(member)
    browser.session.flush()
    page, known = remark(demo, browser), Remark.objects.count()
    leave()
    held = {name: html.unescape(value) for name, value in re.findall(r'name="(held[^"]*)" value="([^"]*)"', page.text)}
    again = browser.post("/sign-in/", {"username": "medlem", "password": "en lang setning til prøver", **held})

    assert "Punktet er upresist." in again.text
    assert remark(demo, browser).status_code == 404 and Remark.objects.count() == known


def test_the_calendars_address_tells_of_the_board_no_more(demo, member, leave):  # noqa: F811
    path = reverse("meetings:feed", args=[feeds.renew(member, at=timezone.now()).token])
    assert b"BEGIN:VEVENT" in Client().get(path).content
    leave()

    assert b"BEGIN:VEVENT" not in Client().get(path).content


def test_a_link_for_signing_in_leads_to_ones_own_page_and_not_to_the_board(demo, member, leave):  # noqa: F811
    visitor, board = Client(), f"/boards/{demo.board.slug}/"
    visitor.post("/sign-in/link/", {"email": member.email, "next": board})
    status.drain()
    leave()
    path = link_in(next(letter for letter in mail.outbox if letter.to == [member.email]))
    other = Client()

    assert other.post(path)["Location"] == board
    assert (other.get(board).status_code, who(other)) == (404, str(member.pk))
    assert "You have no seat on a board" in other.get("/my/").text


def test_a_closed_accounts_sessions_and_links_end_at_the_next_request(demo, member, browser):  # noqa: F811
    visitor = Client()
    visitor.post("/sign-in/link/", {"email": member.email})
    status.drain()
    path = link_in(next(letter for letter in mail.outbox if letter.to == [member.email]))
    User.objects.filter(pk=member.pk).update(is_active=False)

    assert browser.get("/my/")["Location"].startswith("/sign-in/")
    assert visitor.post(path).status_code == 410
