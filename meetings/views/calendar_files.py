"""Calendar files: one meeting's, and a person's own address for a calendar that reads it by itself (A7)."""

import hashlib

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag, url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from meetings import feeds, occasions
from meetings.invitation import TYPE
from meetings.views.gate import find_meeting


def meeting_file(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """The meeting as it is now, for a calendar of any kind."""
    found = find_meeting(request, board, meeting)
    answer = _answer(request, occasions.published([found], at=timezone.now()))
    answer["Content-Disposition"] = f'attachment; filename="{found.board.slug}-{found.slug}.ics"'
    return answer


def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The meetings of the person whose address this is. It opens nothing else, and is 404 once it was renewed."""
    found = feeds.find(token)
    if found is None:
        raise Http404
    with translation.override(found.user.language):
        return _answer(request, feeds.written(found, timezone.now()))


@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """The first address, or a new one in place of the old."""
    had = feeds.has(request.user)
    feeds.renew(request.user, at=timezone.now())
    messages.success(
        request,
        _("The calendar has a new address. The old one shows nothing any more.")
        if had
        else _("The calendar has its address. Copy it into your own calendar."),
    )
    goal = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(goal, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        goal = reverse("meetings:calendar")
    return redirect(goal)


def _answer(request: HttpRequest, data: bytes) -> HttpResponse:
    """Unchanged (304) for who has it already."""
    etag = quote_etag(hashlib.sha256(data).hexdigest()[:32])
    answer = HttpResponse(data, content_type=TYPE, headers={"ETag": etag, "Cache-Control": "private, no-cache"})
    answer["X-Robots-Tag"] = "noindex, noarchive"
    return get_conditional_response(request, etag=etag, response=answer)
