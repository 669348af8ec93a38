"""Making a board with what nearly every board begins with, and seating its first secretary (R1, R32, R40)."""

from datetime import date

from django.db import transaction
from django.utils.text import slugify

from audit import trail
from boards.models import Board, CaseType, Person, RowPurpose, Seat, StandingItem
from boards.people import account_of, person_named
from jobs import queue

Purpose = CaseType.Purpose
CASE_TYPES = {
    "nb": [
        ("Beslutning", Purpose.FOR_DECISION),
        ("Drøfting", Purpose.FOR_DISCUSSION),
        ("Orientering", Purpose.FOR_INFORMATION),
    ],
    "nn": [
        ("Avgjerd", Purpose.FOR_DECISION),
        ("Drøfting", Purpose.FOR_DISCUSSION),
        ("Orientering", Purpose.FOR_INFORMATION),
    ],
    "en": [
        ("Decision", Purpose.FOR_DECISION),
        ("Discussion", Purpose.FOR_DISCUSSION),
        ("Information", Purpose.FOR_INFORMATION),
    ],
}
STANDING = {
    "nb": [
        "Godkjenning av innkalling og saksliste, og av referatet fra møtet {date}",
        "Oppfølging av tidligere saker",
        "Eventuelt",
    ],
    "nn": [
        "Godkjenning av innkalling og sakliste, og av referatet frå møtet {date}",
        "Oppfølging av tidlegare saker",
        "Ymse",
    ],
    "en": [
        "Approval of the call and agenda, and of the minutes of the meeting of {date}",
        "Follow-ups",
        "Any other business",
    ],
}
PATTERNS = {Board.Scheme.PER_MEETING: "{item}-{meeting}/{yy}", Board.Scheme.PER_YEAR: "{item}/{yy}"}
MEETING_PATTERN = "{meeting}/{yyyy}"


@transaction.atomic
def create_board(*, by, **fields) -> Board:
    """A board with an address of its own, the patterns of its schemes, three case types and the standing items."""
    fields.setdefault("case_pattern", PATTERNS[fields.get("scheme", Board.Scheme.PER_MEETING)])
    if fields.get("meeting_scheme") != Board.MeetingScheme.NONE:
        fields.setdefault("meeting_pattern", MEETING_PATTERN)
    board = Board.objects.create(slug=free_slug(fields["name"]), **fields)
    for order, (name, purpose) in enumerate(CASE_TYPES[board.language]):
        CaseType.objects.create(board=board, order=order, name=name, purpose=purpose)
    decision, _discussion, information = (name for name, _purpose in CASE_TYPES[board.language])
    purposes = [
        (RowPurpose.APPROVAL, decision),
        (RowPurpose.FOLLOW_UPS, information),
        (RowPurpose.OTHER_BUSINESS, information),
    ]
    for order, (title, (purpose, kind)) in enumerate(zip(STANDING[board.language], purposes, strict=True)):
        StandingItem.objects.create(
            board=board,
            order=order,
            title=title,
            type=kind,
            purpose=purpose,
            minutes=5,
            is_last=purpose == RowPurpose.OTHER_BUSINESS,
        )
    trail.record("boards.create", board, by=by, board=board, name=board.name)
    return board


@transaction.atomic
def change_board(board: Board, *, by, **fields) -> None:
    """The board has these values; documents that were issued keep what they printed (R1)."""
    changed = {name: value for name, value in fields.items() if getattr(board, name) != value}
    if not changed:
        return
    for name, value in changed.items():
        setattr(board, name, value)
    board.save(update_fields=list(changed))
    trail.record("boards.edit", board, by=by, board=board, **changed)


@transaction.atomic
def appoint_secretary(board: Board, *, by, name: str, email: str = "", day: date) -> Person:
    """The person is secretary of the board from the day; who never signed in gets an invitation by e-mail.

    Raises TransitionRefused where the address cannot be signed in with.
    """
    person = person_named(name, by=by, email=email)
    person.refresh_from_db()
    seats = Seat.objects.active_on(day).filter(board=board, person=person, role=Seat.Role.SECRETARY)
    if not seats.exists():
        Seat.objects.create(board=board, person=person, name=name, role=Seat.Role.SECRETARY, starts_on=day, order=900)
    entry = trail.record("boards.appoint", board, by=by, board=board, name=name, role=Seat.Role.SECRETARY)
    if person.email and account_of(person, by=by, board=board).is_unused:
        payload = {"person": person.pk, "board": board.pk, "by": by.pk}
        queue.enqueue("invite", f"invite:{entry.pk}", payload)
    return person


def free_slug(name: str) -> str:
    base = slugify(name.translate(str.maketrans("æøåÆØÅ", "aoaAOA")))[:70] or "board"
    taken = set(Board.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | {"new"}
    slug, count = base, 2
    while slug in taken:
        slug, count = f"{base}-{count}", count + 1
    return slug
