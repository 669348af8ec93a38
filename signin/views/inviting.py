"""Inviting to sign in, following an invitation, and the page one lands on the first time."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from boards.models import Board, Person
from boards.roles import acts_of, roles_of
from boards.views.gate import answers_refusals, find_board
from signin import invitations
from signin.models import Invitation
from signin.views.door import come_in
from signin.views.link import gone


@require_POST
@answers_refusals
def invite(request: HttpRequest, board: str, person: int) -> HttpResponse:
    """The person gets an invitation, or a new one."""
    found = find_board(request, board, "boards.edit_people")
    current = get_object_or_404(Person.objects.filter(seats__board=found).distinct(), pk=person)
    invitations.invite(current, by=request.user, board=found, now=timezone.now())
    sentence = gettext("An invitation is on its way to %(email)s. It works once, for 24 hours.")
    messages.success(request, sentence % {"email": current.email})
    return redirect("boards:person", found.slug, current.pk)


@require_POST
@answers_refusals
def invite_all(request: HttpRequest, board: str) -> HttpResponse:
    """Everybody on the board who never signed in gets an invitation, unless one is on its way."""
    found = find_board(request, board, "boards.edit_people")
    invited, left = invitations.invite_all(found, by=request.user, now=timezone.now())
    if invited:
        names = ", ".join(person.name for person in invited)
        messages.success(request, gettext("Invitations are on their way to %(names)s.") % {"names": names})
    for sentence in left:
        messages.warning(request, sentence)
    if not invited and not left:
        messages.info(request, gettext("Everybody has an account or an invitation already."))
    return redirect("boards:people", found.slug)


@require_POST
def withdraw(request: HttpRequest, board: str, person: int) -> HttpResponse:
    """The invitation no longer works."""
    found = find_board(request, board, "boards.edit_people")
    current = get_object_or_404(Person.objects.filter(seats__board=found).distinct(), pk=person)
    invitations.withdraw(current, by=request.user, board=found, now=timezone.now())
    messages.success(request, gettext("The invitation is withdrawn. The link in the mail no longer works."))
    return redirect("boards:person", found.slug, current.pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail. Looking at it uses nothing, as mail scanners look at links; the button on it signs in, once."""
    found, now = Invitation.of_token(token), timezone.now()
    if found is not None and request.user.is_authenticated and found.person.user == request.user:
        return redirect("welcome")
    if found is None or not found.is_open(now):
        return gone(request)
    if request.method != "POST":
        with translation.override(found.person.user.language):
            return render(request, "signin/invitation.html", {"found": found, "without_navigation": True})
    user = invitations.use(found, now)
    return come_in(request, user, "code", "") if user else gone(request)


@require_safe
def welcome(request: HttpRequest) -> HttpResponse:
    """Which boards one is on, what one can do there, and how to come in the next time."""
    boards = Board.objects.visible_to(request.user).order_by("name")
    values = {"boards": [seat_of(request.user, board) for board in boards if roles_of(request.user, board)]}
    return render(request, "signin/welcome.html", values)


def seat_of(user, board: Board) -> dict:
    """The board, and what the user can do there, the everyday first."""
    acts = acts_of(user, board)
    listed = [
        ("meetings.edit", gettext("plan meetings, and send the call")),
        ("minutes.write", gettext("write the minutes, and send them for review")),
        ("meetings.answer_call", gettext("read the call and the papers, and say whether you come")),
        ("minutes.remark", gettext("send remarks to the draft of the minutes")),
        ("followups.report", gettext("tell how your follow-ups stand")),
        ("documents.read", gettext("find earlier decisions and minutes")),
    ]
    return {"board": board, "can": [word for act, word in listed if act in acts][:4]}
