"""What to look over: a part of the minutes' and the agenda's page, and a page of its own."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from meetings.models import Meeting
from meetings.views.gate import way
from publishing import warnings
from publishing.views.gate import meeting_for


@require_safe
def look_over(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """The warnings of the minutes (`?of=minutes`) or the agenda (`?of=agenda`); without a word, of what there is."""
    found = meeting_for(request, board, meeting, "minutes.write")
    return answer(request, found, asked_of(request.GET.get("of"), found))


@require_POST
def set_aside(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """One warning set aside for this meeting (`to=aside`), or brought back (`to=back`)."""
    found = meeting_for(request, board, meeting, "minutes.write")
    of, key = asked_of(request.POST.get("of"), found), request.POST.get("key", "")
    if request.POST.get("to") == "back":
        warnings.bring_back(found, key, by=request.user)
    else:
        gathered = warnings.warnings_of(found, of)
        warning = next((one for one in [*gathered.open, *gathered.expected] if one.key == key), None)
        if warning:
            warnings.set_aside(found, warning, by=request.user)
    if request.htmx:
        return answer(request, found, of)
    return redirect(f"{reverse('publishing:warnings', args=[board, meeting])}?of={of}")


def asked_of(asked: str | None, meeting: Meeting) -> str:
    if asked not in {None, "", warnings.MINUTES, warnings.AGENDA}:
        raise Http404
    has_minutes = hasattr(meeting, "minutes")
    return asked or (warnings.MINUTES if has_minutes else warnings.AGENDA)


def answer(request: HttpRequest, meeting: Meeting, of: str) -> HttpResponse:
    found = warnings.warnings_of(meeting, of)
    seen = request.GET.get("seen") or request.POST.get("seen")
    context = {
        "found": found,
        "of": of,
        "meeting": meeting,
        "board": meeting.board,
        "way": way(meeting),
        "is_news": bool(seen) and seen != str(len(found.open)),
    }
    template = "publishing/_warnings.html" if request.htmx else "publishing/warnings.html"
    return render(request, template, context)
