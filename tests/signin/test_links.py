"""Signing in by a link or a code from a mail (A16, B21)."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import User
from mail.models import Letter
from signin.models import SignInLink
from tests import factories
from tests.signin.conftest import code_in, link_in, who

pytestmark = pytest.mark.django_db


def ask(client, typed="eli@example.org", **more):
    return client.post("/sign-in/link/", {"email": typed, "next": "/accessibility/"}, **more)


def test_the_link_of_the_mail_signs_in_on_another_device_and_leads_to_the_page_one_wanted(client, member, post_office):
    assert ask(client)["Location"] == "/sign-in/link/sent/"
    [letter] = post_office()
    other = Client()
    before = other.get(link_in(letter))
    answer = other.post(link_in(letter))

    assert letter.to == ["Eli@example.org"] and "Eli Nes" in before.text
    assert (answer.status_code, answer["Location"], who(other)) == (302, "/accessibility/", str(member.pk))
    assert who(client) == ""


def test_a_scanner_that_looks_at_the_link_does_not_use_it_and_the_button_uses_it_once(client, member, post_office):
    ask(client)
    path = link_in(post_office()[0])
    for _ in range(3):
        assert Client().get(path).status_code == 200
    assert client.post(path).status_code == 302

    assert [Client().get(path).status_code, Client().post(path).status_code] == [410, 410]
    assert "Get a new link" in Client().get(path).text


def test_the_link_ends_after_a_quarter_of_an_hour(client, member, post_office):
    ask(client)
    path = link_in(post_office()[0])
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        assert Client().post(path).status_code == 410


def test_who_is_in_already_is_led_on_by_a_used_link(client, member, post_office):
    ask(client)
    path = link_in(post_office()[0])
    client.post(path)

    assert client.get(path)["Location"] == "/accessibility/"


@pytest.mark.parametrize("token", ["x", "a.b", "%00", "æ", "." * 300])
def test_a_made_up_link_opens_nothing(client, member, token):
    assert client.get(f"/sign-in/link/{token}/").status_code in {400, 404, 410}


def test_the_code_works_in_the_browser_that_asked_and_nowhere_else(client, member, post_office):
    ask(client)
    code = code_in(post_office()[0])
    stranger = Client()
    ask(stranger, "nobody@example.org")

    assert (stranger.post("/sign-in/link/sent/", {"code": code}).status_code, who(stranger)) == (422, "")
    assert client.post("/sign-in/link/sent/", {"code": code.replace(" ", "")})["Location"] == "/accessibility/"
    assert who(client) == str(member.pk)


def test_a_code_may_be_tried_five_times_and_the_link_still_works(client, member, post_office):
    ask(client)
    code, path = code_in(post_office()[0]), link_in(mail.outbox[0])
    wrong = "000000" if code != "000 000" else "111111"
    assert [client.post("/sign-in/link/sent/", {"code": wrong}).status_code for _ in range(5)] == [422] * 5

    assert (client.post("/sign-in/link/sent/", {"code": code}).status_code, who(client)) == (422, "")
    assert client.post(path).status_code == 302


@pytest.mark.parametrize("typed", ["eli@example.org", "ELI@EXAMPLE.ORG", "medlem", " medlem "])
def test_the_name_does_as_well_as_the_address(client, member, post_office, typed):
    ask(client, typed)

    assert [letter.to for letter in post_office()] == [["Eli@example.org"]]


def test_an_unknown_address_gets_the_same_page_and_no_mail(client, member, post_office):
    def page_for(address) -> str:
        one = Client()
        ask(one, address)
        shown = one.get("/sign-in/link/sent/").text.replace(address, "…")
        return re.sub(r'(csrfmiddlewaretoken" value|X-CSRFToken": |nonce)[^>]+', "", shown)

    assert page_for("eli@example.org") == page_for("ola@example.org")
    assert [letter.to for letter in post_office()] == [["Eli@example.org"]]


def test_a_closed_account_gets_no_mail_and_its_link_no_longer_works(client, member, post_office):
    ask(client)
    path = link_in(post_office()[0])
    User.objects.filter(pk=member.pk).update(is_active=False)
    ask(client)

    assert client.post(path).status_code == 410
    assert len(post_office()) == 1


def test_the_sixth_asking_is_refused_here_but_not_for_the_owner_elsewhere(client, member):
    assert [ask(client).status_code for _ in range(5)] == [302] * 5
    answer = ask(client)

    assert (answer.status_code, answer["Retry-After"]) == (429, "900")
    assert ask(Client(), REMOTE_ADDR="192.0.2.7").status_code == 302


def test_nobody_can_fill_a_mailbox(member, post_office):
    for number in range(14):
        ask(Client(), REMOTE_ADDR=f"192.0.2.{number}")

    assert len(post_office()) == 5


def test_a_stranger_who_asks_and_asks_keeps_nobody_out(member, post_office):
    """The owner's own asking brings no sixth mail, but the newest they have works; later there are new ones (A16)."""
    for number in range(9):
        ask(Client(), REMOTE_ADDR=f"192.0.2.{number}")
    owner = Client()
    newest = post_office()[-1]
    assert owner.post(link_in(newest)).status_code == 302 and who(owner)

    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        before = len(post_office())
        ask(Client(), REMOTE_ADDR="192.0.2.77")
        assert len(post_office()) == before + 1


def test_nothing_that_opens_the_account_is_stored(client, member, post_office):
    ask(client)
    letter = post_office()[0]
    stored = str(list(SignInLink.objects.values())) + str(list(Letter.objects.values()))

    assert link_in(letter).split("/")[3] not in stored
    assert code_in(letter).replace(" ", "") not in stored


def test_a_text_that_came_too_late_is_there_after_signing_in_by_code(client, member, post_office):
    client.post("/sign-in/link/", {"email": "medlem", "held_address": "/boards/", "held:title": "Nye livbøyer"})
    page = client.post("/sign-in/link/sent/", {"code": code_in(post_office()[0])})

    assert "Nye livbøyer" in page.text and '<form method="post" action="/boards/"' in page.text
    assert "no-store" in page["Cache-Control"] and "held" not in client.session


def test_the_letter_carries_nothing_of_the_boards_one_sits_on(client, member, post_office):
    board = factories.make_board()
    factories.make_seat(board, factories.make_person("Eli Nes", user=member, email="eli@example.org"))
    ask(client)
    letter = post_office()[0]

    assert board.name not in str(letter.message()) and board.slug not in str(letter.message())
