"""Who is present, at a press beside the case: came, left, is back, a deputy, a guest."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from boardroom.lib.workflow import TransitionRefused
from meetings import presses, running
from meetings.models import Attendance
from meetings.roster import Attendants
from minutes import impartiality
from minutes.live_forms import ClockForm, DeputyForm, GuestForm
from minutes.models import Minutes
from minutes.views.gate import block_for, minutes_for, refusals_as_409
from minutes.views.live import asked_case, cases_context, present_context, proposed_deputies, today_of

ACT = "meetings.take_attendance"


@require_POST
@refusals_as_409
def press(request: HttpRequest, board: str, meeting: str, person: int) -> HttpResponse:
    """One came, left or is back, at the time of the press; or is there, or not, for the whole meeting."""
    found = minutes_for(request, board, meeting, ACT)
    one = person_or_404(found, person)
    before, day, now = presses.standing(one), today_of(found), clock()
    acts = {
        "arrive": lambda: presses.arrive(one, now, by=request.user, day=day),
        "leave": lambda: presses.leave(one, now, by=request.user, day=day, days=found.meeting.days.count()),
        "whole": lambda: presses.whole(one, by=request.user),
        "excused": lambda: presses.excused(one, by=request.user),
    }
    act = acts.get(request.POST.get("press", ""))
    if act is None:
        raise Http404
    act()
    return answer(request, found, said=said(one, day), undo=presses.memory(one, before))


@require_POST
@refusals_as_409
def undo(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """The last press was wrong."""
    found = minutes_for(request, board, meeting, ACT)
    one = presses.undo(found.meeting, request.POST.get("undo", ""), by=request.user)
    return answer(request, found, said=_("Undone for %(name)s.") % {"name": one.name})


@require_POST
@refusals_as_409
def set_clock(request: HttpRequest, board: str, meeting: str, person: int) -> HttpResponse:
    """When somebody came or left, typed."""
    found = minutes_for(request, board, meeting, ACT)
    one, form = person_or_404(found, person), ClockForm(request.POST)
    if form.is_valid():
        before = presses.standing(one)
        try:
            presses.set_clock(one, form.cleaned_data["clock"], by=request.user, day=today_of(found))
        except TransitionRefused as refusal:
            form.add_error("clock", refusal.reasons)
        else:
            return answer(request, found, said=said(one, today_of(found)), undo=presses.memory(one, before))
    return answer(request, found, status=422, opened=one.pk, clock_form=form)


@require_POST
@refusals_as_409
def stand_down(request: HttpRequest, board: str, meeting: str, block: int) -> HttpResponse:
    """The disqualified of a block leaves the table, or is back."""
    one = block_for(request, board, meeting, block)
    act = {"leave": impartiality.leave, "back": impartiality.come_back}.get(request.POST.get("press", ""))
    if act is None:
        raise Http404
    act(one, clock(), by=request.user)
    return answer(request, one.item.minutes, said=_("The time is written in the block."))


@require_POST
@refusals_as_409
def deputy(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """A deputy comes in for somebody."""
    found = minutes_for(request, board, meeting, ACT)
    context = pane_context(request, found)
    deputies = proposed_deputies(found, context["present"])
    form = DeputyForm(request.POST, present=context["present"], deputies=deputies, auto_id="deputy_%s")
    if not form.is_valid():
        return answer(request, found, status=422, deputy=form)
    absent = form.people[form.cleaned_data["absent"]].one
    since = {"at": clock() if running.is_running(found.meeting) else None, "day": today_of(found)}
    one = presses.deputy_in(found.meeting, form.cleaned_data["name"], absent, by=request.user, **since)
    return answer(request, found, said=_("%(name)s is in for %(absent)s.") % {"name": one.name, "absent": absent.name})


@require_POST
@refusals_as_409
def guest(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """A guest is there: in this case, or from now on."""
    found = minutes_for(request, board, meeting, ACT)
    form = GuestForm(request.POST, board=found.meeting.board, auto_id="guest_%s")
    if not form.is_valid():
        return answer(request, found, status=422, guest=form)
    case = asked_case(request, found)
    since = {"at": clock() if running.is_running(found.meeting) else None, "day": today_of(found)}
    only = case.label if case and form.cleaned_data["only_case"] else ""
    typed = form.cleaned_data["name"], form.cleaned_data["organisation"]
    one = presses.guest_in(found.meeting, *typed, by=request.user, only_case=only, **since)
    return answer(request, found, said=_("%(name)s is present.") % {"name": one.name})


def clock():
    """The time of day, to the minute."""
    return timezone.localtime().time().replace(second=0, microsecond=0)


def person_or_404(found: Minutes, pk: int) -> Attendance:
    one = get_object_or_404(found.meeting.attendance.prefetch_related("intervals"), pk=pk)
    one.meeting = found.meeting
    return one


def said(one: Attendance, day: int | None) -> str:
    """What the press did, for the line with its undo."""
    word = _("is present") if presses.is_here(one, day) else one.get_status_display().lower()
    if presses.has_left(one, day):
        word = _("has left")
    return f"{one.name}: {word}."


def pane_context(request: HttpRequest, found: Minutes) -> dict:
    context = cases_context(request, found, request.POST.get("case", ""))
    return context | present_context(found, context, Attendants(found.meeting))


def answer(request: HttpRequest, found: Minutes, *, said: str = "", status: int = 200, **more) -> HttpResponse:
    """The people anew for htmx; else the page at its place, or a refused form on a page of its own."""
    if not request.htmx and status == 200:
        case = asked_case(request, found)
        return redirect(f"{(case or found).get_absolute_url()}#present-pane")
    context = pane_context(request, found) | {"said": said} | more
    template = "minutes/_present_answer.html" if request.htmx else "minutes/present.html"
    response = render(request, template, context, status=status)
    return trigger_client_event(response, "changed") if status == 200 else response
