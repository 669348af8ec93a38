"""Signing in and out."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import held, throttle
from accounts.models import User
from boardroom.lib.errors import error_page

BACKEND = "accounts.backends.Backend"


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The page with the form and, in demo mode, the demo roles. A known and an unknown account get the same answer."""
    if request.method != "POST":
        if request.user.is_authenticated:
            return redirect(goal_of(request))
        return sign_in_page(request, AuthenticationForm(request))
    account, address, now = request.POST.get("username", ""), request.META.get("REMOTE_ADDR", ""), timezone.now()
    if throttle.is_blocked(account, address, now):
        return too_often(request)
    form = AuthenticationForm(request, data=request.POST)
    if not form.is_valid():
        throttle.record_failure(account, address, now)
        return sign_in_page(request, form, status=422)
    throttle.forget(account, address)
    login(request, form.get_user())
    return signed_in(request)


@require_POST
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """Demo mode only: signs in the chosen demo role without a password. Elsewhere the address does not exist."""
    roles = User.objects.filter(is_demo=True, is_active=True) if settings.DEMO else User.objects.none()
    login(request, get_object_or_404(roles, username=request.POST.get("username", "")), backend=BACKEND)
    return signed_in(request)


@never_cache
def signed_in(request: HttpRequest) -> HttpResponse:
    """On to where one was going; where a form had come too late, to a page that holds what was typed in it (F21)."""
    found = held.carried(request)
    if found is None:
        return redirect(goal_of(request))
    return render(request, "accounts/resend.html", {"held": found})


@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """Asks first where texts of this browser are not sent (static/js/keep.js leads here); then the session is gone.

    The browser is told to forget the pages it kept (A17), and not its storage: what others have waiting there is theirs.
    """
    if request.method != "POST":
        return render(request, "accounts/sign_out.html")
    logout(request)
    response = redirect(settings.LOGOUT_REDIRECT_URL)
    response["Clear-Site-Data"] = '"cache"'
    return response


@never_cache
@require_safe
def session(request: HttpRequest) -> HttpResponse:
    """For static/js/keep.js, which has a text to send: who is signed in, and the word that goes with every form.

    In a tab of its own, where one signed in for that text's sake, a page that says so.
    """
    if request.htmx:
        return JsonResponse({"user": request.user.pk, "token": get_token(request)})
    return render(request, "accounts/session.html")


@never_cache
def sign_in_first(request: HttpRequest, late: held.Held) -> HttpResponse:
    """The sign-in page in answer to a form that came after the session had ended, with the form in it (401)."""
    return sign_in_page(request, AuthenticationForm(request), status=401, late=late)


def sign_in_page(
    request: HttpRequest, form: AuthenticationForm, status: int = 200, late: held.Held | None = None
) -> HttpResponse:
    roles = User.objects.filter(is_demo=True, is_active=True).order_by("pk") if settings.DEMO else []
    values = {"form": form, "demo_roles": roles, "goal": goal_of(request), "without_navigation": True}
    values["held"] = late or held.carried(request)
    return render(request, "accounts/sign_in.html", values, status=status)


def too_often(request: HttpRequest) -> HttpResponse:
    minutes = settings.SIGN_IN_LIMITS["minutes"]
    sentence = gettext(
        "There have been too many attempts to sign in from here. Wait %(minutes)d minutes and try again."
    )
    return error_page(request, 429, [sentence % {"minutes": minutes}], retry_after=minutes * 60)


def goal_of(request: HttpRequest) -> str:
    """Where to go after signing in: only ever an address of this site."""
    goal = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(goal, {request.get_host()}, require_https=request.is_secure())
    return goal if safe and goal.startswith("/") and goal.isprintable() else resolve_url(settings.LOGIN_REDIRECT_URL)
