"""What hangs on a block besides its text: decision, vote, statement, disqualification, proposal (R69, P2-P4)."""

from boards.models import Person
from minutes.models import Block, Decision, Disqualification, Proposal, Statement
from minutes.votes import save_vote

DECISION = ("kind", "approves_minutes_of", "approves_call", "is_permanent")
PROPOSAL = ("by", "on_behalf_of", "outcome", "on")
DISQUALIFICATION = (
    "name", "basis", "raised_by", "reason", "outcome", "decided_by", "deputy", "has_no_deputy", "left_at", "back_at",
)  # fmt: skip


def save_details(block: Block, values: dict) -> None:
    """The block's own object has the given `values`; keys that are not given stay as they are. With `vote` (a value of
    the exchange format, or None) and `vote_printed` the vote is replaced."""
    write = _WRITERS.get(block.type)
    if write:
        write(block, values)
    if "vote" in values:
        language = block.item.minutes.meeting.board.language
        save_vote(block, values["vote"], values.get("vote_printed", ""), language)


def _decision(block: Block, values: dict) -> None:
    given = {name: values[name] for name in DECISION if name in values}
    _write(Decision, block, given, {"kind": Decision.Kind.DECIDED})


def _statement(block: Block, values: dict) -> None:
    given = {}
    if "statement_kind" in values:
        given["kind"] = values["statement_kind"]
    _write(Statement, block, given | _person(block, values), {"kind": Statement.Kind.RECORD})


def _proposal(block: Block, values: dict) -> None:
    given = {name: values[name] for name in PROPOSAL if name in values}
    if "proposal_kind" in values:
        given["kind"] = values["proposal_kind"]
    _write(Proposal, block, given, {})


def _disqualification(block: Block, values: dict) -> None:
    given = {name: values[name] for name in DISQUALIFICATION if name in values}
    _write(Disqualification, block, given | _person(block, values), {})


def _write(model, block: Block, given: dict, first: dict) -> None:
    name = model._meta.model_name
    known = getattr(block, name, None)
    if known and all(getattr(known, one) == value for one, value in given.items()):
        return  # an autosave of the text alone
    written, _made = model.objects.update_or_create(block=block, defaults=given, create_defaults={**first, **given})
    setattr(block, name, written)


def _person(block: Block, values: dict) -> dict:
    """The name, and the person of the attendance list or of the board who is printed by exactly this name."""
    if "name" not in values:
        return {}
    meeting = block.item.minutes.meeting
    name = values["name"]
    known = getattr(block, "statement", None) or getattr(block, "disqualification", None)
    if known and known.name == name:
        return {}
    row = meeting.attendance.filter(name=name, person__isnull=False).select_related("person").first()
    person = row.person if row else Person.objects.filter(name=name, seats__board=meeting.board).first()
    return {"name": name, "person": person}


_WRITERS = {
    Block.Type.DECISION: _decision,
    Block.Type.STATEMENT: _statement,
    Block.Type.PROPOSAL: _proposal,
    Block.Type.DISQUALIFICATION: _disqualification,
}
