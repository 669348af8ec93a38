"""Answers to a form whose text the browser keeps until it is saved: static/js/keep.js reads them (R67, F18-F21).

A form says which one it is by `data-keep`; the same word is the `key` here.
"""

import json
from datetime import datetime

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.formats import time_format
from django_htmx.http import reswap, trigger_client_event

UNANSWERED_MAX = 5


def kept(response: HttpResponse, key: str, version: int | None = None) -> HttpResponse:
    """The browser forgets its copy and says when it was saved; the next save builds on `version`."""
    return trigger_client_event(response, "kept", {"key": key, "version": version, "at": clock(timezone.now())})


def unsaved(response: HttpResponse, key: str, why: str) -> HttpResponse:
    """The browser goes on keeping the text and says why it is not saved; the page stays as it is."""
    if not response.content:  # an error without a word would be given a page of its own
        response.content = str(why)
    return trigger_client_event(reswap(response, "none"), "unsaved", {"key": key, "why": str(why)})


def contested(response: HttpResponse, key: str) -> HttpResponse:
    """The answer holds both texts (409): the browser keeps its own until one is chosen, and sends nothing by itself."""
    return trigger_client_event(response, "contested", {"key": key})


def clock(moment: datetime) -> str:
    """The time of day to the second, as the board's country writes it: 12.14.03."""
    return time_format(timezone.localtime(moment), "H.i.s")


def unanswered(request: HttpRequest) -> list[QueryDict]:
    """What the browser sent of this form earlier and never got an answer to, newest first: it may have been saved (F2)."""
    try:
        sent = json.loads(request.POST.get("unanswered", "[]"))
        forms = [[(str(name), str(value)) for name, value in fields] for fields in sent]
    except (ValueError, TypeError, RecursionError):
        return []
    return [_form(fields) for fields in reversed(forms[-UNANSWERED_MAX:])]


def _form(fields: list[tuple[str, str]]) -> QueryDict:
    form = QueryDict(mutable=True)
    for name, value in fields:
        form.appendlist(name, value)
    return form
