"""The link by which one person reports on one follow-up without signing in (issue 5, 4; reliability.md 2.4, A7, A18)."""

import logging
import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from boardroom.lib.logs import PlainFormatter
from followups.models import FollowUp, OwnerReport, Report, Status
from followups.owners.links import address_for, token_for
from followups.status import change_status
from jobs import status as jobs
from mail.models import Letter
from minutes.models import Minutes
from tests import factories
from tests.followups.build import AT, TODAY, coming_meeting, follow_up, held_meeting

pytestmark = pytest.mark.django_db
SECRET = "Erstatningskravet"


@pytest.fixture(autouse=True)
def in_april():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def owner(board):
    return factories.make_person("Kari Nordvik", email="kari@example.org")


@pytest.fixture
def promised(board, owner):
    made = follow_up(held_meeting(board), "Skilt ved badeplassen", actions=("Sette opp skilt.",), due_on=TODAY)
    made.actions.get().owners.create(person=owner)
    return made


@pytest.fixture
def path(promised, owner) -> str:
    return reverse("followups:link", args=[token_for(promised, owner, TODAY)])


def done(text="Skiltet er satt opp.", **more) -> dict:
    return {"kind": "done", "text": text, **more}


def main(answer) -> str:
    """The page without its frame, where the choice of language names the address, and its form's address and token."""
    shown = answer.text.partition("<main")[2].partition("</main>")[0]
    return re.sub(r' action="[^"]*"|<input type="hidden" name="csrf[^>]*>', "", shown)


def forged(path: str, letter: str) -> str:
    """The link with another last letter of its signature."""
    return f"{path[:-2]}{letter if path[-2] != letter else 'Z'}/"


def state(promised) -> str:
    return FollowUp.objects.values_list("state", flat=True).get(pk=promised.pk)


def test_looking_changes_nothing_and_the_report_is_delivered_once_however_often_it_is_sent(promised, owner, path):
    for _ in range(3):
        assert "Sette opp skilt." in Client(enforce_csrf_checks=True).get(path).text
    assert (state(promised), OwnerReport.objects.count()) == (Status.OPEN, 0)

    one, other = Client(), Client()
    led = [one.post(path, done()), one.post(path, done()), other.post(path, done())]
    assert {answer["Location"] for answer in led} == {f"{path}?done=reported"}
    made = OwnerReport.objects.get()
    assert (made.person, made.user, made.fate, state(promised)) == (owner, None, "waiting", Status.REPORTED_DONE)
    assert "What you reported is delivered." in one.get(led[0]["Location"]).text


def test_a_page_of_another_site_can_report_nothing(promised, path):
    stranger = Client(enforce_csrf_checks=True)
    stranger.get(path)

    assert stranger.post(path, done(), headers={"Origin": "https://elsewhere.example"}).status_code == 403
    assert (state(promised), OwnerReport.objects.count()) == (Status.OPEN, 0)


def test_what_is_typed_stays_where_something_is_wrong(path):
    answer = Client().post(path, {"kind": "new-date", "text": "Leverandøren er sein.", "due_text": "1.3.2020"})
    assert answer.status_code == 422
    assert "Leverandøren er sein." in answer.text and "1.3.2020" in answer.text
    assert "That day has passed." in answer.text
    assert not OwnerReport.objects.exists()


def test_the_page_is_kept_by_no_cache_and_told_to_nobody(path):
    for answer in (Client().get(path), Client().get(forged(path, "x"))):
        assert "no-store" in answer["Cache-Control"]
        assert (answer["Referrer-Policy"], answer["X-Robots-Tag"]) == ("same-origin", "noindex, noarchive")
        assert "data-keep" not in answer.text.partition("<main")[2]


def test_the_page_shows_this_follow_up_and_nothing_else_of_the_board(board, promised, path):
    meeting = promised.source_meeting
    follow_up(meeting, "Deres andre sak", item=4)
    for number, (minutes_state, text) in enumerate([("final", "Bestilt i mars."), ("draft", SECRET)], start=1):
        later = held_meeting(board, TODAY + timedelta(days=number), 41 + number, minutes_state=minutes_state)
        Report.objects.create(meeting=later, follow_up=promised, title=promised.title, resolution=f"<p>{text}</p>")
    shown = Client().get(path).text
    assert "Bestilt i mars." in shown
    assert SECRET not in shown and "Deres andre sak" not in shown
    assert SECRET not in Client().post(path, {}).text


def hidden_case(promised, owner):
    promised.source_row.access_level = "exempt"
    promised.source_row.save()


def closed(promised, owner):
    change_status(promised, Status.DROPPED, text="Uaktuelt.", by=None, on=TODAY, at=AT)


def of_somebody_else(promised, owner):
    promised.actions.get().owners.all().delete()


def turned_off(promised, owner):
    promised.board.owner_links = False
    promised.board.save()


def reopened(promised, owner):
    Minutes.objects.filter(meeting=promised.source_meeting).update(state=Minutes.State.DRAFT)


def moved_house(promised, owner):
    owner.email = "kari.nordvik@example.org"
    owner.save()


def too_old(promised, owner):
    pass


GONE = [hidden_case, closed, of_somebody_else, turned_off, reopened, moved_house, too_old]


@pytest.mark.parametrize("what", GONE)
def test_it_stops_working_and_says_no_more_than_a_link_that_never_was(promised, owner, path, what):
    made_up = Client().get("/follow-ups/link/3-7-20261220-0123456789.abcdef/")
    what(promised, owner)
    before = state(promised)
    later = AT + timedelta(weeks=5 if what is too_old else 0)
    with time_machine.travel(later, tick=False):
        answers = [Client().get(path), Client().post(path, done()), Client().post(f"{path}withdraw/", {"report": "1"})]
    assert {(answer.status_code, main(answer)) for answer in answers} == {(410, main(made_up))}
    assert (state(promised), OwnerReport.objects.count()) == (before, 0)
    assert what in (moved_house, too_old) or address_for(promised, owner, timezone.now()) == ""


def test_a_link_of_another_person_or_follow_up_cannot_be_made_from_one_s_own(board, promised, owner, path):
    head, sign = path.rstrip("/").rsplit(".", 1)
    other = follow_up(promised.source_meeting, "Deres sak", item=5)
    forged = head.replace(f"/{promised.pk}-", f"/{other.pk}-")
    assert Client().get(f"{forged}.{sign}/").status_code == 410


def test_guessing_is_stopped_and_whoever_has_a_right_link_is_not(path):
    tries = [Client().get(forged(path, letter)).status_code for letter in "ABCDEFGH"]
    assert tries[:5] == [410] * 5 and tries[5:] == [429] * 3
    assert Client().get(path).status_code == 200


def test_a_new_link_goes_to_the_same_person_once_a_day_and_the_answer_tells_nothing(promised, owner, path):
    with time_machine.travel(AT + timedelta(weeks=6), tick=False):
        answers = [
            Client().post(f"{path}renew/"),
            Client().post(f"{path}renew/"),
            Client().post("/follow-ups/link/x/renew/"),
        ]
        assert len({(answer.status_code, main(answer)) for answer in answers}) == 1
        jobs.drain()
        [letter] = mail.outbox
        assert letter.to == ["kari@example.org"]
        fresh = re.search(r"http://[^/\s]+(/follow-ups/link/\S+)", letter.body)[1]
        assert Client().get(fresh).status_code == 200
        assert [Client().post(f"{path}renew/").status_code for _ in range(3)] == [200, 200, 429]


def test_one_s_own_report_is_corrected_and_withdrawn_by_the_link_and_nobody_else_s(board, promised, owner, path):
    client = Client()
    client.post(path, done())
    first = OwnerReport.objects.get()
    shown = client.get(f"{path}?correct={first.pk}").text
    assert "Skiltet er satt opp.</textarea>" in shown
    client.post(f"{path}?correct={first.pk}", done("Begge skiltene er satt opp."))
    second = OwnerReport.objects.get(fate="waiting")
    other = OwnerReport.objects.create(follow_up=promised, kind="progress", text="Fra en annen.", said_at=AT)

    assert client.post(f"{path}withdraw/", {"report": other.pk}).status_code == 404
    assert client.post(f"{path}withdraw/", {"report": second.pk}).status_code == 302
    assert client.post(f"{path}withdraw/", {"report": second.pk}).status_code == 302
    assert state(promised) == Status.OPEN
    assert "Fra en annen." not in client.get(path).text


def test_who_is_signed_in_as_the_person_is_led_to_the_page_there_and_others_are_not(
    promised, owner, path, cast, signed_in
):
    promised.actions.get().owners.create(person=cast.member.person)
    own = reverse("followups:link", args=[token_for(promised, cast.member.person, TODAY)])
    assert signed_in(cast.member).get(own)["Location"] == reverse(
        "followups:own", args=[promised.board.slug, promised.pk]
    )
    assert Client().get(own).status_code == 200
    assert "Kari Nordvik" in signed_in(cast.member).get(path).text


def test_the_answer_reaches_who_has_no_account_and_says_nothing_of_a_case_that_was_closed_since(
    promised, owner, path, cast, signed_in
):
    Client().post(path, done())
    made = OwnerReport.objects.get()
    answer = reverse("followups:decline-report", args=[promised.board.slug, promised.pk, made.pk])
    signed_in(cast.secretary).post(answer, {"text": f"{SECRET} må avgjøres først."})
    letter = Letter.objects.get(kind="owner-report")
    hidden_case(promised, owner)
    jobs.drain()
    [sent] = mail.outbox
    said = sent.subject + sent.body + str(sent.alternatives)
    assert letter.person == owner and "Sign in to read the answer." in said
    assert SECRET not in said and "Skilt" not in said and "/follow-ups/link/" not in said


def test_the_story_of_a_link_from_the_report_to_the_closing(board, promised, owner, path, cast, signed_in):
    """Two browsers: somebody without an account reports; the secretary confirms; it goes no further."""
    coming_meeting(board)
    owners, secretary = Client(), signed_in(cast.secretary)
    owners.post(path, done(address="https://sundby.example/skilt"))
    assert "Badevannsrådet takes a stand on it at the meeting on 8. juni, or before." in owners.get(path).text

    desk = secretary.get("/desk/").text
    assert "Reports to take a stand on" in desk and "Skiltet er satt opp." in desk
    made = OwnerReport.objects.get()
    secretary.post(reverse("followups:confirm-report", args=[board.slug, promised.pk, made.pk]))
    assert state(promised) == Status.DONE
    assert "Reports to take a stand on" not in secretary.get("/desk/").text
    jobs.drain()
    assert "The board has confirmed that it is done." in mail.outbox[-1].body
    assert Client().get(path).status_code == 410
    assert not Report.objects.filter(follow_up=promised).exists()


def test_no_log_holds_a_key(path):
    record = logging.LogRecord("django.request", 30, "", 0, "Unprocessable Content: %s", (path,), None)
    written = PlainFormatter("{message}", style="{").format(record)
    assert written == "Unprocessable Content: /follow-ups/link/…/"
