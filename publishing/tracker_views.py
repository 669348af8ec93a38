"""The public tracker: what the boards have promised and how it stands; no scripts, permanent addresses (P41)."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from publishing import public, tracker, tracker_data
from publishing.public_views import about, marked, public_page
from publishing.tracker_filter import NOT_DONE, TrackerFilter

PAGE, DATA_PAGE = 25, 1000
HERE = {"is_tracker": True}


@public_page
def overview(request: HttpRequest) -> HttpResponse:
    """Every board that has published a promise."""
    boards = tracker.by_board(tracker.shown())
    context = _listed(request, "", [(one.slug, one.name) for one in boards])
    context |= {"boards": boards[: tracker.BOARDS], "more_boards": max(len(boards) - tracker.BOARDS, 0)}
    is_kept = tracker.may_be_kept({one.slug for one in boards})
    return _marked(render(request, "publishing/tracker.html", context | {"robots_allowed": is_kept}), is_kept)


@public_page
def board(request: HttpRequest, board: str) -> HttpResponse:
    name = public.board_name(board)
    if name is None:
        raise Http404
    context = _listed(request, board, []) | {"board": {"slug": board, "name": name}} | about(board)
    return marked(render(request, "publishing/tracker.html", context), board)


@public_page
def follow_up(request: HttpRequest, board: str, case: str, number: int) -> HttpResponse:
    row = tracker.find(board, case, number)
    if row is None:
        raise Http404
    context = {"board": {"slug": board, "name": row.publication.board_name}, "row": row} | about(board) | HERE
    if not row.is_shown:
        answer = render(request, "publishing/tracker_gone.html", context, status=410)
        answer["X-Robots-Tag"] = "noindex, noarchive"
        return answer
    said = tracker.history(row)
    context |= {"line": tracker.Line(row, timezone.localdate()), "source": tracker_data.source_address(row)}
    context["reports"] = [one for one in said if one.kind == one.Kind.REPORT]
    said_in = {one.publication_id: one.publication for one in said}.values()
    context["said_in"] = sorted(said_in, key=lambda one: one.criterion)
    return marked(render(request, "publishing/tracker_follow_up.html", context), board)


@public_page
def table(request: HttpRequest) -> HttpResponse:
    """What the page lists, or everything where nothing is asked for, for a spreadsheet."""
    today = timezone.localdate()
    lines = (tracker.Line(row, today) for row in _chosen(request, "").qs)
    answer = HttpResponse(tracker_data.table(lines, request.build_absolute_uri), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="oppfolging.csv"'
    return _marked(answer, is_kept=False)


@public_page
def data(request: HttpRequest) -> HttpResponse:
    """The same for programs, a thousand at a time."""
    rows = _chosen(request, "").qs.select_related("publication").defer("publication__page_html")
    page = Paginator(rows, DATA_PAGE).get_page(request.GET.get("page"))
    following = None
    if page.has_next():
        following = request.build_absolute_uri(f"?{_kept(request, page=page.next_page_number())}")
    content = tracker_data.document(page, following, request.build_absolute_uri)
    return _marked(JsonResponse(content, json_dumps_params={"ensure_ascii": False}), is_kept=False)


def _listed(request: HttpRequest, board: str, boards: list[tuple[str, str]]) -> dict:
    """What the list shows: counts of everything, and a page of what is asked for; at first what is not done."""
    today = timezone.localdate()
    chosen = _chosen(request, board, boards, {"status": NOT_DONE})
    page = Paginator(chosen.qs, PAGE).get_page(request.GET.get("page"))
    counts = tracker.counts(tracker.shown(board), today)
    return {
        "counts": counts,
        "filter": chosen,
        **HERE,
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        "lines": [tracker.Line(row, today) for row in page],
        "kept": _kept(request),
        "asked": (_kept(request) or f"status={NOT_DONE}") + (f"&board={board}" if board else ""),
        "status_word": dict(chosen.form.fields["status"].choices).get(chosen.data.get("status") or ""),
    }


def _chosen(request: HttpRequest, board: str, boards=None, at_first: dict | None = None) -> TrackerFilter:
    rows = tracker.shown(board)
    if boards is None:
        names = rows.order_by("board_slug").values_list("board_slug", "board_slug").distinct()
        boards = [] if board else list(names)
    asked = request.GET if _kept(request) else at_first or {}
    return TrackerFilter(asked, rows=rows, boards=boards, today=timezone.localdate())


def _kept(request: HttpRequest, **more: int) -> str:
    """What is asked for, as a query string for another page of it."""
    kept = request.GET.copy()
    kept.pop("page", None)
    for name, value in more.items():
        kept[name] = str(value)
    return kept.urlencode()


def _marked(answer: HttpResponse, is_kept: bool) -> HttpResponse:
    if not is_kept:
        answer["X-Robots-Tag"] = "noindex"
    return answer
