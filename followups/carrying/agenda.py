"""The follow-up case on a meeting's agenda: found, or made visibly where the agenda has none (issue 2, reliability.md 3.2)."""

from collections.abc import Collection, Iterable

from django.db.models import F, OuterRef, Subquery

from boards.models import Board, RowPurpose, StandingItem
from followups.models import Report
from meetings import numbering, settling, timing
from meetings.models import AgendaRow, Meeting

TITLES = {"nb": "Status for oppfølgingssaker", "nn": "Status for oppfølgingssaker", "en": "Status of follow-ups"}


def follow_up_rows(meetings: Iterable[Meeting]) -> dict[int, AgendaRow]:
    """The first follow-up case of each meeting that has one, by the meeting's id. One query."""
    found: dict[int, AgendaRow] = {}
    for row in _follow_up_cases().filter(meeting__in=meetings).order_by("meeting", "order", "pk"):
        found.setdefault(row.meeting_id, row)
    return found


def _follow_up_cases():
    return AgendaRow.objects.filter(purpose=RowPurpose.FOLLOW_UPS, kind=AgendaRow.Kind.CASE)


def join_to_rows(drafts: Collection[int]) -> None:
    """Reports whose agenda row was deleted, or that came from another meeting, stand under the present one."""
    loose = Report.objects.filter(meeting__in=drafts, row__isnull=True, block__isnull=True, follow_up__isnull=False)
    meetings = Meeting.objects.filter(pk__in=loose.values("meeting")).select_related("board")
    without = {meeting.pk: meeting for meeting in meetings}
    for key in without.keys() - follow_up_rows(without).keys():
        make_follow_up_row(without[key])
    if without:
        rows = _follow_up_cases().filter(meeting=OuterRef("meeting")).order_by("order", "pk")
        loose.update(row=Subquery(rows.values("pk")[:1]))


def make_follow_up_row(meeting: Meeting) -> AgendaRow:
    """A follow-up case stands after the approval case (else first), and the provisional numbers are given anew.

    Its title is the board's own standing one, else the product's in the board's language.
    """
    before = meeting.agenda_rows.filter(purpose=RowPurpose.APPROVAL).order_by("order").last()
    place = before.order + 1 if before else _first_place(meeting)
    row = _make(meeting, place, day=before.day if before else None)
    numbering.renumber(meeting)
    timing.retime(meeting)
    row.refresh_from_db()
    return row


def make_late_row(meeting: Meeting) -> AgendaRow:
    """A follow-up case stands behind the last case of an agenda that was called, with the next number of its series (P8)."""
    last = meeting.agenda_rows.filter(kind=AgendaRow.Kind.CASE).order_by("order").last()
    row = _make(meeting, last.order + 1 if last else 1, day=last.day if last else None)
    settling.settle(meeting, new=row)
    row.refresh_from_db()
    return row


def _make(meeting: Meeting, place: int, *, day: int | None) -> AgendaRow:
    board = meeting.board
    standing: StandingItem | None = board.standing_items.filter(purpose=RowPurpose.FOLLOW_UPS).first()
    meeting.agenda_rows.filter(order__gte=place).update(order=F("order") + 1)
    return AgendaRow.objects.create(
        meeting=meeting,
        order=place,
        day=day,
        kind=AgendaRow.Kind.CASE,
        purpose=RowPurpose.FOLLOW_UPS,
        title=standing.title if standing else TITLES.get(board.language, TITLES[Board.Language.NB]),
        type=standing.type if standing else "",
        minutes=standing.minutes if standing else None,
    )


def _first_place(meeting: Meeting) -> int:
    """Before the first case, behind a heading or text that opens the agenda."""
    first = meeting.agenda_rows.filter(kind=AgendaRow.Kind.CASE).order_by("order").first()
    return first.order if first else 1
