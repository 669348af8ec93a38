"""The door of the follow-up pages: what the user may know of, and what the role includes."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from boards.models import Board
from boards.roles import require
from followups.models import FollowUp, Report
from followups.rules import readable
from meetings.models import Meeting


def board_for(request: HttpRequest, board: str, act: str) -> Board:
    """Raises Http404, PermissionDenied."""
    found = get_object_or_404(Board.objects.visible_to(request.user), slug=board)
    require(request.user, act, found)
    return found


def follow_up_for(request: HttpRequest, board: str, follow_up: int, act: str) -> FollowUp:
    """A promised follow-up the user may read, with its board. Raises Http404, PermissionDenied."""
    found = readable(request.user, timezone.localdate()).select_related("board", "source_meeting", "source_row")
    one = get_object_or_404(found, board__slug=board, pk=follow_up)
    require(request.user, act, one.board)
    return one


def meeting_for(request: HttpRequest, board: str, meeting: str, act: str) -> Meeting:
    """Raises Http404, PermissionDenied."""
    meetings = Meeting.objects.visible_to(request.user).select_related("board")
    found = get_object_or_404(meetings, board__slug=board, slug=meeting)
    require(request.user, act, found.board)
    return found


def report_for(request: HttpRequest, board: str, meeting: str, report: int, act: str) -> Report:
    """Raises Http404, PermissionDenied."""
    found = meeting_for(request, board, meeting, act)
    reports = Report.objects.filter(meeting=found).select_related("follow_up", "block__item__minutes", "row")
    one = get_object_or_404(reports, pk=report)
    one.meeting = found
    return one
