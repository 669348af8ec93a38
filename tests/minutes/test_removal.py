import pytest
from django.utils import timezone

from audit.models import Entry
from boardroom.lib.workflow import TransitionRefused
from followups.models import Action, FollowUp, StatusChange
from followups.promises import register_from_minutes
from minutes import editing, removal
from minutes.models import Block, Minutes
from minutes.voters import voters_of
from publishing.exchange.exporting import export_record
from tests import factories


@pytest.fixture
def take_out(cast, now):
    def out(block: Block) -> None:
        fresh = Block.objects.get(pk=block.pk)
        removal.take_out(fresh, version=fresh.version, by=cast.secretary, at=now)

    return out


def stands(item) -> list[str]:
    return [block.html for block in item.blocks.all()]


def back(block: Block, cast) -> Block:
    return removal.bring_back(Block.objects.get(pk=block.pk), by=cast.secretary)


def test_a_block_taken_out_leaves_its_text_in_the_trail_and_the_order_whole(item, take_out):
    first = factories.make_block(item, "<p>a</p>")
    factories.make_block(item, "<p>b</p>")
    take_out(first)
    assert [(block.order, block.html) for block in item.blocks.all()] == [(1, "<p>b</p>")]
    assert Entry.objects.get(act="minutes.delete_block").payload["text"] == "<p>a</p>"


def test_it_comes_back_to_its_place_with_its_vote_and_its_earlier_texts(item, take_out, cast, now):
    factories.make_block(item, "<p>a</p>")
    vote = {"kind": "named", "for": 1, "for_by": ["Ada Berg"], "against": 0}
    block = editing.add_block(item, "decision", by=None, values={"html": "<p>Ja</p>", "vote": vote})
    factories.make_block(item, "<p>c</p>")
    editing.save_block(block, {"html": "<p>Ja!</p>"}, version=1, by=cast.secretary, at=now)
    take_out(block)
    assert stands(item) == ["<p>a</p>", "<p>c</p>"]
    back(block, cast)
    again = back(block, cast)
    assert stands(item) == ["<p>a</p>", "<p>Ja!</p>", "<p>c</p>"]
    assert [one.order for one in item.blocks.all()] == [1, 2, 3]
    assert [one.name for one in again.vote.ballots.all()] == ["Ada Berg"]
    assert [one.html for one in again.revisions.all()] == ["<p>Ja</p>"]


def test_what_was_taken_out_is_in_no_export(item, take_out, cast):
    factories.make_block(item, "<p>Blir</p>")
    take_out(factories.make_block(item, "<p>Hemmelig ord</p>"))
    Minutes.objects.update(state="final")
    assert "Hemmelig ord" not in str(export_record(item.minutes.meeting.board))
    assert "Blir" in str(export_record(item.minutes.meeting.board))


def test_a_disqualification_taken_out_gives_the_vote_back(item, take_out, cast):
    factories.make_attendance(item.minutes.meeting, cast.member.person)
    block = editing.add_block(item, "disqualification", by=None, values={"name": cast.member.person.name})
    assert voters_of(item).names == []
    take_out(block)
    assert voters_of(item).names == [cast.member.person.name]
    back(block, cast)
    assert voters_of(item).names == []


def test_follow_ups_taken_out_are_not_promised_when_the_minutes_are_final(item, take_out, cast, now):
    block = factories.make_block(item, "", type="follow-up")
    promise = FollowUp.objects.create(
        board=cast.board, title="Måle", source_block=block, source_meeting=item.minutes.meeting, source_row=item.row
    )
    Action.objects.create(follow_up=promise, text="Måle vannet")
    take_out(block)
    assert Entry.objects.get(act="minutes.delete_block").payload["actions"] == ["Måle vannet"]
    Minutes.objects.update(state="final")
    assert not FollowUp.objects.promised().exists()
    Minutes.objects.update(state="draft")
    back(block, cast)
    Minutes.objects.update(state="final")
    register_from_minutes(Minutes.objects.get(), at=now, by=cast.secretary)
    assert FollowUp.objects.promised().get().source_row == item.row


def test_a_registered_follow_up_holds_its_block(item, take_out, cast):
    block = factories.make_block(item)
    promise = FollowUp.objects.create(board=cast.board, title="Måle", source_block=block)
    StatusChange.objects.create(follow_up=promise, after="open", changed_on=timezone.localdate())
    with pytest.raises(TransitionRefused):
        take_out(block)
    assert stands(item) == [block.html]


def test_a_block_changed_by_another_is_not_taken_out(item, cast, now):
    block = factories.make_block(item, "<p>a</p>")
    editing.save_block(Block.objects.get(pk=block.pk), {"html": "<p>b</p>"}, version=1, by=None, at=now)
    with pytest.raises(editing.EditConflict):
        removal.take_out(block, version=1, by=cast.secretary, at=now)
    assert stands(item) == ["<p>b</p>"]


def test_what_is_said_of_a_follow_up_is_not_taken_out_as_a_block(item, take_out):
    block = factories.make_block(item, type="follow-up-report")
    with pytest.raises(TransitionRefused):
        take_out(block)


def test_nothing_is_brought_back_to_final_minutes(item, take_out, cast):
    block = factories.make_block(item, "<p>a</p>")
    take_out(block)
    Minutes.objects.update(state="final")
    with pytest.raises(TransitionRefused):
        back(block, cast)
    assert stands(item) == []
