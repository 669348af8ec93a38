"""The template of a board that came with a record: the standing rows of its newest agenda (R40)."""

import re
from datetime import date, datetime, timedelta

from boards.models import Board, RowPurpose, StandingItem
from meetings.models import AgendaRow, Meeting
from publishing.exchange.work import Work

LAST = {RowPurpose.EVALUATION, RowPurpose.OTHER_BUSINESS}
STANDING_SECTIONS = {"faste saker", "standing items", "standing cases"}
_DATE = re.compile(r"\b\d{1,2}\.\s?(?:\d{1,2}\.\s?|[a-zæøå]{3,9}\s)(?:\d{4}|\d{2})\b", re.IGNORECASE)
KINDS = {AgendaRow.Kind.CASE: StandingItem.Kind.CASE, AgendaRow.Kind.SECTION: StandingItem.Kind.SECTION}


def set_up(work: Work, board: Board) -> None:
    """A board without a template has the standing rows of its newest agenda, so that the next one begins with them.

    Taken are cases with a purpose of their own, and the section of standing cases. The template is never exported.
    """
    newest = Meeting.objects.filter(board=board, agenda_rows__isnull=False).order_by("-first_day", "-pk").first()
    if newest is None or board.standing_items.exists():
        return
    is_standing = False
    for order, row in enumerate(newest.agenda_rows.all()):
        if row.kind == AgendaRow.Kind.SECTION:
            is_standing = row.title.strip(" .:").casefold() in STANDING_SECTIONS
        if row.kind in KINDS and row.title and (row.purpose or is_standing):
            work.batch.add(_standing(board, row, order))


def _standing(board: Board, row: AgendaRow, order: int) -> StandingItem:
    title = _DATE.sub("{date}", row.title) if row.purpose == RowPurpose.APPROVAL else row.title
    return StandingItem(
        board=board,
        order=order,
        kind=KINDS[row.kind],
        title=title[:300],
        type=row.type,
        purpose=row.purpose,
        presenter=row.presenters_printed[:300],
        minutes=row.minutes or _length(row),
        is_last=row.purpose in LAST,
    )


def _length(row: AgendaRow) -> int | None:
    if not row.start or not row.end or row.end <= row.start:
        return None
    day = date.min
    return (datetime.combine(day, row.end) - datetime.combine(day, row.start)) // timedelta(minutes=1)
