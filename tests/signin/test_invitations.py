"""Invitations: one link, once, within a day, to the address that stands in the register (B21)."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from audit.models import Entry
from boards import people
from boards.models import Person, Seat
from jobs import status
from mail.models import Letter
from signin.models import Invitation
from tests import factories
from tests.signin.conftest import link_in, who

pytestmark = pytest.mark.django_db


def path_in(message) -> str:
    return re.search(r"http://[^/\s]+(/invitation/\S+)", message.body)[1]


@pytest.fixture
def newcomer(cast):
    return people.add_seat(cast.board, by=cast.secretary, name="Lise Ravn", email="lise@example.org").person


@pytest.fixture
def invite(cast, signed_in):
    """A function: the secretary presses «Invite»; returns the path in the mail that came."""
    secretary = signed_in(cast.secretary)

    def press(person) -> str:
        mail.outbox.clear()
        answer = secretary.post(f"/boards/{cast.board.slug}/persons/{person.pk}/invite/")
        assert answer.status_code == 302
        status.drain()
        [letter] = mail.outbox
        assert letter.to == [Person.objects.get(pk=person.pk).email]
        return path_in(letter)

    return press


def standing(cast, signed_in) -> str:
    return signed_in(cast.secretary).get(f"/boards/{cast.board.slug}/people/").text


def test_the_first_time_on_a_phone_leads_from_the_mail_by_one_press_to_a_welcome(cast, newcomer, invite):
    path = invite(newcomer)
    phone = Client()
    before = phone.get(path).text
    answer = phone.post(path, follow=True)

    assert "Lise Ravn" in before and who(phone)
    assert answer.redirect_chain[-1][0] == "/welcome/"
    assert f"You are on {cast.board.name}" in answer.text and "send remarks to the draft" in answer.text
    assert "plan meetings" not in answer.text
    newcomer.refresh_from_db()
    assert not newcomer.user.has_usable_password()
    assert phone.get("/my/").status_code == 200
    assert list(Entry.objects.filter(act="signin.invite").values_list("board", flat=True)) == [cast.board.slug]


def test_a_scanner_uses_nothing_and_a_press_uses_it_once(newcomer, invite):
    path = invite(newcomer)
    for _ in range(3):
        assert Client().get(path).status_code == 200
    assert Client().post(path).status_code == 302

    assert [Client().get(path).status_code, Client().post(path).status_code] == [410, 410]


def test_it_ends_after_a_day_and_then_the_invited_gets_a_link_as_anybody(cast, newcomer, invite, signed_in):
    path = invite(newcomer)
    with time_machine.travel(timezone.now() + timedelta(hours=23, minutes=59), tick=False):
        assert Client().get(path).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(hours=24, seconds=1), tick=False):
        late = Client()
        assert late.post(path).status_code == 410
        assert "The invitation ran out" in standing(cast, signed_in)
        known = late.post("/sign-in/link/", {"email": "lise@example.org"})
        unknown = Client().post("/sign-in/link/", {"email": "nobody@example.org"})
        assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
        mail.outbox.clear()
        status.drain()
        [letter] = mail.outbox
        assert late.post(link_in(letter))["Location"] == "/welcome/"


def test_a_new_invitation_kills_the_one_before_and_withdrawing_kills_both(cast, newcomer, invite, signed_in):
    first = invite(newcomer)
    second = invite(newcomer)
    assert [Client().get(path).status_code for path in (first, second)] == [410, 200]

    secretary = signed_in(cast.secretary)
    secretary.post(f"/boards/{cast.board.slug}/persons/{newcomer.pk}/withdraw/")
    assert Client().post(second).status_code == 410
    assert "Invitation withdrawn" in standing(cast, signed_in)


def test_a_corrected_address_kills_the_link_and_closes_the_wrong_mailbox_out(cast, newcomer, invite, signed_in):
    path = invite(newcomer)
    person = Person.objects.get(pk=newcomer.pk)
    people.change_person(person, by=cast.secretary, board=cast.board, name="Lise Ravn", email="lise.ravn@example.org",
                         phone="", aliases=[])  # fmt: skip

    assert Client().post(path).status_code == 410
    assert "The address was changed after the invitation" in standing(cast, signed_in)
    mail.outbox.clear()
    for typed in ("lise@example.org", "lise.ravn@example.org"):
        Client().post("/sign-in/link/", {"email": typed})
    status.drain()
    assert [letter.to for letter in mail.outbox] == [["lise.ravn@example.org"]]


def test_who_left_before_coming_does_not_come(cast, newcomer, invite):
    path = invite(newcomer)
    seat = Seat.objects.get(person=newcomer)
    people.end_seat(seat, timezone.localdate() - timedelta(days=1), by=cast.secretary)

    assert Client().post(path).status_code == 410


def test_a_letter_not_sent_yet_is_dropped_when_the_seat_ends(cast, newcomer, signed_in):
    signed_in(cast.secretary).post(f"/boards/{cast.board.slug}/persons/{newcomer.pk}/invite/")
    people.end_seat(Seat.objects.get(person=newcomer), timezone.localdate() - timedelta(days=1), by=cast.secretary)
    status.drain()

    assert (len(mail.outbox), Letter.objects.get(kind="invitation").state) == (0, Letter.State.DROPPED)


def test_the_secretary_sees_that_the_mail_came_back(cast, newcomer, invite, signed_in):
    invite(newcomer)
    Letter.objects.update(state=Letter.State.RETURNED, problem="550 5.1.1 no such user")

    assert "Came back: The mailbox does not exist" in standing(cast, signed_in)


def test_all_without_an_account_are_invited_at_one_press_and_only_once(cast, newcomer, signed_in):
    people.add_seat(cast.board, by=cast.secretary, name="Odd Lie", email="odd@example.org")
    people.add_seat(cast.board, by=cast.secretary, name="Uten Adresse")
    secretary = signed_in(cast.secretary)
    page = secretary.post(f"/boards/{cast.board.slug}/people/invite/", follow=True).text
    secretary.post(f"/boards/{cast.board.slug}/people/invite/")
    status.drain()

    assert sorted(letter.to[0] for letter in mail.outbox) == ["lise@example.org", "odd@example.org"]
    assert "Uten Adresse: Write the person" in page


def test_an_address_that_somebody_signs_in_with_is_not_invited(cast, signed_in):
    seat = people.add_seat(cast.board, by=cast.secretary, name="Falsk Navn", email="CHAIR@example.org")
    answer = signed_in(cast.secretary).post(f"/boards/{cast.board.slug}/persons/{seat.person_id}/invite/")

    assert answer.status_code == 409 and "Someone else signs in" in answer.text
    assert not Invitation.objects.exists()


def test_another_boards_secretary_invites_nobody_of_this_one(cast, newcomer, signed_in):
    people.add_seat(cast.other_board, by=cast.other_secretary, name="Lise Ravn")
    other = signed_in(cast.other_secretary)
    answers = [
        other.post(f"/boards/{cast.board.slug}/persons/{newcomer.pk}/invite/"),
        other.post(f"/boards/{cast.other_board.slug}/persons/{newcomer.pk}/invite/"),
    ]

    assert [answer.status_code for answer in answers] == [404, 409]
    assert not User.objects.filter(email="lise@example.org").exists()


def test_the_first_secretary_is_invited_by_the_administrator_without_a_password_shown(cast, signed_in):
    administrator = signed_in(cast.administrator)
    data = {"name": "Berit Nes", "email": "berit@example.org"}
    page = administrator.post(f"/boards/{cast.board.slug}/appoint/", data, follow=True).text
    status.drain()
    phone = Client()
    welcome = phone.post(path_in(mail.outbox[-1]), follow=True).text

    assert "An invitation is on its way to berit@example.org" in page and "<code>" not in page
    assert "plan meetings, and send the call" in welcome


def test_the_new_account_speaks_the_language_of_the_board(cast, newcomer, invite):
    cast.board.language = "nn"
    cast.board.save()
    invite(newcomer)

    assert User.objects.get(email="lise@example.org").language == "nn"


def test_thirty_people_cost_as_many_queries_as_three(cast, signed_in):
    secretary, counts = signed_in(cast.secretary), []
    for wanted in (3, 30):
        for number in range(wanted):
            person = factories.make_person(f"Ny {wanted} {number}", email=f"n{wanted}-{number}@example.org")
            factories.make_seat(cast.board, person)
        secretary.post(f"/boards/{cast.board.slug}/people/invite/")
        secretary.get(f"/boards/{cast.board.slug}/people/")
        with CaptureQueriesContext(connection) as asked:
            secretary.get(f"/boards/{cast.board.slug}/people/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
