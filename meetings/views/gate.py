"""Who comes in: the meeting, if this user may know of it."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext

from boards.models import Board
from boards.roles import require
from meetings import rules
from meetings.models import AgendaRow, Meeting


def find_board(request: HttpRequest, slug: str) -> Board:
    return get_object_or_404(Board.objects.visible_to(request.user), slug=slug)


def find_meeting(request: HttpRequest, board: str, meeting: str, act: str = "meetings.read") -> Meeting:
    """The meeting, for someone who may do `act`: 404 where it may not be known of, 403 where it may not be done."""
    meetings = Meeting.objects.visible_to(request.user).select_related("board")
    found = get_object_or_404(meetings, board__slug=board, slug=meeting)
    require(request.user, act, found.board)
    return found


def find_agenda(request: HttpRequest, board: str, meeting: str) -> Meeting:
    """The meeting whose agenda may be read: for all but the secretary there is none before the call (404)."""
    found = find_meeting(request, board, meeting)
    if not rules.may_read_agenda(request.user, found):
        raise Http404
    return found


def find_row(meeting: Meeting, pk: int) -> AgendaRow:
    row = get_object_or_404(meeting.agenda_rows.select_related("case"), pk=pk)
    row.meeting = meeting
    return row


def way(meeting: Meeting, *further: tuple[str, str]) -> list[tuple[str, str]]:
    """The breadcrumbs down to the meeting, and further."""
    board = meeting.board
    return [
        (reverse("boards:board", args=[board.slug]), board.short_name or board.name),
        (reverse("meetings:board-meetings", args=[board.slug]), gettext("Meetings")),
        (meeting.get_absolute_url(), meeting.number or f"{meeting.first_day:%d.%m.%Y}"),
        *further,
    ]
