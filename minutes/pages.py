"""What the pages of the minutes show, read with a fixed number of queries however long the minutes are."""

from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import BigAutoField, Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boardroom.lib.prepared import give, prepared
from meetings.models import AgendaRow
from meetings.roster import Attendants
from meetings.rules import may_read_exempt, shown_title
from minutes.drafting import SAME, proposal_changes
from minutes.models import Block, Disqualification, Minutes, MinutesItem
from minutes.sentences import disqualification_sentence, statement_label, vote_sentence
from minutes.voters import Voters, voters_by_item
from minutes.votes import cast, doubts, vote_value

DETAILS = ("decision", "vote", "statement", "disqualification", "proposal")
RELATED = (
    "vote__ballots",
    "vote__alternatives",
    "follow_ups__actions__owners",
    "report__follow_up",
    "report__resolves_to_meeting__board",
)


@dataclass
class Shown:
    """A block as a page shows it to one reader; `is_hidden` where the text is shielded from them (P10)."""

    block: Block
    label: str
    is_hidden: bool = False
    sentence: str = ""
    vote_line: str = ""
    doubts: list[str] = field(default_factory=list)
    changes: list[tuple[str, str]] = field(default_factory=list)
    remarks: list = field(default_factory=list)
    sum: dict | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing of the block can be read yet."""
        said = self.block.html or self.sentence or self.vote_line or self.is_hidden
        is_held = self.block.type == Block.Type.FOLLOW_UP_REPORT or any(self.block.follow_ups.all())
        return not said and not is_held

    @property
    def origin(self) -> str:
        return origin(self.block)


@dataclass
class Section:
    """A case, or a heading or break, with its blocks."""

    item: MinutesItem
    title: str
    presenters: str = ""
    blocks: list[Shown] = field(default_factory=list)
    voters: Voters = field(default_factory=Voters)
    remarks: list = field(default_factory=list)

    @property
    def is_case(self) -> bool:
        return not self.item.section

    @property
    def has_decision(self) -> bool:
        return any(shown.block.type == Block.Type.DECISION for shown in self.blocks)

    @property
    def is_other_business(self) -> bool:
        return bool(self.item.row and self.item.row.purpose == "other-business")


def blocks_with_details():
    return Block.objects.select_related(*DETAILS).prefetch_related(*RELATED)


def with_blocks(item: MinutesItem) -> MinutesItem:
    """The item with its blocks and all that hangs on them, read anew."""
    blocks = _blocks(item=item.pk)
    prefetch_related_objects([block.vote for block in blocks if hasattr(block, "vote")], "ballots", "alternatives")
    follow_ups: dict[int, list] = {}
    for one in _follow_ups(item=item.pk):
        follow_ups.setdefault(one.source_block_id, []).append(one)
    prefetch_related_objects([one for of_block in follow_ups.values() for one in of_block], "actions__owners")
    for block in blocks:
        give(block, "follow_ups", follow_ups.get(block.pk, []))
    give(item, "blocks", blocks)
    give(item, "taken_out", lambda: _taken_out(item=item.pk))
    if item.row:
        give(item.row, "answers", lambda: _answers(row=item.row_id))
    return item


@prepared(item=BigAutoField())
def _blocks(item):
    return (
        Block.objects.filter(item=item)
        .select_related(*DETAILS, "report__follow_up", "report__resolves_to_meeting__board")
        .order_by("order", "pk")
    )


@prepared(item=BigAutoField())
def _follow_ups(item):
    return Block.follow_ups.rel.related_model.objects.filter(source_block__item=item)


@prepared(item=BigAutoField())
def _taken_out(item):
    return Block.objects.filter(taken_from=item)


@prepared(row=BigAutoField())
def _answers(row):
    return AgendaRow.answers.rel.related_model.objects.filter(resolves_to_row=row)


def sections(
    minutes: Minutes, user, *, only: MinutesItem | None = None, attendants: Attendants | None = None
) -> list[Section]:
    """The whole minutes in order, or one item of them, as `user` may read them."""
    everything = minutes.items.select_related("row").prefetch_related(Prefetch("blocks", blocks_with_details()))
    items = [with_blocks(only)] if only else everything
    voters = voters_by_item(minutes, only=only, attendants=attendants)
    sees_all = may_read_exempt(user, minutes.meeting.board, minutes.meeting_id)
    found = []
    for item in items:
        item.minutes = minutes
        section = _section(item, user, sees_all)
        section.voters = voters[item.pk]
        found.append(section)
    return found


def _section(item: MinutesItem, user, sees_all: bool) -> Section:
    row = item.row
    board = item.minutes.meeting.board
    is_shielded = bool(row and (row.is_shielded or row.is_closed)) and not sees_all
    title = item.section or item.title or (row.title if row else "")
    if row and not sees_all and row.kind == AgendaRow.Kind.CASE and row.is_shielded:
        title = shown_title(user, row, board)
    section = Section(item, title, "" if is_shielded else item.presenters_printed)
    if not section.presenters and row and not is_shielded:
        section.presenters = row.presenters_printed
    excused = [] if is_shielded else list(item.blocks.all())
    section.blocks = [shown(block, item, sees_all) for block in excused]
    if is_shielded and item.blocks.all():
        section.blocks = [Shown(block, "", is_hidden=True) for block in list(item.blocks.all())[:1]]
    return section


def shown(block: Block, item: MinutesItem, sees_all: bool) -> Shown:
    """The block with the sentences that its fields make, and what its vote leaves in doubt."""
    block.item = item
    language = item.minutes.meeting.board.language
    if block.is_shielded and not sees_all:
        return Shown(block, "", is_hidden=True)
    result = Shown(block, block.label, changes=proposal_changes(block))
    if (statement := getattr(block, "statement", None)) and not block.label and statement.name:
        result.label = statement_label({"kind": statement.kind, "person": statement.name}, language)
    if (found := getattr(block, "disqualification", None)) and not block.label and not block.html:
        result.sentence = disqualification_sentence(disqualification_value(found), language)
    if vote := getattr(block, "vote", None):
        result.vote_line = vote.printed or vote_sentence(vote_value(vote), language)
    return result


def with_doubts(found: list[Section]) -> list[Section]:
    """The sections with every vote held against those who may vote in its case (P2)."""
    for section in found:
        for one in section.blocks:
            if vote := getattr(one.block, "vote", None):
                one.sum = vote_sum(vote_value(vote), section.voters)
                one.doubts = one.sum["doubts"]
    return found


def origin(block: Block) -> str:
    """Where the text of a decision comes from, in a few words; "" where nothing was proposed (R72)."""
    row = block.item.row
    if block.type != Block.Type.DECISION or not row or not row.proposed_decision or not block.html:
        return ""
    changes = proposal_changes(block)
    if not changes:
        return _("Taken over from the proposal")
    if not any(operation == SAME for operation, _text in changes):
        return _("Other than the proposal")
    runs = [key for key, _run in groupby(changes, lambda change: change[0] == SAME)]
    places = runs.count(False)
    sentence = ngettext(
        "Taken over from the proposal, changed in one place",
        "Taken over from the proposal, changed in %(number)s places",
        places,
    )
    return sentence % {"number": places}


def disqualification_value(found: Disqualification) -> dict:
    """The fields as the exchange format names them."""
    value = {name: getattr(found, name) for name in ("basis", "raised_by", "reason", "outcome", "decided_by", "deputy")}
    return {"person": found.name, "no_deputy": bool(found.has_no_deputy), **value}


def vote_sum(value: dict, voters: Voters) -> dict:
    """The line under a vote: how many votes, how many may vote, and what does not agree."""
    return {"cast": cast(value), "present": len(voters), "doubts": doubts(value, voters)}
