"""Lists of meetings: over all boards, and of one board."""

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from boards.models import Board
from boards.roles import may, require
from meetings.forms.meeting import FilterForm
from meetings.models import Meeting
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


def unread_boards(user):
    """Boards an administrator may set up but whose meetings are not theirs to read."""
    if not user.is_superuser:
        return Board.objects.none()
    return [board for board in Board.objects.all() if not may(user, "meetings.read", board)]
