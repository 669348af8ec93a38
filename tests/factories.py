"""Objects for tests that set nothing surprising. Every name in them is invented."""

from datetime import date, time

from accounts.models import User
from boards.models import Board, CaseType, Organisation, Person, RowPurpose, Seat, StandingItem
from cases.models import Case
from meetings.models import AgendaRow, Attendance, Meeting, MeetingDay
from minutes.models import Block, Decision, Minutes, MinutesItem

PASSWORD = "en lang setning til prøver"


def make_user(username: str, *, name: str = "", **fields) -> User:
    first, _, last = (name or username.title()).partition(" ")
    return User.objects.create_user(username, password=PASSWORD, first_name=first, last_name=last, **fields)


def make_board(slug: str = "badevannsradet", *, name: str = "Badevannsrådet", **fields) -> Board:
    given = {
        "scheme": Board.Scheme.PER_MEETING,
        "case_pattern": "{item}-{meeting}/{yy}",
        "meeting_pattern": "{meeting}/{yyyy}",
        "meeting_scheme": Board.MeetingScheme.RUNNING,
        "approval": Board.Approval.NEXT_MEETING,
        "default_start": time(12, 0),
        "default_end": time(15, 0),
        **fields,
    }
    board = Board.objects.create(slug=slug, name=name, **given)
    for order, word in enumerate(["Tilslutning", "Orientering", "Drøfting"]):
        CaseType.objects.create(board=board, order=order, name=word)
    return board


def add_standing_items(board: Board) -> None:
    """The three standing cases of most boards, and other business last (R40)."""
    rows = [
        ("Godkjenning av innkalling og dagsorden, og av referatet fra møtet {date}", RowPurpose.APPROVAL, 5, False),
        ("Status for oppfølgingssaker", RowPurpose.FOLLOW_UPS, 10, False),
        ("Eventuelt", RowPurpose.OTHER_BUSINESS, 5, True),
    ]
    for order, (title, purpose, minutes, is_last) in enumerate(rows):
        StandingItem.objects.create(
            board=board, order=order, title=title, purpose=purpose, minutes=minutes, is_last=is_last
        )


def make_person(name: str, *, organisation: str = "", user: User | None = None, email: str = "") -> Person:
    owner = Organisation.objects.get_or_create(name=organisation)[0] if organisation else None
    return Person.objects.create(name=name, organisation=owner, user=user, email=email)


def make_seat(board: Board, person: Person, role: str = Seat.Role.MEMBER, **fields) -> Seat:
    return Seat.objects.create(
        board=board,
        person=person,
        name=person.name,
        organisation=person.organisation,
        organisation_name=person.organisation.name if person.organisation else "",
        role=role,
        order=board.seats.count(),
        **fields,
    )


def make_meeting(board: Board, day: date = date(2026, 4, 20), *, sequence: int | None = 41, **fields) -> Meeting:
    number = f"{sequence}/{day.year}" if sequence else ""
    given = {"number": number, "slug": number.replace("/", "-") or day.isoformat(), **fields}
    meeting = Meeting.objects.create(board=board, first_day=day, sequence=sequence, **given)
    MeetingDay.objects.create(meeting=meeting, date=day, start=time(12, 0), end=time(15, 0))
    return meeting


def make_row(
    meeting: Meeting, title: str = "Status for badeplassene", *, item: int | None = None, **fields
) -> AgendaRow:
    """A case row of its own case; the label follows the board's usual pattern when `item` is given."""
    numbers = {}
    if item is not None:
        year = meeting.first_day.year
        numbers = {"item": item, "number_meeting": meeting.sequence, "number_year": year}
        numbers["label"] = f"{item}-{meeting.sequence}/{year % 100:02}"
    case = Case.objects.create(board=meeting.board, title=title)
    order = meeting.agenda_rows.count() + 1
    return AgendaRow.objects.create(meeting=meeting, order=order, title=title, case=case, **{**numbers, **fields})


def make_attendance(meeting: Meeting, person: Person, **fields) -> Attendance:
    given = {"name": person.name, "role": Attendance.Role.MEMBER, "order": meeting.attendance.count(), **fields}
    return Attendance.objects.create(meeting=meeting, person=person, **given)


def make_minutes(meeting: Meeting, state: str = Minutes.State.DRAFT, **fields) -> Minutes:
    return Minutes.objects.create(meeting=meeting, state=state, **fields)


def make_item(minutes: Minutes, row: AgendaRow) -> MinutesItem:
    return MinutesItem.objects.create(minutes=minutes, row=row, label=row.label, order=minutes.items.count() + 1)


def make_block(
    item: MinutesItem, html: str = "<p>Rådet drøftet saken.</p>", *, type: str = Block.Type.TEXT, **fields
) -> Block:
    return Block.objects.create(item=item, html=html, type=type, order=item.blocks.count() + 1, **fields)


def make_decision(
    item: MinutesItem, html: str = "<p>Rådet tar saken til orientering.</p>", kind: str = "noted", **fields
) -> Block:
    block = make_block(item, html, type=Block.Type.DECISION, label="Beslutning:")
    Decision.objects.create(block=block, kind=kind, **fields)
    return block
