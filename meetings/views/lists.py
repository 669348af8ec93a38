"""Lists of meetings: over all boards, of one board, and the calendar (R8)."""

from datetime import date

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from boards.models import Board
from boards.roles import may, require
from meetings.forms.meeting import FilterForm
from meetings.models import CalendarEntry, Meeting
from meetings.views.gate import find_board

PAGE = 40


def meetings(request: HttpRequest) -> HttpResponse:
    """The meetings of all boards the user sits on, the newest year first."""
    found = Meeting.objects.visible_to(request.user).exclude(board__in=unread_boards(request.user))
    boards = Board.objects.visible_to(request.user)
    return listed(
        request, found, None, {"boards": [board for board in boards if may(request.user, "meetings.edit", board)]}
    )


def board_meetings(request: HttpRequest, board: str) -> HttpResponse:
    """The meetings of one board."""
    found = find_board(request, board)
    require(request.user, "meetings.read", found)
    return listed(request, Meeting.objects.visible_to(request.user).filter(board=found), found, {})


def listed(request: HttpRequest, meetings, board: Board | None, context: dict) -> HttpResponse:
    years = sorted({day.year for day in meetings.dates("first_day", "year")}, reverse=True)
    form = FilterForm(request.GET, years=years)
    chosen = form.cleaned_data if form.is_valid() else {}
    if chosen.get("year"):
        meetings = meetings.filter(first_day__year=chosen["year"])
    if chosen.get("state"):
        meetings = meetings.filter(state=chosen["state"])
    rows = meetings.select_related("board", "minutes").annotate(
        cases=Count("agenda_rows", filter=Q(agenda_rows__kind="case"))
    )
    page = Paginator(rows.order_by("-first_day", "-pk"), PAGE).get_page(request.GET.get("page"))
    may_edit = board is not None and may(request.user, "meetings.edit", board)
    values = {"page": page, "filter": form, "board": board, "may_edit": may_edit, "today": timezone.localdate()}
    return render(request, "meetings/meetings.html", values | context)


def calendar(request: HttpRequest) -> HttpResponse:
    """What is coming on every board of the user, or a whole year; tentative dates say so (R8)."""
    today = timezone.localdate()
    year = whole_year(request.GET.get("year", ""))
    first = date(year, 1, 1) if year else today.replace(day=1)
    last = date(year, 12, 31) if year else date.max
    hidden = unread_boards(request.user)
    meetings = Meeting.objects.visible_to(request.user).exclude(board__in=hidden).filter(first_day__range=(first, last))
    entries = CalendarEntry.objects.filter(board__in=Board.objects.visible_to(request.user), date__range=(first, last))
    entries = entries.exclude(board__in=hidden).select_related("board")
    dates = dates_of(meetings.select_related("board").prefetch_related("days"), entries)
    shown = year or today.year
    values = {"dates": dates, "today": today, "year": year, "years": [shown - 1, shown, shown + 1]}
    return render(request, "meetings/calendar.html", values)


def dates_of(meetings, entries) -> list[dict]:
    """Meetings, and the dates of the boards' calendars that are no meeting, in order."""
    known = {(meeting.board_id, day.date) for meeting in meetings for day in meeting.days.all()}
    dates = [
        {"date": meeting.first_day, "board": meeting.board, "meeting": meeting, "days": list(meeting.days.all())}
        for meeting in meetings
    ]
    dates += [
        {"date": entry.date, "board": entry.board, "entry": entry}
        for entry in entries
        if (entry.board_id, entry.date) not in known
    ]
    return sorted(dates, key=lambda one: one["date"])


def whole_year(text: str) -> int | None:
    """The year asked for, if it is one."""
    return int(text) if text.isascii() and text.isdigit() and 1900 <= int(text[:5]) <= 2100 else None


def unread_boards(user):
    """Boards an administrator may set up but whose meetings are not theirs to read."""
    if not user.is_superuser:
        return Board.objects.none()
    return [board for board in Board.objects.all() if not may(user, "meetings.read", board)]
