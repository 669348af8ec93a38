"""A disqualified person leaves the table, and is back, at a press (P4)."""

from datetime import time

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from audit.trail import record
from boardroom.lib.workflow import TransitionRefused
from minutes.editing import hold
from minutes.models import Block, Disqualification


def leave(block: Block, at: time, *, by) -> None:
    """The person of the block left at `at`. Raises TransitionRefused where nobody is disqualified in it."""
    _stamp(block, by=by, left_at=at)


def come_back(block: Block, at: time, *, by) -> None:
    """The person of the block was back at `at`, no earlier than they left. Raises TransitionRefused."""
    left = block.disqualification.left_at if hasattr(block, "disqualification") else None
    _stamp(block, by=by, back_at=max(at, left) if left else at)


def _stamp(block: Block, *, by, **moment: time) -> None:
    minutes = block.item.minutes
    with transaction.atomic():
        hold(minutes)
        if not Disqualification.objects.filter(block=block).update(**moment):
            raise TransitionRefused([_("Nobody is disqualified in this block.")])
        Block.objects.filter(pk=block.pk).update(version=F("version") + 1)
        record("minutes.stamp_disqualification", block, by=by, board=minutes.meeting.board, **moment)
