"""Minutes and clock times of an agenda: each follows from the other, and fixed times hold (R29, R30)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from boardroom.lib.prepared import write
from meetings import reading
from meetings.models import AgendaRow, Meeting, MeetingDay

DAY = 24 * 60
# Rows that take no time of their own.
TIMELESS = frozenset({AgendaRow.Kind.SECTION, AgendaRow.Kind.TEXT, AgendaRow.Kind.END_OF_DAY})
NOT_TREATED = frozenset({AgendaRow.Outcome.WITHDRAWN, AgendaRow.Outcome.POSTPONED})


@dataclass(frozen=True)
class Slot:
    """When a row is treated, in minutes after midnight; None where it cannot be known."""

    row: AgendaRow
    day: int
    start: int | None
    end: int | None


def retime(meeting: Meeting, rows: list[AgendaRow] | None = None) -> None:
    """Day, start and end of every row follow from minutes, order and fixed times. Imported times stay as written.

    `rows` are all rows in order as stored now; they are read where the caller has none.
    """
    if meeting.is_as_written:
        return
    rows, days = ordered_rows(meeting) if rows is None else rows, list(meeting.days.all())
    changed = []
    for slot in schedule(rows, days):
        row = slot.row
        # A case that is put off keeps its fixed start, so that it has it again when it is treated after all.
        start = row.start if row.is_start_fixed and row.outcome in NOT_TREATED else clock(slot.start)
        fresh = (slot.day if len(days) > 1 else None, start, clock(slot.end))
        if (row.day, row.start, row.end) != fresh:
            row.day, row.start, row.end = fresh
            changed.append(row)
    write(changed, ["day", "start", "end"])


def ordered_rows(meeting: Meeting) -> list[AgendaRow]:
    return reading.rows_of(meeting)


def schedule(rows: list[AgendaRow], days: list[MeetingDay]) -> list[Slot]:
    """A slot for every row in order. After a row of unknown length times are unknown until the next fixed one."""
    slots, day = [], 1
    cursor = _begin(days, day)
    for row in rows:
        slot, cursor = _place(row, day, cursor)
        slots.append(slot)
        if row.kind == AgendaRow.Kind.END_OF_DAY and day < len(days):
            day += 1
            cursor = _begin(days, day)
    return slots


def treated_span(row: AgendaRow, rows: list[AgendaRow]) -> tuple[int | None, int | None]:
    """Start and end of a row as printed; the end of a start-only row is the start of the next (R30)."""
    start, end = minute(row.start), minute(row.end)
    if start is not None and end is None and row.minutes:
        end = start + row.minutes
    if start is not None and end is None:
        later = [other for other in rows if other.order > row.order and other.day == row.day and other.start]
        end = minute(later[0].start) if later else None
    return start, end


def actual_span(row: AgendaRow) -> tuple[int | None, int | None]:
    """As it went, in Norwegian time; a case that goes on, or ended after midnight, ends with the day."""
    start, end = (minute(timezone.localtime(at).time()) if at else None for at in (row.started_at, row.ended_at))
    if start is None:
        return None, None
    return start, DAY if end is None or end < start else end


def length(start: time, end: time) -> int:
    """Minutes from start to end on one day; negative where the end is first."""
    return minute(end) - minute(start)


def minute(moment: time | None) -> int | None:
    return None if moment is None else moment.hour * 60 + moment.minute


def clock(minutes: int | None) -> time | None:
    """The clock time, or None past midnight, where no time of that day is left."""
    if minutes is None or not 0 <= minutes < DAY:
        return None
    return (datetime.min + timedelta(minutes=minutes)).time()


def _begin(days: list[MeetingDay], number: int) -> int | None:
    return minute(days[number - 1].start) if number <= len(days) else None


def _place(row: AgendaRow, day: int, cursor: int | None) -> tuple[Slot, int | None]:
    """The row's slot, and where the next row begins."""
    if row.outcome in NOT_TREATED:
        return Slot(row, day, None, None), cursor
    fixed = minute(row.start) if row.is_start_fixed else None
    start = cursor if fixed is None else fixed
    if row.kind in TIMELESS and not row.minutes:
        shown = start if fixed is not None or row.kind == AgendaRow.Kind.END_OF_DAY else None
        return Slot(row, day, shown, None), start
    if row.minutes is None:
        return Slot(row, day, fixed, None), None
    end = None if start is None else start + row.minutes
    return Slot(row, day, start, end), end
