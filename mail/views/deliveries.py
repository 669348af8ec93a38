"""For who keeps a board: what did not arrive, and sending it again."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from boards.views.gate import find_board, way
from mail import overview, post


def board_mail(request: HttpRequest, board: str) -> HttpResponse:
    """Letters of the last 90 days that did not arrive."""
    found = find_board(request, board, "meetings.send_call")
    rows = overview.not_arrived(found, timezone.now())
    return render(request, "mail/board.html", {"board": found, "way": way(found), "rows": rows})


@transaction.atomic
def send_again(request: HttpRequest, board: str, letter: int) -> HttpResponse:
    """The letter is on its way once more; back to where it was asked for."""
    found = find_board(request, board, "meetings.send_call")
    wanted = get_object_or_404(found.letters.select_related("person", "user", "board"), pk=letter)
    name = overview.Delivery(wanted).name
    if post.send_again(wanted, by=request.user):
        messages.success(request, _("The letter to %(name)s is on its way again.") % {"name": name})
    else:
        messages.info(request, _("The letter to %(name)s is on its way already.") % {"name": name})
    goal = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(goal, {request.get_host()}, require_https=request.is_secure())
    return redirect(goal) if is_ours and goal.startswith("/") else redirect("mail:board", found.slug)
