"""What the pages of the minutes show, read with a fixed number of queries however long the minutes are."""

from dataclasses import dataclass, field

from django.db.models import Prefetch

from boards.roles import may
from meetings.models import AgendaRow
from meetings.rules import shown_title
from minutes.drafting import proposal_changes
from minutes.models import Block, Disqualification, Minutes, MinutesItem
from minutes.sentences import disqualification_sentence, statement_label, vote_sentence
from minutes.voters import Voters, voters_by_item
from minutes.votes import cast, doubts, vote_value

DETAILS = ("decision", "vote", "statement", "disqualification", "proposal")
RELATED = ("vote__ballots", "vote__alternatives", "follow_ups__actions__owners", "report__follow_up")


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
    def is_treated(self) -> bool:
        return bool(self.blocks) or bool(self.item.row and self.item.row.outcome)

    @property
    def has_decision(self) -> bool:
        return any(shown.block.type == Block.Type.DECISION for shown in self.blocks)

    @property
    def is_other_business(self) -> bool:
        return bool(self.item.row and self.item.row.purpose == "other-business")


def blocks_with_details():
    return Block.objects.select_related(*DETAILS).prefetch_related(*RELATED)


def sections(minutes: Minutes, user, *, only: MinutesItem | None = None) -> list[Section]:
    """The whole minutes in order, or one item of them, as `user` may read them."""
    items = minutes.items.select_related("row").prefetch_related(Prefetch("blocks", blocks_with_details()))
    if only:
        items = items.filter(pk=only.pk)
    voters = voters_by_item(minutes)
    sees_all = may(user, "documents.read_exempt", minutes.meeting.board)
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
                one.doubts = doubts(vote_value(vote), section.voters)
    return found


def disqualification_value(found: Disqualification) -> dict:
    """The fields as the exchange format names them."""
    value = {name: getattr(found, name) for name in ("basis", "raised_by", "reason", "outcome", "decided_by", "deputy")}
    return {"person": found.name, "no_deputy": bool(found.has_no_deputy), **value}


def vote_sum(value: dict, voters: Voters) -> dict:
    """The line under a vote: how many votes, how many may vote, and what does not agree."""
    return {"cast": cast(value), "present": len(voters), "doubts": doubts(value, voters)}
