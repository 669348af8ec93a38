"""What a story says of one meeting, put down by the acts of meetings, minutes and followups."""

from datetime import datetime, time

from boardroom.demo.papers import pdf_of
from boardroom.demo.story import Clock
from boardroom.lib.dates import format_date
from boards.models import Board, RowPurpose
from cases.models import Case
from followups.models import FollowUp, Report, Status
from followups.promises import Promise, save_promises
from followups.register.edits import ActionValues, add_follow_up
from meetings import agenda, attendance, papers
from meetings.agenda import Named
from meetings.attendance import Stay
from meetings.models import AgendaRow, Meeting, RepresentationChange
from meetings.waiting import postpone_row, take_case, withdraw_row
from minutes import editing
from minutes.models import Block, Minutes, MinutesItem

WORDS = {
    "nb": {
        "call": "<p>{board} godkjenner innkalling og dagsorden.</p>",
        "minutes": "<p>Referatet fra møtet {day} godkjennes.</p>",
        "status": "<p>{board} tar statusen til orientering.</p>",
    },
    "nn": {
        "call": "<p>{board} godkjenner innkalling og sakliste.</p>",
        "minutes": "<p>Referatet frå møtet {day} blir godkjent.</p>",
        "status": "<p>{board} tek statusen til orientering.</p>",
    },
}


def write_agenda(meeting: Meeting, story: dict, clock: Clock, by) -> dict[str, AgendaRow]:
    """The story's cases stand between the follow-ups and other business; rows by key."""
    for purpose in story.get("without", []):
        for row in meeting.agenda_rows.filter(purpose=purpose):
            agenda.remove_row(row, by=by)
    rows = {}
    last = meeting.agenda_rows.filter(purpose=RowPurpose.FOLLOW_UPS).first()
    for one in story["cases"]:
        first = meeting.agenda_rows.filter(purpose=RowPurpose.APPROVAL).first() if one.get("first") else None
        row = write_row(meeting, one, clock, by, after=first or last)
        last = last if first else row
        if "key" in one:
            rows[one["key"]] = row
    for order, (incoming, outgoing, organisation) in enumerate(story.get("changes", [])):
        RepresentationChange.objects.create(
            meeting=meeting, order=order, incoming=incoming, outgoing=outgoing, organisation=organisation
        )
    return rows


def set_hours(meeting: Meeting, began: time) -> None:
    """The meeting was to begin at the half hour before it began, and takes three hours, within its day."""
    start = time(began.hour, began.minute - began.minute % 30)
    end = time(start.hour + 3, start.minute) if start.hour < 21 else time(23, 59)
    meeting.days.update(start=start, end=end)


def write_row(meeting: Meeting, one: dict, clock: Clock, by, after: AgendaRow | None) -> AgendaRow:
    if one.get("carried"):
        waiting = Case.objects.get(board=meeting.board, title=one["title"], is_waiting=True)
        return take_case(meeting, waiting, by=by, after=after)
    if "section" in one:
        return agenda.add_row(meeting, by=by, kind="section", title=one["section"], after=after)
    if "break" in one:
        return agenda.add_row(meeting, by=by, kind="break", title=one["break"], minutes=one["minutes"], after=after)
    level, basis, public_title = one.get("access", ("", "", ""))
    row = agenda.add_row(
        meeting,
        by=by,
        title=one["title"],
        after=after,
        presenters=[Named(*line.split("|")) for line in one.get("by", [])],
        type=one["type"],
        minutes=one["minutes"],
        description=one.get("text", ""),
        proposed_decision=one.get("proposal", ""),
        questions=one.get("questions", []),
        access_level=level,
        access_basis=basis,
        public_title=public_title,
        is_closed="closed" in one,
        closed_basis=one.get("closed", ""),
        purpose=one.get("purpose", ""),
        approves_minutes_of=clock.days[one["approves"]] if "approves" in one else None,
        internal_note=one.get("note", ""),
    )
    for title, url, *access in one.get("papers", []):
        level, basis = access or ("", "")
        upload = None if url else pdf_of(title, ["Saksdokument til " + meeting.board.short_name, one["title"]])
        papers.add(meeting, by=by, row=row, upload=upload, title=title, url=url, access_level=level, access_basis=basis)
    return row


def take_attendance(meeting: Meeting, story: dict, by) -> None:
    """Everybody is on the list, as the story says who was away, came late or stood in."""
    attendance.prepare(meeting, by=by)
    people = {one.name: one for one in meeting.attendance.all()}
    for name, status in story.get("absent", {}).items():
        attendance.change(people[name], by=by, status=status)
    for name, (start, end) in story.get("part", {}).items():
        stay = Stay(start=time.fromisoformat(start) if start else None, end=time.fromisoformat(end) if end else None)
        attendance.change(people[name], by=by, status="partial", stays=[stay])
    for name, (stands_in_for, organisation) in story.get("deputies", {}).items():
        attendance.add(
            meeting, by=by, name=name, organisation_name=organisation, role="deputy", stands_in_for=stands_in_for
        )


def put_off(story: dict, rows: dict[str, AgendaRow], by) -> None:
    for one in story["cases"]:
        if "outcome" in one:
            outcome, reason, *_where = one["outcome"]
            act = postpone_row if outcome == "postponed" else withdraw_row
            act(rows[one["key"]], by=by, reason=reason)


def write_minutes(minutes: Minutes, story: dict, rows: dict[str, AgendaRow], at: datetime, by) -> dict[str, FollowUp]:
    """The minutes say what the story says; follow-ups by key. A meeting the story leaves at «held» is half written."""
    items = {item.row_id: item for item in minutes.items.exclude(row=None)}
    made: dict[str, FollowUp] = {}
    for one in story["cases"]:
        if "key" in one and (item := items.get(rows[one["key"]].pk)):
            made |= write_case(item, one, at, by)
    if story["until"] not in {"held", "running"}:
        for item in items.values():
            write_standing(item, minutes.meeting.board, by)
    return made


def write_case(item: MinutesItem, one: dict, at: datetime, by) -> dict[str, FollowUp]:
    made: dict[str, FollowUp] = {}
    for kind, *given in one.get("blocks", []):
        if kind == "promise":
            block = editing.add_block(item, Block.Type.FOLLOW_UP, by=by)
            saved = save_promises(block, [promise(*row) for row in given[0]], by=by, at=at)
            made |= {row[3]: follow_up for row, follow_up in zip(given[0], saved, strict=True)}
        elif kind == "decision" and (there := item.blocks.filter(type=Block.Type.DECISION).first()):
            values = {"label": there.label, "kind": given[0], "html": given[1]}
            editing.save_block(there, values, version=there.version, by=by, at=at)
            editing.move_block(there, item.blocks.count(), by=by)
        else:
            editing.add_block(item, kind, by=by, values=block_values(kind, given))
    return made


def promise(text: str, responsible: list[str], due: str, _key: str, status: str = Status.OPEN) -> Promise:
    return Promise(text, responsible, due, status=status)


def write_before(board: Board, one: dict, clock: Clock, by) -> FollowUp:
    """A follow-up from before the system stands in the register, with the number of its meeting as written."""
    day = clock.week(one["weeks"])
    actions = [ActionValues(*values) for values in one["actions"]]
    label = f"{one['item']}-{one['meeting']}/{day:%y}"
    return add_follow_up(board, one["title"], label, actions, by=by, at=clock.at(day))


def block_values(kind: str, given: list) -> dict:
    if kind == "text":
        return {"html": given[0]}
    if kind == "decision":
        return {"kind": given[0], "html": given[1]}
    if kind == "vote":
        return {"vote": given[0], "vote_printed": given[1].removeprefix("<p>").removesuffix("</p>")}
    if kind == "statement":
        return {"statement_kind": given[0], "name": given[1], "html": given[2]}
    if kind == "proposal":
        told = dict(given[0])
        return {**told, "proposal_kind": told.pop("kind"), "html": given[1]}
    return given[0]


def write_standing(item: MinutesItem, board: Board, by) -> None:
    """The standing cases end as they do in most meetings."""
    words, row = WORDS[board.language], item.row
    named = {"board": board.short_name}
    if row.purpose == RowPurpose.APPROVAL and not item.blocks.exists():
        call = {"kind": "approved", "approves_call": True, "html": words["call"].format(**named)}
        editing.add_block(item, Block.Type.DECISION, by=by, values=call)
        if row.approves_minutes_of:
            html = words["minutes"].format(day=format_date(row.approves_minutes_of, board.language))
            values = {"kind": "approved", "html": html, "approves_minutes_of": row.approves_minutes_of, "label": ""}
            editing.add_block(item, Block.Type.DECISION, by=by, values=values)
    elif row.purpose == RowPurpose.FOLLOW_UPS:
        values = {"kind": "noted", "html": words["status"].format(**named)}
        editing.add_block(item, Block.Type.DECISION, by=by, values=values)
    elif row.purpose == RowPurpose.OTHER_BUSINESS:
        editing.no_items(item, by=by)
        editing.no_decision(item, by=by)


def edit_texts(minutes: Minutes, edits: list, rows: dict[str, AgendaRow], at: datetime, by) -> None:
    """What remarks led to: in the first block of the type in the case, one wording instead of another."""
    for case, type, old, new in edits:
        block = (
            Block.objects.select_related("item").filter(item__minutes=minutes, item__row=rows[case], type=type).first()
        )
        block.item.minutes = minutes
        html = block.html.replace(old, new)
        editing.save_block(block, {"html": html}, version=block.version, by=by, at=at)


def write_reports(meeting: Meeting, story: dict, follow_ups: dict[str, FollowUp]) -> None:
    """What was said of each follow-up in the meeting."""
    for key, said in story.get("reports", {}).items():
        values = {"resolution": said["resolution"], "status": said.get("status", ""), "due_text": said.get("due", "")}
        Report.objects.filter(meeting=meeting, follow_up=follow_ups[key]).update(**values)
