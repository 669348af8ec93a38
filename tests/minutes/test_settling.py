"""What becomes of remarks: one press each, the second of two secretaries is told, every word stays in the trail (R91-R93)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.models import Entry
from boardroom.lib.workflow import TransitionRefused
from minutes import editing, remark_list, review, settling
from minutes.models import Answer, Minutes, Remark
from minutes.review_table import remarks_table

SENT, DEADLINE = date(2026, 4, 20), date(2026, 4, 29)


@pytest.fixture
def block(item, cast):
    values = {"label": "", "html": "<p>Badeplassen åpner 1. mai.</p>"}
    return editing.add_block(item, "text", by=cast.secretary, values=values)


@pytest.fixture
def sent(minutes, block, cast, now):
    minutes.refresh_from_db()
    return review.open_round(minutes, sent_on=SENT, deadline=DEADLINE, by=cast.secretary, at=now)


@pytest.fixture
def remark(sent, block, cast, now):
    return review.add_remark(sent, text="1. juni!", at=now, by=cast.member, person=cast.member.person, block=block)


def test_the_second_of_two_secretaries_is_told_and_changes_nothing(remark, cast, now):
    seen = Remark.objects.select_related("round__minutes__meeting__board").get(pk=remark.pk)
    settling.settle(remark, "incorporated", "Rettet.", at=now, by=cast.secretary, version=1)
    with pytest.raises(settling.SettledMeanwhile) as told:
        settling.settle(seen, "not-incorporated", "Nei.", at=now, by=cast.chair, version=1)
    assert (told.value.remark.status, told.value.remark.answer) == ("incorporated", "Rettet.")
    assert Remark.objects.get().version == 2


def test_the_mind_can_be_changed_until_the_minutes_are_final(remark, minutes, cast, now):
    settling.settle(remark, "incorporated", "Rettet.", at=now, by=cast.secretary)
    settling.settle(remark, "partly-incorporated", "Delvis.", at=now, by=cast.secretary)
    said = [entry.payload["answer"] for entry in Entry.objects.filter(act="minutes.settle_remark").order_by("seq")]
    assert said == ["Rettet.", "Delvis."]
    Minutes.objects.update(state="final")
    with pytest.raises(TransitionRefused):
        settling.settle(remark, "not-incorporated", "", at=now, by=cast.secretary)
    assert Remark.objects.get().answer == "Delvis."


def test_what_nobody_settled_can_be_settled_after_the_minutes_are_final(remark, cast, now):
    Minutes.objects.update(state="final")
    settling.settle(remark, "not-incorporated", "Kom for sent.", at=now, by=cast.secretary)
    assert Remark.objects.get().status == "not-incorporated"


def test_remarks_to_one_text_are_settled_together_and_those_to_another_are_not(remark, sent, block, item, cast, now):
    for user in (cast.chair, cast.second_member):
        review.add_remark(sent, text="Enig", at=now, by=user, person=user.person, block=block)
    other = review.add_remark(sent, text="Mer", at=now, by=cast.chair, person=cast.chair.person, item=item)
    changed = settling.settle(remark, "incorporated", "Rettet.", at=now, by=cast.secretary, together=True)
    assert len(changed) == 3
    assert set(Remark.objects.exclude(pk=other.pk).values_list("status", "answer")) == {("incorporated", "Rettet.")}
    other.refresh_from_db()
    assert other.status == "received"


@pytest.mark.parametrize("days, late", [(0, False), (1, True)])
def test_a_remark_by_telephone_is_late_by_the_day_it_came_and_answers_for_its_sender(
    sent, block, cast, now, days, late
):
    said = {"text": "Feil dato", "came_by": "phone", "received_on": DEADLINE + timedelta(days=days), "block": block}
    found = settling.register_remark(sent, person=cast.chair.person, by=cast.secretary, at=now, **said)
    assert (found.is_late, found.came_by, found.entered_by, found.label) == (late, "phone", cast.secretary, "2-41/26")
    assert Answer.objects.get(person=cast.chair.person).answered_at == now


def test_a_closed_round_takes_what_the_secretary_registers_until_the_minutes_are_final(sent, cast, now):
    review.close_round(sent, by=cast.secretary)
    said = {"text": "Feil dato", "came_by": "letter", "received_on": SENT, "sender": "Fylket"}
    settling.register_remark(sent, by=cast.secretary, at=now, **said)
    Minutes.objects.update(state="final")
    with pytest.raises(TransitionRefused):
        settling.register_remark(sent, by=cast.secretary, at=now, **said)
    assert Remark.objects.get().sender == "Fylket"


def test_what_changed_since_the_draft_is_marked_and_what_changed_before_is_not(remark, block, minutes, cast, now):
    html = "<p>Badeplassen åpner 1. juni.</p>"
    block.item.minutes = minutes
    editing.save_block(block, {"html": html}, version=block.version, by=cast.secretary, at=now + timedelta(hours=1))
    groups = remark_list.groups(minutes, cast.secretary, remark_list.remarks_of(minutes, cast.secretary))
    changes = groups[0].places[0].changes
    assert [(how, text.strip()) for how, text in changes if how != "same"] == [("removed", "mai."), ("added", "juni.")]
    review.close_round(remark.round, by=cast.secretary)
    minutes.refresh_from_db()
    second = review.open_round(minutes, sent_on=SENT, deadline=DEADLINE, by=cast.secretary, at=now + timedelta(hours=2))
    review.add_remark(second, text="Bra", at=now, by=cast.chair, person=cast.chair.person, block=block)
    groups = remark_list.groups(minutes, cast.secretary, remark_list.remarks_of(minutes, cast.secretary))
    assert groups[0].places[0].changes == []


@given(st.permutations(range(6)))
def test_remarks_stand_in_the_order_of_the_minutes_whatever_order_they_came_in(order):
    texts = ["item", "block-a", "block-b", "block-a", "whole", "block-b"]
    remarks = [Remark(pk=number + 1, text=texts[number], status="received") for number in order]
    state = remark_list.state_of(remarks)
    assert (state.total, state.settled, state.left) == (6, 0, 6)
    assert state.next == remarks[0].pk
    for number, one in enumerate(remarks):
        one.status = "incorporated"
        state = remark_list.state_of(remarks)
        assert (state.settled, state.left) == (number + 1, 5 - number)
    assert state.next is None


def test_the_table_has_every_word_and_no_formula(remark, sent, minutes, cast, now):
    evil = review.add_remark(sent, text="=1+1", at=now, by=cast.chair, person=cast.chair.person)
    settling.settle(remark, "incorporated", "@Rettet", at=now, by=cast.secretary)
    lines = remarks_table(minutes, cast.secretary).splitlines()
    assert "Badeplassen åpner 1. mai." in lines[1]
    assert ";'@Rettet;2026-04-20 12:00;Sigrun Aasland Vik" in lines[1]
    assert f";'{evil.text};" in lines[2]


def test_answers_that_are_often_given_are_offered_first(remark, sent, minutes, cast, now):
    for number in range(3):
        one = review.add_remark(sent, text=f"{number}", at=now, by=cast.chair, person=cast.chair.person)
        settling.settle(one, "incorporated", "Rettet etter lydopptaket.", at=now, by=cast.secretary)
    offered = remark_list.offered_answers(minutes)
    assert offered[0] == "Rettet etter lydopptaket."
    assert len(offered) == len(set(offered)) <= remark_list.ANSWERS_OFFERED
