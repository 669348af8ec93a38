"""The follow-up case on a meeting's agenda: found, or made visibly where the agenda has none (issue 2, reliability.md 3.2)."""

from django.db.models import F

from boards.models import Board, RowPurpose
from meetings import numbering, timing
from meetings.models import AgendaRow, Meeting

TITLES = {"nb": "Status for oppfølgingssaker", "nn": "Status for oppfølgingssaker", "en": "Status of follow-ups"}


def follow_up_rows(meetings: list[Meeting]) -> dict[int, AgendaRow]:
    """The first follow-up case of each meeting that has one, by the meeting's id. One query."""
    rows = AgendaRow.objects.filter(meeting__in=meetings, purpose=RowPurpose.FOLLOW_UPS, kind=AgendaRow.Kind.CASE)
    found: dict[int, AgendaRow] = {}
    for row in rows.order_by("meeting", "order", "pk"):
        found.setdefault(row.meeting_id, row)
    return found


def make_follow_up_row(meeting: Meeting) -> AgendaRow:
    """A follow-up case stands after the approval case (else first), and the provisional numbers are given anew.

    Its title is the board's own standing one, else the product's in the board's language.
    """
    board = meeting.board
    standing = board.standing_items.filter(purpose=RowPurpose.FOLLOW_UPS).first()
    before = meeting.agenda_rows.filter(purpose=RowPurpose.APPROVAL).order_by("order").last()
    place = before.order + 1 if before else _first_place(meeting)
    meeting.agenda_rows.filter(order__gte=place).update(order=F("order") + 1)
    row = AgendaRow.objects.create(
        meeting=meeting,
        order=place,
        day=before.day if before else None,
        kind=AgendaRow.Kind.CASE,
        purpose=RowPurpose.FOLLOW_UPS,
        title=standing.title if standing else TITLES.get(board.language, TITLES[Board.Language.NB]),
        type=standing.type if standing else "",
        minutes=standing.minutes if standing else None,
    )
    numbering.renumber(meeting)
    timing.retime(meeting)
    row.refresh_from_db()
    return row


def _first_place(meeting: Meeting) -> int:
    """Before the first case, behind a heading or text that opens the agenda."""
    first = meeting.agenda_rows.filter(kind=AgendaRow.Kind.CASE).order_by("order").first()
    return first.order if first else 1
