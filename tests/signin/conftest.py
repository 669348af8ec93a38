"""What the tests of signing in share: an account, and its owner at a browser."""

import re

import pytest
from django.core import mail

from accounts.models import User
from jobs import status
from tests.cast import board, cast, signed_in

__all__ = ["board", "cast", "signed_in"]

PASSWORD = "en lang setning til prøver"


@pytest.fixture
def member(db):
    return User.objects.create_user(
        "medlem", email="Eli@example.org", password=PASSWORD, first_name="Eli", last_name="Nes", language="en"
    )


@pytest.fixture
def post_office():
    """A function: everything on its way is delivered; returns the mails sent so far."""

    def deliver() -> list:
        status.drain()
        return mail.outbox

    return deliver


def link_in(message) -> str:
    """The path of the sign-in link in the mail's text."""
    return re.search(r"http://[^/\s]+(/sign-in/link/\S+)", message.body)[1]


def code_in(message) -> str:
    return re.search(r"\b(\d{3} \d{3})\b", message.body)[1]


def who(client) -> str:
    return client.session.get("_auth_user_id", "")
