"""The public site: no scripts, nothing but publications, permanent addresses (R106-R110, P16-P21)."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response, set_response_etag

from boardroom.lib.errors import error_page
from publishing import pages, public, tracker
from publishing.models import Publication
from publishing.views.files import file_name, pdf_answer

FRESH = "public, no-cache"


def public_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The answer may be kept by anyone who asks each time whether it still holds: what is withdrawn is gone at once (P21)."""

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", FRESH)
        if response.status_code != 200:
            return response
        if "ETag" not in response:
            set_response_etag(response)
        return get_conditional_response(request, etag=response["ETag"], response=response)

    return answer


@public_page
def front(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "latest": public.latest_minutes(),
        "coming": public.coming_meetings(today),
        "boards": public.boards(today),
    }
    return render(request, "publishing/public/front.html", context)


@public_page
def board(request: HttpRequest, board: str) -> HttpResponse:
    return _board_page(request, board, None)


@public_page
def year(request: HttpRequest, board: str, year: int) -> HttpResponse:
    return _board_page(request, board, year)


@public_page
def meeting(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    found = public.meeting(board, meeting)
    if found is None:
        raise Http404
    if found.main is None:
        return _gone(request, found.withdrawn_kinds)
    return _document_page(request, found, found.main)


@public_page
def document(request: HttpRequest, board: str, meeting: str, kind: str) -> HttpResponse:
    found, shown = _published(board, meeting, kind)
    return _document_page(request, found, shown) if shown else _gone(request, found.withdrawn_kinds)


@public_page
def document_pdf(request: HttpRequest, board: str, meeting: str, kind: str) -> HttpResponse:
    found, shown = _published(board, meeting, kind)
    return _pdf(request, shown) if shown else _gone(request, found.withdrawn_kinds)


@public_page
def version(request: HttpRequest, board: str, meeting: str, kind: str, version: int) -> HttpResponse:
    found, shown = _version(board, meeting, kind, version)
    return _document_page(request, found, shown) if shown.withdrawn_at is None else _gone(request, [shown])


@public_page
def version_pdf(request: HttpRequest, board: str, meeting: str, kind: str, version: int) -> HttpResponse:
    _found, shown = _version(board, meeting, kind, version)
    return _pdf(request, shown) if shown.withdrawn_at is None else _gone(request, [shown])


@public_page
def case(request: HttpRequest, board: str, case: str) -> HttpResponse:
    found = public.treatments(board, case)
    if not found:
        raise Http404
    context = {"treatments": found, "newest": found[-1], "board": {"slug": board, "name": public.board_name(board)}}
    context["promised"] = [tracker.Line(row, timezone.localdate()) for row in tracker.of_case(board, case)]
    return marked(render(request, "publishing/public/case.html", context | about(board)), board)


def _board_page(request: HttpRequest, board: str, year: int | None) -> HttpResponse:
    name, years = public.board_name(board), public.years(board)
    if name is None or (year is not None and year not in years):
        raise Http404
    shown = year or years[0]
    context = {"board": {"slug": board, "name": name}, "years": years, "year": shown, "is_whole_board": year is None}
    context["meetings"] = public.meetings_in(board, shown)
    context["coming"] = public.coming_meetings(timezone.localdate(), board) if year is None else []
    return render(request, "publishing/public/board.html", context | about(board))


def _document_page(request: HttpRequest, found: public.PublicMeeting, shown: Publication) -> HttpResponse:
    before, after = public.neighbours(shown)
    versions = public.versions(found.board_slug, found.meeting_slug, shown.kind)
    context = {"meeting": found, "publication": shown, "document": shown.document, "before": before, "after": after}
    context["others"] = [one for kind, one in found.live.items() if kind != shown.kind]
    context["versions"] = [one for one in versions if one.pk != shown.pk]
    context["newer"] = versions[0] if versions and versions[0].version > shown.version else None
    notes = {} if context["newer"] else tracker.beside(shown, timezone.localdate())
    context["page"] = pages.with_notes(shown.page_html, notes)
    context["board"] = {"slug": found.board_slug, "name": shown.board_name}
    answer = render(request, "publishing/public/meeting.html", context | about(found.board_slug))
    return marked(answer, found.board_slug)


def _pdf(request: HttpRequest, shown: Publication) -> HttpResponse:
    if not shown.document.public_pdf_sha256:
        return error_page(request, 503, retry_after=30)
    name = file_name(shown.board_slug, shown.meeting_slug, shown.kind, shown.version)
    return marked(pdf_answer(request, shown.document.public_pdf_sha256, name), shown.board_slug)


def _published(board: str, meeting: str, kind: str) -> tuple[public.PublicMeeting, Publication | None]:
    """The newest publication of the kind; None where it was withdrawn, 404 where there never was one."""
    found = public.meeting(board, meeting)
    if found is None or kind not in {one.kind for one in [*found.live.values(), *found.withdrawn]}:
        raise Http404
    return found, found.live.get(kind)


def _version(board: str, meeting: str, kind: str, version: int) -> tuple[public.PublicMeeting, Publication]:
    found = public.meeting(board, meeting)
    every = Publication.objects.filter(board_slug=board, meeting_slug=meeting, kind=kind, version=version)
    every = every.annotate(language=public.LANGUAGE)
    shown = every.select_related("document").order_by("withdrawn_at", "-pk").first()
    live = every.live().select_related("document").first()
    if found is None or shown is None:
        raise Http404
    return found, live or shown


def about(board: str) -> dict:
    """What every page of a board says of itself (P17, P19)."""
    robots = public.robots_allowed(board)
    return {"contacts": public.contacts(board), "criterion": public.criterion(board), "robots_allowed": robots}


def _gone(request: HttpRequest, withdrawn: list[Publication]) -> HttpResponse:
    """410 with date and reason, and nothing of the content (P21, R110)."""
    context = {"withdrawn": withdrawn, "board": {"slug": withdrawn[0].board_slug, "name": withdrawn[0].board_name}}
    answer = render(request, "publishing/public/withdrawn.html", context, status=410)
    answer["X-Robots-Tag"] = "noindex, noarchive"
    return answer


def marked(answer: HttpResponse, board: str) -> HttpResponse:
    if not public.robots_allowed(board):
        answer["X-Robots-Tag"] = "noindex"
    return answer
