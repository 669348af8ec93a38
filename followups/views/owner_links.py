"""The page behind the link in a mail: one follow-up, for one person, without signing in.

Looking at it changes nothing, as mail scanners look at links.
"""

from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts import throttle
from boardroom.lib.errors import error_page
from boardroom.lib.workflow import TransitionRefused
from followups.models import OwnerReport
from followups.owners import links as owner_links
from followups.owners import reporting
from followups.owners.links import Link
from followups.owners.page import own_page
from followups.rules import readable
from followups.views.owning import form_of, to_correct
from mail.composing import language_of
from mail.models import Letter
from minutes.views.gate import refusals_as_409

FRAME = {"without_navigation": True}
GUESSING, ASKING = "follow-up link", "new follow-up link"


def of_a_link(view):
    """Kept by no cache, found by no search engine, and its address told to no other site."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        answer = view(request, token)
        answer["Referrer-Policy"] = "same-origin"  # with no referrer at all its forms would come without an origin
        answer["X-Robots-Tag"] = "noindex, noarchive"
        return answer

    return guarded


@of_a_link
def link(request: HttpRequest, token: str) -> HttpResponse:
    """What was promised and how it stands; the form reports. Who is signed in and may read it is led to the page there."""
    found = owner_links.read(token)
    today = timezone.localdate()
    if found is None or not found.is_open(today):
        return gone(request, token, is_ours=found is not None)
    if request.method != "POST" and _reads_it_signed_in(request, found, today):
        return redirect("followups:own", found.follow_up.board.slug, found.follow_up.pk)
    _speak(request, found)
    page = own_page(found.follow_up, found.person, today)
    earlier = to_correct(request.GET.get("correct", ""), page)
    form, status = form_of(request, page, earlier), 422 if request.method == "POST" else 200
    if form.is_bound and form.is_valid():
        try:
            said = {**form.values(), "person": found.person, "instead_of": earlier}
            reporting.report(found.follow_up, **said, at=timezone.now())
            return redirect(f"{request.path}?done=reported")
        except TransitionRefused as refusal:
            form.add_error(None, refusal.reasons)
            status = 409
    values = {"link": found, "token": token, "board": found.follow_up.board, "page": page, "form": form}
    values |= {"earlier": earlier, "done": request.GET.get("done", "") if status == 200 else ""}
    return render(request, "followups/own_link.html", {**values, **FRAME}, status=status)


@of_a_link
@refusals_as_409
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """A report of the person's own counts no more; the same pressed twice is done once."""
    found = owner_links.read(token)
    if found is None or not found.is_open(timezone.localdate()):
        return gone(request, token, is_ours=found is not None)
    _speak(request, found)
    asked = request.POST.get("report", "")
    own = OwnerReport.objects.filter(follow_up=found.follow_up, person=found.person)
    made = own.filter(pk=int(asked)).first() if asked.isascii() and asked.isdigit() and len(asked) < 19 else None
    if made is None:
        raise Http404
    if made.fate != OwnerReport.Fate.WITHDRAWN:
        reporting.withdraw(made, by=None, at=timezone.now())
    return redirect(reverse("followups:link", args=[token]) + "?done=withdrawn")


@of_a_link
def renew(request: HttpRequest, token: str) -> HttpResponse:
    """A new link goes to the same person, where one may be given; the answer is the same whether it does or not."""
    if blocked := _count(request, ASKING):
        return blocked
    found = owner_links.read(token)
    if found is not None:
        owner_links.send_a_new_one(found, timezone.now())
    return render(request, "followups/own_link_asked.html", FRAME)


def gone(request: HttpRequest, token: str, *, is_ours: bool) -> HttpResponse:
    """One page for every link that does not work: never made, too old, or of something that is over. Guessing is counted."""
    blocked = None if is_ours else _count(request, GUESSING)
    return blocked or render(request, "followups/own_link_gone.html", {"token": token, **FRAME}, status=410)


def _count(request: HttpRequest, what: str) -> HttpResponse | None:
    """One more try from this address; the refusal where there were too many."""
    address, now = request.META.get("REMOTE_ADDR", ""), timezone.now()
    if throttle.is_blocked(what, address, now):
        minutes = settings.SIGN_IN_LIMITS["minutes"]
        reason = _("That was tried too often. Wait %(minutes)s minutes and try again.") % {"minutes": minutes}
        return error_page(request, 429, [reason], retry_after=minutes * 60)
    throttle.record_failure(what, address, now)
    return None


def _reads_it_signed_in(request: HttpRequest, found: Link, today) -> bool:
    user = request.user
    is_own = user.is_authenticated and found.person.user_id == user.pk
    return is_own and readable(user, today).filter(pk=found.follow_up.pk).exists()


def _speak(request: HttpRequest, found: Link) -> None:
    """The language the person's mail has, where this device has chosen none."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and not request.user.is_authenticated:
        translation.activate(language_of(Letter(person=found.person, board=found.follow_up.board)))
