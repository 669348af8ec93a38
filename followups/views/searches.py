"""Searches one keeps: kept, changed, deleted. They are the user's own and hold no follow-up, only what to ask for."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from boardroom.lib.workflow import TransitionRefused
from boards.models import Board
from boards.roles import may
from followups.models import SavedView
from followups.register import searches
from followups.register.forms import ViewForm
from followups.views.register import search_for


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """The search of the list one came from has a name, or the one of that name asks for this from now on."""
    board = _board(request, request.POST.get("board", ""))
    query = request.POST.get("query", "")[:2000]
    form = ViewForm(request.POST)
    if form.is_valid():
        try:
            view = searches.keep(request.user, board, form.cleaned_data["name"], query)
            messages.success(request, _("The search «%(name)s» is kept.") % {"name": view.name})
            return redirect(address_of(view))
        except TransitionRefused as refusal:
            form.add_error("name", refusal.reasons)
    context = {"board": board, "form": form, "query": query, "asked": _asked(request, board, query)}
    return render(request, "followups/view.html", context, status=422)


def change(request: HttpRequest, view: int) -> HttpResponse:
    """Another name; and a way to delete it."""
    found = get_object_or_404(SavedView.objects.select_related("board"), pk=view, user=request.user)
    form = ViewForm(request.POST or None, initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        try:
            searches.rename(found, form.cleaned_data["name"])
            return redirect(address_of(found))
        except TransitionRefused as refusal:
            form.add_error("name", refusal.reasons)
    asked = _asked(request, found.board, found.query)
    context = {"board": found.board, "view": found, "form": form, "asked": asked, "back": address_of(found)}
    return render(request, "followups/view.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def delete(request: HttpRequest, view: int) -> HttpResponse:
    found = get_object_or_404(SavedView.objects.select_related("board"), pk=view, user=request.user)
    found.delete()
    messages.success(request, _("The search «%(name)s» is deleted.") % {"name": found.name})
    return redirect(list_of(found.board))


def list_of(board: Board | None) -> str:
    return reverse("followups:register", args=[board.slug]) if board else reverse("followups")


def address_of(view: SavedView) -> str:
    """The list as the search asks for it."""
    return f"{list_of(view.board)}?{view.query}&view={view.pk}"


def _board(request: HttpRequest, slug: str) -> Board | None:
    if not slug:
        return None
    board = Board.objects.visible_to(request.user).filter(slug=slug).first()
    if board is None or not may(request.user, "followups.read", board):
        raise Http404
    return board


def _asked(request: HttpRequest, board: Board | None, query: str) -> str:
    """The search in words, as far as the user may ask it now."""
    return searches.in_words(search_for(request, board, query))
