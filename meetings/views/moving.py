"""Another date for a meeting, after a look at what speaks against it."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boards.views.gate import answers_refusals
from followups.models import CLOSED, Action
from meetings import planning, workflow
from meetings.forms.meeting import MoveForm
from meetings.models import Meeting
from meetings.moving import move_doubts
from meetings.views.gate import find_meeting, way
from meetings.views.telling import tell_along


@answers_refusals
def move(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """The meeting has another date. Doubts are shown once; sent again with the same date, the meeting is moved."""
    found = find_meeting(request, board, meeting, "meetings.edit")
    form = MoveForm(request.POST or None, meeting=found)
    if request.method != "POST" or not form.is_valid():
        return show(request, found, form, [])
    day = form.cleaned_data["date"]
    doubts = move_doubts(found, day, request.user)
    if doubts and form.cleaned_data["seen"] != day.isoformat():
        return show(request, found, form, doubts, seen=day.isoformat())
    hours = {name: form.cleaned_data[name] for name in ("start", "end")}
    with transaction.atomic():
        workflow.move(found, day, by=request.user, reason=form.cleaned_data["reason"], **hours)
        planning.place_follow_ups(found)
        tell_along(request, found, form.cleaned_data, timezone.now())
    messages.success(request, _("The meeting has a new date."))
    if request.GET.get("back") == "annual-plan":
        plan = reverse("meetings:annual-plan", args=[found.board.slug])
        return redirect(f"{plan}?year={day.year}#month-{day:%Y-%m}")
    return redirect(found)


def show(request: HttpRequest, found: Meeting, form: MoveForm, doubts: list[str], seen: str = "") -> HttpResponse:
    values = {
        "meeting": found,
        "way": way(found),
        "form": form,
        "doubts": doubts,
        "seen": seen,
        "notes": notes(found),
        "submit": _("Move all the same") if doubts else _("Move the meeting"),
    }
    return render(request, "meetings/move.html", values, status=422 if form.is_bound else 200)


def notes(found: Meeting) -> list[str]:
    """What moves along with the meeting."""
    due = Action.objects.filter(due_meeting=found).exclude(state__in=CLOSED).values("follow_up").distinct().count()
    topics = found.planned_topics.count()
    said = []
    if due:
        sentence = ngettext(
            "%(count)s open follow-up is due at this meeting, and is due on the new date.",
            "%(count)s open follow-ups are due at this meeting, and are due on the new date.",
            due,
        )
        said.append(sentence % {"count": due})
    if topics:
        sentence = ngettext(
            "%(count)s topic of the annual plan goes along.", "%(count)s topics of the annual plan go along.", topics
        )
        said.append(sentence % {"count": topics})
    return said
