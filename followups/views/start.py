"""The meeting starts: its draft is made with its follow-ups, its attendance filled in, and its clock runs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from followups import drafting
from followups.views.gate import meeting_for
from minutes.views.gate import refusals_as_409


@require_POST
@refusals_as_409
def start_meeting(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """The meeting goes on from now, and its minutes are open for writing; pressed again they are only opened."""
    found = meeting_for(request, board, meeting, "minutes.write")
    return redirect(drafting.start_meeting(found, request.user, at=timezone.now()))
