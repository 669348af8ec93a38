"""The page of the call: who got it, who did not, and one more (P39, F25); and telling of a change from the pages."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mail.models import Letter
from meetings.models import CallRecipient, Meeting
from publishing import calling
from tests import factories

TO_COME = 14


@pytest.fixture
def meeting(board, cast) -> Meeting:
    """Planned two weeks from now, with an open and an exempt case."""
    made = factories.make_meeting(board, timezone.localdate() + timedelta(days=TO_COME), sequence=77, place="Rådhuset")
    factories.make_row(made, "Ny badeplass ved Sundbytjern", type="Tilslutning", minutes=10)
    factories.make_row(made, "Ansettelse av Kvitrelund", access_level="exempt", access_basis="Offentleglova § 13")
    return made


@pytest.fixture
def client(cast, signed_in):
    return signed_in(cast.secretary)


@pytest.fixture
def place(meeting) -> str:
    return meeting.get_absolute_url()


@pytest.fixture
def called(meeting, cast) -> Meeting:
    calling.send_call(meeting, by=cast.secretary, at=timezone.now())
    return meeting


def persons(meeting: Meeting) -> list[int]:
    return list(meeting.board.seats.exclude(role="deputy").values_list("person", flat=True))


def test_a_message_that_names_an_exempt_case_is_not_sent_and_not_lost(meeting, client, place):
    answer = client.post(f"{place}send-call/", {"message": "Vi ansetter Kvitrelund.", "persons": persons(meeting)})

    assert answer.status_code == 422 and not Letter.objects.exists()
    page = answer.content.decode()
    assert "«Kvitrelund» stands in the title of an exempt case" in page and "Vi ansetter Kvitrelund." in page


def test_what_is_worth_a_look_is_the_same_beside_the_agenda_and_before_sending(meeting, client, place):
    Meeting.objects.filter(pk=meeting.pk).update(place="")
    factories.make_person("Uten Adresse")
    for page in (client.get(f"{place}agenda/"), client.get(f"{place}send-call/")):
        said = page.content.decode()
        assert "The meeting has neither a place nor a web link." in said
        assert "1 case has no case type." in said and "has no papers yet" not in said


def test_the_side_panel_counts_who_gets_a_mail_and_names_who_does_not(meeting, cast, client, place):
    factories.make_seat(meeting.board, factories.make_person("Jorunn Hval"))
    called = {"person": cast.deputy.person, "stands_in_for": cast.member.person, "called_at": timezone.now()}
    meeting.deputy_calls.create(**called)

    page = client.get(f"{place}agenda/").content.decode()
    assert "3 members, 1 deputy, 1 observer and 1 secretary get the call by e-mail." in page
    assert "Without an e-mail address, so print the call: Jorunn Hval" in page


def test_the_page_tells_what_became_of_each_letter(called, client, place, work):
    factories.make_seat(called.board, factories.make_person("Jorunn Hval"))
    work()
    refused = Letter.objects.get(person__name="Tor Inge Sandbakk")
    Letter.objects.filter(pk=refused.pk).update(state="refused", problem="550 5.1.1 No such user")
    page = client.get(f"{place}call/").content.decode()

    assert page.count(">Sent<") == 4 and "1 letter did not arrive." in page
    assert "The mailbox does not exist" in page
    assert "On the board now, and not called:" in page and "Jorunn Hval" in page


def test_what_did_not_arrive_is_sent_again_with_one_press(called, client, place, work):
    work()
    Letter.objects.filter(person__name="Tor Inge Sandbakk").update(state="returned", problem="550")
    before = len(mail.outbox)
    client.post(f"{place}call/again/")
    work()

    assert [one.to for one in mail.outbox[before:]] == [["member@example.org"]]


def test_one_more_is_called_from_the_list_and_nobody_else(called, cast, client, place):
    person = factories.make_person("Jorunn Hval", email="jorunn@example.org")
    factories.make_seat(called.board, person)
    stranger = factories.make_person("Fremmed Person", email="fremmed@example.org")

    assert client.post(f"{place}call/add/", {"person": stranger.pk}).status_code == 422
    assert client.post(f"{place}call/add/", {"person": person.pk}).status_code == 302
    assert CallRecipient.objects.filter(person=person).count() == 1
    assert not CallRecipient.objects.filter(person=stranger).exists()


@pytest.mark.parametrize("act", ["cancel", "postpone"])
def test_putting_off_tells_those_who_were_called_unless_one_says_no(called, client, place, work, act):
    work()
    before = len(mail.outbox)
    assert 'name="tell"' in client.get(f"{place}{act}/").content.decode()
    client.post(f"{place}{act}/", {"reason": "For få saker.", "tell": "on"})
    work()

    assert len(mail.outbox) - before == 5
    assert "For få saker." in mail.outbox[-1].body


def test_a_move_that_is_not_told_waits_on_the_page_until_it_is(called, client, place, work):
    work()
    before = len(mail.outbox)
    day = called.first_day + timedelta(days=1)
    sent = {"date": day.isoformat(), "start": "12.00", "end": "15.00", "reason": "Streik.", "seen": day.isoformat()}
    client.post(f"{place}move/", sent)
    work()
    assert len(mail.outbox) == before
    assert "Send the change to their calendars" in client.get(place).content.decode()

    client.post(f"{place}tell/", {"message": "Ta med regnjakke."})
    work()
    assert len(mail.outbox) - before == 5 and "Ta med regnjakke." in mail.outbox[-1].body
    assert "Send the change to their calendars" not in client.get(place).content.decode()


def test_a_reason_that_names_an_exempt_case_is_kept_from_the_mail(called, client, place):
    answer = client.post(f"{place}cancel/", {"reason": "Kvitrelund trakk seg.", "tell": "on"})

    assert answer.status_code == 422 and Meeting.objects.get(pk=called.pk).state == "called"
    assert client.post(f"{place}cancel/", {"reason": "Kvitrelund trakk seg."}).status_code == 302


def test_a_meeting_nobody_was_called_to_asks_for_no_telling(meeting, client, place):
    assert 'name="tell"' not in client.get(f"{place}cancel/").content.decode()


def test_as_many_queries_for_thirty_recipients_as_for_three(called, client, place):
    def count() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(f"{place}call/")
        return len(found)

    few = count()
    for number in range(30):
        person = factories.make_person(f"Medlem {number}", email=f"m{number}@example.org")
        factories.make_seat(called.board, person, starts_on=date(2020, 1, 1))
        calling.add_recipient(called, person, by=None, at=timezone.now())
    assert count() == few
