"""Telling those who were called that a meeting has changed, by itself or together with the act that changes it."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext

from boards.views.gate import answers_refusals
from meetings import notices
from meetings.forms.telling import TellForm
from meetings.models import Meeting, Notice
from meetings.views.gate import find_meeting, way


@answers_refusals
def tell(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """What has changed and who is told; sent, a new calendar entry is on its way to each."""
    found = find_meeting(request, board, meeting, "meetings.send_call")
    form = TellForm(request.POST or None, meeting=found)
    if request.method == "POST" and form.is_valid():
        made = notices.tell(found, by=request.user, at=timezone.now(), message=form.cleaned_data["message"])
        say(request, made)
        return redirect(found)
    values = {
        "meeting": found,
        "way": way(found),
        "form": form,
        "changes": notices.untold(found),
        "persons": notices.called_to(found),
    }
    return render(request, "meetings/tell.html", values, status=422 if form.is_bound else 200)


def tell_along(request: HttpRequest, meeting: Meeting, said: dict, at: datetime) -> None:
    """Those who were called are told of what was just done with the meeting, where the form says so."""
    if said.get("tell") and notices.untold(meeting, timezone.localdate(at)):
        say(request, notices.tell(meeting, by=request.user, at=at, message=said["reason"]))


def say(request: HttpRequest, made: Notice) -> None:
    number = sum(1 for person in notices.called_to(made.meeting) if person.email)
    said = ngettext(
        "The change is on its way to %(number)s person.", "The change is on its way to %(number)s persons.", number
    )
    messages.success(request, said % {"number": number})
