"""Second factors: one-time codes, recovery codes, and what their owner is told (A16)."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from accounts.models import User
from audit.models import Entry
from tests.signin.conftest import PASSWORD, link_in, who

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 12, 0, 10, tzinfo=ZoneInfo("Europe/Oslo"))


def code_at(secret: str, when: datetime) -> str:
    """What an app shows (RFC 6238)."""
    return format_hotp_value(hotp_value(secret, int(when.timestamp()) // 30))


def sign_in(client, password=PASSWORD, **more):
    return client.post("/sign-in/", {"username": "medlem", "password": password, "next": "/accessibility/", **more})


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as moved:
        yield moved


@pytest.fixture
def app(client, member, clock, django_capture_on_commit_callbacks):
    """The secret of the app that the member turned on; the page that followed is the client's `recovery`."""
    sign_in(client)
    client.post("/my/security/confirm/", {"password": PASSWORD, "next": "/my/security/codes/"})
    page = client.get("/my/security/codes/")
    secret = re.search(r'sign-in-key">([A-Z2-7 ]+)<', page.text)[1].replace(" ", "")
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/my/security/codes/", {"code": code_at(secret, NOON)})
    assert answer["Location"] == "/my/security/recovery-codes/"
    client.recovery = client.get(answer["Location"])
    clock.shift(timedelta(minutes=5))
    return secret


def now_code(secret: str) -> str:
    return code_at(secret, datetime.now(tz=ZoneInfo("Europe/Oslo")))


def test_setting_up_asks_for_the_password_first_and_shows_picture_and_key(client, member, clock):
    sign_in(client)
    assert client.get("/my/security/codes/")["Location"].startswith("/my/security/confirm/")
    assert client.post("/my/security/confirm/", {"password": "feil"}).status_code == 422
    client.post("/my/security/confirm/", {"password": PASSWORD})
    page = client.get("/my/security/codes/").text

    assert 'src="data:image/svg+xml;base64,' in page and "otpauth://totp/" in page
    assert client.post("/my/security/codes/", {"code": "000000"}).status_code == 422
    assert not Authenticator.objects.exists()


def test_who_has_no_password_sees_the_recovery_codes_at_once(client, member, clock, post_office):
    User.objects.filter(pk=member.pk).update(password="!")
    client.post("/sign-in/link/", {"email": "medlem"})
    client.post(link_in(post_office()[0]))
    page = client.get("/my/security/codes/").text
    secret = re.search(r'sign-in-key">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    answer = client.post("/my/security/codes/", {"code": code_at(secret, NOON)}, follow=True)

    assert "They are shown only now." in answer.text


def test_after_the_password_comes_the_code_and_nothing_is_open_before(member, app):
    client = Client()
    assert sign_in(client)["Location"] == "/sign-in/code/"
    assert client.get("/my/security/")["Location"].startswith("/sign-in/") and who(client) == ""
    answer = client.post("/sign-in/code/", {"code": now_code(app)})

    assert (answer["Location"], who(client)) == ("/accessibility/", str(member.pk))


def test_a_code_that_was_used_is_refused_also_by_another_process_and_after_half_a_minute(member, app, clock):
    code = now_code(app)
    for client, wanted in ((Client(), 302), (Client(), 422)):
        sign_in(client)
        cache.clear()  # as another process has it
        assert client.post("/sign-in/code/", {"code": f"{code[:3]} {code[3:]}"}).status_code == wanted
    clock.shift(timedelta(seconds=30))
    late = Client()
    sign_in(late)
    assert late.post("/sign-in/code/", {"code": code}).status_code == 422


@pytest.mark.parametrize(("seconds", "wanted"), [(-30, 302), (30, 302), (-70, 422), (70, 422)])
def test_a_clock_may_go_half_a_minute_wrong(member, app, seconds, wanted):
    client = Client()
    sign_in(client)
    moment = datetime.now(tz=ZoneInfo("Europe/Oslo")) + timedelta(seconds=seconds)

    assert client.post("/sign-in/code/", {"code": code_at(app, moment)}).status_code == wanted


def test_codes_cannot_be_guessed_from_many_addresses(member, app):
    for number in range(5):
        client = Client(REMOTE_ADDR=f"192.0.2.{number}")
        sign_in(client)
        assert client.post("/sign-in/code/", {"code": "000000"}).status_code == 422
    client = Client(REMOTE_ADDR="192.0.2.99")
    sign_in(client)
    answer = client.post("/sign-in/code/", {"code": now_code(app)})

    assert (answer.status_code, answer["Retry-After"], who(client)) == (429, "900", "")
    assert "too many attempts" in answer.text


def test_a_recovery_code_opens_once_and_the_codes_are_shown_once(client, member, app):
    page = client.recovery.text
    codes = re.findall(r"<li>(\d{8})</li>", page)
    assert len(codes) == 10 and "download=" in page
    client.post("/my/security/confirm/", {"password": PASSWORD})
    assert codes[0] not in client.get("/my/security/recovery-codes/").text
    for wanted in (302, 422):
        other = Client()
        sign_in(other)
        assert other.post("/sign-in/code/", {"code": codes[0]}).status_code == wanted


def test_a_recovery_code_that_two_use_at_once_opens_for_one(client, member, app):
    """The other had read which codes are left before the first one's was crossed out."""
    code = re.findall(r"<li>(\d{8})</li>", client.recovery.text)[0]
    left = Authenticator.objects.get(user=member, type="recovery_codes").data
    for wanted in (302, 422):
        other = Client()
        sign_in(other)
        Authenticator.objects.filter(user=member, type="recovery_codes").update(data=left)
        assert other.post("/sign-in/code/", {"code": code}).status_code == wanted


ANSWER = '{"id":"AA","rawId":"AA","type":"public-key","response":%s}'


@pytest.mark.parametrize(
    "credential",
    ["", "null", "[]", '"x"', '{"id":"x"}', '{"response":{"userHandle":1}}', "[" * 100_000, ANSWER % "{}", ANSWER % "[]",
     ANSWER % '{"clientDataJSON":"e30","authenticatorData":"AA","signature":"AA","userHandle":"_w"}',
     ANSWER % '{"clientDataJSON":1,"authenticatorData":"AA","signature":"AA"}'],
)  # fmt: skip
def test_what_no_passkey_says_is_refused_in_words(client, member, app, credential):
    client.post("/my/security/confirm/", {"password": PASSWORD})
    for page in ("/my/security/passkeys/new/", "/my/security/confirm/passkey/"):
        assert client.post(page, {"credential": credential, "name": "Min"}).status_code in {302, 422}
    visitor = Client()
    visitor.get("/sign-in/passkey/", headers={"x-requested-with": "XMLHttpRequest"})
    assert visitor.post("/sign-in/passkey/", {"credential": credential}).status_code == 422
    sign_in(visitor)
    assert visitor.post("/sign-in/code/", {"credential": credential, "action": "webauthn"}).status_code in {302, 422}
    assert not Authenticator.objects.filter(type="webauthn").exists() and "_auth_user_id" not in visitor.session


def test_a_link_by_mail_does_not_go_round_the_second_factor(member, app, post_office):
    client = Client()
    client.post("/sign-in/link/", {"email": "medlem"})
    path = next(link_in(letter) for letter in post_office() if "/sign-in/link/" in letter.body)

    assert (client.post(path)["Location"], who(client)) == ("/sign-in/code/", "")


def test_the_secret_is_not_stored_as_it_is_and_a_lost_key_opens_nothing(member, app, settings):
    assert app not in str(list(Authenticator.objects.values_list("data", flat=True)))
    settings.SECRET_KEY = "another key of this installation, long enough"
    client = Client()
    sign_in(client)

    assert client.post("/sign-in/code/", {"code": now_code(app)}).status_code == 422


def test_what_changes_is_told_by_mail_and_stands_in_the_trail(client, member, app, post_office):
    client.post("/my/security/confirm/code/", {"code": now_code(app)})
    client.post("/my/security/codes/off/")

    assert list(Entry.objects.values_list("act", "actor")) == [
        ("signin.add_codes", member.pk),
        ("signin.remove_codes", member.pk),
    ]
    told = [letter.body for letter in post_office()]
    assert "One-time codes from an app were turned on." in told[0] and "turned off" in told[1]
    assert "If it was not you" in told[0] and "20" in told[0]
    assert not Authenticator.objects.exists()


def test_a_late_text_waits_through_the_second_step(member, app):
    client = Client()
    sign_in(client, **{"held_address": "/boards/", "held:title": "Nye livbøyer"})
    page = client.post("/sign-in/code/", {"code": now_code(app)})

    assert "Nye livbøyer" in page.text


def test_the_second_step_is_nothing_by_itself(client, member, app):
    assert Client().get("/sign-in/code/")["Location"] == "/sign-in/"
    assert Client().post("/sign-in/code/", {"code": now_code(app)})["Location"] == "/sign-in/"


def test_a_closed_account_is_told_so_only_after_showing_who_it_is(member, post_office):
    client = Client()
    client.post("/sign-in/link/", {"email": "medlem"})
    User.objects.filter(pk=member.pk).update(is_active=False)

    assert sign_in(client).status_code == 422


def test_an_old_key_of_the_installation_still_reads_what_it_encrypted(member, app, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key of this installation, long enough"
    client = Client()
    sign_in(client)

    assert client.post("/sign-in/code/", {"code": now_code(app)}).status_code == 302


def test_who_lost_everything_is_let_in_again_by_who_runs_the_service_and_is_told(member, app, post_office):
    call_command("forget_factors", "eli@example.org")

    assert not Authenticator.objects.exists()
    assert sign_in(Client())["Location"] == "/accessibility/"
    assert Entry.objects.last().act == "signin.forget_factors"
    assert "removed your passkeys" in post_office()[-1].body
