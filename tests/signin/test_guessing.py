"""Guessing is slow, tells nothing, and locks no owner out (A16, B21)."""

from statistics import median
from time import perf_counter

import pytest
from django.test import Client

from accounts.models import SignInFailure
from tests.signin.conftest import PASSWORD, who

pytestmark = pytest.mark.django_db
TRIES = 100  # of each kind, in turns


def attempt(client, username="medlem", password="feil passord", **more):
    return client.post("/sign-in/", {"username": username, "password": password}, **more)


def test_of_two_hundred_guesses_five_are_looked_at(client, member):
    answers = [attempt(client, password=f"gjett {number}").status_code for number in range(200)]

    assert answers == [422] * 5 + [429] * 195
    assert attempt(Client(), password=PASSWORD, REMOTE_ADDR="192.0.2.1").status_code == 302


def test_the_e_mail_address_signs_in_like_the_name(client, member):
    assert attempt(client, "ELI@example.org", PASSWORD).status_code == 302
    assert who(client) == str(member.pk)


def medians(act, known: str, unknown: str) -> float:
    """How many milliseconds apart the medians of the two are, asked in turns."""
    spent = {known: [], unknown: []}
    for _ in range(TRIES):
        for name in spent:
            began = perf_counter()
            act(name)
            spent[name].append(perf_counter() - began)
    return abs(median(spent[known]) - median(spent[unknown])) * 1000


def test_a_known_and_an_unknown_name_take_the_same_time(member, settings):
    settings.SIGN_IN_LIMITS = {"minutes": 15, "per_account": 10_000, "per_address": 10_000}
    client = Client()

    assert medians(lambda name: attempt(client, name), "medlem", "ukjent") < 10


def test_asking_for_a_link_takes_the_same_time_for_a_known_and_an_unknown_address(member, settings):
    settings.SIGN_IN_LIMITS = {"minutes": 15, "per_account": 10_000, "per_address": 10_000}
    client = Client()

    def ask(address):
        assert client.post("/sign-in/link/", {"email": address}).status_code == 302

    assert medians(ask, "eli@example.org", "ola@example.org") < 10


def test_one_subscriber_of_ipv6_is_one_sender(client, member):
    for number in range(5):
        attempt(client, REMOTE_ADDR=f"2001:db8:1:2::{number}")

    assert attempt(client, REMOTE_ADDR="2001:db8:1:2:ffff::1").status_code == 429
    assert attempt(client, REMOTE_ADDR="2001:db8:1:3::1").status_code == 422


@pytest.mark.parametrize(
    ("proxies", "header", "counted"),
    [
        (0, "198.51.100.1", "127.0.0.1"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "203.0.113.66, 198.51.100.1", "198.51.100.1"),
        (2, "203.0.113.66, 198.51.100.1, 10.0.0.1", "198.51.100.1"),
        (2, "198.51.100.1", "127.0.0.1"),
        (1, "nobody", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_the_address_is_the_one_the_outermost_trusted_proxy_heard(client, member, settings, proxies, header, counted):
    settings.TRUSTED_PROXIES = proxies
    attempt(client, headers={"x-forwarded-for": header})

    assert SignInFailure.objects.get().address == counted


def test_refusals_and_sign_ins_are_lines_in_the_log_without_the_password(client, member, caplog):
    caplog.set_level("INFO", "boardroom.security")
    attempt(client, password="hemmelig gjetning")
    attempt(client, password=PASSWORD)

    said = [record.getMessage() for record in caplog.records if record.name == "boardroom.security"]
    assert [line.split()[0] for line in said] == ["refused", "sign-in"]
    assert "hemmelig" not in str(said) and "address=127.0.0.1" in said[0]
