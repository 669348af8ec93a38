"""What every view of this app begins and ends with: the object the user may know of, and the page that says why not."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from boards.roles import require
from meetings.models import Meeting
from minutes.models import Minutes
from publishing.models import Document


def meeting_for(request: HttpRequest, board: str, meeting: str, act: str) -> Meeting:
    """The meeting, for a user who may do `act` on its board; 404 for one not to be known of, 403 for one not to be done."""
    visible = Meeting.objects.visible_to(request.user).select_related("board")
    found = get_object_or_404(visible, board__slug=board, slug=meeting)
    require(request.user, act, found.board)
    return found


def minutes_for(request: HttpRequest, board: str, meeting: str, act: str) -> Minutes:
    """The minutes of the meeting, as `meeting_for`."""
    visible = Minutes.objects.visible_to(request.user).select_related("meeting__board")
    found = get_object_or_404(visible, meeting__board__slug=board, meeting__slug=meeting)
    require(request.user, act, found.meeting.board)
    return found


def document_for(request: HttpRequest, board: str, meeting: str, kind: str, version: int, act: str) -> Document:
    """The version of the document, for a user who may do `act`; drafts are not told of where they may not be read."""
    visible = Document.objects.visible_to(request.user).select_related("board", "meeting", "issued_by")
    found = get_object_or_404(visible, board__slug=board, meeting__slug=meeting, kind=kind, version=version)
    require(request.user, act, found.board)
    return found


def refused(request: HttpRequest, meeting: Meeting, reasons: list[str]) -> HttpResponse:
    """409: not now, and why."""
    return render(request, "publishing/refused.html", {"meeting": meeting, "reasons": reasons}, status=409)


def form_page(request: HttpRequest, template: str, form, **context) -> HttpResponse:
    """The page of an act with its form; 422 where the form was sent and has errors."""
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)
