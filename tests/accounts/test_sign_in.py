import html
import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import SignInFailure, User

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough password"


@pytest.fixture
def secretary():
    return User.objects.create_user("secretary", password=PASSWORD, first_name="Siv", last_name="Aas", language="en")


def attempt(client, username="secretary", password=PASSWORD, **more):
    return client.post("/sign-in/", {"username": username, "password": password, **more.pop("data", {})}, **more)


def who(client) -> str:
    return client.session.get("_auth_user_id", "")


def test_the_right_password_opens_the_page_that_was_asked_for(client, secretary):
    answer = attempt(client, data={"next": "/accessibility/"})

    assert (answer.status_code, answer["Location"], who(client)) == (302, "/accessibility/", str(secretary.pk))


@pytest.mark.parametrize("goal", ["//evil.example/", "https:evil.example", "\\\\evil.example", "javascript:alert(1)"])
def test_signing_in_never_leads_off_the_site(client, secretary, goal):
    assert attempt(client, data={"next": goal})["Location"] == "/desk/"


def test_a_wrong_password_and_an_unknown_account_get_the_same_answer(client, secretary):
    wrong, unknown = attempt(client, password="wrong"), attempt(client, username="nobody", password="wrong")

    assert (wrong.status_code, unknown.status_code, who(client)) == (422, 422, "")
    assert 'value="secretary"' in wrong.text
    assert wrong.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()


def test_the_sixth_attempt_on_an_account_is_refused_even_with_the_right_password(client, secretary):
    assert [attempt(client, password="wrong").status_code for _ in range(5)] == [422] * 5
    answer = attempt(client)

    assert (answer.status_code, answer["Retry-After"], who(client)) == (429, "900", "")
    assert "Wait 15 minutes" in answer.text


def test_a_stranger_does_not_lock_the_owner_out(client, secretary):
    for _ in range(6):
        attempt(client, password="wrong", REMOTE_ADDR="203.0.113.9")

    assert attempt(client, REMOTE_ADDR="192.0.2.1").status_code == 302


def test_one_address_may_not_try_many_accounts(client, secretary):
    for number in range(30):
        attempt(client, username=f"guess{number}", password="wrong")

    assert attempt(client).status_code == 429


def test_attempts_are_forgotten_after_a_quarter_of_an_hour(client, secretary):
    for _ in range(5):
        attempt(client, password="wrong")
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        assert attempt(client, password="wrong").status_code == 422
        assert SignInFailure.objects.count() == 1


def test_a_new_session_begins_at_sign_in(client, secretary):
    client.session["seen"] = True
    before = client.session.session_key
    attempt(client)

    assert client.session.session_key != before


def test_signing_out_ends_the_session_and_clears_the_browser(client, secretary):
    attempt(client)
    answer = client.post("/sign-out/")

    assert answer["Clear-Site-Data"] == '"cache"'
    assert client.get("/desk/")["Location"] == "/sign-in/?next=/desk/"


def test_a_link_cannot_sign_anyone_out(client, secretary):
    attempt(client)

    assert (client.get("/sign-out/").status_code, who(client)) == (200, str(secretary.pk))


def test_a_form_from_another_site_is_refused_in_words(secretary):
    answer = attempt(Client(enforce_csrf_checks=True))

    assert answer.status_code == 403
    assert "The form was opened too long ago" in answer.text


def test_a_disabled_account_is_out_at_the_next_request(client, secretary):
    attempt(client)
    User.objects.filter(pk=secretary.pk).update(is_active=False)

    assert client.get("/desk/")["Location"] == "/sign-in/?next=/desk/"


def test_demo_roles_are_offered_and_open_in_demo_mode_only(client, secretary, settings):
    User.objects.filter(pk=secretary.pk).update(is_demo=True, demo_role="Secretary of two boards")
    assert "Secretary of two boards" not in client.get("/sign-in/").text
    assert client.post("/sign-in/demo/", {"username": "secretary"}).status_code == 404

    settings.DEMO = True
    assert "Secretary of two boards" in client.get("/sign-in/").text
    assert client.post("/sign-in/demo/", {"username": "secretary"})["Location"] == "/desk/"
    assert who(client) == str(secretary.pk)


def test_demo_mode_opens_no_other_account(client, secretary, settings):
    settings.DEMO = True

    assert (client.post("/sign-in/demo/", {"username": "secretary"}).status_code, who(client)) == (404, "")


def late(client, secretary, **fields):
    """A form sent after the session was gone."""
    client.force_login(secretary)
    client.session.flush()
    return client.post("/boards/", {"title": "Nye livbøyer", "text": "<p>Lang tekst</p>", **fields})


def test_a_form_that_comes_after_the_session_ended_is_still_there_after_signing_in(client, secretary):
    page = late(client, secretary)
    carried = dict(re.findall(r'name="(held[^"]*)" value="([^"]*)"', page.text))

    assert page.status_code == 401
    assert "no-store" in page["Cache-Control"]
    assert "what you wrote is still here" in page.text
    assert attempt(client, password="wrong", data=carried).context["held"].fields[0] == ("title", "Nye livbøyer")
    again = attempt(client, data={name: html.unescape(value) for name, value in carried.items()})
    assert "Nye livbøyer" in again.text and "Lang tekst" in again.text
    assert "no-store" in again["Cache-Control"]
    assert '<form method="post" action="/boards/"' in again.text
    assert 'name="text" value="&lt;p&gt;Lang tekst&lt;/p&gt;"' in again.text


@pytest.mark.parametrize("address", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "/a\nb"])
def test_what_was_held_is_never_sent_off_the_site(client, secretary, address):
    assert attempt(client, data={"held_address": address, "held:title": "x"})["Location"] == "/desk/"


def test_a_button_pressed_after_the_session_ended_leads_to_sign_in(client, secretary):
    client.force_login(secretary)
    client.session.flush()

    assert client.post("/sign-out/")["Location"] == "/sign-in/?next=/desk/"


def test_signing_out_clears_pages_but_not_what_others_have_waiting_in_the_browser(client, secretary):
    client.force_login(secretary)
    assert "stay in this browser until you sign in here again" in client.get("/sign-out/").text

    assert client.post("/sign-out/")["Clear-Site-Data"] == '"cache"'


def from_an_old_page(secretary, **headers):
    """A form whose word is another since its owner signed in again in another tab."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(secretary)
    client.get("/sign-out/")
    sent = {"title": "Nye livbøyer", "csrfmiddlewaretoken": "x" * 64}
    return client.post("/boards/", sent, headers=headers)


def test_a_form_from_before_one_signed_in_again_is_shown_to_be_sent_again(secretary):
    answer = from_an_old_page(secretary, origin="http://testserver")

    assert answer.status_code == 403
    assert "Nye livbøyer" in answer.text and '<form method="post" action="/boards/"' in answer.text


@pytest.mark.parametrize("headers", [{}, {"origin": "https://evil.example"}, {"origin": "null"}])
def test_a_form_from_elsewhere_is_refused_and_offered_to_nobody(secretary, headers):
    answer = from_an_old_page(secretary, **headers)

    assert answer.status_code == 403
    assert "Nye livbøyer" not in answer.text
