"""From the database to a record: keys in the schema's order, lists in print order, nothing that is empty or derived."""

import json
from itertools import chain, repeat

from django.db.models import Prefetch

from boards.models import Board, Seat
from followups.models import FollowUp, StatusChange
from meetings.models import Meeting
from minutes.models import Ballot, Block, Minutes
from publishing.exchange import fields
from publishing.exchange.fields import write
from publishing.exchange.shape import in_order, pruned
from publishing.models import Document


def export_record(board: Board, meeting: Meeting | None = None) -> dict:
    """The board as a record, with all its meetings by day, or with that one."""
    meetings = Meeting.objects.filter(board=board)
    if meeting is not None:
        meetings = meetings.filter(pk=meeting.pk)
    layout = board.layout_on(None)
    record = {
        "format": "boardroom-record",
        "version": 1,
        "board": board_record(board, layout),
        "memberships": [write(fields.SEAT, seat) for seat in board.seats.order_by("order", "pk") if _is_said(seat)],
        "calendar": [write(fields.CALENDAR, entry) for entry in board.calendar.all()],
        "meetings": [meeting_record(one, layout) for one in with_everything(meetings)],
    }
    return in_order(pruned(record))


def as_text(record: dict) -> str:
    """The file: two spaces, UTF-8, a final newline."""
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def _is_said(seat: Seat) -> bool:
    return seat.role != Seat.Role.ARCHIVIST


def with_everything(meetings):
    """The meetings in order of their days, with all that an export reads, in a fixed number of queries."""
    changes = StatusChange.objects.filter(action__isnull=False).order_by("pk")
    promises = FollowUp.objects.order_by("source_order", "pk").prefetch_related(
        "actions", Prefetch("actions__changes", changes)
    )
    blocks = Block.objects.select_related("decision", "proposal", "statement", "disqualification", "vote", "report")
    blocks = blocks.prefetch_related("vote__alternatives", "vote__ballots", Prefetch("follow_ups", promises))
    versions = Document.objects.filter(kind=Document.Kind.MINUTES).order_by("version")
    versions = versions.defer("content", "public_content")
    return (
        meetings.order_by("first_day", "pk")
        .select_related("minutes", "board")
        .prefetch_related(
            "days",
            "chairs",
            "representation_changes",
            "attendance__intervals",
            "agenda_rows__presenters",
            "papers",
            "board__layouts",
            Prefetch("minutes__items__blocks", blocks),
            "minutes__review_rounds__remarks",
            Prefetch("documents", versions, to_attr="minutes_versions"),
        )
    )


def board_record(board: Board, layout: dict) -> dict:
    numbering = write(fields.NUMBERING, board)
    numbering["series"] = [write(fields.SERIES, series) for series in board.series.all()]
    return write(fields.BOARD, board) | {
        "numbering": numbering,
        "case_types": [case_type.name for case_type in board.case_types.all()],
        "layout": layout,
        "contacts": [write(fields.CONTACT, contact) for contact in board.contacts.all()],
    }


def meeting_record(meeting: Meeting, layout: dict) -> dict:
    """One meeting; `layout` is the board's as exported: what was in force then and differs goes with the meeting."""
    said = write(fields.MEETING, meeting)
    if meeting.board.layout_on(meeting.first_day) != layout:
        said["layout"] = meeting.effective_layout()
    return said | {
        "days": [write(fields.DAY, day) for day in meeting.days.all()],
        "chairs": [write(fields.CHAIR, chair) for chair in meeting.chairs.all()],
        "representation_changes": [write(fields.CHANGE, change) for change in meeting.representation_changes.all()],
        "attendance": [attendance_record(row) for row in meeting.attendance.all()],
        "agenda": [row_record(row) for row in meeting.agenda_rows.all()],
        "papers": [paper_record(paper) for paper in meeting.papers.all() if paper.replaced_by_id is None],
        "minutes": minutes_record(getattr(meeting, "minutes", None), meeting.minutes_versions),
    }


def attendance_record(row) -> dict:
    intervals = [write(fields.INTERVAL, interval) for interval in row.intervals.all()]
    return write(fields.ATTENDANCE, row) | {"intervals": intervals}


def row_record(row) -> dict:
    closed = {"basis": row.closed_basis, "marked": row.closed_mark} if row.is_closed else None
    return write(fields.ROW, row) | {
        "presenters": [write(fields.PRESENTER, presenter) for presenter in row.presenters.all()],
        "access": row.access,
        "closed": closed,
    }


def paper_record(paper) -> dict:
    return write(fields.PAPER, paper) | {"access": paper.access}


def minutes_record(minutes: Minutes | None, versions: list[Document]) -> dict | None:
    """The minutes, or None where all that is known of them was read from another meeting's decision."""
    if minutes is None or (minutes.is_derived_approval and not versions):
        return None
    said = write(fields.MINUTES, minutes)
    approval = write(fields.APPROVAL, minutes)
    if minutes.is_derived_approval:
        approval = None
        said["state"] = Minutes.State.FINAL
    return said | {
        "items": [_without_unwritable(item_record(item)) for item in minutes.items.all()],
        "review_rounds": [round_record(one) for one in minutes.review_rounds.all()],
        "approval": approval,
        "versions": [version_record(version) for version in versions if not version.is_derived],
    }


def _without_unwritable(item: dict) -> dict:
    """The format has an access level for texts and decisions only; of other blocks the case or the source says it."""
    for block in item["blocks"]:
        if block["type"] not in {Block.Type.TEXT, Block.Type.DECISION}:
            block["access"] = None
    return item


def version_record(version: Document) -> dict:
    said = write(fields.VERSION, version)
    return said if version.is_issued_on_written else said | {"on": None}


def item_record(item) -> dict:
    return write(fields.ITEM, item) | {"blocks": [block_record(block) for block in item.blocks.all()]}


def round_record(one) -> dict:
    return write(fields.ROUND, one) | {"remarks": [write(fields.REMARK, remark) for remark in one.remarks.all()]}


_DETAILS = {
    Block.Type.DECISION: ("decision", fields.DECISION),
    Block.Type.PROPOSAL: ("proposal", fields.PROPOSAL),
    Block.Type.STATEMENT: ("statement", fields.STATEMENT),
    Block.Type.DISQUALIFICATION: ("disqualification", fields.DISQUALIFICATION),
    Block.Type.FOLLOW_UP_REPORT: ("report", fields.REPORT),
}


def block_record(block: Block) -> dict:
    said = write(fields.BLOCK, block) | {"access": block.access}
    if detail := _DETAILS.get(block.type):
        hanging = getattr(block, detail[0], None)
        said |= write(detail[1], hanging) if hanging else {}
    if vote := getattr(block, "vote", None):
        said["vote"] = vote_record(vote)
    if block.type != Block.Type.FOLLOW_UP_REPORT:
        said["actions"] = [record for one in block.follow_ups.all() for record in promised_records(one)]
    return said


def vote_record(vote) -> dict:
    ballots = list(vote.ballots.all())
    said = write(fields.VOTE, vote)
    for side in (Ballot.Side.FOR, Ballot.Side.AGAINST, Ballot.Side.BLANK):
        said[f"{side}_by"] = [voter_record(ballot) for ballot in ballots if ballot.side == side]
    said["alternatives"] = [
        write(fields.ALTERNATIVE, alternative)
        | {"by": [voter_record(ballot) for ballot in ballots if ballot.alternative_id == alternative.pk]}
        for alternative in vote.alternatives.all()
    ]
    return said


def voter_record(ballot: Ballot) -> str | dict:
    return ballot.name if ballot.is_bare else {"person": ballot.name, "party": ballot.party}


def promised_records(follow_up: FollowUp) -> list[dict]:
    """The actions as the minutes say them, whatever the register has made of them since; with the status written there."""
    rows = follow_up.actions.all()
    statuses = chain(map(_written_status, rows), repeat(None))
    said = zip(follow_up.said, statuses, strict=False)
    return [write(fields.ACTION, action) | {"status": status} for action, status in said]


def _written_status(action) -> str | None:
    """The status as the source said it, or as a person set it later; what reports of other meetings say is theirs."""
    changes = list(action.changes.all())
    if any(change.changed_by_id for change in changes):
        return action.state
    if not action.is_state_written:
        return None
    return changes[0].before if changes else action.state
