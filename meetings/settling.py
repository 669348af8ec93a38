"""What every act on an agenda ends with: the order is 1..n, and numbers and clock times follow it (R24, R29)."""

from collections.abc import Iterable

from django.db.models import BigAutoField, F
from django.utils.translation import gettext

from boardroom.lib.prepared import prepared_update, write
from boardroom.lib.workflow import TransitionRefused
from meetings import numbering, timing
from meetings.models import AgendaRow, Meeting
from meetings.rules import OPEN

CLOSING = frozenset({"other-business", "evaluation"})


def refuse_if_closed(meeting: Meeting) -> None:
    """Return, or raise TransitionRefused where the meeting takes nothing more (P25)."""
    if meeting.state not in OPEN:
        raise TransitionRefused(_why_closed())


def hold(meeting: Meeting) -> None:
    """In this transaction nobody else changes the agenda. Raises TransitionRefused where the meeting takes nothing more.

    The UPDATE holds the meeting's row, on SQLite and PostgreSQL alike: acts on one agenda come one after the other.
    """
    if not _held(meeting=meeting.pk):
        raise TransitionRefused(_why_closed())


@prepared_update(meeting=BigAutoField())
def _held(meeting):
    return Meeting.objects.filter(pk=meeting, state__in=OPEN), {"place": F("place")}


def write_order(rows: Iterable[AgendaRow]) -> None:
    """The rows have the order 1..n they stand in here."""
    changed = []
    for order, row in enumerate(rows, start=1):
        if row.order != order:
            row.order = order
            changed.append(row)
    write(changed, ["order"])


def settle(meeting: Meeting, rows: list[AgendaRow] | None = None, *, new: AgendaRow | None = None) -> None:
    """Numbers and times follow the rows; after the call a new case continues the series and is late (R24, P8).

    `rows` are the meeting's rows as they are stored now, in order; they are read where the caller has none.
    """
    if new is not None and new.kind == AgendaRow.Kind.CASE and meeting.call_is_sent:
        numbering.number_late(AgendaRow.objects.select_related("meeting__board").get(pk=new.pk))
        rows = None
    rows = timing.ordered_rows(meeting) if rows is None else rows
    numbering.renumber(meeting, rows)
    numbering.renumber_later(meeting)
    timing.retime(meeting, rows)


def place_of_new(rows: list[AgendaRow], after: AgendaRow | None, meeting: Meeting, kind: str) -> int:
    """The index a new row takes: after `after`, else last, before other business while the call is not sent."""
    if after is not None:
        return rows.index(after) + 1 if after in rows else len(rows)
    if kind == AgendaRow.Kind.END_OF_DAY or meeting.call_is_sent:
        return len(rows)
    place = len(rows)
    while place and (rows[place - 1].purpose in CLOSING or rows[place - 1].kind == AgendaRow.Kind.END_OF_DAY):
        place -= 1
    return place


def _why_closed() -> list[str]:
    return [gettext("This meeting is closed, cancelled or postponed, so its agenda stays as it is.")]
