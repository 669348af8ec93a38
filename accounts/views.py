"""The session: who is signed in, and signing out. How one comes in is signin's."""

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe


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
