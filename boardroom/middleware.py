"""What every request passes before a view sees it: headers, limits, language, and who may come in at all."""

import codecs
import contextlib
import ipaddress
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext

from accounts.form_tokens import FIELD, once
from accounts.held import sent_too_late
from boardroom.lib.errors import PAGES, error_page
from boardroom.lib.kept import unsaved
from boardroom.routes import route_of
from signin import two_steps
from signin.routes import ROUTES as SIGN_IN
from signin.views.door import sign_in_first
from signin.views.two_steps import second_page

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "camera",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "payment",
        "usb",
    )
)


class ClientAddress:
    """REMOTE_ADDR is the client's, also behind TRUSTED_PROXIES proxies that each add whom they heard it from.

    What stands further left in X-Forwarded-For was written by the sender, and is not read. Where the header is shorter
    than the row of proxies, or no address, what the connection says stays.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if 0 < settings.TRUSTED_PROXIES <= len(hops):
            with contextlib.suppress(ValueError):
                request.META["REMOTE_ADDR"] = str(ipaddress.ip_address(hops[-settings.TRUSTED_PROXIES].strip()))
        return self.get_response(request)


class SecurityHeaders:
    """Every answer, also a refused one, carries the headers that the design of reliability.md B16 names."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        translation.activate(settings.LANGUAGE_CODE)
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
        return response


class RequestLimits:
    """Refuses what is too large (413) or cannot be read (400) before a byte of the body is taken (reliability.md 0.8)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isascii() or not length.isdigit() or not self.is_readable(request):
            return error_page(request, 400)
        if int(length[:20]) > settings.MAX_BODY_BYTES:
            megabytes = settings.MAX_BODY_BYTES // 1024**2
            response = error_page(request, 413, megabytes=megabytes, sent=-(-int(length[:20]) // 1024**2))
            response["Connection"] = "close"
            return response
        return self.get_response(request)

    @staticmethod
    def is_readable(request: HttpRequest) -> bool:
        """No NUL in the address, which PostgreSQL cannot hold, and a character set that exists."""
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return False
        try:
            codecs.lookup(request.content_params.get("charset", "utf-8") if request.content_params else "utf-8")
        except LookupError:
            return False
        return True


class Language:
    """The account's language when signed in, else the one chosen on this device, else bokmål."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            language = request.user.language
        if language not in dict(settings.LANGUAGES):
            language = settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Cookie"])
        return response


class RouteAccess:
    """Only rows of the route table that say «public» are open to visitors; the table also decides the methods.

    Whether a visitor is sent to sign in is decided by the route, never by the object (reliability.md 2.4).
    Pages of someone signed in are never kept by a cache.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            response["Cache-Control"] = "private, no-store"
            response.headers.setdefault("X-Robots-Tag", "noindex, noarchive")
        return response

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        route = route_of(request.resolver_match.view_name)
        is_open = route is not None and route.audience == "public"
        if not is_open and not request.user.is_authenticated:
            return self.to_sign_in(request)
        if route is not None and request.method not in route.allowed_methods:
            return HttpResponseNotAllowed(sorted(route.allowed_methods))
        return None

    @staticmethod
    def to_sign_in(request: HttpRequest) -> HttpResponse:
        if request.htmx:  # the page stays, with what is typed in it; static/js/keep.js offers to sign in beside it
            return HttpResponse(gettext("You are signed out. Sign in in a new tab."), status=401)
        if request.method == "POST" and (late := sent_too_late(request)):
            return sign_in_first(request, late)
        goal = (
            request.get_full_path() if request.method in {"GET", "HEAD"} else resolve_url(settings.LOGIN_REDIRECT_URL)
        )
        return redirect_to_login(goal)


class TwoSteps:
    """Who sits on a board that asks for two steps at signing in, and has shown one, is led to the other (A16).

    It is asked of the session, before anything but signing in: so no list, search or page of one's own shows what the
    board shields. What is sent is not taken, and stays in the browser.
    """

    FREE = frozenset(
        {"session", "sign_out", "language", *(name for name, row in SIGN_IN.items() if row.audience != "board")}
    )

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        name = request.resolver_match.view_name
        route = route_of(name)
        is_free = name in self.FREE or (route is not None and route.audience == "public")
        if is_free or not request.user.is_authenticated or not two_steps.are_missing(request):
            return None
        if request.htmx:
            sentence = gettext("Sign in in two steps first, in a new tab. What you wrote is kept here.")
            return unsaved(HttpResponse(sentence, status=403), request.POST.get("key", ""), sentence)
        if request.method in {"GET", "HEAD"}:
            return redirect(f"{reverse('two_steps')}?next={quote(request.get_full_path())}")
        return second_page(request, status=403)


class Receipts:
    """Tells static/js/keep.js that a form sent as a page was taken, so that the browser forgets its copy (F21).

    The form carries a word of the browser's own, which comes back as a cookie when the answer leads on.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and response.status_code in {302, 303} and request.user.is_authenticated:
            receipt = request.POST.get("keep_receipt", "")
            if receipt.isascii() and receipt.isalnum() and len(receipt) <= 60:
                response.set_cookie(
                    settings.KEPT_COOKIE_NAME, receipt, max_age=600, secure=settings.HTTPS, samesite="Lax"
                )
        return response


class FormsOnce:
    """A form with a token is done once, however often it is sent (F20)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        if request.method != "POST" or FIELD not in request.POST or not request.user.is_authenticated:
            return None
        return once(request, lambda: view(request, *args, **kwargs))


class ErrorPages:
    """An answer that is an error without a word of its own gets the page for its number."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code not in PAGES or response.streaming or response.content:
            return response
        page = error_page(request, response.status_code)
        for name in ("Allow", "Retry-After"):
            if name in response:
                page[name] = response[name]
        return page
