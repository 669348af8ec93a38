"""Acts on the register: a status, the texts, a new follow-up, a case made from one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from boardroom.lib.workflow import TransitionRefused
from boards.models import Board
from followups import sources
from followups.forms import Actions, FollowUpEditForm, FollowUpForm
from followups.models import Action, FollowUp, Status
from followups.register import edits
from followups.register.forms import SplitForm
from followups.register.searches import canonical
from followups.status import change_status
from followups.views.gate import board_for, follow_up_for
from followups.views.searches import list_of
from followups.views.story import page_of, status_form
from minutes.views.gate import refusals_as_409


@require_POST
@refusals_as_409
def status(request: HttpRequest, board: str, follow_up: int) -> HttpResponse:
    """The responsible reports, the secretary closes; a refusal stands at the field with what was typed."""
    found = follow_up_for(request, board, follow_up, "followups.report")
    actions = list(found.actions.all())
    form = status_form(request, found, actions, request.POST)
    if form is None:
        raise TransitionRefused(
            [_("Its status is reported by those responsible for it, and changed by the secretary.")]
        )
    if form.is_valid():
        target = next((one for one in actions if one.pk == form.cleaned_data.get("action")), found)
        try:
            after, text = form.cleaned_data["after"], form.cleaned_data["text"]
            now = timezone.now()
            change_status(target, after, text=text, by=request.user, on=timezone.localdate(now), at=now)
            messages.success(
                request, _("%(status)s: «%(text)s»") % {"status": Status(after).label, "text": _named(target)}
            )
            return redirect(_back_to(request, found))
        except TransitionRefused as refusal:
            form.add_error("text", refusal.reasons)
    return render(request, "followups/follow_up.html", page_of(request, found, form), status=422)


def edit(request: HttpRequest, board: str, follow_up: int) -> HttpResponse:
    """Title, source, actions and due times; issued papers stay as they are."""
    found = follow_up_for(request, board, follow_up, "followups.edit")
    initial = {"title": found.title, "source_label": found.source_label}
    form = FollowUpEditForm(request.POST or None, initial=initial)
    actions = Actions(request.POST or None, initial=_initial(found))
    if request.method == "POST" and form.is_valid() and actions.is_valid():
        edits.edit_follow_up(found, **form.cleaned_data, actions=actions.values(), by=request.user, at=timezone.now())
        return _saved(request, found)
    return _form_page(request, found.board, form, actions, found)


def new(request: HttpRequest, board: str) -> HttpResponse:
    """A follow-up from before the system, or made outside a meeting."""
    found = board_for(request, board, "followups.edit")
    form, actions = FollowUpForm(request.POST or None), Actions(request.POST or None)
    if request.method == "POST" and form.is_valid() and actions.is_valid():
        made = edits.add_follow_up(
            found, **form.cleaned_data, actions=actions.values(), by=request.user, at=timezone.now()
        )
        return _saved(request, made)
    return _form_page(request, found, form, actions)


def split(request: HttpRequest, board: str, follow_up: int) -> HttpResponse:
    """Some of its actions go on as a follow-up of their own."""
    found = follow_up_for(request, board, follow_up, "followups.edit")
    form = SplitForm(request.POST or None, follow_up=found)
    if request.method == "POST" and form.is_valid():
        try:
            part = edits.split(found, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("The follow-up is split. This is the new one."))
            return redirect(part)
        except TransitionRefused as refusal:
            form.add_error(None, refusal.reasons)
    context = {"board": found.board, "follow_up": found, "form": form}
    return render(request, "followups/split.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@refusals_as_409
def create_case(request: HttpRequest, board: str, follow_up: int) -> HttpResponse:
    """A case waits for a meeting, with this as its source (R86)."""
    found = follow_up_for(request, board, follow_up, "followups.edit")
    edits.create_case(found, by=request.user, at=timezone.now())
    messages.success(request, _("A case is made and waits for a meeting."))
    return redirect(found)


def _back_to(request: HttpRequest, found: FollowUp) -> str:
    """The list it was pressed in, as it was asked for; else the page of the follow-up."""
    place = request.POST.get("list", "")
    if place not in {"board", "all"}:
        return found.get_absolute_url()
    query = canonical(QueryDict(request.POST.get("query", "")[:2000]))
    return f"{list_of(found.board if place == 'board' else None)}?{query}"


def _named(target: FollowUp | Action) -> str:
    return target.text if isinstance(target, Action) else target.title


def _saved(request: HttpRequest, found: FollowUp) -> HttpResponse:
    warning = sources.find_source(found.source_label, found.board).warning
    messages.success(request, _("The follow-up is saved."))
    if warning:
        messages.warning(request, warning)
    return redirect(found)


def _form_page(
    request: HttpRequest, board: Board, form: FollowUpForm, actions, found: FollowUp | None = None
) -> HttpResponse:
    context = {"board": board, "form": form, "actions": actions, "follow_up": found}
    return render(request, "followups/edit.html", context, status=422 if request.method == "POST" else 200)


def _initial(found: FollowUp) -> list[dict]:
    return [
        {
            "pk": action.pk,
            "text": action.text,
            "responsible": action.responsible,
            "due_text": action.due_text or (f"{action.due_on:%d.%m.%Y}" if action.due_on else ""),
            "note": action.note,
        }
        for action in found.actions.all()
    ]
