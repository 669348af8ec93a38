"""Sending the call, and a supplementary call."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import ngettext

from boardroom.lib.workflow import TransitionRefused
from meetings.models import Meeting
from meetings.workflow import CALL
from publishing import calling
from publishing.forms import CallForm
from publishing.views.gate import form_page, meeting_for, refused


def send_call(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    found = meeting_for(request, board, meeting, "meetings.send_call")
    form = CallForm(request.POST or None, persons=calling.recipients_of(found, timezone.localdate()))
    if request.method == "POST" and form.is_valid():
        return _sent(request, found, calling.send_call, form)
    context = {"meeting": found, "missing": calling.missing(found), "obstacles": CALL.obstacles(found)}
    return form_page(request, "publishing/send_call.html", form, **context)


def send_supplementary_call(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    found = meeting_for(request, board, meeting, "meetings.send_call")
    form = CallForm(request.POST or None, persons=calling.recipients_of(found, timezone.localdate()))
    if request.method == "POST" and form.is_valid():
        return _sent(request, found, calling.send_supplementary_call, form)
    context = {"meeting": found, "obstacles": calling.supplementary_obstacles(found)}
    context["late"] = found.agenda_rows.filter(is_late=True)
    return form_page(request, "publishing/send_supplementary_call.html", form, **context)


def _sent(request: HttpRequest, meeting: Meeting, act, form: CallForm) -> HttpResponse:
    said = form.cleaned_data
    try:
        call = act(meeting, by=request.user, at=timezone.now(), message=said["message"], persons=said["persons"])
    except TransitionRefused as refusal:
        return refused(request, meeting, refusal.reasons)
    number = call.recipients.exclude(email="").count()
    told = ngettext(
        "The call is on its way to %(number)s person.", "The call is on its way to %(number)s persons.", number
    )
    messages.success(request, told % {"number": number})
    return redirect("publishing:documents", meeting.board.slug, meeting.slug)
