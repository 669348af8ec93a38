"""The calendar over all boards of the reader and of one board: a year, a month, or a list (R8)."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from boards.models import Board
from boards.roles import may, require
from meetings.calendar import Entry, deadlines_of, entries_of, month_of, year_of
from meetings.models import CalendarEntry, Meeting
from meetings.views.gate import find_board

VIEWS = {"year": _("Year"), "month": _("Month"), "list": _("List")}
BOARDS_AS_LINKS = 6
# A deadline is at most so far from its meeting.
DUE_WITHIN = timedelta(days=120)


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """What every board of the reader does in a year; tentative dates say so."""
    boards = [board for board in Board.objects.visible_to(request.user) if may(request.user, "meetings.read", board)]
    chosen = next((board for board in boards if board.slug == request.GET.get("board")), None)
    return show(request, [chosen] if chosen else boards, {"boards": boards, "chosen": chosen})


@require_safe
def board_calendar(request: HttpRequest, board: str) -> HttpResponse:
    """The same of one board."""
    found = find_board(request, board)
    require(request.user, "meetings.read", found)
    way = [(found.get_absolute_url(), found.short_name or found.name)]
    printed = may(request.user, "meetings.edit", found) and found.calendar.exists()
    return show(request, [found], {"board": found, "way": way, "has_printed_dates": printed})


def show(request: HttpRequest, boards: list[Board], values: dict) -> HttpResponse:
    today = timezone.localdate()
    view = request.GET.get("view") if request.GET.get("view") in VIEWS else "year"
    first = asked_month(request, today)
    plans = [board for board in boards if may(request.user, "meetings.edit", board)]
    due_of = plans if request.GET.get("deadlines") == "on" else []
    if view == "month":
        months = [month_of(first, entries(boards, first, first + relativedelta(months=1, days=-1), due_of), today)]
    else:
        months = year_of(first.year, entries(boards, date(first.year, 1, 1), date(first.year, 12, 31), due_of), today)
    values |= {
        "months": months,
        "view": view,
        "today": today,
        "first": first,
        "count": sum(entry.is_meeting for month in months for entry in month.entries),
        "tentative": sum(entry.is_tentative for month in months for entry in month.entries),
        "is_of_many": len(boards) > 1,
        "links": links(request, view, first, today, values),
        "plans": plans,
        "shows_deadlines": bool(due_of),
    }
    return render(request, "meetings/calendar.html", values)


def entries(boards: list[Board], first: date, last: date, due_of: list[Board]) -> list[Entry]:
    """Three queries, however many boards and meetings; a fourth where deadlines of the boards `due_of` are shown."""
    span = Q(first_day__range=(first, last)) | Q(days__date__range=(first, last)) | Q(moved_from__range=(first, last))
    meetings = Meeting.objects.filter(span, board__in=boards).distinct()
    meetings = meetings.select_related("board").prefetch_related("days")
    printed = CalendarEntry.objects.filter(board__in=boards, date__range=(first, last)).select_related("board")
    if not due_of:
        return entries_of(meetings, printed)
    coming = Meeting.objects.filter(
        board__in=due_of, first_day__gte=first - DUE_WITHIN, first_day__lte=last + DUE_WITHIN
    )
    due = [one for one in deadlines_of(coming.select_related("board")) if first <= one.date <= last]
    return sorted([*entries_of(meetings, printed), *due], key=lambda one: (one.date, bool(one.due), one.board.name))


def asked_month(request: HttpRequest, today: date) -> date:
    """The first day of the year and month asked for; what is no year or month is passed over."""
    year = whole_number(request.GET.get("year", ""), 1900, 2100)
    month = whole_number(request.GET.get("month", ""), 1, 12)
    if year is None:
        return today.replace(day=1, month=month or today.month)
    return date(year, month or (today.month if year == today.year else 1), 1)


def whole_number(text: str, least: int, most: int) -> int | None:
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else None
    return number if number is not None and least <= number <= most else None


def links(request: HttpRequest, view: str, first: date, today: date, values: dict) -> dict:
    """The ways on from here: before and after, the other views, the boards."""
    step = relativedelta(months=1) if view == "month" else relativedelta(years=1)
    chosen = values.get("chosen")
    shows = {"deadlines": "on"} if request.GET.get("deadlines") == "on" else {}
    board = ({"board": chosen.slug} if chosen else {}) | shows
    boards = values.get("boards", [])
    by_board = [("", _("All boards"), chosen is None)]
    by_board += [(one.slug, one.short_name or one.name, one == chosen) for one in boards]
    return {
        "before": address(request, view, first - step, board),
        "after": address(request, view, first + step, board),
        "today": address(request, view, today, board),
        "before_word": first - step,
        "after_word": first + step,
        "views": [(address(request, key, first, board), word, key == view) for key, word in VIEWS.items()],
        "boards": [
            (address(request, view, first, ({"board": slug} if slug else {}) | shows), word, is_here)
            for slug, word, is_here in by_board
        ],
        "deadlines": address(request, view, first, board | {"deadlines": "" if shows else "on"}),
        "choose_board": len(boards) > BOARDS_AS_LINKS,
    }


def address(request: HttpRequest, view: str, day: date, further: dict) -> str:
    said = {"year": day.year} | ({"month": day.month} if view == "month" else {})
    said |= ({"view": view} if view != "year" else {}) | further
    if not 1900 <= day.year <= 2100:
        return ""
    return f"{request.path}?{'&'.join(f'{name}={value}' for name, value in said.items())}"
