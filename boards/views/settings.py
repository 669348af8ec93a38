"""The board's lists and the layouts of its documents."""

from datetime import date

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from audit import trail
from boards import setup
from boards.forms.board import LISTS, list_formset
from boards.forms.layout import LayoutForm
from boards.forms.reminding import FIELDS, ReminderForm
from boards.models import Board, Layout
from boards.views.gate import find_board, way
from minutes.models import Decision


def board_list(request: HttpRequest, board: str, kind: str) -> HttpResponse:
    """Case types, standing items, wordings, contacts or number series, all rows at once."""
    found = find_board(request, board, "boards.edit")
    if kind not in LISTS:
        raise Http404
    extra = {"kinds": Decision.Kind.choices} if kind == "phrases" else {}
    formset = list_formset(kind, found, request.POST or None, **extra)
    if request.method == "POST" and formset.is_valid():
        with transaction.atomic():
            formset.save()
            trail.record("boards.change_list", found, by=request.user, board=found, list=kind)
        messages.success(request, _("The list is saved."))
        return redirect("boards:list", found.slug, kind)
    values = {"board": found, "way": way(found), "heading": LISTS[kind][0], "formset": formset}
    return render(request, "boards/list.html", values, status=422 if formset.is_bound else 200)


def reminders(request: HttpRequest, board: str) -> HttpResponse:
    """When those who answer for follow-ups are reminded, and when nobody is disturbed."""
    found = find_board(request, board, "boards.edit")
    form = ReminderForm(request.POST or None, initial={name: getattr(found, name) for name in FIELDS})
    if request.method == "POST" and form.is_valid():
        setup.change_board(found, by=request.user, **form.cleaned_data)
        messages.success(request, _("The rule for reminders is saved."))
        return redirect(found)
    values = {"board": found, "way": way(found), "form": form}
    return render(request, "boards/reminders.html", values, status=422 if form.is_bound else 200)


def layouts(request: HttpRequest, board: str) -> HttpResponse:
    """Every layout the board has had, and which holds now."""
    found = find_board(request, board, "boards.edit")
    values = {"board": found, "way": way(found), "layouts": found.layouts.order_by("-valid_from")}
    return render(request, "boards/layouts.html", values)


def layout(request: HttpRequest, board: str, layout: int) -> HttpResponse:
    """One layout; what was issued under it stays as it is."""
    found = find_board(request, board, "boards.edit")
    current = get_object_or_404(found.layouts, pk=layout)
    return edit_layout(request, found, current, _("Layout of documents"))


def new_layout(request: HttpRequest, board: str) -> HttpResponse:
    """A layout from a date on, beginning as the newest one is."""
    found = find_board(request, board, "boards.edit")
    newest = found.layout_on(date.max)
    return edit_layout(request, found, Layout(board=found, settings=newest), _("New layout"))


def edit_layout(request: HttpRequest, board: Board, current: Layout, heading: str) -> HttpResponse:
    form = LayoutForm(request.POST or None, settings=current.settings, initial={"valid_from": current.valid_from})
    if request.method == "POST" and form.is_valid() and saved(request, current, form):
        messages.success(request, _("The layout is saved."))
        return redirect("boards:layouts", board.slug)
    further = (reverse("boards:layouts", args=[board.slug]), _("Layout of documents"))
    values = {"board": board, "way": way(board, further), "heading": heading, "form": form}
    return render(request, "boards/layout.html", values, status=422 if form.is_bound else 200)


def saved(request: HttpRequest, current: Layout, form: LayoutForm) -> bool:
    """Whether it could be saved; two layouts cannot hold from one day."""
    current.valid_from = form.cleaned_data["valid_from"]
    current.settings = {**current.settings, "labels": {}, **form.settings()}
    try:
        with transaction.atomic():
            current.save()
            trail.record("boards.change_layout", current, by=request.user, board=current.board, **current.settings)
    except IntegrityError:
        form.add_error("valid_from", _("The board has another layout from that day."))
        return False
    return True
