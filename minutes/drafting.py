"""The first draft of the minutes, made from the agenda (R34-R36, R40, R65, P8)."""

import difflib
import re

from django.db import transaction

from audit.trail import record
from boardroom.lib.fragments import plain_text
from boards.models import CaseType
from meetings.models import AgendaRow, Meeting
from minutes.models import Block, Decision, Minutes, MinutesItem
from minutes.phrases import KIND_OF_PURPOSE, default_label

_Kind = AgendaRow.Kind
HEADINGS = frozenset({_Kind.SECTION, _Kind.BREAK, _Kind.MEAL})
PRINTED = HEADINGS | {_Kind.CASE}
SAME, REMOVED, ADDED = "same", "removed", "added"


def create_draft(meeting: Meeting, by) -> Minutes:
    """The meeting has minutes with an item for every case, section and break of the agenda; calling again adds only
    what came to the agenda since. A proposed decision is taken over as the start of the decision (R36)."""
    with transaction.atomic():
        minutes, is_new = Minutes.objects.get_or_create(meeting=meeting)
        minutes.meeting = meeting
        if is_new:
            record("minutes.draft", minutes, by=by, board=meeting.board)
        if minutes.state == Minutes.State.DRAFT:
            sync_with_agenda(minutes)
    return minutes


def sync_with_agenda(minutes: Minutes) -> list[MinutesItem]:
    """Rows the minutes lack stand at their place of the agenda, and what is written is untouched; returns the new items (P8)."""
    rows = list(minutes.meeting.agenda_rows.filter(kind__in=PRINTED))
    items = list(minutes.items.all())
    here = {item.row_id for item in items if item.row_id}
    headings = {item.section for item in items if item.section and not item.row_id}
    known = [item.row_id for item in items]
    new = []
    place = 0
    for row in rows:
        if row.pk in here:
            place = known.index(row.pk) + 1
        elif row.kind == _Kind.CASE or row.title not in headings:
            item = _item(minutes, row)
            items.insert(place, item)
            known.insert(place, row.pk)
            new.append(item)
            place += 1
    if new:
        _place(items, new)
        _take_over_proposals(minutes, new)
    return new


def _item(minutes: Minutes, row: AgendaRow) -> MinutesItem:
    if row.kind in HEADINGS:
        return MinutesItem(minutes=minutes, row=row, section=row.title)
    return MinutesItem(
        minutes=minutes,
        row=row,
        label=row.label,
        part=row.part,
        sub_label=row.sub_label,
        presenters_printed=row.presenters_printed,
    )


def _place(items: list[MinutesItem], new: list[MinutesItem]) -> None:
    for order, item in enumerate(items, 1):
        item.order = order
    MinutesItem.objects.bulk_create(new)
    MinutesItem.objects.bulk_update([item for item in items if item not in new], ["order"])


def _take_over_proposals(minutes: Minutes, items: list[MinutesItem]) -> None:
    board = minutes.meeting.board
    purposes = dict(board.case_types.values_list("name", "purpose"))
    proposed = [item for item in items if item.row.kind == _Kind.CASE and item.row.proposed_decision]
    label = default_label(board, Block.Type.DECISION) if proposed else ""
    blocks = [
        Block(item=item, order=1, type=Block.Type.DECISION, label=label, html=item.row.proposed_decision)
        for item in proposed
    ]
    Block.objects.bulk_create(blocks)
    Decision.objects.bulk_create(
        Decision(
            block=block,
            kind=decision_kind(block.item.row, purposes),
            approves_minutes_of=block.item.row.approves_minutes_of,
        )
        for block in blocks
    )


def decision_kind(row: AgendaRow, purposes: dict[str, str]) -> str:
    """The kind of decision the case type leads one to expect."""
    if row.approves_minutes_of:
        return Decision.Kind.APPROVED
    return KIND_OF_PURPOSE.get(CaseType.Purpose(purposes.get(row.type, "other")), Decision.Kind.DECIDED)


def proposal_changes(block: Block) -> list[tuple[str, str]]:
    """What the decision changed in the proposal, word by word: `same`, `removed` or `added` with the text (R72).

    Empty where the case had no proposal, or nothing was changed.
    """
    row = block.item.row
    if block.type != Block.Type.DECISION or not row or not row.proposed_decision:
        return []
    changes = word_changes(plain_text(row.proposed_decision), plain_text(block.html))
    return changes if any(operation != SAME for operation, _text in changes) else []


def word_changes(before: str, after: str) -> list[tuple[str, str]]:
    """The two texts laid over each other word by word."""
    old, new = (re.findall(r"\S+\s*", text) for text in (before, after))
    changes = []
    matcher = difflib.SequenceMatcher(
        a=[word.strip() for word in old], b=[word.strip() for word in new], autojunk=False
    )
    for operation, a_from, a_to, b_from, b_to in matcher.get_opcodes():
        if operation == "equal":
            changes.append((SAME, "".join(new[b_from:b_to])))
            continue
        if a_to > a_from:
            changes.append((REMOVED, "".join(old[a_from:a_to])))
        if b_to > b_from:
            changes.append((ADDED, "".join(new[b_from:b_to])))
    return changes
