"""Numbers of meetings and cases: provisional while drafted, fixed when the call is sent, never given twice (R2, R17, R24)."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count

from django.db import IntegrityError, transaction
from django.db.models import BigAutoField, CharField, Max, Q
from django.utils.translation import gettext

from boardroom.lib.prepared import prepared, write
from boardroom.lib.workflow import TransitionRefused
from boards.models import Board, CaseSeries
from cases import caseid
from meetings.models import AgendaRow, GivenNumber, Meeting

ATTEMPTS = 5
PART_WORDS = {"nb": "del", "nn": "del", "en": "part"}
DEFAULT_PATTERNS = {Board.Scheme.PER_MEETING: "{item}-{meeting}/{yy}", Board.Scheme.PER_YEAR: "{item}/{yy}"}


@dataclass(frozen=True)
class Series:
    """How one series of a board counts: its key ("" for the main one), scheme and pattern."""

    key: str
    scheme: str
    pattern: str

    def label(self, item: int, meeting: Meeting) -> str:
        """The number as printed. Where the meeting has no number of its own, the item and the year."""
        year = meeting.first_day.year
        try:
            return caseid.format_number(self.pattern, item=item, meeting=meeting.sequence, year=year)
        except ValueError:
            return caseid.format_number("{item}/{yy}", item=item, year=year)


def series_of(board: Board) -> dict[str, Series]:
    """The board's series by key; the main one under ""."""
    found = {"": Series("", board.scheme, board.case_pattern or DEFAULT_PATTERNS[board.scheme])}
    for own in _own_series(board=board.pk):
        found[own.key] = Series(own.key, own.scheme or board.scheme, own.pattern)
    return found


@prepared(board=BigAutoField())
def _own_series(board):
    return CaseSeries.objects.filter(board=board).order_by("order", "pk")


def meeting_scheme(board: Board) -> str:
    """The scheme of meeting numbers; where none was chosen, that which goes with the case numbers."""
    if board.meeting_scheme:
        return board.meeting_scheme
    if board.scheme == Board.Scheme.PER_MEETING:
        return Board.MeetingScheme.RUNNING
    return Board.MeetingScheme.PER_YEAR if "{meeting}" in board.meeting_pattern else Board.MeetingScheme.NONE


def propose_number(board: Board, day: date) -> tuple[str, int | None]:
    """Number and sequence of the board's next meeting (R2); ("", None) where meetings have no numbers."""
    scheme = meeting_scheme(board)
    if scheme == Board.MeetingScheme.NONE:
        return "", None
    others = board.meetings.all()
    if scheme == Board.MeetingScheme.PER_YEAR:
        others = others.filter(first_day__year=day.year)
    sequence = (others.aggregate(last=Max("sequence"))["last"] or 0) + 1
    pattern = board.meeting_pattern or "{meeting}/{yyyy}"
    try:
        return caseid.format_number(pattern, meeting=sequence, year=day.year), sequence
    except ValueError:
        return f"{sequence}/{day.year}", sequence


def read_sequence(number: str) -> int | None:
    """The number in a meeting number as written: 41 of `41/2026` and of `#41`; None where there is none."""
    match = re.search(r"[0-9]{1,6}", number)
    return int(match[0]) if match else None


def number_warning(board: Board, number: str, *, besides: Meeting | None = None) -> str | None:
    """A sentence where another meeting has the same number; it stops nothing (R3)."""
    days = _days_of_number(board=board.pk, number=number, besides=besides.pk if besides else 0) if number else []
    if not days:
        return None
    return gettext("The meeting on %(date)s has the number %(number)s too.") % {
        "date": f"{days[0]:%d.%m.%Y}",
        "number": number,
    }


@prepared(board=BigAutoField(), number=CharField(), besides=BigAutoField())
def _days_of_number(board, number, besides):
    others = Meeting.objects.filter(board=board, number=number).exclude(pk=besides)
    return others.order_by("first_day").values_list("first_day", flat=True)[:1]


def renumber(meeting: Meeting, rows: list[AgendaRow] | None = None) -> None:
    """Cases are numbered in the order of the agenda, as long as the call is not sent; late ones go on (R24).

    Meetings that were imported keep every label as written. `rows` as in `timing.retime`.
    """
    rows = _case_rows(meeting) if rows is None else [row for row in rows if row.kind == AgendaRow.Kind.CASE]
    numbered = meeting.is_as_written or meeting.call_is_sent
    changed = _count(meeting, [row for row in rows if not (numbered and row.label)], rows)
    write(changed, ["item", "number_meeting", "number_year", "label", "part"])


def renumber_later(meeting: Meeting) -> None:
    """Drafted agendas of later meetings follow, where a series runs through the year (R17)."""
    if not any(own.scheme == Board.Scheme.PER_YEAR for own in series_of(meeting.board).values()):
        return
    later = meeting.board.meetings.filter(first_day__gte=meeting.first_day, first_day__year=meeting.first_day.year)
    drafted = later.filter(numbers_fixed_at__isnull=True, is_as_written=False).exclude(pk=meeting.pk)
    for other in drafted.order_by("first_day", "pk"):
        other.board = meeting.board
        renumber(other)


def fix_numbers(meeting: Meeting, at: datetime) -> None:
    """Every case has its number for good, and the meeting is stamped with the moment. Raises TransitionRefused.

    A number that another meeting took at the same moment is counted past, by the unique row of each given number.
    """
    for _attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                if not meeting.is_as_written:
                    renumber(meeting)
                _give(meeting, _case_rows(meeting))
                stamped = Meeting.objects.filter(pk=meeting.pk, numbers_fixed_at__isnull=True).update(
                    numbers_fixed_at=at
                )
        except IntegrityError:
            continue
        if not stamped:
            raise TransitionRefused([gettext("The call of this meeting was sent a moment ago.")])
        meeting.numbers_fixed_at = at
        return
    raise TransitionRefused([gettext("The case numbers were taken by others again and again. Try once more.")])


def number_late(row: AgendaRow) -> None:
    """A case that came after the call gets the next number of its series and is marked late (P8)."""
    for _attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                changed = _count(row.meeting, [row], _case_rows(row.meeting))
                write(changed, ["item", "number_meeting", "number_year", "label", "part"])
                AgendaRow.objects.filter(pk=row.pk).update(is_late=True)
                _give(row.meeting, [row])
        except IntegrityError:
            continue
        row.refresh_from_db()
        return
    raise TransitionRefused([gettext("The case numbers were taken by others again and again. Try once more.")])


def _case_rows(meeting: Meeting) -> list[AgendaRow]:
    return list(meeting.agenda_rows.filter(kind=AgendaRow.Kind.CASE).order_by("order", "pk"))


def _count(meeting: Meeting, unnumbered: list[AgendaRow], rows: list[AgendaRow]) -> list[AgendaRow]:
    """Give `unnumbered` their numbers in memory; those whose number changed."""
    series, free, items, changed = series_of(meeting.board), {}, {}, []
    waiting = {row.pk for row in unnumbered}
    parts = Counter(row.case_id for row in rows if row.case_id)
    for row in rows:
        if row.pk not in waiting and row.case_id and row.item:
            items[row.case_id, row.series] = row.item
    for row in unnumbered:
        own = series.get(row.series) or series[""]
        key = (row.case_id or -row.pk, row.series)
        if key not in items:
            if own.key not in free:
                free[own.key] = _free_numbers(meeting, own, waiting)
            items[key] = next(free[own.key])
        part = row.part or 1 if row.case_id and parts[row.case_id] > 1 else None
        if _write(row, meeting, own, items[key], part):
            changed.append(row)
    return changed


def _write(row: AgendaRow, meeting: Meeting, own: Series, item: int, part: int | None) -> bool:
    label = own.label(item, meeting)
    if part:
        label += f" ({PART_WORDS[meeting.board.language]} {part})"
    of_meeting = meeting.sequence if own.scheme == Board.Scheme.PER_MEETING else None
    fresh = {
        "item": item,
        "number_meeting": of_meeting,
        "number_year": meeting.first_day.year,
        "label": label,
        "part": part,
    }
    if all(getattr(row, name) == value for name, value in fresh.items()):
        return False
    for name, value in fresh.items():
        setattr(row, name, value)
    return True


def _free_numbers(meeting: Meeting, own: Series, waiting: set[int]) -> Iterator[int]:
    """Numbers in turn after this meeting's and all earlier ones', drafts too, past every number that was given.

    So meetings that are called out of turn leave no hole, and where two have one number (R3) the second counts on.
    """
    rows = AgendaRow.objects.filter(meeting__board=meeting.board, series=own.key, number_year=meeting.first_day.year)
    given = GivenNumber.objects.filter(board=meeting.board, series=own.key, year=meeting.first_day.year)
    if own.scheme == Board.Scheme.PER_MEETING:
        before = rows.filter(meeting=meeting)
        given = given.filter(meeting_sequence=meeting.sequence or 0)
        written = rows.none()
    else:
        same_day = Q(meeting__first_day=meeting.first_day, meeting__lte=meeting.pk)
        before = rows.filter(Q(meeting__first_day__lt=meeting.first_day) | same_day)
        given = given.filter(meeting_sequence=0)
        written = rows.filter(meeting__is_as_written=True, item__isnull=False)
    last = before.exclude(pk__in=waiting).aggregate(last=Max("item"))["last"] or 0
    taken = set(given.values_list("item", flat=True)) | set(written.values_list("item", flat=True))
    return (item for item in count(last + 1) if item not in taken)


def _give(meeting: Meeting, rows: list[AgendaRow]) -> None:
    """Write down that the rows' numbers are given. IntegrityError where another meeting has one of them."""
    series = series_of(meeting.board)
    known = set(GivenNumber.objects.filter(row__meeting=meeting).values_list("series", "item"))
    fresh = []
    for row in rows:
        if row.item is None or (row.series, row.item) in known:
            continue
        known.add((row.series, row.item))
        own = series.get(row.series) or series[""]
        per_meeting = own.scheme == Board.Scheme.PER_MEETING
        fresh.append(
            GivenNumber(
                board=meeting.board,
                series=row.series,
                year=row.number_year or meeting.first_day.year,
                meeting_sequence=(meeting.sequence or 0) if per_meeting else 0,
                item=row.item,
                row=row,
            )
        )
    GivenNumber.objects.bulk_create(fresh, ignore_conflicts=meeting.is_as_written)
