"""Who was there at each case, from intervals and the agenda's times (R49), and whether the board had a quorum (P5)."""

from dataclasses import dataclass

from boards.models import Seat
from cases import caseid
from meetings import reading, timing
from meetings.models import AgendaRow, Attendance, Interval, Meeting

HERE = frozenset({Attendance.Status.PRESENT, Attendance.Status.PARTIAL})
SEATED = frozenset({Attendance.Role.CHAIR, Attendance.Role.DEPUTY_CHAIR, Attendance.Role.MEMBER})


@dataclass(frozen=True)
class Roster:
    """Voting members at one case: all of it, part of it, and not at all; each in the order of the attendance list."""

    present: list[Attendance]
    partial: list[Attendance]
    absent: list[Attendance]


@dataclass(frozen=True)
class Quorum:
    """How many are present, of how many seats, and how many it takes."""

    present: int
    seats: int
    needed: int

    @property
    def is_reached(self) -> bool:
        return self.present >= self.needed


class Attendants:
    """The attendance and agenda of one meeting, read once, for asking about many cases."""

    def __init__(self, meeting: Meeting):
        self.meeting = meeting
        self.list = reading.attendance_of(meeting)
        self.rows = timing.ordered_rows(meeting)
        self._order = {row.pk: place for place, row in enumerate(self.rows)}
        self._cases = [row for row in self.rows if row.kind == AgendaRow.Kind.CASE]
        self.seats = reading.seats_of(meeting)
        self._seated = [seat.name for seat in self.seats if seat.role in Seat.VOTING]

    def roster(self, row: AgendaRow) -> Roster:
        found = Roster([], [], [])
        shares = {1: found.present, 0.5: found.partial, 0: found.absent}
        for one in self.list:
            if self.votes(one):
                shares[self.share(one, row)].append(one)
        return found

    def votes(self, one: Attendance) -> bool:
        """By the role on the list; where the list says none, as old lists do, by the seat of that name."""
        return one.role in Attendance.VOTING if one.role else one.name in self._seated

    def quorum(self, row: AgendaRow) -> Quorum:
        """Counted over the whole case; more than the board's share of its seats must be there."""
        seats = self._seat_count()
        needed = seats * self.meeting.board.quorum_percent // 100 + 1 if seats else 0
        return Quorum(len(self.roster(row).present), seats, needed)

    def share(self, one: Attendance, row: AgendaRow) -> float:
        """1 for the whole case, 0.5 for part of it, or where times do not tell, 0 for none of it."""
        if one.status not in HERE or (one.days and (row.day or 1) not in one.days):
            return 0
        intervals = list(one.intervals.all())
        if not intervals:
            return 1 if one.status == Attendance.Status.PRESENT or one.days else 0.5
        away = [interval for interval in intervals if interval.not_case]
        if any(self._is(row, interval.not_case) for interval in away):
            return 0
        others = [interval for interval in intervals if not interval.not_case]
        return max((self._covered(interval, row) for interval in others), default=1)

    def _covered(self, interval: Interval, row: AgendaRow) -> float:
        if interval.day and interval.day != (row.day or 1):
            return 0
        if interval.only_case:
            return 1 if self._is(row, interval.only_case) else 0
        if not self._within_cases(interval, row):
            return 0
        if interval.start is None and interval.end is None:
            return 1
        return self._within_times(interval, row)

    def _within_cases(self, interval: Interval, row: AgendaRow) -> bool:
        """From and until a case include both ends."""
        place = self._order[row.pk]
        first, last = self._place_of(interval.from_case), self._place_of(interval.until_case)
        return (first is None or place >= first) and (last is None or place <= last)

    def _within_times(self, interval: Interval, row: AgendaRow) -> float:
        """The case as it went where that is known, else as it was planned (R49)."""
        start, end = timing.actual_span(row) if row.started_at else timing.treated_span(row, self.rows)
        if start is None:
            return 0.5
        came = timing.minute(interval.start) or 0
        left = timing.DAY if interval.end is None else timing.minute(interval.end)
        end = start if end is None else end
        if came <= start and end <= left and (start < left or start == end == left):
            return 1
        return 0.5 if came < end and start < left else 0

    def _place_of(self, label: str) -> int | None:
        found = next((row for row in self._cases if label and self._is(row, label)), None)
        return self._order[found.pk] if found else None

    def _is(self, row: AgendaRow, label: str) -> bool:
        if not label:
            return False
        if row.label == label:
            return True
        scheme = self.meeting.board.scheme
        number = caseid.parse(label, scheme, meeting=self.meeting.sequence, year=self.meeting.first_day.year)
        if number is None:
            return False
        numbers = (row.item, row.number_meeting, row.number_year)
        return numbers == (number.item, number.meeting, number.year) and number.part in (None, row.part)

    def _seat_count(self) -> int:
        """Voting seats of the board that day, vacant ones too; for a meeting without a register, those on the list."""
        return len(self._seated) or sum(1 for one in self.list if one.role in SEATED)


def roster(meeting: Meeting, row: AgendaRow) -> Roster:
    """As `Attendants.roster`, for one case."""
    return Attendants(meeting).roster(row)


def quorum(meeting: Meeting, row: AgendaRow) -> Quorum:
    """As `Attendants.quorum`, for one case."""
    return Attendants(meeting).quorum(row)
