"""What the plan page says after an act, and the way back from it: kept in the session until the page is shown once."""

from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from meetings.models import Meeting

KEY = "plan-said"


@dataclass(frozen=True)
class Said:
    """A sentence, the address and values of the act that undoes it, and the follow-up or heading that gets the focus."""

    words: str = ""
    undo: str = ""
    values: dict = field(default_factory=dict)
    focus: str = ""


def done(
    request: HttpRequest, meeting: Meeting, words: str, *, undo: str = "", values: dict | None = None, focus: str = ""
) -> HttpResponse:
    """To the plan of the meeting, which says `words` and offers to undo; what is undone is not offered again."""
    undo = "" if "undoing" in request.POST else undo
    request.session[KEY] = {"words": str(words), "undo": undo, "values": values or {}, "focus": focus}
    chosen = request.POST.get("chosen", "")
    return redirect(plan_of(meeting) + (f"?chosen={chosen}" if chosen.isascii() and chosen.isdigit() else ""))


def said(request: HttpRequest) -> Said:
    """What is to be said now; nothing the next time."""
    return Said(**request.session.pop(KEY)) if KEY in request.session else Said()


def plan_of(meeting: Meeting) -> str:
    return reverse("followups:meeting-plan", args=[meeting.board.slug, meeting.slug])


def act_on(name: str, meeting: Meeting, *args) -> str:
    """The address of an act in this meeting."""
    return reverse(f"followups:{name}", args=[meeting.board.slug, meeting.slug, *args])
