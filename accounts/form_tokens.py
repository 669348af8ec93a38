"""A form that makes something is done once, however often it is sent (reliability.md F2, F20, B9).

The form carries a word of its own, `{% form_token %}`. The first time it comes, the word is written down in the
transaction of the act, with the address the act led to; when it comes again, also at the same moment, the answer leads
to that address. The unique constraint decides, on SQLite and PostgreSQL alike.
"""

import hashlib
import secrets
from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.utils.translation import gettext
from django_htmx.http import HttpResponseClientRedirect, HttpResponseClientRefresh, trigger_client_event

from accounts.models import FormToken
from boardroom.lib.errors import page_before

FIELD = "form_token"
# What differs between two sendings of one form.
UNSAID = frozenset({"csrfmiddlewaretoken", FIELD, "keep_receipt", "autosave", "unanswered"})
KEPT_FOR = timedelta(days=7)


class _Refused(Exception):
    def __init__(self, response: HttpResponse):
        self.response = response


def new_token() -> str:
    return secrets.token_urlsafe(18)


def once(request: HttpRequest, act: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer of `act`, which is done now; or, where this form was taken before, the way to what it led to then.

    A refusal (4xx) writes nothing down, so that the form can be mended and sent again. A form that was taken and comes
    back with other words in it is a new one.
    """
    token = request.POST.get(FIELD, "")
    if not (token.isascii() and token.isprintable() and 0 < len(token) <= 64):
        return act()
    said, mark = digest(request), secrets.token_hex(8)
    try:
        with transaction.atomic():
            taken = FormToken(user=request.user, token=token, digest=said, mark=mark, made_at=timezone.now())
            FormToken.objects.bulk_create([taken], ignore_conflicts=True)
            first = FormToken.objects.get(user=request.user, token=token)
            if first.mark == mark:
                return _first_answer(first, act())
    except _Refused as refused:
        return refused.response
    return _again(request, first) if first.digest == said else act()


def _first_answer(taken: FormToken, response: HttpResponse) -> HttpResponse:
    if response.status_code >= 400:
        raise _Refused(response)
    FormToken.objects.filter(pk=taken.pk).update(address=response.get("Location", "")[:500])
    FormToken.objects.filter(user=taken.user_id, made_at__lt=timezone.now() - KEPT_FOR).delete()
    return trigger_client_event(response, "taken", {"token": taken.token, "next": new_token()})


def _again(request: HttpRequest, first: FormToken) -> HttpResponse:
    messages.info(request, gettext("This was already taken; here it is."))
    if request.htmx:
        return HttpResponseClientRedirect(first.address) if first.address else HttpResponseClientRefresh()
    return redirect(first.address or page_before(request) or resolve_url("home"))


def digest(request: HttpRequest) -> str:
    """What the form says, in short: its address, fields and files."""
    said = hashlib.sha256(request.path.encode())
    for name, values in sorted(request.POST.lists()):
        if name not in UNSAID:
            said.update(repr((name, values)).encode(errors="replace"))
    for name, files in sorted(request.FILES.lists()):
        said.update(repr((name, [(one.name, one.size) for one in files])).encode(errors="replace"))
    return said.hexdigest()
