"""The minutes of a record: items, blocks with what hangs on them, and review rounds."""

from django.utils.translation import gettext as _

from meetings.models import Meeting
from minutes.models import (
    Alternative,
    Ballot,
    Block,
    Decision,
    Disqualification,
    Minutes,
    MinutesItem,
    Proposal,
    Remark,
    ReviewRound,
    Statement,
    Vote,
)
from publishing.exchange import fields
from publishing.exchange.fields import made, read, read_access
from publishing.exchange.register import Promise
from publishing.exchange.rows import Rows, purpose_of
from publishing.exchange.validating import Problem, RecordRefused
from publishing.exchange.work import Work


def new_minutes(work: Work, meeting: Meeting, data: dict, place: str, rows: Rows) -> Minutes:
    """The minutes with items and rounds wait in the batch; what they promise is noted for the register."""
    attrs = read(fields.MINUTES, data) | read(fields.APPROVAL, data.get("approval", {}))
    minutes = work.batch.add(made(Minutes, place, meeting=meeting, **attrs))
    add_items(work, minutes, data.get("items", []), f"{place}/items", rows)
    add_rounds(work, minutes, data.get("review_rounds", []), f"{place}/review_rounds", rows)
    return minutes


def add_items(work: Work, minutes: Minutes, items: list[dict], place: str, rows: Rows, start: int = 0) -> None:
    for index, data in enumerate(items):
        here = f"{place}/{index + start}"
        attrs = read(fields.ITEM, data)
        if heading := attrs.get("section"):
            row = rows.find_heading(heading)
        else:
            row = rows.find(attrs.get("label", ""), attrs.get("part"), attrs.get("sub_label", ""))
        item = work.batch.add(made(MinutesItem, here, minutes=minutes, order=index + start, row=row, **attrs))
        blocks = data.get("blocks", [])
        if row is not None and not row.purpose and blocks:
            _set_purpose(work, row, blocks)
        add_blocks(work, item, blocks, f"{here}/blocks", rows)


def _set_purpose(work: Work, row, blocks: list[dict]) -> None:
    row.purpose = purpose_of({"kind": row.kind, "title": row.title}, blocks)
    if row.purpose and row.pk:
        row.save(update_fields=["purpose"])


def add_blocks(work: Work, item: MinutesItem, blocks: list[dict], place: str, rows: Rows, start: int = 0) -> None:
    for index, data in enumerate(blocks):
        add_block(work, item, data, f"{place}/{index + start}", rows, index + start)


def add_block(work: Work, item: MinutesItem, data: dict, place: str, rows: Rows, order: int) -> Block:
    block = made(Block, place, item=item, order=order, **read(fields.BLOCK, data), **read_access(data))
    work.batch.add(block)
    if build := DETAILS.get(block.type):
        build(work, block, data, place)
    if data.get("vote"):
        add_vote(work, block, data["vote"], f"{place}/vote")
    if data.get("actions") or block.type == Block.Type.FOLLOW_UP_REPORT:
        work.promises.append(Promise(rows, item, block, data, place))
    return block


def _decision(work: Work, block: Block, data: dict, place: str) -> None:
    work.batch.add(made(Decision, place, block=block, **read(fields.DECISION, data)))


def _statement(work: Work, block: Block, data: dict, place: str) -> None:
    person = work.names.known_person(data.get("person", ""))
    work.batch.add(made(Statement, place, block=block, person=person, **read(fields.STATEMENT, data)))


def _disqualification(work: Work, block: Block, data: dict, place: str) -> None:
    person = work.names.known_person(data.get("person", ""))
    attrs = read(fields.DISQUALIFICATION, data)
    work.batch.add(made(Disqualification, place, needs=("name",), block=block, person=person, **attrs))


def _proposal(work: Work, block: Block, data: dict, place: str) -> None:
    work.batch.add(made(Proposal, place, block=block, **read(fields.PROPOSAL, data)))


DETAILS = {
    Block.Type.DECISION: _decision,
    Block.Type.STATEMENT: _statement,
    Block.Type.DISQUALIFICATION: _disqualification,
    Block.Type.PROPOSAL: _proposal,
}


def add_vote(work: Work, block: Block, data: dict, place: str) -> None:
    vote = work.batch.add(made(Vote, place, block=block, **read(fields.VOTE, data)))
    for side in ("for", "against", "blank"):
        _ballots(work, vote, side, data.get(f"{side}_by", []), f"{place}/{side}_by")
    for index, one in enumerate(data.get("alternatives", [])):
        here = f"{place}/alternatives/{index}"
        attrs = read(fields.ALTERNATIVE, one)
        alternative = work.batch.add(made(Alternative, here, needs=("title",), vote=vote, order=index, **attrs))
        _ballots(work, vote, Ballot.Side.ALTERNATIVE, one.get("by", []), f"{here}/by", alternative)


def _ballots(work: Work, vote: Vote, side: str, voters: list, place: str, alternative=None) -> None:
    for index, voter in enumerate(voters):
        is_bare = isinstance(voter, str)
        name = voter if is_bare else voter.get("person", "")
        work.batch.add(
            made(
                Ballot,
                f"{place}/{index}",
                needs=("name",),
                vote=vote,
                order=index,
                side=side,
                alternative=alternative,
                name=name,
                party="" if is_bare else voter.get("party", ""),
                is_bare=is_bare,
                person=work.names.known_person(name),
            )
        )


def add_rounds(work: Work, minutes: Minutes, rounds: list[dict], place: str, rows: Rows, start: int = 0) -> None:
    for index, data in enumerate(rounds):
        here = f"{place}/{index + start}"
        attrs = read(fields.ROUND, data)
        if attrs.get("deadline") and attrs.get("sent_on") and attrs["deadline"] < attrs["sent_on"]:
            raise RecordRefused([Problem(f"{here}/deadline", _("The deadline is before the day of sending."))])
        is_open = minutes.state == Minutes.State.IN_REVIEW and index == len(rounds) - 1
        number = index + start + 1
        made_round = made(
            ReviewRound, here, needs=("sent_on",), minutes=minutes, number=number, is_open=is_open, **attrs
        )
        work.batch.add(made_round)
        add_remarks(work, made_round, data.get("remarks", []), f"{here}/remarks", rows)


def add_remarks(work: Work, of: ReviewRound, remarks: list[dict], place: str, rows: Rows, start: int = 0) -> None:
    for index, data in enumerate(remarks):
        attrs = read(fields.REMARK, data)
        is_late = bool(of.deadline and attrs.get("received_on") and attrs["received_on"] > of.deadline)
        work.batch.add(
            made(
                Remark,
                f"{place}/{index + start}",
                needs=("sender", "received_on"),
                round=of,
                order=index + start,
                person=work.names.known_person(attrs.get("sender", "")),
                row=rows.find(attrs.get("label", "")),
                is_late=is_late,
                **attrs,
            )
        )
