"""The fixed cast: one board, and a person for every way of meeting it."""

from types import SimpleNamespace

import pytest
from django.test import Client

from tests import factories

MEMBERS = {
    "secretary": ("Sigrun Aasland Vik", "secretary"),
    "chair": ("Ragnhild Myrvold", "chair"),
    "member": ("Tor Inge Sandbakk", "member"),
    "second_member": ("Amira Haddad", "member"),
    "deputy": ("Nora Fjeldheim", "deputy"),
    "observer": ("Håkon Ødegård", "observer"),
}


@pytest.fixture
def board(db):
    return factories.make_board()


@pytest.fixture
def cast(board) -> SimpleNamespace:
    """Users by role on `board`, an outsider who sits on another board, another board's secretary, an administrator."""
    people = SimpleNamespace(board=board)
    for key, (name, role) in MEMBERS.items():
        user = factories.make_user(key, name=name, email=f"{key}@example.org")
        person = factories.make_person(name, organisation="Sundby kommune", user=user, email=user.email)
        factories.make_seat(board, person, role)
        setattr(people, key, user)
    other = factories.make_board("kulturradet", name="Kulturrådet i Sundby")
    for key, role in [("outsider", "member"), ("other_secretary", "secretary")]:
        user = factories.make_user(key)
        factories.make_seat(other, factories.make_person(key.title(), user=user), role)
        setattr(people, key, user)
    people.other_board = other
    people.administrator = factories.make_user("administrator", is_superuser=True)
    return people


@pytest.fixture
def signed_in():
    """A function that gives a browser-like client signed in as the user."""

    def sign_in(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in
