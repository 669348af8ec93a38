"""One's own page: the password, and the browsers one is signed in with (A16, A17)."""

import pytest
from django.test import Client

from audit.models import Entry
from tests.signin.conftest import PASSWORD, link_in, who

pytestmark = pytest.mark.django_db
NEW = "et helt annet langt passord"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Mobile Safari/604.1"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"


def sign_in(client, password=PASSWORD, **more):
    return client.post("/sign-in/", {"username": "medlem", "password": password}, **more)


@pytest.fixture
def two(member) -> tuple[Client, Client]:
    """The same account at a desk and on a phone."""
    desk, phone = Client(HTTP_USER_AGENT=DESK), Client(HTTP_USER_AGENT=PHONE, REMOTE_ADDR="192.0.2.5")
    sign_in(desk)
    sign_in(phone)
    return desk, phone


def change(client, **fields):
    given = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW, **fields}
    return client.post("/my/security/password/", given)


def test_a_new_password_ends_every_other_session_and_keeps_this_one(two, member, post_office):
    desk, phone = two
    answer = change(desk)

    assert answer["Location"] == "/my/security/"
    assert desk.get("/my/security/").status_code == 200
    assert phone.get("/my/security/")["Location"].startswith("/sign-in/")
    assert [sign_in(Client()).status_code, sign_in(Client(), NEW).status_code] == [422, 302]
    assert "The password was changed." in post_office()[0].body
    assert Entry.objects.get().act == "signin.change_password"


@pytest.mark.parametrize("password", ["kort", "passwordpassword", "medlem@example.org1", "111111111111111111"])
def test_a_weak_password_is_refused_and_the_old_one_stays(two, password):
    assert change(two[0], password1=password, password2=password).status_code == 422
    assert sign_in(Client()).status_code == 302


def test_the_old_password_is_asked_for(two):
    answer = change(two[0], oldpassword="feil")

    assert answer.status_code == 422 and "That password is not right." in answer.text


def test_who_forgot_the_password_comes_in_by_a_link_and_sets_a_new_one(client, member, post_office):
    client.post("/sign-in/link/", {"email": "medlem"})
    client.post(link_in(post_office()[0]))
    answer = client.post("/my/security/password/", {"password1": NEW, "password2": NEW})

    assert answer.status_code == 302
    assert sign_in(Client(), NEW).status_code == 302


def test_every_browser_is_listed_and_one_of_them_is_signed_out(two):
    desk, phone = two
    page = desk.get("/my/security/")
    rows = page.context["sessions"]
    assert [(row["device"], row["row"].ip, row["is_this"]) for row in rows] == [
        ("Safari, iPhone", "192.0.2.5", False),
        ("Edge, Windows", "127.0.0.1", True),
    ]
    desk.post(f"/my/security/sessions/{rows[0]['row'].pk}/end/")

    assert phone.get("/my/security/")["Location"].startswith("/sign-in/")
    assert len(desk.get("/my/security/").context["sessions"]) == 1
    assert Entry.objects.get().act == "signin.end_session"


def test_all_others_are_signed_out_at_once(two, member):
    desk, _phone = two
    third = Client()
    sign_in(third)
    desk.post("/my/security/sessions/end/")

    assert [who(one) == str(member.pk) and one.get("/my/security/").status_code for one in two] == [200, False]
    assert third.get("/my/security/").status_code == 302


def test_nobody_ends_the_session_of_another(two, django_user_model):
    stranger = Client()
    stranger.force_login(django_user_model.objects.create_user("fremmed"))
    number = two[0].get("/my/security/").context["sessions"][0]["row"].pk

    assert stranger.post(f"/my/security/sessions/{number}/end/").status_code == 404
    assert two[1].get("/my/security/").status_code == 200


def test_the_page_asks_as_much_for_thirty_sessions_as_for_three(two, member, django_assert_max_num_queries):
    for _ in range(12):
        sign_in(Client(REMOTE_ADDR="192.0.2.8"))
    with django_assert_max_num_queries(12):
        two[0].get("/my/security/")


@pytest.mark.parametrize("path", ["/accounts/login/", "/sign-in/signup/", "/my/security/email/", "/accounts/email/"])
def test_no_page_of_allauths_own_can_be_reached(two, path):
    assert two[0].get(path).status_code == 404
