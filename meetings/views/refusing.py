"""Refused acts on the agenda: the reasons in the builder, or without JavaScript on a page of their own."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

from boardroom.lib.errors import error_page
from boardroom.lib.workflow import TransitionRefused
from meetings import rules
from meetings.views.agenda import Shown, build, still_open
from meetings.views.gate import find_meeting


def answers_in_place(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A refused act is answered with 409 and the reasons; for htmx above the agenda, as it is now."""

    @wraps(view)
    def answer(request: HttpRequest, board: str, meeting: str, **kwargs) -> HttpResponse:
        try:
            return view(request, board, meeting, **kwargs)
        except TransitionRefused as refusal:
            found = find_meeting(request, board, meeting, "meetings.edit")
            if not request.htmx:
                return error_page(request, 409, refusal.reasons)
            if not rules.may_edit_agenda(request.user, found):
                return HttpResponse(status=204, headers={"HX-Refresh": "true"})
            still = kwargs.get("row", 0) if "autosave" in request.POST else still_open(request)
            return build(request, found, Shown(refused=refusal.reasons, still=still, status=409))

    return answer
