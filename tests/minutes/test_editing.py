import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardroom.lib.workflow import TransitionRefused
from minutes import editing
from minutes.models import Block, Minutes


def texts(item):
    return [block.html for block in item.blocks.all()]


def add(item, cast, html, **more):
    return editing.add_block(item, "text", by=cast.secretary, values={"html": html, "label": ""}, **more)


def test_a_new_block_stands_last_or_after_the_one_named(item, cast):
    first = add(item, cast, "<p>a</p>")
    add(item, cast, "<p>c</p>")
    add(item, cast, "<p>b</p>", after=first)
    assert texts(item) == ["<p>a</p>", "<p>b</p>", "<p>c</p>"]
    assert [block.order for block in item.blocks.all()] == [1, 2, 3]


def test_a_heading_takes_no_block(minutes, cast):
    heading = minutes.items.get(section="Pause")
    with pytest.raises(TransitionRefused):
        add(heading, cast, "<p>a</p>")
    assert heading.blocks.count() == 0


def test_saving_keeps_the_earlier_text_as_a_revision(item, cast, now):
    block = add(item, cast, "<p>a</p>")
    editing.save_block(block, {"html": "<p>b</p>"}, version=1, by=cast.secretary, at=now)
    revision = block.revisions.get()
    assert (block.html, block.version, revision.version, revision.html) == ("<p>b</p>", 2, 1, "<p>a</p>")
    editing.restore(block, revision, by=cast.secretary, at=now)
    assert (block.html, block.version) == ("<p>a</p>", 3)
    assert [one.html for one in block.revisions.all()] == ["<p>b</p>", "<p>a</p>"]


def test_the_second_of_two_who_save_learns_both_texts_and_a_merge(item, cast, now):
    block = add(item, cast, "<p>en</p><p>to</p>")
    mine = Block.objects.get(pk=block.pk)
    editing.save_block(block, {"html": "<p>EN</p><p>to</p>"}, version=1, by=cast.secretary, at=now)
    with pytest.raises(editing.EditConflict) as conflict:
        editing.save_block(mine, {"html": "<p>en</p><p>TO</p>"}, version=1, by=cast.chair, at=now)
    told = conflict.value
    assert (told.theirs, told.yours) == ("<p>EN</p><p>to</p>", "<p>en</p><p>TO</p>")
    assert told.merged == "<p>EN</p><p>TO</p>"
    assert texts(item) == ["<p>EN</p><p>to</p>"]


def test_a_hundred_rounds_of_two_who_write_lose_no_line(item, cast, now):
    block = add(item, cast, "")
    for number in range(100):
        stale = Block.objects.get(pk=block.pk)
        html = f"{stale.html}<p>en {number}</p>"
        editing.save_block(Block.objects.get(pk=block.pk), {"html": html}, version=stale.version, by=None, at=now)
        with pytest.raises(editing.EditConflict) as told:
            editing.save_block(
                stale, {"html": f"{stale.html}<p>to {number}</p>"}, version=stale.version, by=None, at=now
            )
        again = told.value.block
        editing.save_block(again, {"html": told.value.merged}, version=again.version, by=None, at=now)
    written = Block.objects.get(pk=block.pk).html
    assert written == "".join(f"<p>en {n}</p><p>to {n}</p>" for n in range(100))


def test_final_minutes_are_not_changed_and_a_correction_opens_them(item, cast, now):
    block = add(item, cast, "<p>a</p>")
    Minutes.objects.update(state="final")
    with pytest.raises(TransitionRefused):
        editing.save_block(block, {"html": "<p>b</p>"}, version=1, by=cast.secretary, at=now)
    assert texts(item) == ["<p>a</p>"]
    Minutes.objects.update(correction_reason="Feil dato.")
    editing.save_block(block, {"html": "<p>b</p>"}, version=1, by=cast.secretary, at=now)
    assert texts(item) == ["<p>b</p>"]


def test_no_items_is_written_once_in_the_language_of_the_board(minutes, cast):
    other = minutes.items.get(label="3-41/26")
    editing.no_items(other, by=cast.secretary)
    editing.no_items(other, by=cast.secretary)
    assert texts(other) == ["<p>Ingen saker til eventuelt.</p>"]


@given(st.lists(st.integers(1, 99), unique=True, min_size=1), st.data(), st.integers(-3, 3))
def test_a_move_keeps_every_block_and_stops_at_the_ends(ids, data, step):
    one = data.draw(st.sampled_from(ids))
    after = editing.moved(ids, one, step)
    assert sorted(after) == sorted(ids)
    assert after.index(one) == min(max(ids.index(one) + step, 0), len(ids) - 1)
    assert [other for other in after if other != one] == [other for other in ids if other != one]


def test_moves_leave_the_order_from_one_without_gaps(item, cast):
    blocks = [add(item, cast, f"<p>{letter}</p>") for letter in "abc"]
    editing.move_block(blocks[2], editing.UP, by=cast.secretary)
    editing.move_block(blocks[0], editing.UP, by=cast.secretary)
    assert texts(item) == ["<p>a</p>", "<p>c</p>", "<p>b</p>"]
    assert [block.order for block in item.blocks.all()] == [1, 2, 3]


def test_a_block_is_placed_first_or_after_any_other(item, cast):
    blocks = [add(item, cast, f"<p>{letter}</p>") for letter in "abcd"]
    assert editing.place_block(blocks[3], None, by=cast.secretary) == 1
    assert editing.place_block(blocks[0], blocks[2].pk, by=cast.secretary) == 4
    assert texts(item) == ["<p>d</p>", "<p>b</p>", "<p>c</p>", "<p>a</p>"]
    assert [block.order for block in item.blocks.all()] == [1, 2, 3, 4]


def test_a_block_is_not_placed_after_one_of_another_case(item, minutes, cast):
    block = add(item, cast, "<p>a</p>")
    elsewhere = add(minutes.items.get(label="3-41/26"), cast, "<p>b</p>")
    with pytest.raises(TransitionRefused):
        editing.place_block(block, elsewhere.pk, by=cast.secretary)
    assert texts(item) == ["<p>a</p>"]
