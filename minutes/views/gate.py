"""The door of every page of the minutes: what may be known of, what may be done, and the answer when it cannot be done now."""

from functools import wraps

from django.db.models import BigAutoField, CharField, DateField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django_htmx.http import reswap, retarget

from boardroom.lib.errors import error_page
from boardroom.lib.prepared import prepared
from boardroom.lib.workflow import TransitionRefused
from boards.roles import require
from meetings.reading import with_days
from minutes.models import Block, Minutes, MinutesItem
from minutes.pages import DETAILS


def minutes_of(request: HttpRequest, board: str, meeting: str) -> Minutes:
    """The minutes the user may know of. Raises Http404."""
    user = request.user
    found = _readable(user=user.pk, day=timezone.localdate(), board=board, meeting=meeting) if user.is_active else []
    if not found:
        raise Http404
    with_days(found[0].meeting)
    return found[0]


@prepared(user=BigAutoField(), day=DateField(), board=CharField(), meeting=CharField())
def _readable(user, day, board, meeting):
    found = Minutes.objects.visible_to(user, day).filter(meeting__board__slug=board, meeting__slug=meeting)
    return found.select_related("meeting__board").order_by()


def minutes_for(request: HttpRequest, board: str, meeting: str, act: str) -> Minutes:
    """As `minutes_of`, for someone whose role includes the act. Raises Http404, PermissionDenied."""
    minutes = minutes_of(request, board, meeting)
    require(request.user, act, minutes.meeting.board)
    return minutes


def item_for(request: HttpRequest, board: str, meeting: str, item: int) -> MinutesItem:
    """A case of minutes the user may write. Raises Http404, PermissionDenied."""
    minutes = minutes_for(request, board, meeting, "minutes.write")
    found = next(iter(_items(minutes=minutes.pk, item=item)), None)
    if found is None:
        raise Http404
    found.minutes = minutes
    return found


@prepared(minutes=BigAutoField(), item=BigAutoField())
def _items(minutes, item):
    return MinutesItem.objects.filter(minutes=minutes, pk=item).select_related("row").order_by()


def block_for(request: HttpRequest, board: str, meeting: str, block: int) -> Block:
    """A block of minutes the user may write, with what hangs on it. Raises Http404, PermissionDenied."""
    minutes = minutes_for(request, board, meeting, "minutes.write")
    found = next(iter(_blocks(minutes=minutes.pk, block=block)), None)
    if found is None:
        raise Http404
    found.item.minutes = minutes
    return found


@prepared(minutes=BigAutoField(), block=BigAutoField())
def _blocks(minutes, block):
    return Block.objects.filter(item__minutes=minutes, pk=block).select_related("item__row", *DETAILS).order_by()


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
