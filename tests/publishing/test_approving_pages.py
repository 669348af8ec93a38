"""The pages of an approval: what each may see and press, and what the letters say (A8, A13)."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from jobs.status import drain
from minutes.models import Minutes
from publishing import issuing
from tests import factories
from tests.publishing.approvals import approve, ask

PLACE = "/boards/badevannsradet/meetings/41-2026/"
ANSWER = f"{PLACE}approval/answer/"


@pytest.fixture
def asked(final, cast):
    final.meeting.board.approval = "circulation"
    final.meeting.board.save()
    now = timezone.now()
    ask(final, "circulation", by=cast.secretary, at=now, deadline=now.date() + timedelta(days=7))
    return final


def said(client, minutes: Minutes, answer: str = "approved", **more):
    return client.post(ANSWER, {"answer": answer, "shown": issuing.shown_version(minutes), "note": "", **more})


def test_one_reads_answers_and_has_a_receipt_with_who_else_has(asked, cast, signed_in):
    client = signed_in(cast.member)
    page = client.get(ANSWER).content.decode()
    assert "Version 1, final" in page and "Rådet tar saken til orientering." in page and "Approve the minutes" in page
    assert said(client, asked).status_code == 302
    page = client.get(ANSWER).content.decode()
    assert "You approved version 1" in page and "1 of 3 have approved" in page and 'name="answer"' not in page


def test_an_answer_that_comes_too_late_keeps_what_was_written(asked, cast, signed_in):
    client = signed_in(cast.member)
    assert said(client, asked, "objects").status_code == 422
    other = said(client, asked, "objects", note="Feil i sak 2", shown="0" * 64)
    assert other.status_code == 409 and "Feil i sak 2" in other.content.decode()
    assert said(client, asked).status_code == 302
    again = said(client, asked, "objects", note="Feil i sak 2")
    assert again.status_code == 409 and "You have answered already." in again.content.decode()
    assert "Feil i sak 2" in again.content.decode()


def test_who_is_not_asked_reads_and_cannot_answer(asked, cast, signed_in):
    assert said(signed_in(cast.secretary), asked).status_code == 409
    assert said(signed_in(cast.observer), asked).status_code == 403
    assert signed_in(cast.outsider).get(ANSWER).status_code == 404
    assert "You are not asked to approve these minutes." in signed_in(cast.deputy).get(ANSWER).content.decode()
    for page in ("approval/", "approve/"):
        assert signed_in(cast.chair).get(f"{PLACE}{page}").status_code == 403
    for act in ("remind", "withdraw", "conclude", "extend"):
        assert signed_in(cast.chair).post(f"{PLACE}approval/{act}/").status_code == 403


def test_the_secretary_follows_reminds_gives_more_time_and_withdraws(asked, cast, signed_in):
    client = signed_in(cast.secretary)
    approve(asked, cast.chair, at=timezone.now())
    page = client.get(f"{PLACE}approval/").content.decode()
    assert "1 of 3 have approved" in page and "Remind the 2 who have not answered" in page
    assert client.post(f"{PLACE}approval/remind/").status_code == 302
    assert client.post(f"{PLACE}approval/conclude/").status_code == 409
    assert client.post(f"{PLACE}approval/extend/", {"deadline": "i morgen"}).status_code == 422
    assert client.post(f"{PLACE}approval/extend/", {"deadline": "1.1.2020"}).status_code == 409
    assert client.post(f"{PLACE}approval/extend/", {"deadline": "31.12.2099"}).status_code == 302
    assert client.post(f"{PLACE}approval/", {"way": "chair", "persons": ["1"]}).status_code == 409
    assert client.post(f"{PLACE}approval/withdraw/").status_code == 302
    assert client.post(f"{PLACE}approval/", {"way": "circulation", "deadline": "31.12.2099"}).status_code == 422
    alone = {"way": "chair", "persons": str(cast.chair.person.pk), "deadline": ""}
    assert client.post(f"{PLACE}approval/", alone).status_code == 302
    assert client.post(f"{PLACE}approval/withdraw/").status_code == 302
    keys = [str(one.person.pk) for one in (cast.member, cast.chair)]
    form = {"way": "named-approvers", "persons": keys, "deadline": ""}
    assert client.post(f"{PLACE}approval/", form).status_code == 302
    assert "0 of 2 have approved" in client.get(f"{PLACE}approval/").content.decode()


def test_the_pages_ask_as_much_for_three_as_for_thirty(asked, cast, signed_in, django_assert_max_num_queries):
    def count(client, page) -> int:
        client.get(page)
        with django_assert_max_num_queries(80) as seen:
            assert client.get(page).status_code == 200
        return len(seen)

    pages = [(signed_in(cast.secretary), f"{PLACE}approval/"), (signed_in(cast.member), ANSWER)]
    few = [count(*page) for page in pages]
    for number in range(27):
        person = factories.make_person(f"Medlem {number}", email=f"m{number}@example.org")
        factories.make_seat(cast.board, person, starts_on=date(2026, 1, 1))
    signed_in(cast.secretary).post(f"{PLACE}approval/withdraw/")
    now = timezone.now()
    ask(asked, "circulation", by=cast.secretary, at=now, deadline=now.date() + timedelta(days=7))
    assert [count(*page) for page in pages] == few


def test_the_letters_tell_board_date_and_link_and_nothing_of_the_minutes(asked, cast, signed_in):
    drain()
    letters = [one for one in mail.outbox if "for you to approve" in one.subject or "til godkjenning" in one.subject]
    assert {one.to[0] for one in letters} >= {"chair@example.org", "member@example.org", "second_member@example.org"}
    body = letters[0].body
    assert ANSWER in body and "Badevannsrådet" in body and "badeplass" not in body
    said(signed_in(cast.member), asked, "objects", note="Hemmelig innvending")
    mail.outbox.clear()
    drain()
    told = [one for one in mail.outbox if one.to == ["secretary@example.org"]]
    assert told and "Hemmelig" not in "".join(one.subject + one.body for one in told)
