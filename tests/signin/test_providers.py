"""Coming in by OpenID Connect, over HTTP and with a provider that runs here: who gets in, who does not, and what is told."""

from html import unescape
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialToken
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from accounts.models import User
from audit.models import Entry
from tests.signin import provider
from tests.signin.conftest import PASSWORD, who

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def issuer():
    with provider.running() as address:
        yield address


@pytest.fixture(autouse=True)
def offered(settings, issuer):
    provider.offer(settings, issuer, "porten", "kommune")


@pytest.fixture
def visitor(client):
    client.cookies["language"] = "en"
    return client


def on_the_way(client, **fields) -> str:
    """The provider's address that the page one gets leads to."""
    answer = client.post("/sign-in/with/porten/", fields)
    assert answer.status_code == 200, answer.content
    return unescape(answer.text.partition("0;url=")[2].partition('"')[0])


def there(address: str, **said) -> str:
    """The path one is sent back to, after having answered on the provider's page."""
    answer = requests.post(address, data=said, allow_redirects=False, timeout=5)
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def through(client, sub: str, **fields):
    return client.get(there(on_the_way(client, **fields), sub=sub))


def test_the_provider_is_asked_with_pkce_a_nonce_and_no_more_than_is_needed(visitor):
    asked = parse_qs(urlsplit(on_the_way(visitor)).query)

    assert asked["code_challenge_method"] == ["S256"] and len(asked["nonce"][0]) == 32
    assert set(asked["scope"][0].split()) == {"openid", "email"} and asked["ui_locales"] == ["en"]
    assert asked["redirect_uri"] == ["http://testserver/sign-in/with/porten/callback/"]


def test_a_verified_address_is_connected_at_the_first_time_and_only_the_subject_is_kept(visitor, member):
    answer = through(visitor, "eli", next="/my/security/")

    assert answer["Location"] == "/my/security/" and who(visitor) == str(member.pk)
    kept = SocialAccount.objects.get()
    assert (kept.user, kept.provider, kept.uid) == (member, "porten", "eli")
    assert set(kept.extra_data) == {"iss", "sub"} and not SocialToken.objects.exists()
    assert [entry.act for entry in Entry.objects.all()] == ["signin.connect_provider"]

    User.objects.filter(pk=member.pk).update(email="ny@example.org")
    again = Client()
    through(again, "eli")
    assert who(again) == str(member.pk) and "01017012345" not in str(SocialAccount.objects.values())


@pytest.mark.parametrize("sub", ["nobody", "unverified", "no-address"])
def test_who_is_not_known_gets_no_account_and_is_told_what_to_do(visitor, member, sub):
    answer = through(visitor, sub)

    assert answer.status_code == 403 and "Ask the secretary of your board for an invitation" in answer.text
    assert who(visitor) == "" and User.objects.count() == 1 and not SocialAccount.objects.exists()


def test_the_address_from_a_provider_that_is_not_trusted_opens_nothing(visitor, member, settings, issuer):
    provider.offer(settings, issuer, "porten", trusts_email=False)

    assert through(visitor, "eli").status_code == 403 and who(visitor) == ""


def test_an_address_two_accounts_have_opens_neither(visitor, member):
    User.objects.create_user("annen", email="eli@example.org")

    assert through(visitor, "eli").status_code == 403 and who(visitor) == ""


def test_a_closed_account_stays_closed_also_when_it_is_connected(visitor, member):
    through(Client(), "eli")
    User.objects.update(is_active=False)
    answer = through(visitor, "eli")

    assert answer.status_code == 403 and "This account is closed." in answer.text and who(visitor) == ""


def test_who_breaks_off_is_told_that_nothing_happened(visitor, member):
    answer = visitor.get(there(on_the_way(visitor), action="deny"))

    assert answer.status_code == 403 and "You broke off at Folkeporten" in answer.text and who(visitor) == ""


def test_an_answer_from_another_browser_or_used_before_is_refused(visitor, member):
    back = there(on_the_way(visitor), sub="eli")
    elsewhere = Client(headers={"accept-language": "en"}).get(back)

    assert elsewhere.status_code == 400 and "Begin anew" in elsewhere.text
    assert visitor.get(back).status_code == 302
    assert Client().get(back).status_code == 400
    assert visitor.get("/sign-in/with/kommune/callback/?state=x&code=y").status_code == 400


def test_a_provider_that_does_not_answer_is_named(visitor, member, settings):
    provider.offer(settings, "http://localhost:9", "porten")
    answer = visitor.post("/sign-in/with/porten/")

    assert answer.status_code == 503 and "Folkeporten does not answer now" in answer.text


def test_a_provider_that_falls_silent_on_the_way_is_named_too(visitor, member, settings, issuer):
    with provider.running() as own:
        provider.offer(settings, own, "porten")
        back = there(on_the_way(visitor), sub="eli")
    answer = visitor.get(back)

    assert answer.status_code == 503 and who(visitor) == ""


def test_an_issuer_that_calls_itself_another_is_not_believed(visitor, member, settings, issuer):
    provider.offer(settings, issuer, "porten")
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = issuer.upper()
    answer = visitor.post("/sign-in/with/porten/")

    assert answer.status_code == 403 and "could not be trusted" in answer.text


@pytest.mark.parametrize("spoilt", ["signature", "nonce", "audience"])
def test_a_token_that_is_not_for_this_request_is_refused(visitor, member, issuer, monkeypatch, spoilt):
    forged = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    real = requests.Session.send

    def send(session, prepared, **options):
        """The provider's own answer, with its ID token exchanged on the way."""
        answer = real(session, prepared, **options)
        if prepared.url.endswith("/oauth2/token"):
            body = answer.json()
            claims = jwt.decode(body["id_token"], options={"verify_signature": False})
            body["id_token"] = jwt.encode(claims, forged, algorithm="RS256")
            answer.json = lambda: body
        return answer

    address = on_the_way(visitor)
    if spoilt == "nonce":
        query = urlsplit(address).query
        address = address.replace(parse_qs(query)["nonce"][0], "f" * 32)
    elif spoilt == "audience":
        address = address.replace("client_id=boardroom", "client_id=another")
    else:
        monkeypatch.setattr(requests.Session, "send", send)
    back = there(address, sub="eli")
    answer = visitor.get(back)

    assert answer.status_code == 403 and "could not be trusted" in answer.text and who(visitor) == ""


def test_a_provider_that_asked_for_two_factors_counts_as_two(visitor, member, settings, issuer):
    provider.offer(settings, issuer, "porten", second_factor=["high"])
    through(visitor, "strong")
    methods = [one["method"] for one in visitor.session["account_authentication_methods"]]
    other = Client()
    through(other, "eli")

    assert methods == ["mfa"]
    assert [one["method"] for one in other.session.get("account_authentication_methods", [])] != ["mfa"]


def test_connecting_asks_who_one_is_and_disconnecting_leaves_the_other_ways(visitor, member):
    visitor.post("/sign-in/", {"username": "medlem", "password": PASSWORD})
    first = visitor.post("/sign-in/with/porten/", {"connect": "yes"})
    assert first["Location"].startswith("/my/security/confirm/")
    visitor.post("/my/security/confirm/", {"password": PASSWORD})
    answer = through(visitor, "no-address", connect="yes")

    assert answer["Location"] == "/my/security/" and SocialAccount.objects.get().uid == "no-address"
    assert "Disconnect Folkeporten" in visitor.get("/my/security/").text
    other = Client()
    through(other, "no-address")
    assert who(other) == str(member.pk)

    visitor.post("/my/security/with/porten/end/")
    assert not SocialAccount.objects.exists() and through(Client(), "no-address").status_code == 403
    assert [one.act for one in Entry.objects.order_by("seq")] == [
        "signin.connect_provider",
        "signin.disconnect_provider",
    ]


def test_what_another_has_connected_is_not_taken_from_them(visitor, member):
    through(Client(), "eli")
    User.objects.create_user("annen", password=PASSWORD, language="en")
    visitor.post("/sign-in/", {"username": "annen", "password": PASSWORD})
    visitor.post("/my/security/confirm/", {"password": PASSWORD})
    answer = through(visitor, "eli", connect="yes")

    assert answer.status_code == 409 and "connected to another account" in answer.text
    assert SocialAccount.objects.get().user == member


def test_no_more_is_offered_than_is_in_the_settings(visitor, member, settings, issuer):
    assert "Sign in with Lyngvær kommune" in visitor.get("/sign-in/").text
    provider.offer(settings, issuer)

    assert "Sign in with" not in visitor.get("/sign-in/").text.replace("Sign in with a passkey", "")
    assert visitor.post("/sign-in/with/porten/").status_code == 404
