"""Sending the call and a supplementary one; the page of the call, with who got it and who did not."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from boardroom.lib.workflow import TransitionRefused
from meetings import notices, overview, readiness, reading
from meetings.models import Meeting
from meetings.workflow import CALL
from publishing import calling
from publishing.deliveries import deliveries, may_be_called
from publishing.forms import CallForm, RecipientForm
from publishing.preview import newest
from publishing.views.gate import form_page, meeting_for, refused


def send_call(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    found = meeting_for(request, board, meeting, "meetings.send_call")
    form = _form(request, found)
    if request.method == "POST" and form.is_valid():
        return _sent(request, found, calling.send_call, form)
    context = {"meeting": found, "problems": _problems(found), "obstacles": CALL.obstacles(found)}
    return form_page(request, "publishing/send_call.html", form, **context)


def send_supplementary_call(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    found = meeting_for(request, board, meeting, "meetings.send_call")
    form = _form(request, found)
    if request.method == "POST" and form.is_valid():
        return _sent(request, found, calling.send_supplementary_call, form)
    context = {"meeting": found, "obstacles": calling.supplementary_obstacles(found), "problems": _problems(found)}
    context["late"] = found.agenda_rows.filter(is_late=True)
    return form_page(request, "publishing/send_supplementary_call.html", form, **context)


def call(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """What was sent when, to whom, and what became of each letter."""
    found = meeting_for(request, board, meeting, "meetings.send_call")
    return _call_page(request, found, None)


@require_POST
def send_again(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """To everybody the letter did not reach."""
    found = meeting_for(request, board, meeting, "meetings.send_call")
    number = calling.send_again(found, by=request.user, at=timezone.now())
    if number:
        said = ngettext("%(number)s letter is on its way again.", "%(number)s letters are on their way again.", number)
        messages.success(request, said % {"number": number})
    else:
        messages.info(request, _("There was nothing to send again."))
    return redirect("publishing:call", found.board.slug, found.slug)


@require_POST
def add_recipient(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """One more is called."""
    found = meeting_for(request, board, meeting, "meetings.send_call")
    form = RecipientForm(request.POST, persons=may_be_called(found, timezone.localdate()))
    if not form.is_valid():
        return _call_page(request, found, form)
    person = form.cleaned_data["person"]
    try:
        calling.add_recipient(found, person, by=request.user, at=timezone.now())
    except TransitionRefused as refusal:
        return refused(request, found, refusal.reasons)
    said = _("The call is on its way to %(name)s.") if person.email else _("%(name)s is called. Print the call.")
    messages.success(request, said % {"name": person.name})
    return redirect("publishing:call", found.board.slug, found.slug)


def _call_page(request: HttpRequest, meeting: Meeting, form: RecipientForm | None) -> HttpResponse:
    today = timezone.localdate()
    others = may_be_called(meeting, today) if meeting.state == Meeting.State.CALLED else []
    context = {
        "meeting": meeting,
        "calls": meeting.calls.select_related("sent_by").order_by("number"),
        "changes": meeting.notices.filter(sequence__gt=0).order_by("sequence"),
        "deliveries": deliveries(meeting, today),
        "form": form or (RecipientForm(persons=others) if others else None),
        "untold": notices.untold(meeting, today),
        "document": newest(meeting, "call"),
    }
    return render(request, "publishing/call.html", context, status=422 if form else 200)


def _form(request: HttpRequest, meeting: Meeting) -> CallForm:
    persons = calling.recipients_of(meeting, timezone.localdate())
    return CallForm(request.POST or None, persons=persons, meeting=meeting)


def _problems(meeting: Meeting) -> list:
    """The same as stands beside the agenda."""
    types = reading.with_types(meeting.board).case_types.all()
    return readiness.before_call(reading.with_days(meeting), overview.read_rows(meeting), types)


def _sent(request: HttpRequest, meeting: Meeting, act, form: CallForm) -> HttpResponse:
    said = form.cleaned_data
    try:
        act(meeting, by=request.user, at=timezone.now(), message=said["message"], persons=said["persons"])
    except TransitionRefused as refusal:
        return refused(request, meeting, refusal.reasons)
    number = sum(1 for person in said["persons"] if person.email)
    told = ngettext(
        "The call is on its way to %(number)s person.", "The call is on its way to %(number)s persons.", number
    )
    messages.success(request, told % {"number": number})
    return redirect("publishing:call", meeting.board.slug, meeting.slug)
