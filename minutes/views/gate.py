"""The door of every page of the minutes: what may be known of, what may be done, and the answer when it cannot be done now."""

from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django_htmx.http import reswap, retarget

from boardroom.lib.errors import error_page
from boardroom.lib.workflow import TransitionRefused
from boards.roles import require
from minutes.models import Block, Minutes, MinutesItem
from minutes.pages import DETAILS


def minutes_of(request: HttpRequest, board: str, meeting: str) -> Minutes:
    """The minutes the user may know of. Raises Http404."""
    found = Minutes.objects.visible_to(request.user).select_related("meeting__board")
    return get_object_or_404(found, meeting__board__slug=board, meeting__slug=meeting)


def minutes_for(request: HttpRequest, board: str, meeting: str, act: str) -> Minutes:
    """As `minutes_of`, for someone whose role includes the act. Raises Http404, PermissionDenied."""
    minutes = minutes_of(request, board, meeting)
    require(request.user, act, minutes.meeting.board)
    return minutes


def item_for(request: HttpRequest, board: str, meeting: str, item: int) -> MinutesItem:
    """A case of minutes the user may write. Raises Http404, PermissionDenied."""
    minutes = minutes_for(request, board, meeting, "minutes.write")
    found = get_object_or_404(minutes.items.select_related("row"), pk=item)
    found.minutes = minutes
    return found


def block_for(request: HttpRequest, board: str, meeting: str, block: int) -> Block:
    """A block of minutes the user may write, with what hangs on it. Raises Http404, PermissionDenied."""
    minutes = minutes_for(request, board, meeting, "minutes.write")
    blocks = Block.objects.filter(item__minutes=minutes).select_related("item__row", *DETAILS)
    found = get_object_or_404(blocks, pk=block)
    found.item.minutes = minutes
    return found


def refusals_as_409(view):
    """TransitionRefused becomes an answer with the reasons (409)."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except TransitionRefused as refusal:
            return refused(request, refusal.reasons)

    return guarded


def refused(request: HttpRequest, reasons: list[str]) -> HttpResponse:
    """The reasons as a page; for htmx as a message above the minutes, which stay as they are."""
    if not request.htmx:
        return error_page(request, 409, reasons)
    answer = render(request, "minutes/_refused.html", {"reasons": reasons}, status=409)
    return reswap(retarget(answer, "#refusals"), "innerHTML")


def in_its_place(answer: HttpResponse, block: Block) -> HttpResponse:
    """The form replaces the block that already stands on the page, where a second one would stay open."""
    return reswap(retarget(answer, f"#block-{block.pk}"), "outerHTML")
