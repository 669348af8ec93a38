"""Answers that are not what was asked for, as pages in plain words with the error's number (reliability.md 2.4, B20)."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

PAGES = frozenset({400, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503})


def error_page(
    request: HttpRequest | None, status: int, reasons: Iterable[str] = (), retry_after: int | None = None, **context
) -> HttpResponse:
    """The page for `status`; `reasons` are sentences shown to the reader. Touches neither database nor session.

    `retry_after` is the number of seconds after which trying again makes sense; sent with 429 and 503.
    """
    page = status if status in PAGES else 500
    context.setdefault("back", page_before(request))
    values = {"status": status, "reasons": list(reasons), "language": translation.get_language() or "nb", **context}
    response = HttpResponse(render_to_string(f"errors/{page}.html", values), status=status)
    if retry_after is not None:
        response["Retry-After"] = str(retry_after)
    return response


def page_before(request: HttpRequest | None) -> str:
    """The path of this site's page where a form was sent from; empty where the browser does not say."""
    if request is None or request.method != "POST":
        return ""
    came = urlsplit(request.META.get("HTTP_REFERER", ""))
    if came.netloc != request.META.get("HTTP_HOST") or not came.path.startswith("/") or came.path.startswith("//"):
        return ""
    return came.path
