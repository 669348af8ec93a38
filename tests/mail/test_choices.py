"""What people choose to get, on the page and by the link in a mail (issue 4, RFC 8058)."""

import re

import pytest
from django.core import signing
from django.test import Client

from audit.models import Entry
from jobs import status
from mail import choices, kinds
from mail.models import Choice, Letter

PAGE = "/my/mail/"


@pytest.fixture
def mine(person, signed_in):
    return signed_in(person.user)


def field(kind: str, board) -> str:
    return f"{kind}-{board.pk}"


def headers(mail) -> dict:
    return dict(mail.message().items())


def test_the_page_offers_each_board_each_kind_and_says_what_is_always_sent(mine, told, board):
    page = mine.get(PAGE).content.decode()

    assert "Badevannsrådet" in page and "tor@example.org" in page
    assert "Nytt fra utvalget" in page and "Påminnelser" in page
    assert f'name="{field("call", board)}"' not in page
    assert "Innkallinger" in page


def test_what_is_chosen_holds_from_the_next_letter_on(mine, told, board, person, send, mailoutbox):
    answer = mine.post(PAGE, {field("news", board): "at-once", field("reminder", board): "not"})
    assert answer.status_code == 302
    news, reminder = send("news", person), send("reminder", person)
    status.drain()

    assert [mail.to for mail in mailoutbox] == [["tor@example.org"]]
    assert Letter.objects.get(pk=news.pk).state == "sent"
    dropped = Letter.objects.get(pk=reminder.pk)
    assert (dropped.state, dropped.problem) == ("dropped", "turned-off")
    assert Entry.objects.filter(act="mail.choose").count() == 2


def test_only_what_differs_is_written(mine, told, board):
    mine.post(PAGE, {field("news", board): "daily", field("reminder", board): "at-once"})
    assert (Choice.objects.count(), Entry.objects.filter(act="mail.choose").count()) == (0, 0)


def test_what_is_not_offered_is_refused_and_the_rest_stays_chosen(mine, told, board):
    answer = mine.post(PAGE, {field("news", board): "at-once", field("reminder", board): "never"})
    assert answer.status_code == 422
    assert Choice.objects.count() == 0
    page = answer.content.decode()
    assert re.search(rf'name="{field("news", board)}".*?value="at-once" selected', page, re.S)


def test_what_meetings_depend_on_cannot_be_turned_off(person, told, board, send, mailoutbox):
    Choice.objects.create(person=person, board=board, kind="call", how="not")
    send("call", person)
    status.drain()
    assert len(mailoutbox) == 1


def test_a_mail_can_be_turned_off_by_one_press_of_the_mail_program(person, told, board, send, mailoutbox):
    send("reminder", person)
    status.drain()
    found = headers(mailoutbox[0])
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = found["List-Unsubscribe"].strip("<>").partition("8000")[2]

    # As a mail provider does it: from elsewhere, without cookies.
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(path).status_code == 200
    assert Choice.objects.count() == 0
    assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200

    assert [(one.person, one.kind, one.how) for one in Choice.objects.all()] == [(person, "reminder", "not")]
    assert Entry.objects.filter(act="mail.choose").count() == 1


def test_the_link_turns_off_that_and_opens_nothing_else(person, told, board):
    letter = Letter(person=person, board=board, kind="reminder")
    visitor = Client()
    visitor.post(f"/mail/off/{choices.token(letter)}/")

    assert visitor.get(PAGE).status_code == 302
    assert "sess" not in visitor.cookies


@pytest.mark.parametrize("forged", ["x", "a:b:c", "WzEsMSwicmVtaW5kZXIiXQ:1tZ:abc"])
def test_a_link_that_was_not_made_here_leads_nowhere(db, told, forged):
    assert Client().get(f"/mail/off/{forged}/").status_code == 404


def test_a_link_for_what_cannot_be_turned_off_or_for_another_purpose_leads_nowhere(person, told, board):
    for token in (
        choices.token(Letter(person=person, board=board, kind="call")),
        signing.dumps([person.pk, board.pk, "reminder"], salt="something else"),
        signing.dumps([person.pk, 99999, "reminder"], salt=choices.SALT),
        signing.dumps({"odd": 1}, salt=choices.SALT),
    ):
        assert Client().post(f"/mail/off/{token}/").status_code == 404
    assert Choice.objects.count() == 0


def test_the_page_asks_the_database_the_same_for_many_kinds(mine, told, monkeypatch, django_assert_max_num_queries):
    with django_assert_max_num_queries(20) as few:
        mine.get(PAGE)
    many = dict(kinds._kinds)
    for number in range(30):
        many[f"kind{number}"] = kinds.Kind(f"kind{number}", told, f"Slag {number}", False, True, False)
    monkeypatch.setattr(kinds, "_kinds", many)
    with django_assert_max_num_queries(len(few)):
        mine.get(PAGE)
