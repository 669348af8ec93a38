"""Blocks that are taken out of the minutes, and brought back with all they had (R67).

A block that was taken out stands in no item: no page, document or export reads it, and it keeps its text, its earlier
texts and what hangs on it. Its follow-ups keep their words and lose their source, so that the register does not have them.
Those that issued minutes promised stay in the register until the correction is issued.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from audit.trail import record
from boardroom.lib.workflow import TransitionRefused
from minutes.editing import conflict, hold, write_order
from minutes.models import Block, MinutesItem


def take_out(block: Block, *, version: int, by, at: datetime) -> None:
    """The block is out of the minutes and can be brought back; its text stands in the trail.

    Raises EditConflict when it was changed since `version`; TransitionRefused for what is said of a follow-up, which is
    taken out with a reason, where a later meeting has a follow-up of it, and when the minutes may not be changed.
    """
    item = block.item
    if block.type == Block.Type.FOLLOW_UP_REPORT:
        raise TransitionRefused([_("A follow-up is taken out on its own page, with a reason.")])
    with transaction.atomic():
        hold(item.minutes)
        now = Block.objects.filter(pk=block.pk, item=item).values("label", "html", "version").first()
        if not now:
            return
        if now["version"] != version:
            raise conflict(block, now, block.html, version)
        _refuse_registered(block)
        texts = [action for one in block.follow_ups.all() for action in one.actions.values_list("text", flat=True)]
        said = {"type": block.type, "label": now["label"], "text": now["html"]} | ({"actions": texts} if texts else {})
        record("minutes.delete_block", block, by=by, board=item.minutes.meeting.board, **said)
        Block.objects.filter(pk=block.pk).update(item=None, taken_from=item, taken_out_at=at)
        block.follow_ups.filter(as_issued__isnull=True).update(source_meeting=None, source_row=None)
        write_order(item, list(item.blocks.values_list("pk", flat=True)))


def bring_back(block: Block, *, by) -> Block:
    """The block stands in its case again, where it stood or last, with all it had; a second press changes nothing.

    Raises TransitionRefused when the minutes may not be changed.
    """
    item = block.taken_from or block.item
    with transaction.atomic():
        hold(item.minutes)
        there = list(item.blocks.values_list("pk", flat=True))
        if Block.objects.filter(pk=block.pk, taken_from=item).update(item=item, taken_from=None, taken_out_at=None):
            place = max(block.order - 1, 0)
            write_order(item, [*there[:place], block.pk, *there[place:]])
            typed = block.follow_ups.filter(as_issued__isnull=True)
            typed.update(source_meeting=item.minutes.meeting, source_row=item.row)
            record("minutes.bring_back_block", block, by=by, board=item.minutes.meeting.board, type=block.type)
    block.refresh_from_db()
    block.item = item
    return block


def forget(block: Block, *, by) -> None:
    """A new block that nothing was written in is gone. One that was written in meanwhile stays. Raises TransitionRefused."""
    item = block.item
    with transaction.atomic():
        hold(item.minutes)
        untouched = Block.objects.filter(pk=block.pk, version=1, html="", follow_ups__isnull=True).first()
        if untouched:
            record("minutes.leave_block", untouched, by=by, board=item.minutes.meeting.board, type=block.type)
            untouched.delete()
            write_order(item, list(item.blocks.values_list("pk", flat=True)))


def taken_out(item: MinutesItem) -> list[Block]:
    """What was taken out of the case, the last first."""
    return list(item.taken_out.order_by("-taken_out_at", "-pk"))


def _refuse_registered(block: Block) -> None:
    typed = block.follow_ups.filter(as_issued__isnull=True)
    if typed.filter(Q(changes__isnull=False) | Q(reports__isnull=False)).exists():
        reason = _("A follow-up of issued minutes cannot disappear. Drop it in the register, with a reason.")
        raise TransitionRefused([reason])
