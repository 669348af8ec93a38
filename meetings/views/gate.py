"""Who comes in: the meeting, if this user may know of it."""

from django.db.models import BigAutoField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext

from boardroom.lib.prepared import prepared
from boards.models import Board
from boards.roles import require
from meetings import reading, rules
from meetings.models import AgendaRow, Meeting


def find_board(request: HttpRequest, slug: str) -> Board:
    return get_object_or_404(Board.objects.visible_to(request.user), slug=slug)


def find_meeting(request: HttpRequest, board: str, meeting: str, act: str = "meetings.read") -> Meeting:
    """The meeting, for someone who may do `act`: 404 where it may not be known of, 403 where it may not be done."""
    found = reading.visible(request.user, board, meeting)
    if found is None:
        raise Http404
    require(request.user, act, found.board)
    return reading.with_days(found) if request.method in {"GET", "HEAD"} else found


def find_agenda(request: HttpRequest, board: str, meeting: str) -> Meeting:
    """The meeting whose agenda may be read: for all but the secretary there is none before the call (404)."""
    found = find_meeting(request, board, meeting)
    if not rules.may_read_agenda(request.user, found):
        raise Http404
    return found


def find_row(meeting: Meeting, pk: int) -> AgendaRow:
    row = next(iter(_rows(meeting=meeting.pk, row=pk)), None)
    if row is None:
        raise Http404
    row.meeting = meeting
    return row


@prepared(meeting=BigAutoField(), row=BigAutoField())
def _rows(meeting, row):
    return AgendaRow.objects.filter(meeting=meeting, pk=row).select_related("case").order_by()


def back_to(meeting: Meeting, row: AgendaRow | None = None) -> HttpResponse:
    """The agenda again, at the row."""
    place = f"#row-{row.pk}" if row else ""
    return redirect(reverse("meetings:agenda", args=[meeting.board.slug, meeting.slug]) + place)


def way(meeting: Meeting, *further: tuple[str, str]) -> list[tuple[str, str]]:
    """The breadcrumbs down to the meeting, and further."""
    board = meeting.board
    return [
        (reverse("boards:board", args=[board.slug]), board.short_name or board.name),
        (reverse("meetings:board-meetings", args=[board.slug]), gettext("Meetings")),
        (meeting.get_absolute_url(), meeting.number or f"{meeting.first_day:%d.%m.%Y}"),
        *further,
    ]
