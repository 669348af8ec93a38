from minutes.drafting import create_draft, proposal_changes
from minutes.models import Block, Minutes
from tests import factories


def lines(minutes):
    return [item.section or item.label for item in minutes.items.all()]


def test_a_draft_has_the_cases_sections_and_breaks_of_the_agenda_in_order(minutes):
    assert lines(minutes) == ["Faste saker", "1-41/26", "Pause", "2-41/26", "3-41/26"]
    assert minutes.items.get(label="2-41/26").presenters_printed == "Tor Inge Sandbakk, Sundby kommune"


def test_the_proposed_decision_is_the_start_of_the_decision_and_stays_on_the_agenda(minutes):
    block = Block.objects.get(item__minutes=minutes)
    assert (block.type, block.label, block.html) == (
        "decision",
        "Beslutning:",
        "<p>Rådet åpner badeplassen 1. juni.</p>",
    )
    assert block.item.row.proposed_decision == block.html
    assert block.decision.kind == "decided"


def test_making_the_draft_again_changes_nothing(minutes, cast):
    before = list(minutes.items.values())
    again = create_draft(minutes.meeting, by=cast.secretary)
    assert (again.pk, list(again.items.values())) == (minutes.pk, before)
    assert Block.objects.count() == 1


def test_a_row_that_came_late_is_taken_in_at_its_place(minutes, cast):
    late = factories.make_row(minutes.meeting, "Hastesak", item=4, is_late=True)
    minutes.meeting.agenda_rows.filter(title="Eventuelt").update(order=99)
    create_draft(minutes.meeting, by=cast.secretary)
    assert lines(minutes) == ["Faste saker", "1-41/26", "Pause", "2-41/26", "4-41/26", "3-41/26"]
    assert minutes.items.get(label="4-41/26").row == late


def test_final_minutes_take_in_nothing_more(minutes, cast):
    Minutes.objects.filter(pk=minutes.pk).update(state="final")
    factories.make_row(minutes.meeting, "Hastesak", item=4)
    create_draft(minutes.meeting, by=cast.secretary)
    assert minutes.items.count() == 5


def test_what_was_changed_in_the_proposal_is_told_word_by_word(minutes):
    block = Block.objects.get(item__minutes=minutes)
    assert proposal_changes(block) == []
    block.html = "<p>Rådet åpner badeplassen 15. juni.</p>"
    assert proposal_changes(block) == [
        ("same", "Rådet åpner badeplassen "),
        ("removed", "1. "),
        ("added", "15. "),
        ("same", "juni."),
    ]
