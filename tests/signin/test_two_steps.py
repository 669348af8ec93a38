"""A board may ask that its secretaries, or everybody, sign in in two steps (A16)."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client

from boards.models import Board
from tests.signin.conftest import PASSWORD

pytestmark = pytest.mark.django_db
GATE = "/my/security/two-steps/"


@pytest.fixture
def enter():
    """A function: a browser in which the user came in with a password alone, or with a code besides."""

    def come(user, secret: str = "") -> Client:
        user.set_password(PASSWORD)
        user.save()
        client = Client()
        answer = client.post("/sign-in/", {"username": user.username, "password": PASSWORD})
        if secret:
            assert answer["Location"].startswith("/sign-in/code/")
            client.post("/sign-in/code/", {"code": code_of(secret)})
        return client

    return come


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def ask(board, who: str) -> None:
    Board.objects.filter(pk=board.pk).update(second_factor=who)


def test_of_the_secretaries_alone_it_is_asked_of_no_member(cast, enter):
    ask(cast.board, "secretaries")
    page = f"/boards/{cast.board.slug}/"

    assert enter(cast.member).get(page).status_code == 200
    assert enter(cast.secretary).get(page)["Location"] == f"{GATE}?next=/boards/{cast.board.slug}/"
    assert enter(cast.outsider).get("/my/").status_code == 200


def test_who_came_in_with_a_code_is_let_through(cast, enter):
    ask(cast.board, "everybody")
    secret = generate_totp_secret()
    TOTP.activate(cast.member, secret)

    assert enter(cast.member, secret).get(f"/boards/{cast.board.slug}/").status_code == 200


def test_the_page_says_why_and_leads_through_setting_one_up_and_back(cast, enter):
    ask(cast.board, "secretaries")
    client, goal = enter(cast.secretary), f"/boards/{cast.board.slug}/people/"
    page = client.get(goal, follow=True)
    assert f"{cast.board.name} asks for a second step" in page.text and "Turn on one-time codes" in page.text

    client.post("/my/security/confirm/", {"password": PASSWORD, "next": "/my/security/codes/"})
    secret = client.get("/my/security/codes/").context["form"].secret
    shown = client.post("/my/security/codes/", {"code": code_of(secret)}, follow=True)
    assert f'href="{GATE}"' in shown.text
    assert client.get(GATE)["Location"] == goal
    assert client.get(goal).status_code == 200
    assert Authenticator.objects.filter(user=cast.secretary, type="totp").exists()


def test_an_older_session_is_asked_for_the_step_when_the_board_turns_it_on(cast, enter):
    client = enter(cast.member)
    TOTP.activate(cast.member, secret := generate_totp_secret())
    assert client.get("/my/").status_code == 200
    ask(cast.board, "everybody")

    page = client.get("/my/", follow=True).text
    assert "Use a one-time code" in page and "Turn on one-time codes" not in page
    answer = client.post("/my/security/confirm/code/", {"code": code_of(secret), "next": GATE})
    assert answer["Location"] == GATE and client.get(GATE)["Location"] == "/my/"
    assert client.get("/my/").status_code == 200


def test_what_is_sent_through_htmx_is_refused_with_a_sentence_and_kept(cast, enter):
    client = enter(cast.secretary)
    ask(cast.board, "secretaries")
    answer = client.post(f"/boards/{cast.board.slug}/edit/", {"name": "Nytt navn"}, HTTP_HX_REQUEST="true")

    assert (answer.status_code, "unsaved" in answer["HX-Trigger"]) == (403, True)
    assert "two steps" in answer.text and not Board.objects.filter(name="Nytt navn").exists()


def test_public_pages_and_signing_out_are_open_to_all(cast, enter):
    ask(cast.board, "everybody")
    client = enter(cast.member)

    assert [client.get(path).status_code for path in ("/", "/accessibility/", "/my/security/")] == [200] * 3
    assert client.post("/sign-out/").status_code == 302


def test_the_setting_stands_on_the_boards_page(cast, signed_in):
    client, page = signed_in(cast.secretary), f"/boards/{cast.board.slug}/edit/"
    form = client.get(page).context["form"]
    typed = {name: "" if form[name].value() in (None, False) else form[name].value() for name in form.fields}
    client.post(page, typed | {"second_factor": "everybody", "default_start": "12.00", "default_end": "15.00"})

    assert Board.objects.get(pk=cast.board.pk).second_factor == "everybody"
