"""The page that says why a second step is asked for, and leads to it."""

from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from boardroom.lib.errors import page_before
from boards.models import Board
from boards.roles import two_steps_for
from signin import two_steps
from signin.views.door import goal_of


@never_cache
@require_safe
def second(request: HttpRequest) -> HttpResponse:
    """Why and how; whoever has shown a second step is led on to where they were going."""
    if two_steps.are_missing(request):
        return second_page(request, goal_of(request) if "next" in request.GET else "")
    return redirect(request.session.pop(two_steps.GOAL, "security"))


def second_page(request: HttpRequest, goal: str = "", status: int = 200) -> HttpResponse:
    if goal or page_before(request):
        request.session[two_steps.GOAL] = goal or page_before(request)
    user = request.user
    types = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    values = {
        "boards": Board.objects.filter(pk__in=two_steps_for(user)).order_by("name"),
        "types": types,
        "without_navigation": True,
    }
    return render(request, "signin/two_steps.html", values, status=status)
