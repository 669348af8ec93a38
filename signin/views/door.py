"""The door: the sign-in page, coming in by password or as a demo role, and what every way in has in common."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import held
from accounts.models import User
from signin import invitations, providers
from signin.forms import LinkForm, PasswordForm

BACKEND = "accounts.backends.Backend"


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The page with every way in. A known and an unknown account get the same answer (A16)."""
    if request.method != "POST":
        return redirect(goal_of(request)) if request.user.is_authenticated else sign_in_page(request)
    form = PasswordForm(request, data=request.POST)
    if not form.is_valid():
        return sign_in_page(request, form, status=422)
    return come_in(request, form.get_user(), "password", goal_of(request))


@never_cache
@require_POST
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """Demo mode only: signs in the chosen demo role without a password. Elsewhere the address does not exist."""
    roles = User.objects.filter(is_demo=True, is_active=True) if settings.DEMO else User.objects.none()
    user = get_object_or_404(roles, username=request.POST.get("username", ""))
    login(request, user, backend=BACKEND)
    UserSession.objects.create_from_request(request)
    found = held.carried(request)
    return render(request, "accounts/resend.html", {"held": found}) if found else redirect(goal_of(request))


def come_in(request: HttpRequest, user: User, method: str, goal: str) -> HttpResponse:
    """The user showed who they are; now a second factor if they have one, else they are in, in a session of a new id."""
    held.keep(request)
    record_authentication(request, user, method=method)
    if invitations.come_for_the_first_time(user, timezone.now()):
        goal = resolve_url("welcome")
    return perform_login(request, Login(user=user, redirect_url=goal))


@never_cache
def sign_in_first(request: HttpRequest, late: held.Held) -> HttpResponse:
    """The sign-in page in answer to a form that came after the session had ended, with the form in it (401)."""
    return sign_in_page(request, status=401, late=late)


def sign_in_page(
    request: HttpRequest,
    form: PasswordForm | None = None,
    link_form: LinkForm | None = None,
    status: int = 200,
    late: held.Held | None = None,
) -> HttpResponse:
    roles = User.objects.filter(is_demo=True, is_active=True).order_by("pk") if settings.DEMO else []
    values = {
        "form": form or PasswordForm(request),
        "link_form": link_form or LinkForm(auto_id="link_%s"),
        "providers": providers.offered(),
        "demo_roles": roles,
        "goal": goal_of(request),
        "held": late or held.carried(request),
        "without_navigation": True,
    }
    return render(request, "signin/sign_in.html", values, status=status)


def goal_of(request: HttpRequest) -> str:
    """Where to go after signing in: only ever an address of this site."""
    goal = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(goal, {request.get_host()}, require_https=request.is_secure())
    return goal if safe and goal.startswith("/") and goal.isprintable() else resolve_url(settings.LOGIN_REDIRECT_URL)
