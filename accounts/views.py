"""Signing in and out."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import throttle
from accounts.models import User
from boardroom.lib.errors import error_page

BACKEND = "django.contrib.auth.backends.ModelBackend"


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
    return redirect(goal_of(request))


@require_POST
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """Demo mode only: signs in the chosen demo role without a password. Elsewhere the address does not exist."""
    roles = User.objects.filter(is_demo=True, is_active=True) if settings.DEMO else User.objects.none()
    login(request, get_object_or_404(roles, username=request.POST.get("username", "")), backend=BACKEND)
    return redirect(goal_of(request))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """The session is gone and the browser is told to forget the pages it kept (A17)."""
    logout(request)
    response = redirect(settings.LOGOUT_REDIRECT_URL)
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def sign_in_page(request: HttpRequest, form: AuthenticationForm, status: int = 200) -> HttpResponse:
    roles = User.objects.filter(is_demo=True, is_active=True).order_by("pk") if settings.DEMO else []
    values = {"form": form, "demo_roles": roles, "goal": goal_of(request), "without_navigation": True}
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
