"""The register: across the user's boards, per board, and on paper."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from boards.models import Board
from boards.roles import may
from followups.register import asking, searches
from followups.register.filters import FollowUpFilter
from followups.register.rows import grouped, load, rows
from followups.rules import readable
from followups.views.gate import board_for

PAGE = 30
PRINTED = 2000


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Follow-ups of all boards where the user may read them."""
    return render(request, "followups/mine.html", _listed(request, None))


@require_safe
def register(request: HttpRequest, board: str) -> HttpResponse:
    found = board_for(request, board, "followups.read")
    return render(request, "followups/register.html", _listed(request, found) | {"may": flags(request, found)})


@require_safe
def all_on_paper(request: HttpRequest) -> HttpResponse:
    """The list across boards by itself, filtered the same way, for the printer (R87)."""
    return _paper(request, None)


@require_safe
def paper(request: HttpRequest, board: str) -> HttpResponse:
    """The same list of one board."""
    return _paper(request, board_for(request, board, "followups.read"))


@require_safe
def find_responsible(request: HttpRequest) -> HttpResponse:
    """Options for what is typed in the filter: names that answer for follow-ups the user may read."""
    typed = request.GET.get("q", "")[:200].strip()
    known = readable(request.user, timezone.localdate()).filter(board__in=boards_of(request))
    if slug := request.GET.get("board"):
        known = known.filter(board__slug=slug)
    return render(request, "followups/_names_found.html", {"names": asking.names_like(known, typed)})


def boards_of(request: HttpRequest) -> list[Board]:
    """The boards whose follow-ups the user may read."""
    boards = Board.objects.visible_to(request.user)
    return [board for board in boards if may(request.user, "followups.read", board)]


def search_for(request: HttpRequest, board: Board | None, query: str | None = None) -> FollowUpFilter:
    """What the page's address or `query` asks for, of what the user may read on the board, or on all of them."""
    today, boards = timezone.localdate(), [board] if board else boards_of(request)
    known = readable(request.user, today).filter(board__in=boards)
    asked = searches.asked_of(request.GET if query is None else QueryDict(query))
    return FollowUpFilter(asked, queryset=known, user=request.user, on=today, boards=boards, board=board)


def kept_boards(request: HttpRequest, search: FollowUpFilter) -> set[int]:
    """The boards (ids) whose drafts the user may read."""
    return {one.pk for one in search.boards if may(request.user, "followups.edit", one)}


def flags(request: HttpRequest, board: Board) -> dict[str, bool]:
    return {act: may(request.user, f"followups.{act}", board) for act in ("read", "edit", "close", "report")}


def _listed(request: HttpRequest, board: Board | None) -> dict:
    search = search_for(request, board)
    page = Paginator(search.qs.values_list("pk", flat=True), PAGE).get_page(request.GET.get("page"))
    kept = kept_boards(request, search)
    choices = searches.choices(request.user, board, search)
    return {
        "board": board,
        "boards": search.boards,
        "filter": search,
        "page": page,
        "rows": rows(load(page), search.on, kept=kept),
        "kept_boards": kept,
        "kept": searches.canonical(search.data),
        "chips": searches.chips(search),
        "heads": searches.heads(search),
        "choices": choices,
        "view": searches.chosen_among(choices, request.GET.get("view", "")),
    }


def _paper(request: HttpRequest, board: Board | None) -> HttpResponse:
    search = search_for(request, board)
    pks = list(search.qs.values_list("pk", flat=True)[: PRINTED + 1])
    listed = rows(load(pks[:PRINTED]), search.on, kept=kept_boards(request, search))
    is_grouped = request.GET.get("group") == "responsible"
    context = {
        "board": board,
        "groups": grouped(listed) if is_grouped else [("", listed)],
        "is_grouped": is_grouped,
        "number": len(listed),
        "is_cut": len(pks) > PRINTED,
        "asked": searches.in_words(search),
        "kept": searches.canonical(search.data),
        "today": search.on,
    }
    return render(request, "followups/paper.html", context)
