"""Who comes in: the board, if this user may know of it and do the act."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from boardroom.lib.errors import error_page
from boardroom.lib.workflow import TransitionRefused
from boards.models import Board
from boards.roles import require


def find_board(request: HttpRequest, board: str, act: str = "boards.read") -> Board:
    """The board, for someone who may do `act`: 404 where it may not be known of, 403 where it may not be done."""
    found = get_object_or_404(Board.objects.visible_to(request.user), slug=board)
    require(request.user, act, found)
    return found


def answers_refusals(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A refused act is answered with 409 and the reasons."""

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except TransitionRefused as refusal:
            return error_page(request, 409, refusal.reasons)

    return answer


def address(name: str, *args) -> str:
    """The address of a page, or "" where this release has none by that name."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def way(board: Board, *further: tuple[str, str]) -> list[tuple[str, str]]:
    """The breadcrumbs down to the board, and further."""
    return [
        (reverse("boards:boards"), _("Boards")),
        (board.get_absolute_url(), board.short_name or board.name),
        *further,
    ]
