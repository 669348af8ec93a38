"""Writing the minutes: blocks are added, saved and moved; nothing typed is ever lost (R59-R63, R67, F18-F20)."""

from datetime import datetime

from django.db import transaction
from django.db.models import BigAutoField, F, IntegerField, TextField
from django.utils.translation import gettext as _

from audit.trail import record
from boardroom.lib.merging import merge
from boardroom.lib.prepared import insert, prepared, prepared_update
from boardroom.lib.workflow import TransitionRefused
from minutes.details import save_details
from minutes.models import Block, Decision, Minutes, MinutesItem, TextRevision
from minutes.phrases import default_label, no_items_html

UP, DOWN = -1, 1


class EditConflict(Exception):
    """Someone else saved the block in the meantime; `merged` has the changes of both. Nothing was changed."""

    def __init__(self, block: Block, theirs: str, yours: str, merged: str):
        self.block, self.theirs, self.yours, self.merged = block, theirs, yours, merged
        super().__init__(_("Someone else changed this text while you were writing."))


def hold(minutes: Minutes) -> None:
    """In this transaction nobody else changes or finalises these minutes.

    Raises TransitionRefused when they may not be changed. The UPDATE holds the row, on SQLite and PostgreSQL alike.
    """
    if not _held(minutes=minutes.pk):
        raise TransitionRefused([_("The minutes are final. What is wrong in them is put right by a correction.")])


@prepared_update(minutes=BigAutoField())
def _held(minutes):
    return Minutes.objects.writable().filter(pk=minutes), {"heading": F("heading")}


def add_block(
    item: MinutesItem, block_type: str, *, by, values: dict | None = None, after: Block | None = None
) -> Block:
    """A block of the type stands after `after`, else last in the case; `values` as in `save_block`.

    Raises TransitionRefused for a heading or break, and when the minutes may not be changed.
    """
    minutes = item.minutes
    values = values or {}
    if item.section:
        raise TransitionRefused([_("A heading or break has no text of its own.")])
    with transaction.atomic():
        hold(minutes)
        label = values.get("label", default_label(minutes.meeting.board, block_type))
        block = Block.objects.create(
            item=item, type=block_type, label=label, html=values.get("html", ""), order=_last(item) + 1
        )
        save_details(block, values)
        if after:
            write_order(item, _inserted([one.pk for one in item.blocks.exclude(pk=block.pk)], after.pk, block.pk))
        record("minutes.add_block", block, by=by, board=minutes.meeting.board, type=block_type, case=item.label)
    return block


def save_block(block: Block, values: dict, *, version: int, by, at: datetime) -> Block:
    """The block has the text and details of `values`, its version is one higher, the earlier text is a revision.

    Raises EditConflict when the block is no longer at `version`, TransitionRefused when the minutes may not be changed.
    """
    texts = {name: values.get(name, getattr(block, name)) for name in ("label", "html", "access_level", "access_basis")}
    with transaction.atomic():
        hold(block.item.minutes)
        before = next(iter(_stored(block=block.pk)), None)
        if before is None:
            raise TransitionRefused([_("The block was taken out by someone else. Your text is still on this page.")])
        if not _saved(block=block.pk, version=version, following=version + 1, **texts):
            raise conflict(block, before, texts["html"], version)
        if (before["label"], before["html"]) != (texts["label"], texts["html"]):
            insert(TextRevision(block=block, saved_at=at, saved_by=by, **before))
        for name, value in {**texts, "version": version + 1}.items():
            setattr(block, name, value)
        save_details(block, values)
        record("minutes.save_block", block, by=by, board=block.item.minutes.meeting.board, version=block.version)
    return block


@prepared(block=BigAutoField())
def _stored(block):
    return Block.objects.filter(pk=block).order_by().values("label", "html", "version")


@prepared_update(
    block=BigAutoField(),
    version=IntegerField(),
    following=IntegerField(),
    label=TextField(),
    html=TextField(),
    access_level=TextField(),
    access_basis=TextField(),
)
def _saved(block, version, following, **texts):
    return Block.objects.filter(pk=block, version=version), {"version": following, **texts}


def conflict(block: Block, now: dict, yours: str, version: int) -> EditConflict:
    """What to raise when the block is no longer at `version`: the text it has `now`, yours, and the two merged."""
    base = block.revisions.filter(version__gte=version).order_by("version").first()
    start = base.html if base else now["html"]
    block.refresh_from_db()
    return EditConflict(block, now["html"], yours, merge(start, now["html"], yours))


def restore(block: Block, revision: TextRevision, *, by, at: datetime) -> Block:
    """The block has the text of an earlier revision again; what it had is a revision in its turn."""
    return save_block(block, {"label": revision.label, "html": revision.html}, version=block.version, by=by, at=at)


def move_block(block: Block, step: int, *, by) -> None:
    """The block stands one place higher (-1) or lower (1) in its case; the order stays 1..n (F19)."""
    item = block.item
    with transaction.atomic():
        hold(item.minutes)
        ids = list(item.blocks.values_list("pk", flat=True))
        if block.pk not in ids:
            raise TransitionRefused([_("The block was taken out by someone else.")])
        write_order(item, moved(ids, block.pk, step))
        record("minutes.move_block", block, by=by, board=item.minutes.meeting.board, step=step)


def place_block(block: Block, after: int | None, *, by) -> int:
    """The block stands right after the block with the id `after` of its case, or first; its place is returned, and the
    order stays 1..n (F19). Raises TransitionRefused when either was taken out, and as `hold`."""
    item = block.item
    with transaction.atomic():
        hold(item.minutes)
        rest = [pk for pk in item.blocks.values_list("pk", flat=True) if pk != block.pk]
        if not item.blocks.filter(pk=block.pk).exists() or (after is not None and after not in rest):
            raise TransitionRefused([_("The block was taken out by someone else.")])
        place = rest.index(after) + 1 if after is not None else 0
        write_order(item, [*rest[:place], block.pk, *rest[place:]])
        record("minutes.move_block", block, by=by, board=item.minutes.meeting.board, place=place + 1)
    return place + 1


def moved(ids: list[int], one: int, step: int) -> list[int]:
    """The list with `one` moved by `step` places, stopping at either end."""
    rest = [other for other in ids if other != one]
    place = min(max(ids.index(one) + step, 0), len(rest))
    return [*rest[:place], one, *rest[place:]]


def write_note(item: MinutesItem, note: str, *, by) -> None:
    """The case has this internal note, which is never printed (R68)."""
    with transaction.atomic():
        hold(item.minutes)
        MinutesItem.objects.filter(pk=item.pk).update(internal_note=note)
        record("minutes.write_note", item, by=by, board=item.minutes.meeting.board)


def no_items(item: MinutesItem, *, by) -> Block:
    """Other business says in one sentence that there was none (R38); a second press adds nothing."""
    html = no_items_html(item.minutes.meeting.board)
    if there := item.blocks.filter(html=html).first():
        return there
    return add_block(item, Block.Type.TEXT, by=by, values={"label": "", "html": html})


def no_decision(item: MinutesItem, *, by) -> Block:
    """It is registered that the case had no decision (P1); nothing is printed."""
    there = item.blocks.filter(type=Block.Type.DECISION, decision__kind=Decision.Kind.NONE).first()
    values = {"label": "", "html": "", "kind": Decision.Kind.NONE}
    return there or add_block(item, Block.Type.DECISION, by=by, values=values)


def _last(item: MinutesItem) -> int:
    return item.blocks.order_by("-order").values_list("order", flat=True).first() or 0


def _inserted(ids: list[int], after: int, new: int) -> list[int]:
    place = ids.index(after) + 1 if after in ids else len(ids)
    return [*ids[:place], new, *ids[place:]]


def write_order(item: MinutesItem, ids: list[int]) -> None:
    """The blocks of the item stand in the order of `ids`, numbered from 1. To be called where `hold` was."""
    blocks = {block.pk: block for block in item.blocks.all()}
    for order, pk in enumerate(ids, 1):
        blocks[pk].order = order
    Block.objects.bulk_update(blocks.values(), ["order"])
