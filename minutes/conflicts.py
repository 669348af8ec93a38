"""Two wrote one block at once: who the other was, and the choice between the texts (R67, F18, F2)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit.trail import record
from boardroom.lib.merging import merge
from boardroom.lib.workflow import TransitionRefused
from minutes.editing import EditConflict, hold, save_block
from minutes.models import Block, TextRevision

MINE, OTHER, BOTH = "mine", "other", "both"
CHOICES = frozenset({MINE, OTHER, BOTH})


def last_saved(block: Block) -> TextRevision | None:
    """Who gave the block the text it has, and when: `saved_by` and `saved_at` of what was replaced; None for a first text."""
    return block.revisions.select_related("saved_by").first()


def is_own(forms: Iterable) -> bool:
    """Whether the block, as it is stored, is what one of these bound forms says: one's own save whose answer was lost."""
    return any(not set(form.changed_data) - {"version"} for form in forms)


def choose(block: Block, choice: str, values: dict, *, version: int, base: int, by, at: datetime) -> Block:
    """The block has the chosen text: one's own, the other's, or both merged. The one not chosen is an earlier text.

    `version` is the one the other's text has, `base` the one that both began with. Raises EditConflict when a third
    text was saved meanwhile, TransitionRefused when the minutes may not be changed.
    """
    if choice == OTHER:
        return _keep_the_other(block, values, version=version, by=by, at=at)
    if choice == BOTH:
        values = {**values, "html": _merged(block, values["html"], base)}
    return save_block(block, values, version=version, by=by, at=at)


def _keep_the_other(block: Block, values: dict, *, version: int, by, at: datetime) -> Block:
    """One's own text was there for a moment, so that it can be brought back; the block is two versions on."""
    with transaction.atomic():
        hold(block.item.minutes)
        now = Block.objects.filter(pk=block.pk, item=block.item).values("label", "html", "version").first()
        if now is None:
            raise TransitionRefused([_("The block was taken out by someone else. Your text is still on this page.")])
        if now["version"] != version:
            block.refresh_from_db()
            raise EditConflict(block, now["html"], values["html"], _merged(block, values["html"], version))
        mine = {"label": values.get("label", now["label"]), "html": values["html"]}
        if (mine["label"], mine["html"]) != (now["label"], now["html"]):
            TextRevision.objects.create(block=block, saved_at=at, saved_by=by, **now)
            TextRevision.objects.create(block=block, saved_at=at, saved_by=by, version=version + 1, **mine)
            Block.objects.filter(pk=block.pk).update(version=version + 2)
        block.refresh_from_db(fields=["version"])
        record("minutes.keep_other_text", block, by=by, board=block.item.minutes.meeting.board, version=block.version)
    return block


def _merged(block: Block, yours: str, base: int) -> str:
    first = block.revisions.filter(version__gte=base).order_by("version").first()
    return merge(first.html if first else block.html, block.html, yours)
