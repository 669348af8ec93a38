"""A mail server that is down, slow, refuses some or breaks off: per recipient, and only those again (F25, B22)."""

from datetime import timedelta

import pytest
from django.db.models import Max

from jobs import queue, status
from jobs.models import Job
from mail import overview, post
from mail.models import Letter
from reliability.mail_server import Server, self_signed
from tests.mail.conftest import NOW, seated, use

State = Letter.State


@pytest.fixture
def forty(board, send):
    people = [seated(board, f"Person {number:02}", f"p{number:02}@example.org") for number in range(40)]
    return [send("call", person) for person in people]


def states(letters) -> dict[str, str]:
    rows = Letter.objects.filter(pk__in=[one.pk for one in letters]).select_related("person")
    return {one.person.email: one.state for one in rows}


def row(letter) -> overview.Delivery:
    return overview.Delivery(Letter.objects.select_related("person", "user").get(pk=letter.pk))


def later():
    """When everything that was put off is due."""
    return Job.objects.aggregate(last=Max("run_after"))["last"] + timedelta(seconds=1)


def test_one_address_is_refused_for_good_and_one_for_now_and_only_that_one_is_tried_again(server, forty):
    server.answers = {
        "p03@example.org": "550 5.1.1 <p03@example.org>: Recipient address rejected: User unknown",
        "p05@example.org": "451 4.7.1 Greylisted, come back later",
    }
    status.drain()

    assert server.recipients.total() == 38
    assert row(forty[3]).word == "Not delivered"
    assert row(forty[3]).problem == "The mailbox does not exist (550)."
    assert row(forty[5]).word.startswith("Tried again at ")
    assert row(forty[5]).problem == "The recipient's mail server refused the letter (451)."
    assert Job.objects.exclude(state="done").count() == 1

    server.answers = {}
    status.drain(now=later())

    assert server.recipients["p05@example.org"] == 1
    assert set(server.recipients.values()) == {1}
    assert states(forty)["p05@example.org"] == State.SENT
    assert row(forty[5]).problem == ""


def test_a_letter_that_the_server_will_not_have_is_refused_for_that_recipient_alone(server, forty):
    server.answers_to_data = {"p09@example.org": "554 5.7.1 Message rejected as spam"}
    status.drain()

    assert row(forty[9]).problem == "The recipient's mail server refused the letter (554)."
    assert sum(state == State.SENT for state in states(forty).values()) == 39


def test_a_server_that_is_down_loses_nothing(settings, person, send):
    with Server() as down:
        use(settings, down)
    letter = send("call", person)
    status.drain()
    assert row(letter).problem == "The mail server cannot be reached."
    assert row(letter).did_not_arrive

    with Server(port=down.port) as mended:
        status.drain(now=later())
        assert mended.recipients == {person.email: 1}


def test_after_the_last_attempt_the_row_says_that_it_was_not_sent_and_a_press_tries_again(server, person, send):
    letter = send("call", person)
    server.answers = {person.email: "450 4.2.1 Mailbox busy"}
    for _attempt in range(queue.ATTEMPTS):
        status.drain(now=later() if Job.objects.filter(run_after__isnull=False) else None)

    assert row(letter).word == "Not delivered"
    assert row(letter).problem == "The mailbox is closed (450)."
    assert Job.objects.get().state == "failed"

    server.answers = {}
    queue.retry(Job.objects.get())
    status.drain()
    assert row(letter).word == "Sent"


def test_a_slow_server_is_waited_for_and_one_that_is_too_slow_gets_the_same_letter_again(server, person, send):
    server.delay = 0.2
    first = send("call", person)
    status.drain()
    assert row(first).word == "Sent"

    server.delay = 1.5
    second = send("reminder", person)
    status.drain()
    assert row(second).problem == "The mail server broke off or did not answer in time."

    server.delay = 0
    status.drain(now=later())
    assert row(second).word == "Sent"
    assert len(set(server.ids(person.email))) == 2


def test_a_connection_that_breaks_in_the_middle_of_the_letter_is_tried_again(server, person, send):
    server.breaks = 1
    letter = send("call", person)
    status.drain()
    assert row(letter).problem == "The mail server broke off or did not answer in time."

    status.drain(now=later())
    assert server.recipients == {person.email: 1}


def test_a_certificate_that_nobody_vouches_for_gets_no_letter(settings, tmp_path, person, send):
    letter = send("call", person)
    with Server(tls=self_signed(tmp_path)) as insecure:
        use(settings, insecure)
        settings.EMAIL_USE_TLS = True
        status.drain()
        assert insecure.taken == []

    assert row(letter).problem == "The connection to the mail server is not secure."
    assert row(letter).letter.state == State.WAITING


def test_a_server_that_wants_tls_and_gets_none_keeps_everybodys_letters_waiting(settings, tmp_path, person, send):
    letter = send("call", person)
    with Server(tls=self_signed(tmp_path)) as strict:
        use(settings, strict)
        status.drain()

    assert row(letter).letter.state == State.WAITING
    assert "530" in row(letter).letter.problem


def test_who_left_the_board_since_gets_nothing_and_the_row_says_why(server, person, send):
    letter = send("call", person)
    cancelled = send("farewell", person)
    person.seats.update(ends_on=NOW.date() - timedelta(days=1))
    status.drain()

    assert row(letter).problem == "No longer on the board."
    assert [str(one["Message-ID"]) for one in server.taken] == [Letter.objects.get(pk=cancelled.pk).message_id]


def test_what_is_no_longer_to_be_told_is_dropped(server, person, send, told):
    letter = send("call", person, about=5)
    told.drop(5)
    status.drain()

    assert (row(letter).letter.state, row(letter).problem, server.taken) == (State.DROPPED, "", [])


def test_a_person_without_an_address_is_named(server, board, send):
    letter = send("call", seated(board, "Jorunn Hval", ""))
    status.drain()

    assert row(letter).problem == "No e-mail address is known."


def test_the_same_occasion_is_one_letter_and_one_sent_again_has_an_id_of_its_own(server, person, send, board):
    letter = send("call", person, about=3)
    assert send("call", person, about=3) == letter
    status.drain()
    by = person.user
    letter.refresh_from_db()
    assert post.send_again(letter, by=by)
    assert not post.send_again(letter, by=by)
    status.drain()

    assert len(server.ids(person.email)) == len(set(server.ids(person.email))) == 2


def test_a_letter_that_waits_for_its_next_attempt_can_be_tried_now(server, person, send):
    letter = send("call", person)
    server.answers = {person.email: "451 4.3.0 Later"}
    status.drain()
    server.answers = {}

    assert post.send_again(letter, by=None)
    status.drain()
    assert row(letter).word == "Sent"
    assert len(server.taken) == 1


def test_a_worker_that_died_eight_times_leaves_a_row_that_says_so(person, send):
    letter = send("call", person)
    long_ago = NOW - timedelta(days=1)
    Job.objects.update(state="running", attempts=queue.ATTEMPTS, lease_until=long_ago, lease_token="gone")
    queue.bury(now=NOW)

    assert row(letter).word == "Not delivered"
    assert row(letter).problem == "Sending stopped in the middle, several times."
