import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from followups.models import Action, FollowUp
from minutes import editing, review
from minutes.drafting import create_draft
from minutes.models import Block, Decision, Minutes, Remark
from tests import factories

HTMX = {"headers": {"HX-Request": "true"}}


@pytest.fixture
def address(meeting):
    return f"/boards/{meeting.board.slug}/meetings/{meeting.slug}/minutes/"


@pytest.fixture
def reviewing(meeting):
    return f"/boards/{meeting.board.slug}/meetings/{meeting.slug}/review/"


@pytest.fixture
def secretary(cast, signed_in):
    return signed_in(cast.secretary)


@pytest.fixture
def member(cast, signed_in):
    return signed_in(cast.member)


@pytest.fixture
def out(minutes, cast):
    """A round that is open until the day after tomorrow."""
    today = timezone.localdate()
    return review.open_round(minutes, sent_on=today, deadline=today + timedelta(days=2), by=cast.secretary)


def text(response) -> str:
    return response.content.decode()


def test_a_meeting_without_minutes_offers_the_draft_to_its_writer(secretary, member, meeting, address):
    begin = address.replace("/minutes/", "/start-minutes/")
    assert f'action="{begin}"' in text(secretary.get(address))
    assert member.get(address).status_code == 404


@pytest.mark.parametrize("who, status", [("secretary", 200), ("member", 404), ("observer", 404), ("outsider", 404)])
def test_a_draft_is_known_to_its_writer_alone(minutes, cast, signed_in, address, who, status):
    assert signed_in(getattr(cast, who)).get(address).status_code == status


def test_the_page_for_writing_has_every_case_with_its_title_and_place(secretary, minutes, address):
    for item in minutes.items.filter(section=""):
        page = text(secretary.get(item.get_absolute_url()))
        assert f'id="item-{item.pk}"' in page
        assert all(f"?case={other.pk}" in page for other in minutes.items.filter(section=""))
    assert "Rådet åpner badeplassen 1. juni." in text(
        secretary.get(f"{address}?case={minutes.items.get(label='2-41/26').pk}")
    )


def test_a_block_is_added_written_and_read(secretary, item, address):
    answer = secretary.post(f"{address}cases/{item.pk}/text/add/")
    block = item.blocks.get()
    assert answer.url == f"{address}blocks/{block.pk}/edit/"
    assert secretary.post(f"{address}cases/{item.pk}/text/add/").url == answer.url
    saved = secretary.post(answer.url, {"version": 1, "label": "Innledning:", "html": "<p>Vann</p><script>x</script>"})
    assert saved.url == f"{address}?case={item.pk}#block-{block.pk}"
    block.refresh_from_db()
    assert (block.label, block.html, block.version) == ("Innledning:", "<p>Vann</p>", 2)


@pytest.mark.parametrize("type", ["text", "decision", "proposal", "vote", "statement", "disqualification"])
def test_every_type_of_block_opens_in_place(secretary, item, address, type):
    answer = secretary.post(f"{address}cases/{item.pk}/{type}/add/", **HTMX)
    block = item.blocks.get()
    assert answer.status_code == 200
    assert f'id="block-{block.pk}"' in text(answer)
    assert "<html" not in text(answer)
    assert "<html" in text(secretary.get(f"{address}blocks/{block.pk}/edit/"))


def test_an_autosave_answers_with_the_next_version(secretary, item, address):
    block = factories.make_block(item)
    data = {"version": 1, "html": "<p>Nytt</p>", "autosave": "1"}
    answer = secretary.post(f"{address}blocks/{block.pk}/edit/", data, **HTMX)
    told = json.loads(answer["HX-Trigger"])["kept"]
    assert (answer.status_code, told["key"], told["version"]) == (204, f"block-{block.pk}", 2)


def test_two_writers_get_both_texts_and_the_second_loses_nothing(secretary, item, address):
    block = factories.make_block(item, "<p>Start</p>")
    edit = f"{address}blocks/{block.pk}/edit/"
    secretary.post(edit, {"version": 1, "html": "<p>Først</p>"})
    answer = secretary.post(edit, {"version": 1, "html": "<p>Sist</p>"})
    assert answer.status_code == 409
    assert "<del>Først</del>" in text(answer) and "<ins>Sist</ins>" in text(answer)
    block.refresh_from_db()
    assert block.html == "<p>Først</p>"
    assert secretary.post(edit, {"version": 2, "html": "<p>Først</p><p>Sist</p>"}).status_code == 302


def test_ones_own_text_saved_twice_is_no_conflict(secretary, item, address):
    block = factories.make_block(item, "<p>Start</p>")
    edit = f"{address}blocks/{block.pk}/edit/"
    for _again in range(2):
        assert secretary.post(edit, {"version": 1, "html": "<p>Likt</p>"}).status_code == 302


def test_a_decision_with_its_vote_is_saved_from_the_form(secretary, item, address):
    block = editing.add_block(item, "decision", by=None)
    data = {
        "version": 1,
        "kind": "decided",
        "html": "<p>Ja</p>",
        "approves_minutes_of": "9.3.2026",
        "vote_kind": "counted",
        "vote_for": "2",
        "vote_against": "1",
        "vote_against_by": "Bo Dal (Vannlista)",
    }
    assert secretary.post(f"{address}blocks/{block.pk}/edit/", data).status_code == 302
    decision = Decision.objects.get(block=block)
    assert (decision.kind, decision.approves_minutes_of) == ("decided", date(2026, 3, 9))
    assert block.vote.printed == "2 for, 1 mot. Mot: Bo Dal (Vannlista)."
    assert "2 for, 1 mot." in text(secretary.get(item.get_absolute_url()))


def test_a_vote_of_alternatives_is_saved_from_the_form(secretary, item, address):
    block = editing.add_block(item, "vote", by=None)
    data = {"version": 1, "vote_kind": "alternatives", "alternative_0": "Stranda", "alternative_0_votes": "2"}
    data |= {"alternative_1": "Brygga", "alternative_1_by": "Ada Berg"}
    assert secretary.post(f"{address}blocks/{block.pk}/edit/", data).status_code == 302
    assert [(one.title, one.votes) for one in block.vote.alternatives.all()] == [("Stranda", 2), ("Brygga", None)]


def test_the_sum_is_told_while_it_is_typed(secretary, item, address, cast):
    factories.make_attendance(item.minutes.meeting, cast.member.person)
    block = editing.add_block(item, "decision", by=None)
    data = {"version": 1, "kind": "decided", "vote_kind": "counted", "vote_for": "3"}
    page = text(secretary.post(f"{address}blocks/{block.pk}/sum/", data, **HTMX))
    assert '<p class="warning-line">' in page
    assert not hasattr(Block.objects.get(pk=block.pk), "vote")


def test_a_wrong_time_keeps_what_was_typed(secretary, item, address):
    block = editing.add_block(item, "disqualification", by=None)
    data = {"version": 1, "name": "Bo Dal", "left_at": "25.99", "reason": "Eier tomta"}
    answer = secretary.post(f"{address}blocks/{block.pk}/edit/", data)
    assert answer.status_code == 422
    assert "25.99" in text(answer) and "Eier tomta" in text(answer)


def test_a_wording_is_a_decision_at_a_press(secretary, item, address):
    factories.make_board("annet")
    item.minutes.meeting.board.phrases.create(kind="noted", html="<p>Badevannsrådet merker seg saken.</p>")
    secretary.post(f"{address}cases/{item.pk}/phrase/", {"phrase": "0"})
    block = item.blocks.get()
    assert (block.decision.kind, block.html) == ("noted", "<p>Badevannsrådet merker seg saken.</p>")
    assert secretary.post(f"{address}cases/{item.pk}/phrase/", {"phrase": "999"}).status_code == 404


def test_a_wording_about_the_earlier_minutes_approves_those_of_the_row(secretary, item, address):
    item.row.approves_minutes_of = date(2026, 1, 15)
    item.row.save()
    phrases = item.minutes.meeting.board.phrases
    phrases.create(order=1, kind="approved", html="<p>Innkallingen godkjennes.</p>")
    phrases.create(order=2, kind="approved", html="<p>Referatet godkjennes.</p>")
    for number in "01":
        secretary.post(f"{address}cases/{item.pk}/phrase/", {"phrase": number})
    decided = [block.decision.approves_minutes_of for block in item.blocks.order_by("order")]
    assert decided == [None, date(2026, 1, 15)]


def test_a_wording_pressed_in_the_form_is_its_text(secretary, item, address):
    item.minutes.meeting.board.phrases.create(kind="noted", html="<p>Tas til orientering.</p>")
    block = editing.add_block(item, "decision", by=None)
    data = {"version": 1, "kind": "decided", "html": "", "phrase": "0"}
    assert secretary.post(f"{address}blocks/{block.pk}/edit/", data).status_code == 200
    block.refresh_from_db()
    assert (block.html, block.decision.kind) == ("<p>Tas til orientering.</p>", "noted")


def test_blocks_are_moved_deleted_and_brought_back(secretary, item, address, cast, now):
    first, second = factories.make_block(item, "<p>a</p>"), factories.make_block(item, "<p>b</p>")
    secretary.post(f"{address}blocks/{second.pk}/move/", {"to": "up"})
    assert [block.pk for block in item.blocks.all()] == [second.pk, first.pk]
    editing.save_block(first, {"html": "<p>c</p>"}, version=1, by=cast.secretary, at=now)
    assert "<del>a</del> <ins>c</ins>" in text(secretary.get(f"{address}blocks/{first.pk}/revisions/"))
    secretary.post(f"{address}blocks/{first.pk}/revisions/1/restore/")
    first.refresh_from_db()
    assert first.html == "<p>a</p>"
    assert secretary.post(f"{address}blocks/{first.pk}/delete/", {"version": 1}).status_code == 409
    assert secretary.post(f"{address}blocks/{first.pk}/delete/", {"version": first.version}).status_code == 302
    assert [block.pk for block in item.blocks.all()] == [second.pk]


def test_final_minutes_refuse_the_save_and_keep_the_text_on_the_page(secretary, item, address):
    block = factories.make_block(item, "<p>Start</p>")
    Minutes.objects.update(state="final")
    answer = secretary.post(f"{address}blocks/{block.pk}/edit/", {"version": 1, "html": "<p>Sent</p>"})
    assert answer.status_code == 409
    assert "&lt;p&gt;Sent&lt;/p&gt;" in text(answer)
    block.refresh_from_db()
    assert block.html == "<p>Start</p>"


def test_the_internal_note_is_seen_by_the_writer_and_nobody_else(secretary, member, item, address):
    secretary.post(f"{address}cases/{item.pk}/note/", {"internal_note": "Ring fylket"})
    assert "Ring fylket" in text(secretary.get(item.get_absolute_url()))
    Minutes.objects.update(state="final")
    assert "Ring fylket" not in text(member.get(address))


def test_a_member_writes_nothing(member, item, out, address):
    block = factories.make_block(item)
    assert member.post(f"{address}blocks/{block.pk}/edit/", {"version": 1, "html": "x"}).status_code == 403
    assert member.post(f"{address}cases/{item.pk}/text/add/").status_code == 403


def test_the_secretary_settles_a_remark_and_closes_the_round(secretary, out, item, reviewing, cast):
    block = factories.make_block(item, "<p>Teksten</p>")
    remark = review.add_remark(out, text="Dato", at=timezone.now(), by=None, person=cast.member.person, block=block)
    assert "<p>Teksten</p>" in text(secretary.get(f"{reviewing}remarks/"))
    secretary.post(f"{reviewing}remarks/{remark.pk}/settle/", {"status": "incorporated", "answer": "Rettet"})
    remark.refresh_from_db()
    assert (remark.status, remark.answer) == ("incorporated", "Rettet")
    secretary.post(f"{reviewing}close/")
    assert Minutes.objects.get().state == "draft"


def test_the_remarks_are_a_table_that_holds_no_formula(secretary, out, reviewing, cast):
    review.add_remark(out, text="=1+1", at=timezone.now(), by=None, person=cast.member.person)
    lines = secretary.get(f"{reviewing}remarks.csv").content.decode("utf-8-sig").splitlines()
    assert lines[1].split(";")[1] == "Tor Inge Sandbakk"
    assert lines[1].split(";")[8] == "'=1+1"


def test_a_note_outside_the_minutes_is_kept_apart(secretary, out, reviewing):
    data = {"sender": "Fylket", "received_on": "21.4.2026", "text": "Brev om vann", "label": "2-41/26"}
    secretary.post(f"{reviewing}notes/add/", data)
    assert Remark.objects.get().status == "outside-the-minutes"


def test_shielded_text_is_not_shown_to_who_may_not_read_it(minutes, item, cast, signed_in, address):
    factories.make_block(item, "<p>Kvikksølvfunn</p>", access_level="exempt", access_basis="offl. § 13")
    Minutes.objects.update(state="final")
    assert "Kvikksølvfunn" in text(signed_in(cast.member).get(address))
    assert "Kvikksølvfunn" not in text(signed_in(cast.observer).get(address))


def test_decisions_are_found_by_text_kind_year_and_case(secretary, item, cast, signed_in):
    factories.make_decision(item, "<p>Skiltet publiseres.</p>", "decided")
    factories.make_decision(item, "<p>Tas til orientering.</p>", "noted")
    register = f"/boards/{cast.board.slug}/decisions/"

    def found(query):
        return [row.block.html for row in secretary.get(register, query).context["rows"]]

    assert found({"text": "publiseres"}) == ["<p>Skiltet publiseres.</p>"]
    assert found({"kind": "noted"}) == ["<p>Tas til orientering.</p>"]
    assert len(found({"year": "2026", "case": "2-41/26"})) == 2
    assert found({"year": "2025"}) == []
    assert len(found({"year": "x", "page": "x"})) == 2
    assert signed_in(cast.member).get(register).context["rows"] == []
    assert signed_in(cast.outsider).get(register).status_code == 404


def queries(client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


def fill(meeting, cast, start: int, count: int) -> None:
    """Cases with a text, a decision with a vote by name, a follow-up, and a remark to each."""
    for number in range(start, start + count):
        factories.make_row(meeting, f"Sak {number}", item=number)
    minutes = create_draft(meeting, by=None)
    round = minutes.review_rounds.first()
    for item in minutes.items.filter(blocks__isnull=True, section=""):
        block = factories.make_block(item)
        vote = {"kind": "named", "for": 1, "for_by": ["Ada Berg"]}
        editing.add_block(item, "decision", by=None, values={"html": "<p>Ja</p>", "vote": vote})
        follow = factories.make_block(item, "", type="follow-up")
        promise = FollowUp.objects.create(board=meeting.board, title="Måle", source_block=follow)
        Action.objects.create(follow_up=promise, text="Måle vannet")
        if round:
            review.add_remark(round, text="Dato", at=timezone.now(), by=None, person=cast.member.person, block=block)


@pytest.mark.parametrize("place", ["minutes/", "review/remarks/", "decisions"])
def test_a_page_costs_the_same_for_three_and_for_thirty(place, meeting, cast, signed_in, secretary):
    fill(meeting, cast, 10, 3)
    minutes = meeting.minutes
    today = timezone.localdate()
    review.open_round(minutes, sent_on=today, deadline=today, by=None)
    base = f"/boards/{cast.board.slug}/"
    address = f"{base}decisions/" if place == "decisions" else f"{base}meetings/{meeting.slug}/{place}"
    block = Block.objects.filter(type="text").first()
    review.add_remark(
        minutes.review_rounds.get(), text="Dato", at=timezone.now(), by=None, person=cast.member.person, block=block
    )
    queries(secretary, address)
    few = queries(secretary, address)
    Minutes.objects.update(state="draft")
    fill(meeting, cast, 20, 27)
    Minutes.objects.update(state="in-review")
    assert queries(secretary, address) == few
