"""The project's own pages: home, language, accessibility statement, health, and the pages for errors."""

import logging
import secrets
import sys
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.held import sent_too_late
from boardroom import health as condition
from boardroom.lib.errors import error_page
from boards.roles import keeps_a_board, may
from publishing.desk import desk

logger = logging.getLogger("boardroom")
BEHIND = frozenset({"42P01", "42703"})  # PostgreSQL: undefined table, undefined column


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Where who keeps a board begins: what is next on each, and what waits. Whoever writes on none is led to their own page."""
    if not keeps_a_board(request.user):
        return redirect("my_page")
    today = timezone.localdate()
    values = {"desk": desk(request.user, today), "today": today, "may_create": may(request.user, "boards.create", None)}
    return render(request, "boardroom/home.html", values)


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """The chosen language is kept for the account and on this device; then back to the same page."""
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        return error_page(request, 422, [gettext("Boardroom does not speak that language.")])
    if request.user.is_authenticated:
        get_user_model().objects.filter(pk=request.user.pk).update(language=language)
    return remember_language(redirect(own_path(request, request.POST.get("next", ""))), language)


@require_safe
def choose_language_on_device(request: HttpRequest, language: str) -> HttpResponse:
    """For a visitor: a cookie on this device, nothing else changes. Public pages hold no form, so they are alike for all."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    return remember_language(redirect(own_path(request, request.GET.get("next", ""))), language)


def own_path(request: HttpRequest, goal: str) -> str:
    safe = url_has_allowed_host_and_scheme(goal, {request.get_host()}, require_https=request.is_secure())
    return goal if safe and goal.startswith("/") and goal.isprintable() else "/"


def remember_language(response: HttpResponse, language: str) -> HttpResponse:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
    return response


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "boardroom/accessibility.html")


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """For watchers and for tests that wait until all work is done (reliability.md 6.1)."""
    state = condition.examine()
    return JsonResponse(state, status=200 if state["ok"] else 503)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    sentence = str(exception)
    return error_page(request, 403, [sentence] if sentence else [])


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403. Where the form came from this site, and only the session is another since, it is shown to be sent again (F21)."""
    came_from = urlsplit(request.META.get("HTTP_ORIGIN", "")).netloc
    is_ones_own = came_from == request.get_host() and request.user.is_authenticated and not request.htmx
    if is_ones_own and (late := sent_too_late(request)):
        return render(request, "accounts/resend.html", {"held": late}, status=403)
    sentence = gettext(
        "The form was opened too long ago, or was sent from another site. Open the page again and send it."
    )
    return error_page(request, 403, [sentence])


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when the database cannot be used. The incident number stands in the log beside the failure."""
    if is_database_away(sys.exc_info()[1]):
        return error_page(request, 503, retry_after=5)
    incident = secrets.token_hex(4)
    logger.error("Incident %s: %s %s", incident, request.method, request.path)
    return error_page(request, 500, incident=incident)


def is_database_away(failure: BaseException | None) -> bool:
    """The database does not answer, or stands at an older release than the code: a table or column is missing (F17)."""
    if isinstance(failure, OperationalError | InterfaceError):
        return True
    return isinstance(failure, ProgrammingError) and getattr(failure.__cause__, "sqlstate", "") in BEHIND
