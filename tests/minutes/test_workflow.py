from datetime import date

import pytest

from boardroom.lib.workflow import TransitionRefused
from minutes import completeness, editing, workflow
from minutes.models import Minutes
from tests import factories

DAY = date(2026, 5, 4)


def sentences(minutes):
    return [sentence for sentence, _place in completeness.missing(minutes)]


def test_the_completeness_list_names_every_open_point(minutes):
    assert sentences(minutes) == [
        "Nobody is registered as present.",
        "Case 1-41/26 is neither treated, postponed nor withdrawn.",
        "Case 3-41/26 is neither treated, postponed nor withdrawn.",
    ]


def test_a_complete_draft_has_no_open_points(minutes, cast):
    for key in ("chair", "member", "second_member"):
        person = getattr(cast, key).person
        factories.make_attendance(minutes.meeting, person)
    editing.no_items(minutes.items.get(label="3-41/26"), by=cast.secretary)
    assert sentences(minutes) == [
        "Case 1-41/26 is neither treated, postponed nor withdrawn.",
        "Case 3-41/26 has neither a decision nor the mark that there was none.",
    ]
    editing.no_decision(minutes.items.get(label="3-41/26"), by=cast.secretary)
    minutes.meeting.agenda_rows.filter(label="1-41/26").update(outcome="postponed")
    assert sentences(minutes) == []


def test_a_closed_case_a_shielded_text_and_a_vote_want_basis_and_result(minutes, item, cast):
    minutes.meeting.agenda_rows.filter(pk=item.row_id).update(is_closed=True)
    values = {"vote": {"kind": "counted"}, "html": "<p>x</p>"}
    block = editing.add_block(item, "decision", by=cast.secretary, values=values)
    type(block).objects.filter(pk=block.pk).update(access_level="exempt")
    found = [(sentence, place) for sentence, place in completeness.missing(minutes) if "2-41/26" in sentence]
    assert found == [
        ("Case 2-41/26 is closed without a legal basis.", f"item-{item.pk}"),
        ("A text of case 2-41/26 is exempt without a legal basis.", f"block-{block.pk}"),
        ("The vote of case 2-41/26 has no result.", f"block-{block.pk}"),
    ]


def test_open_points_stop_the_finalising_until_a_reason_is_given(minutes, cast):
    with pytest.raises(TransitionRefused) as refusal:
        workflow.finalise(minutes, on=DAY, by=cast.secretary)
    assert refusal.value.reasons[0] == "Give a reason for finalising with open points."
    assert Minutes.objects.get().state == "draft"
    workflow.finalise(minutes, on=DAY, by=cast.secretary, reason="Møtet ble avbrutt.")
    minutes.refresh_from_db()
    assert (minutes.state, minutes.final_on, minutes.incomplete_reason) == ("final", DAY, "Møtet ble avbrutt.")


def test_final_minutes_are_finalised_once(minutes, cast):
    workflow.finalise(minutes, on=DAY, by=cast.secretary, reason="Uferdig.")
    with pytest.raises(TransitionRefused):
        workflow.finalise(minutes, on=DAY, by=cast.secretary, reason="Igjen.")


def test_a_correction_has_a_reason_and_is_open_once(minutes, cast):
    with pytest.raises(TransitionRefused):
        workflow.open_correction(minutes, "Feil dato.", by=cast.secretary)
    workflow.finalise(minutes, on=DAY, by=cast.secretary, reason="Uferdig.")
    with pytest.raises(TransitionRefused):
        workflow.open_correction(minutes, "  ", by=cast.secretary)
    workflow.open_correction(minutes, "Feil dato.", by=cast.secretary)
    assert minutes.is_writable
    with pytest.raises(TransitionRefused):
        workflow.open_correction(minutes, "En til.", by=cast.secretary)
    assert workflow.close_correction(minutes, by=cast.secretary) == "Feil dato."
    assert not Minutes.objects.get().is_writable


def test_minutes_of_a_cancelled_meeting_are_not_final(minutes, cast):
    type(minutes.meeting).objects.update(state="cancelled", state_reason="Storm")
    minutes.refresh_from_db()
    with pytest.raises(TransitionRefused):
        workflow.finalise(minutes, on=DAY, by=cast.secretary, reason="Uferdig.")
    assert Minutes.objects.get().state == "draft"
