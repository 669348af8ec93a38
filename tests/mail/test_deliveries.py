"""What the secretary sees of letters that did not arrive, and sends again (F25)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import Entry
from boards.models import Person
from jobs.models import Job
from mail import overview
from mail.models import Letter
from tests import factories

PAGE = "/boards/badevannsradet/mail/"


@pytest.fixture
def secretary(cast, signed_in):
    return signed_in(cast.secretary)


def make_letter(board, name: str, **fields) -> Letter:
    person = Person.objects.filter(name=name).first() or factories.make_person(name, email=f"{name[:3]}@example.org")
    given = {"key": f"call:{Letter.objects.count()}", "kind": "call", "about": 7, "made_at": timezone.now(), **fields}
    return Letter.objects.create(board=board, person=person, **given)


def test_the_page_names_who_and_why_and_when_it_is_tried_again(secretary, board, told):
    at = timezone.now()
    make_letter(board, "Jorunn Hval", state="returned", problem="550 5.1.1 User unknown")
    make_letter(board, "Odd Fjære", state="waiting", problem="unreachable", tries_at=at + timedelta(minutes=5))
    make_letter(board, "Kari Sent", state="sent")
    make_letter(board, "Per Gammel", state="refused", made_at=at - timedelta(days=91))
    page = secretary.get(PAGE).content.decode()

    assert "Jorunn Hval" in page and "The mailbox does not exist (550)." in page and "Innkallinger" in page
    assert "Odd Fjære" in page and "Tried again at " in page and "The mail server cannot be reached." in page
    assert "Kari Sent" not in page and "Per Gammel" not in page


def test_a_press_sends_it_again_and_leads_back(secretary, board, told):
    letter = make_letter(board, "Jorunn Hval", state="returned", problem="550 5.1.1 User unknown")
    again = f"{PAGE}{letter.pk}/again/"
    answer = secretary.post(again, {"next": "/boards/badevannsradet/"}, follow=True)

    assert answer.redirect_chain == [("/boards/badevannsradet/", 302)]
    assert "The letter to Jorunn Hval is on its way again." in answer.content.decode()
    assert (Job.objects.filter(kind="letter").count(), Entry.objects.filter(act="mail.send_again").count()) == (1, 1)
    assert "on its way already" in secretary.post(again, follow=True).content.decode()
    assert Job.objects.filter(kind="letter").count() == 1


@pytest.mark.parametrize("goal", ["https://evil.example/", "//evil.example", "/\\evil.example", ""])
def test_it_leads_nowhere_else(secretary, board, told, goal):
    letter = make_letter(board, "Jorunn Hval", state="refused")
    assert secretary.post(f"{PAGE}{letter.pk}/again/", {"next": goal})["Location"] == PAGE


def test_another_boards_letter_is_not_there(secretary, cast, told):
    letter = make_letter(cast.other_board, "Jorunn Hval", state="refused")
    assert secretary.post(f"{PAGE}{letter.pk}/again/").status_code == 404
    assert Letter.objects.get().state == "refused"


def test_one_things_letters_stand_with_trouble_first(board, told, db):
    make_letter(board, "Anna Sendt", state="sent")
    make_letter(board, "Bo Retur", state="returned", problem="552 5.2.2 Full")
    make_letter(board, "Cato Annet", about=8)

    rows = overview.deliveries("call", 7)
    assert [(row.name, row.problem) for row in rows] == [("Bo Retur", "The mailbox is full (552)."), ("Anna Sendt", "")]


def test_three_rows_and_thirty_take_the_same_queries(secretary, board, told, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for number in range(3):
        make_letter(board, f"{number} Jorunn", state="refused")
    secretary.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        secretary.get(PAGE)
    for number in range(3, 30):
        make_letter(board, f"{number} Jorunn", state="refused")
    with django_assert_num_queries(len(few)):
        secretary.get(PAGE)


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        ("550 No such user", "The mailbox does not exist (550)."),
        ("5.7.1", "The recipient's mail server refused the letter (5.7.1)."),
        ("421 4.4.2 Timeout", "The recipient's mail server did not answer (421)."),
        ("599 Odd", "The mail server answered: 599 Odd"),
        ("locked", "The mail server does not let Boardroom in. Tell who runs it."),
        ("", ""),
    ],
)
def test_problems_are_told_in_words(problem, words):
    from mail.words import in_words

    assert in_words(problem) == words
