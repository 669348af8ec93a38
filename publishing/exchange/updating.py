"""Lists that are here already: compared, and with --update brought to what the file says, entry by entry."""

from boards.models import Board
from meetings.models import Meeting
from minutes.models import Block, Minutes
from publishing.exchange import fields, merging
from publishing.exchange.board import LISTS
from publishing.exchange.fields import made, read, read_access, read_closed
from publishing.exchange.meeting import SECTIONS, add_intervals
from publishing.exchange.minutes import DETAILS, add_block, add_items, add_remarks, add_rounds, add_vote
from publishing.exchange.register import Promise
from publishing.exchange.rows import Rows, add_presenters, set_number
from publishing.exchange.work import Work

BOARD_LISTS = {
    "/board/numbering/series": ("series", fields.SERIES),
    "/board/contacts": ("contacts", fields.CONTACT),
    "/memberships": ("seats", fields.SEAT),
    "/calendar": ("calendar", fields.CALENDAR),
}
MEETING_LISTS = {
    "days": ("days", fields.DAY),
    "chairs": ("chairs", fields.CHAIR),
    "representation_changes": ("representation_changes", fields.CHANGE),
    "attendance": ("attendance", fields.ATTENDANCE),
    "agenda": ("agenda_rows", fields.ROW),
    "papers": ("papers", fields.PAPER),
}


def board_list(work: Work, board: Board, section: str, have: list, given: list) -> None:
    if not work.update:
        merging.compare(work, have, given, section)
        return
    if section not in BOARD_LISTS:
        names = {case_type.name for case_type in board.case_types.all()}
        new = [name for name in given if name not in names]
        LISTS[section](work, board, new, len(names))
        return
    relation, table = BOARD_LISTS[section]
    objects = [obj for obj in getattr(board, relation).all() if getattr(obj, "role", "") != "archivist"]
    for index, data in enumerate(given[: len(objects)]):
        if data != have[index]:
            take(work, objects[index], table, data, f"{section}/{index}")
    if given[len(objects) :]:
        LISTS[section](work, board, given[len(objects) :], len(objects))


def take(work: Work, obj, table, data: dict, place: str, **more) -> None:
    """The object has the file's values; the persons and organisations they name go with them."""
    attrs = read(table, data) | more
    made(type(obj), place, **attrs)
    for name, value in attrs.items():
        setattr(obj, name, value)
    known = {field.name for field in obj._meta.concrete_fields}
    if "person" in known and "name" in attrs and "user" not in known:
        obj.person = work.names.person(attrs["name"], attrs.get("organisation_name", ""))
    if {"organisation", "organisation_name"} <= known and "organisation_name" in attrs:
        obj.organisation = work.names.organisation(attrs["organisation_name"])
    work.batch.flush()
    obj.save()
    work.changed[type(obj).__name__] += 1


def meeting_list(
    work: Work, meeting: Meeting, section: str, have: list, given: list, place: str, rows: Rows, is_fixed: bool
) -> bool:
    """True where something was taken into the meeting."""
    if section == "days":
        return _days(work, meeting, have, given, place, is_fixed)
    if is_fixed or not work.update:
        merging.compare(work, have, given, place)
        return False
    relation, table = MEETING_LISTS[section]
    objects = rows.rows if section == "agenda" else list(getattr(meeting, relation).all())
    count = len(objects)
    for index, data in enumerate(given[:count]):
        if data != have[index]:
            _take_entry(work, objects[index], section, table, data, f"{place}/{index}", rows)
    if given[count:]:
        SECTIONS[section](work, meeting, given[count:], place, rows, count)
    return True


def _take_entry(work: Work, obj, section: str, table, data: dict, place: str, rows: Rows) -> None:
    more = read_access(data) if section in {"agenda", "papers"} and data.get("access") else {}
    more |= read_closed(data) if section == "agenda" else {}
    if section == "agenda":
        set_number(obj, rows.number_of(data.get("label", obj.label)) if data["kind"] == "case" else None)
    take(work, obj, table, data, place, **more)
    if data.get("intervals"):
        obj.intervals.all().delete()
        add_intervals(work, obj, data["intervals"], place)
    if data.get("presenters"):
        obj.presenters.all().delete()
        add_presenters(work, obj, data["presenters"], place)


def _days(work: Work, meeting: Meeting, have: list, given: list, place: str, is_fixed: bool) -> bool:
    """Days are one by their date: what a day lacks is taken."""
    is_new = False
    days = list(meeting.days.all())
    for index, data in enumerate(given):
        here = f"{place}/{index}"
        if index >= len(days) or have[index].get("date") != data.get("date"):
            merging.compare(work, have[index] if index < len(have) else None, data, here)
        else:
            is_new |= merging._scalars(work, days[index], fields.DAY, have[index], data, here, is_fixed=is_fixed)
    return is_new


def link(meeting: Meeting, rows: Rows) -> None:
    """Papers and items that were stored before the agenda point to its rows now."""
    if not rows.rows:
        return
    for paper in meeting.papers.filter(row__isnull=True).exclude(label=""):
        if row := rows.find(paper.label):
            paper.row, paper.case = row, row.case
            paper.save(update_fields=["row", "case"])
    minutes = Minutes.objects.filter(meeting=meeting).first()
    for item in minutes.items.filter(row__isnull=True) if minutes else []:
        row = rows.find_heading(item.section) if item.section else rows.find(item.label, item.part, item.sub_label)
        if row:
            item.row = row
            item.save(update_fields=["row"])


def minutes_list(
    work: Work, minutes: Minutes, section: str, have: list, given: list, place: str, rows: Rows, is_fixed: bool
) -> bool:
    if is_fixed or not work.update:
        merging.compare(work, have, given, place)
        return False
    if section == "items":
        _items(work, minutes, have, given, place, rows)
    else:
        _rounds(work, minutes, have, given, place, rows)
    return True


def _items(work: Work, minutes: Minutes, have: list, given: list, place: str, rows: Rows) -> None:
    items = list(minutes.items.all())
    for index, data in enumerate(given[: len(items)]):
        if data == have[index]:
            continue
        here = f"{place}/{index}"
        take(work, items[index], fields.ITEM, data, here)
        blocks = list(items[index].blocks.all())
        ours = have[index].get("blocks", [])
        for number, block in enumerate(data.get("blocks", [])):
            at = f"{here}/blocks/{number}"
            if number >= len(blocks):
                add_block(work, items[index], block, at, rows, number)
            elif block != ours[number]:
                _block(work, blocks[number], ours[number], block, at, rows)
    if given[len(items) :]:
        add_items(work, minutes, given[len(items) :], place, rows, len(items))


def _block(work: Work, block: Block, ours: dict, data: dict, place: str, rows: Rows) -> None:
    """Text and what hangs on the block are the file's. What is registered already keeps its identity and history."""
    if block.type != data["type"]:
        merging.compare(work, ours, data, place)
        return
    take(work, block, fields.BLOCK, data, place, **(read_access(data) if data.get("access") else {}))
    details = {"decision": fields.DECISION, "statement": fields.STATEMENT, "proposal": fields.PROPOSAL}
    details |= {"disqualification": fields.DISQUALIFICATION}
    if block.type in DETAILS:
        take(work, getattr(block, block.type), details[block.type], data, place)
    if data.get("vote") and data["vote"] != ours.get("vote"):
        if hasattr(block, "vote"):
            block.vote.delete()
        add_vote(work, block, data["vote"], f"{place}/vote")
    if block.type == Block.Type.FOLLOW_UP_REPORT:
        take(work, block.report, fields.REPORT, data, place)
    elif data.get("actions"):
        _actions(work, block, data, place, rows)


def _actions(work: Work, block: Block, data: dict, place: str, rows: Rows) -> None:
    stored = [action for one in block.follow_ups.order_by("source_order", "pk") for action in one.actions.all()]
    for action, said in zip(stored, data["actions"], strict=False):
        take(work, action, fields.ACTION, said, place)
    if not stored:
        work.promises.append(Promise(rows, block.item, block, data, place))
    elif len(data["actions"]) > len(stored):
        merging.compare(work, data["actions"][: len(stored)], data["actions"], f"{place}/actions")


def _rounds(work: Work, minutes: Minutes, have: list, given: list, place: str, rows: Rows) -> None:
    rounds = list(minutes.review_rounds.all())
    for index, data in enumerate(given[: len(rounds)]):
        here = f"{place}/{index}"
        take(work, rounds[index], fields.ROUND, data, here)
        remarks = list(rounds[index].remarks.all())
        for number, remark in enumerate(data.get("remarks", [])[: len(remarks)]):
            take(work, remarks[number], fields.REMARK, remark, f"{here}/remarks/{number}")
        add_remarks(work, rounds[index], data.get("remarks", [])[len(remarks) :], f"{here}/remarks", rows, len(remarks))
    if given[len(rounds) :]:
        add_rounds(work, minutes, given[len(rounds) :], place, rows, len(rounds))
