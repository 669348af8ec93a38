"""Kinds of letters for these tests alone, whose words the test decides, and a mail server that misbehaves."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.utils import translation
from django.utils.text import slugify

from mail import daily, kinds, post
from mail.models import Letter
from reliability.mail_server import Server
from tests import factories
from tests.cast import board, cast, signed_in

__all__ = ["board", "cast", "signed_in"]
NOW = datetime(2026, 4, 22, 8, 0, tzinfo=UTC)  # a Wednesday, 10.00 in Norway


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


class Told:
    """What the letters say, by what they are about; None where nothing is to be told any more."""

    def __init__(self):
        self.contents: dict[int, kinds.Content | None] = {}
        self.usual = kinds.Content(
            subject="Badevannsrådet: utkast til referat", paragraphs=["Utkastet er klart."],
            address="http://localhost:8000/boards/badevannsradet/", action="Les utkastet",
        )  # fmt: skip

    def say(self, about: int, **changes) -> None:
        self.contents[about] = replace(self.usual, **changes)

    def drop(self, about: int) -> None:
        self.contents[about] = None

    def __call__(self, letter: Letter, at: datetime) -> kinds.Content | None:
        return self.contents.get(letter.about, self.usual)


@pytest.fixture
def told(monkeypatch):
    """Kinds `call` (essential), `reminder` (at once) and `news` (gathered); the daily mail as it is."""
    says = Told()
    only = {
        "call": kinds.Kind("call", says, "Innkallinger", True, False, False),
        "reminder": kinds.Kind("reminder", says, "Påminnelser", False, False, False),
        "news": kinds.Kind("news", says, "Nytt fra utvalget", False, True, False),
        "key": kinds.Kind("key", says, "Lenker", True, False, True, True),
        "farewell": kinds.Kind("farewell", says, "Avlysninger", True, False, True),
        daily.KIND: kinds.find(daily.KIND),
    }
    monkeypatch.setattr(kinds, "_kinds", only)
    return says


@pytest.fixture
def send(board, told):
    """A function: a letter of the kind to the person, handed in."""
    counted = iter(range(1, 1000))

    def post_one(kind: str, person, *, at: datetime = NOW, on=board, about: int | None = None) -> Letter:
        about = about or next(counted)
        return post.send(kind, f"{kind}:{about}", at=at, person=person, board=on, about=about)

    return post_one


@pytest.fixture
def person(board):
    return seated(board, "Tor Inge Sandbakk", "tor@example.org")


def seated(board, name: str, email: str, **seat):
    user = factories.make_user(slugify(name), name=name, email=email)
    person = factories.make_person(name, email=email, user=user)
    factories.make_seat(board, person, **seat)
    return person


@pytest.fixture
def server(settings):
    """A real SMTP server in this process, which the product is set to use."""
    with Server() as running:
        use(settings, running)
        yield running


def use(settings, server: Server) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = server.host, server.port, 1
