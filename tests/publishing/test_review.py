"""A member reads the draft that was sent, remarks on it, and answers (R93, R94, R96, F20, F24)."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.models import Entry
from meetings.models import Meeting
from minutes import editing, review
from minutes.drafting import create_draft
from minutes.models import Block, Minutes, Remark
from minutes.settling import settle
from publishing import issuing
from tests import factories
from tests.cast import board, cast, signed_in

__all__ = ["board", "cast", "signed_in"]
OSLO = ZoneInfo("Europe/Oslo")
HTMX = {"headers": {"HX-Request": "true"}}


@pytest.fixture
def minutes(board, cast):
    meeting = factories.make_meeting(board)
    factories.make_row(meeting, "Ny badeplass", item=2, type="Tilslutning")
    factories.make_row(
        meeting, "Tilsetting", item=3, access_level="exempt", access_basis="offl. § 13", public_title="Sak"
    )
    Meeting.objects.filter(pk=meeting.pk).update(state="held")
    made = create_draft(Meeting.objects.get(pk=meeting.pk), by=cast.secretary)
    Block.objects.all().delete()
    for label, html in (("2-41/26", "<p>Rådet åpner badeplassen 1. juni.</p>"), ("3-41/26", "<p>Hemmelig navn.</p>")):
        factories.make_block(made.items.get(label=label), html)
    return made


@pytest.fixture
def block(minutes):
    return Block.objects.get(item__label="2-41/26")


@pytest.fixture
def address(minutes):
    return minutes.get_absolute_url().replace("/minutes/", "/review/")


def send_out(minutes, cast, *, deadline: date | None = None):
    minutes.refresh_from_db()
    now = timezone.now()
    due = deadline or timezone.localdate() + timedelta(days=7)
    return issuing.send_for_review(minutes, deadline=due, by=cast.secretary, at=now)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_what_was_sent_is_what_is_read(minutes, block, address, cast, signed_in):
    send_out(minutes, cast)
    editing.save_block(
        block, {"html": "<p>Halvskrevet</p>"}, version=block.version, by=cast.secretary, at=timezone.now()
    )
    page = text(signed_in(cast.member).get(address))
    assert "Rådet åpner badeplassen 1. juni." in page and "Halvskrevet" not in page
    assert "Sak 2-41/26" not in page and 'aria-label="Write a remark on the discussion in case 2-41/26"' in page


def test_several_remarks_are_sent_together_and_twice_is_once(minutes, block, address, cast, signed_in):
    out, member = send_out(minutes, cast), signed_in(cast.member)
    token = re.search(r'name="form_token" value="([^"]+)"', text(member.get(address)))[1]
    said = {
        f"block-{block.pk}": "Feil dato",
        f"item-{block.item_id}": "Mangler vedlegg",
        "whole": "Fint",
        "form_token": token,
    }
    for _attempt in range(2):
        assert member.post(f"{address}remark/", said).status_code == 302
    found = {(one.block, one.item, one.label, one.text) for one in Remark.objects.all()}
    item = block.item
    assert found == {
        (block, item, "2-41/26", "Feil dato"),
        (None, item, "2-41/26", "Mangler vedlegg"),
        (None, None, "", "Fint"),
    }
    assert out.answers.get(person=cast.member.person).answered_at
    page = text(member.get(address))
    assert "You have sent 3 remarks" in page and "The secretariat answers here." in page


def test_with_something_written_no_remarks_asks_first(minutes, block, address, cast, signed_in):
    out, member = send_out(minutes, cast), signed_in(cast.member)
    asked = member.post(f"{address}no-remarks/", {f"block-{block.pk}": "Feil dato"})
    assert (asked.status_code, out.answers.get(person=cast.member.person).answered_at) == (422, None)
    assert "Feil dato</textarea>" in text(asked) and "What do you want to do with them?" in text(asked)
    member.post(f"{address}no-remarks/", {f"block-{block.pk}": "Feil dato", "drop": "1"})
    assert (out.answers.get(person=cast.member.person).has_no_remarks, Remark.objects.count()) == (True, 0)


def test_only_those_who_were_asked_answer(minutes, block, address, cast, signed_in):
    out = send_out(minutes, cast)
    out.answers.filter(person=cast.second_member.person).delete()
    other = signed_in(cast.second_member)
    page = text(other.get(address))
    assert "Rådet åpner" in page and "<textarea" not in page and "No remarks" not in page
    answer = other.post(f"{address}remark/", {f"block-{block.pk}": "Likevel"})
    assert (answer.status_code, Remark.objects.count()) == (409, 0) and "Likevel" in text(answer)
    assert signed_in(cast.observer).post(f"{address}remark/", {"whole": "x"}).status_code == 403
    assert signed_in(cast.outsider).get(address).status_code == 404


@pytest.mark.parametrize(
    "deadline, last",
    [(date(2026, 4, 29), datetime(2026, 4, 29, 23, 59, 59, 900_000, tzinfo=OSLO)),
     (date(2026, 3, 29), datetime(2026, 3, 29, 23, 59, 59, 900_000, tzinfo=OSLO)),
     (date(2026, 10, 25), datetime(2026, 10, 25, 23, 59, 59, 900_000, tzinfo=OSLO))],
)  # fmt: skip
def test_the_servers_clock_says_what_is_late_and_the_page_says_it_before(
    minutes, block, address, cast, signed_in, deadline, last
):
    with time_machine.travel(last - timedelta(days=5), tick=False):
        send_out(minutes, cast, deadline=deadline)
    for moment, is_late in ((last, False), (last + timedelta(milliseconds=200), True)):
        with time_machine.travel(moment, tick=False):
            member = signed_in(cast.member)
            assert ("marked as late" in text(member.get(address))) is is_late
            assert ("Our clock says" in text(member.get(address))) is not is_late
            member.post(f"{address}remark/", {f"block-{block.pk}": f"Sen: {is_late}"})
            assert Remark.objects.get(text=f"Sen: {is_late}").is_late is is_late


def test_after_the_round_the_text_and_the_draft_stay(minutes, block, address, cast, signed_in):
    out, member = send_out(minutes, cast), signed_in(cast.member)
    review.close_round(out, by=cast.secretary)
    answer = member.post(f"{address}remark/", {f"block-{block.pk}": "For sent"})
    assert (answer.status_code, Remark.objects.count()) == (409, 0)
    assert "For sent" in text(answer) and cast.secretary.email in text(answer)
    editing.save_block(block, {"html": "<p>Nytt</p>"}, version=block.version, by=cast.secretary, at=timezone.now())
    page = text(member.get(address))
    assert "Rådet åpner badeplassen 1. juni." in page and "Nytt" not in page
    assert "The round of remarks was closed on" in page and "<textarea" not in page


def test_a_remark_is_changed_and_withdrawn_until_it_is_settled(minutes, block, address, cast, signed_in):
    out, member = send_out(minutes, cast), signed_in(cast.member)
    member.post(f"{address}remark/", {f"block-{block.pk}": "Feil dato"})
    remark = Remark.objects.get()
    member.post(f"{address}remarks/{remark.pk}/change/", {"text": "Feil år"})
    remark.refresh_from_db()
    assert (remark.text, remark.version) == ("Feil år", 2)
    assert Entry.objects.get(act="minutes.change_remark").payload["was"] == "Feil dato"
    assert signed_in(cast.second_member).post(f"{address}remarks/{remark.pk}/withdraw/").status_code == 404
    settle(remark, "incorporated", "Rettet.", at=timezone.now(), by=cast.secretary)
    refused = member.post(f"{address}remarks/{remark.pk}/change/", {"text": "Feil tid"})
    assert refused.status_code == 409 and "Rettet." in text(refused)
    settle(remark, "received", "", at=timezone.now(), by=cast.secretary)
    member.post(f"{address}remarks/{remark.pk}/withdraw/")
    assert (Remark.objects.count(), out.answers.get(person=cast.member.person).answered_at) == (0, None)
    assert Entry.objects.get(act="minutes.withdraw_remark").payload["was"] == "Feil år"


def test_what_is_exempt_is_neither_read_compared_nor_remarked_on(minutes, address, cast, signed_in):
    secret = Block.objects.get(item__label="3-41/26")
    send_out(minutes, cast)
    review.close_round(minutes.review_rounds.get(), by=cast.secretary)
    editing.save_block(
        secret, {"html": "<p>Annet hemmelig navn.</p>"}, version=secret.version, by=None, at=timezone.now()
    )
    send_out(minutes, cast)
    compare = address.replace("/review/", "/compare/")
    assert "Annet" in text(signed_in(cast.member).get(f"{address}?changes=1"))
    for path in (address, f"{address}?changes=1", compare):
        answer = signed_in(cast.observer).get(path)
        assert answer.status_code == 200 and "emmelig" not in text(answer)
        assert f"block-{secret.pk}" not in text(answer)


def test_a_second_draft_shows_what_was_changed_and_what_became_of_the_remark(minutes, block, address, cast, signed_in):
    out, member = send_out(minutes, cast), signed_in(cast.member)
    member.post(f"{address}remark/", {f"block-{block.pk}": "Det var 15. mai"})
    settle(Remark.objects.get(), "incorporated", "Rettet til mai.", at=timezone.now(), by=cast.secretary)
    review.close_round(out, by=cast.secretary)
    html = "<p>Rådet åpner badeplassen 15. mai.</p>"
    editing.save_block(block, {"html": html}, version=block.version, by=cast.secretary, at=timezone.now())
    second = send_out(minutes, cast)
    page = text(member.get(address))
    assert "Draft 2 of the minutes" in page and "Rettet til mai." in page and "1 change since the draft of" in page
    assert "<del" not in page and [one.round for one in review.waiting_for(cast.member, timezone.localdate())] == [
        second
    ]
    marked = re.sub(r'<span class="ds-sr-only">[^<]*</span>', "", text(member.get(f"{address}?changes=1")))
    assert "<del>1</del><ins>15</ins>" in marked and "<del>juni</del><ins>mai</ins>" in marked
    issuing.finalise(Minutes.objects.get(), by=cast.secretary, at=timezone.now(), reason="Prøve")
    compared = text(member.get(address.replace("/review/", "/compare/"), {"from": "1", "to": "3"}))
    assert "<ins>" in compared
    assert member.get(address.replace("/review/", "/compare/"), {"from": "9"}).status_code == 404


def test_who_waits_for_an_answer_is_asked_in_one_question(minutes, cast, django_assert_num_queries):
    out = send_out(minutes, cast)
    today = timezone.localdate()
    with django_assert_num_queries(1):
        assert [one.round for one in review.waiting_for(cast.member, today)] == [out]
    assert not review.waiting_for(cast.deputy, today) and not review.waiting_for(cast.secretary, today)
    review.no_remarks(out, cast.member.person, at=timezone.now(), by=cast.member)
    assert not review.waiting_for(cast.member, today)


def test_an_answer_for_htmx_says_that_it_was_kept(minutes, block, address, cast, signed_in):
    send_out(minutes, cast)
    answer = signed_in(cast.member).post(f"{address}remark/", {f"block-{block.pk}": "Feil dato"}, **HTMX)
    assert "kept" in answer["HX-Trigger"] and 'data-said="1 remark was sent."' in text(answer)


@pytest.mark.parametrize("changes", ["", "?changes=1"])
def test_the_draft_costs_the_same_for_three_and_for_thirty(minutes, address, cast, signed_in, changes):
    def fill(start: int, count: int) -> None:
        out = minutes.review_rounds.filter(is_open=True).first()
        if out:
            review.close_round(out, by=cast.secretary)
        for number in range(start, start + count):
            item = factories.make_item(minutes, factories.make_row(minutes.meeting, f"Sak {number}", item=number))
            factories.make_block(item)
        second = send_out(minutes, cast)
        for one in Block.objects.exclude(item__label="3-41/26"):
            review.add_remark(second, text="Dato", at=timezone.now(), by=None, person=cast.member.person, block=one)

    def queries() -> int:
        client = signed_in(cast.member)
        client.get(address + changes)
        with CaptureQueriesContext(connection) as counted:
            assert client.get(address + changes).status_code == 200
        return len(counted)

    fill(10, 3)
    review.close_round(minutes.review_rounds.get(), by=cast.secretary)
    send_out(minutes, cast)
    few = queries()
    fill(20, 27)
    assert queries() == few
