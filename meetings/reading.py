"""What every page of a meeting reads, with SQL that is made once (boardroom.lib.prepared)."""

from django.db.models import BigAutoField, CharField, DateField
from django.utils import timezone

from boardroom.lib.prepared import give, prepared
from boards.models import Board, CaseType, Seat, StandingItem
from meetings.models import (
    AgendaRow,
    Attendance,
    Chair,
    Interval,
    Meeting,
    MeetingDay,
    Paper,
    RepresentationChange,
)


def visible(user, board: str, meeting: str) -> Meeting | None:
    """The meeting at the address, with its board, if the user may know of it."""
    if user.is_authenticated and not user.is_superuser:
        found = _visible(user=user.pk, day=timezone.localdate(), board=board, meeting=meeting)
    else:
        meetings = Meeting.objects.visible_to(user).select_related("board")
        found = meetings.filter(board__slug=board, slug=meeting)
    return next(iter(found), None)


@prepared(user=BigAutoField(), day=DateField(), board=CharField(), meeting=CharField())
def _visible(user, day, board, meeting):
    mine = Board.objects.visible_to(user, day).order_by()
    return Meeting.objects.filter(board__in=mine, board__slug=board, slug=meeting).select_related("board").order_by()


def with_days(meeting: Meeting) -> Meeting:
    """The meeting, whose days are read at most once: for who shows them, not for who changes them."""
    give(meeting, "days", lambda: _days_of(meeting))
    return meeting


def _days_of(meeting: Meeting) -> list[MeetingDay]:
    found = _days(meeting=meeting.pk)
    for day in found:
        day.meeting = meeting
    return found


@prepared(meeting=BigAutoField())
def _days(meeting):
    return MeetingDay.objects.filter(meeting=meeting).order_by("number")


def rows_of(meeting: Meeting) -> list[AgendaRow]:
    """The rows of the agenda in order, read anew."""
    found = _rows(meeting=meeting.pk)
    for row in found:
        row.meeting = meeting
    return found


@prepared(meeting=BigAutoField())
def _rows(meeting):
    return AgendaRow.objects.filter(meeting=meeting).order_by("order", "pk")


def attendance_of(meeting: Meeting) -> list[Attendance]:
    """The attendance list in order, each with its intervals; two queries."""
    found, intervals = _attendance(meeting=meeting.pk), {}
    for interval in _intervals(meeting=meeting.pk):
        intervals.setdefault(interval.attendance_id, []).append(interval)
    for one in found:
        one.meeting = meeting
        give(one, "intervals", intervals.get(one.pk, []))
    return found


@prepared(meeting=BigAutoField())
def _attendance(meeting):
    return Attendance.objects.filter(meeting=meeting).order_by("order", "pk")


@prepared(meeting=BigAutoField())
def _intervals(meeting):
    return Interval.objects.filter(attendance__meeting=meeting).order_by("attendance_id", "order", "pk")


def seats_of(meeting: Meeting) -> list[Seat]:
    """The seats of the board on the meeting's first day, with person and organisation."""
    return _seats(board=meeting.board_id, day=meeting.first_day)


@prepared(board=BigAutoField(), day=DateField())
def _seats(board, day):
    seats = Seat.objects.active_on(day).filter(board=board)
    return seats.select_related("person", "organisation").order_by("order", "pk")


def chairs_of(meeting: Meeting) -> list[Chair]:
    return _chairs(meeting=meeting.pk)


@prepared(meeting=BigAutoField())
def _chairs(meeting):
    return Chair.objects.filter(meeting=meeting).order_by("order", "pk")


def changes_of(meeting: Meeting) -> list[RepresentationChange]:
    return _changes(meeting=meeting.pk)


@prepared(meeting=BigAutoField())
def _changes(meeting):
    return RepresentationChange.objects.filter(meeting=meeting).order_by("order", "pk")


def with_types(board: Board) -> Board:
    """The board, whose case types are read at most once: for who shows them, not for who changes them."""
    give(board, "case_types", lambda: _types(board=board.pk))
    return board


@prepared(board=BigAutoField())
def _types(board):
    return CaseType.objects.filter(board=board).order_by("order", "pk")


def standing_items(board: Board) -> list[StandingItem]:
    return _standing(board=board.pk)


@prepared(board=BigAutoField())
def _standing(board):
    return StandingItem.objects.filter(board=board)


def papers_of_all(meeting: Meeting) -> list[Paper]:
    """The papers of the meeting as a whole that were not replaced."""
    found = _papers(meeting=meeting.pk)
    for paper in found:
        paper.meeting = meeting
    return found


@prepared(meeting=BigAutoField())
def _papers(meeting):
    papers = Paper.objects.filter(meeting=meeting, row=None, replaced_by=None)
    return papers.select_related("file").order_by("order", "pk")
