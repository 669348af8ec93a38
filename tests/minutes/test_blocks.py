"""Blocks written in their place: what each answer says to the page, and what it costs."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from minutes import earlier, editing
from minutes.drafting import create_draft
from minutes.models import Block
from tests import factories

HTMX = {"headers": {"HX-Request": "true"}}


@pytest.fixture
def address(meeting):
    return f"/boards/{meeting.board.slug}/meetings/{meeting.slug}/minutes/"


@pytest.fixture
def secretary(cast, signed_in):
    return signed_in(cast.secretary)


@pytest.fixture
def case(minutes):
    """The case about the new bathing place, with its proposal taken over as the decision."""
    return minutes.items.get(label="2-41/26")


def text(response) -> str:
    return response.content.decode()


def triggers(response) -> dict:
    return json.loads(response["HX-Trigger"])


def edit(secretary, address, block, **data):
    return secretary.post(f"{address}blocks/{block.pk}/edit/", {"version": block.version, **data}, **HTMX)


def test_a_saved_block_is_read_again_and_the_other_columns_hear_of_it(secretary, item, address):
    block = factories.make_block(item)
    answer = edit(secretary, address, block, html="<p>Nytt</p>")
    assert "<p>Nytt</p>" in text(answer) and '<form class="block-form"' not in text(answer)
    assert triggers(answer).keys() == {"kept", "changed"}


def test_an_autosave_is_answered_with_nothing_but_that_it_was_saved(secretary, item, address):
    block = factories.make_block(item)
    answer = edit(secretary, address, block, html="<p>Nytt</p>", autosave="1")
    assert text(answer) == ""
    assert triggers(answer)["kept"]["version"] == 2


def test_what_is_stored_already_is_not_saved_again(secretary, item, address):
    block = factories.make_block(item, "<p>Likt</p>")
    answer = edit(secretary, address, block, html="<p>Likt</p>")
    assert triggers(answer)["kept"]["version"] == 1
    assert not block.revisions.exists()


def test_an_autosave_of_something_wrong_says_why_and_changes_nothing(secretary, item, address):
    block = editing.add_block(item, "disqualification", by=None, values={"name": "Bo Dal"})
    answer = edit(secretary, address, block, name="Bo Dal", left_at="25.99", autosave="1")
    assert answer.status_code == 422
    assert "25.99" in triggers(answer)["unsaved"]["why"]


def test_a_new_block_closed_before_anything_was_written_is_gone(secretary, item, address):
    block = editing.add_block(item, "decision", by=None)
    answer = edit(secretary, address, block, label=block.label, kind="decided", html="", vote_kind="")
    assert text(answer) == ""
    assert not item.blocks.exists()


def test_what_was_registered_or_taken_over_stays_when_its_form_is_closed(secretary, item, case, address):
    for block, data in [
        (editing.no_decision(item, by=None), {"kind": "none", "label": ""}),
        (editing.add_block(item, "disqualification", by=None, values={"name": "Bo Dal"}), {"name": "Bo Dal"}),
        (
            editing.add_block(item, "decision", by=None, values={"html": "<p>Ja</p>", "label": ""}),
            {"html": "<p>Ja</p>"},
        ),
    ]:
        answer = text(edit(secretary, address, block, **{"kind": "decided", **data}))
        assert f'id="block-{block.pk}"' in answer
        assert item.blocks.filter(pk=block.pk, version=1).exists()


def test_a_disqualification_tells_the_other_columns_at_once(secretary, item, address):
    block = editing.add_block(item, "disqualification", by=None)
    answer = edit(secretary, address, block, name="Tor Inge Sandbakk", autosave="1")
    assert "changed" in triggers(answer)


@pytest.mark.parametrize("kind", ["decision", "proposal", "vote", "statement", "disqualification"])
def test_a_block_that_is_empty_still_is_looked_over_and_printed(secretary, item, address, kind):
    editing.add_block(item, kind, by=None)
    here = address.removesuffix("minutes/")
    assert secretary.get(f"{here}look-over/?seen=", **HTMX).status_code == 200
    assert item.row.title in text(secretary.get(f"{here}documents/preview/minutes/"))


def test_the_sentence_of_a_vote_follows_its_figures_through_several_saves(secretary, item, address):
    block = editing.add_block(item, "decision", by=None, values={"html": "<p>Ja</p>"})
    for votes in ("1", "2", "3"):
        data = {"kind": "decided", "html": "<p>Ja</p>", "vote_kind": "counted", "vote_for": votes, "autosave": "1"}
        edit(secretary, address, block, **data)
        block = Block.objects.get(pk=block.pk)
    assert block.vote.printed == "3 for."


def test_ones_own_words_for_the_result_are_kept(secretary, item, address):
    block = editing.add_block(item, "decision", by=None, values={"html": "<p>Ja</p>"})
    data = {"kind": "decided", "html": "<p>Ja</p>", "vote_kind": "counted", "vote_printed": "Vedtatt med 3 stemmer."}
    for votes in ("3", "2"):
        edit(secretary, address, block, **data, vote_for=votes)
        block = Block.objects.get(pk=block.pk)
    assert block.vote.printed == "Vedtatt med 3 stemmer."
    assert "Vedtatt med 3 stemmer." in text(secretary.get(f"{address}blocks/{block.pk}/edit/"))


def test_a_statement_stands_open_after_the_vote_it_is_about(secretary, item, address):
    block = editing.add_block(item, "decision", by=None)
    factories.make_block(item, "<p>Etterpå</p>")
    data = {"kind": "decided", "html": "<p>Ja</p>", "then": "statement"}
    answer = text(edit(secretary, address, block, **data))
    statement = item.blocks.get(type="statement")
    assert f'id="block-{block.pk}"' in answer and f'id="block-{statement.pk}"' in answer
    assert [one.type for one in item.blocks.all()] == ["decision", "statement", "text"]


def test_a_wording_gives_its_kind_and_leaves_a_text_of_ones_own(secretary, item, address):
    item.minutes.meeting.board.phrases.create(kind="noted", html="<p>Tas til orientering.</p>")
    block = editing.add_block(item, "decision", by=None)
    data = {"kind": "decided", "html": "<p>Skrevet selv.</p>", "phrase": "0"}
    secretary.post(f"{address}blocks/{block.pk}/edit/", {"version": 1, **data})
    block = Block.objects.get(pk=block.pk)
    assert (block.html, block.decision.kind) == ("<p>Skrevet selv.</p>", "noted")


def test_the_wording_of_the_kind_is_chosen(secretary, case, address):
    block = case.blocks.get()
    page = text(secretary.get(f"{address}blocks/{block.pk}/edit/", **HTMX))
    chosen = page.split('aria-pressed="true"')
    assert len(chosen) == 2
    assert "Badevannsrådet" in chosen[1][:900]


def test_the_reader_sees_what_the_decision_changed_in_the_proposal(secretary, case, address, cast, now):
    block = case.blocks.get()
    assert "Taken over from the proposal" in text(secretary.get(case.get_absolute_url()))
    editing.save_block(block, {"html": "<p>Rådet åpner badeplassen 15. juni.</p>"}, version=1, by=None, at=now)
    page = text(secretary.get(case.get_absolute_url()))
    assert "changed in one place" in page
    assert "<del>1. </del> <ins>15. </ins>" in page
    editing.save_block(block, {"html": "<p>Nei takk!</p>"}, version=2, by=None, at=now)
    assert "Other than the proposal" in text(secretary.get(case.get_absolute_url()))


def test_a_postponed_case_leads_on_to_its_next_meeting(secretary, item, address):
    factories.make_decision(item, "<p>Saken utsettes.</p>", "postponed")
    assert f"agenda/rows/{item.row_id}/postpone/" in text(secretary.get(item.get_absolute_url()))


def test_a_block_placed_after_another_says_its_place(secretary, item, address):
    first, second = factories.make_block(item, "<p>a</p>", type="proposal"), factories.make_block(item, "<p>b</p>")
    answer = secretary.post(f"{address}blocks/{first.pk}/move/", {"after": second.pk}, **HTMX)
    assert text(answer) == "Proposal is number 2 of 2."
    assert secretary.post(f"{address}blocks/{first.pk}/move/", {"after": "x"}, **HTMX).status_code == 404
    assert secretary.post(f"{address}blocks/{first.pk}/move/", {"after": "99"}, **HTMX).status_code == 409
    secretary.post(f"{address}blocks/{first.pk}/move/", {"after": ""}, **HTMX)
    assert [block.pk for block in item.blocks.all()] == [first.pk, second.pk]


def test_a_deleted_block_can_be_undone_in_its_place(secretary, item, address):
    block = factories.make_block(item, "<p>Angret</p>")
    answer = text(secretary.post(f"{address}blocks/{block.pk}/delete/", {"version": 1}, **HTMX))
    assert f'action="{address}blocks/{block.pk}/bring-back/"' in answer
    assert "1 deleted block" in text(secretary.get(item.get_absolute_url()))
    answer = text(secretary.post(f"{address}blocks/{block.pk}/bring-back/", **HTMX))
    assert "<p>Angret</p>" in answer and "deleted block" not in answer


def test_a_block_changed_by_another_is_not_deleted_from_the_page(secretary, item, address):
    block = factories.make_block(item, version=3)
    answer = secretary.post(f"{address}blocks/{block.pk}/delete/", {"version": 2}, **HTMX)
    assert answer.status_code == 409
    assert item.blocks.get() == block


def test_earlier_texts_say_who_wrote_them_and_what_changed(secretary, item, address, cast):
    block = factories.make_block(item, "<p>Vannet er rent.</p>")
    edit(secretary, address, block, html="<p>Vannet er kaldt.</p>")
    page = text(secretary.get(f"{address}blocks/{block.pk}/revisions/", **HTMX))
    assert "<html" not in page
    assert "Sigrun Aasland Vik" in page
    assert "<del>rent.</del> <ins>kaldt.</ins>" in page
    answer = secretary.post(f"{address}blocks/{block.pk}/revisions/1/restore/", **HTMX)
    assert "Vannet er rent." in text(answer)
    assert triggers(answer)["kept"]["version"] == 3


def test_saves_without_a_pause_are_one_text_and_can_each_be_brought_back(item, cast, now):
    block = factories.make_block(item, "<p>a</p>")
    times = [now, now.replace(second=20), now.replace(second=40), now.replace(hour=13), now.replace(hour=14)]
    authors = [cast.secretary, cast.secretary, cast.secretary, cast.secretary, cast.chair]
    for number, (at, by) in enumerate(zip(times, authors, strict=True), 1):
        editing.save_block(block, {"html": f"<p>{number}</p>"}, version=number, by=by, at=at)
    found = earlier.texts(block)
    assert [(one.html, len(one.within)) for one in found] == [
        ("<p>5</p>", 0),
        ("<p>4</p>", 0),
        ("<p>3</p>", 2),
        ("<p>a</p>", 0),
    ]
    assert [one.by for one in found] == [cast.chair, cast.secretary, cast.secretary, None]


def test_the_internal_note_is_written_in_its_place(secretary, item, address):
    note = f"{address}cases/{item.pk}/note/"
    assert "<html" not in text(secretary.get(note, **HTMX))
    answer = secretary.post(note, {"internal_note": "Ring", "autosave": "1"}, **HTMX)
    assert text(answer) == "" and triggers(answer)["kept"]["key"] == f"note-{item.pk}"
    assert "Ring fylket" in text(secretary.post(note, {"internal_note": "Ring fylket"}, **HTMX))


def test_every_kind_of_block_has_a_letter_of_its_own(secretary, item, address):
    added = secretary.get(item.get_absolute_url()).context["added"]
    letters = [one["letter"] for one in added]
    assert all(letters) and len(set(letters)) == len(added) == 7


def cost(ask) -> int:
    with CaptureQueriesContext(connection) as counted:
        assert ask().status_code < 400
    return len(counted)


def fill(meeting, start: int, count: int) -> None:
    for number in range(start, start + count):
        factories.make_row(meeting, f"Sak {number}", item=number)
    for item in create_draft(meeting, by=None).items.filter(blocks__isnull=True, section=""):
        factories.make_block(item)
        editing.add_block(item, "decision", by=None, values={"html": "<p>Ja</p>", "vote": {"kind": "unanimous"}})


def test_every_answer_costs_the_same_for_ten_cases_and_for_a_hundred(meeting, secretary, address):
    fill(meeting, 10, 10)
    blocks = list(Block.objects.filter(item__row__item=10).order_by("order"))
    here = f"{address}blocks/{blocks[0].pk}/"
    turn = iter(range(1000))

    def save(**more):
        block = Block.objects.get(pk=blocks[0].pk)
        return edit(secretary, address, block, html=f"<p>{next(turn)}</p>", **more)

    acts = {
        "read": lambda: secretary.get(here, **HTMX),
        "open": lambda: secretary.get(f"{here}edit/", **HTMX),
        "open a decision": lambda: secretary.get(f"{address}blocks/{blocks[1].pk}/edit/", **HTMX),
        "save": save,
        "autosave": lambda: save(autosave="1"),
        "move": lambda: secretary.post(f"{here}move/", {"after": blocks[1].pk}, **HTMX),
        "earlier texts": lambda: secretary.get(f"{here}revisions/", **HTMX),
        "delete": lambda: secretary.post(
            f"{here}delete/", {"version": Block.objects.get(pk=blocks[0].pk).version}, **HTMX
        ),
        "undo": lambda: secretary.post(f"{here}bring-back/", **HTMX),
    }
    few = [{name: cost(act) for name, act in acts.items()} for _turn in range(2)][1]
    fill(meeting, 100, 90)
    many = {name: cost(act) for name, act in acts.items()}
    assert many == few
    assert many["autosave"] < many["save"]


def test_the_day_of_a_save_is_not_lost_on_the_way_to_the_history(item, cast):
    block = factories.make_block(item, "<p>a</p>")
    at = timezone.now()
    editing.save_block(block, {"html": "<p>b</p>"}, version=1, by=cast.secretary, at=at)
    assert earlier.texts(block)[0].at == at
