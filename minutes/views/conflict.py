"""Two wrote one block at once: the answer with both texts, and the choice between them (F18)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from boardroom.lib.kept import contested, kept
from minutes import conflicts
from minutes.editing import EditConflict
from minutes.models import Block
from minutes.views.blocks import block_context, form_answer, form_of
from minutes.views.gate import block_for, refusals_as_409


@require_POST
@refusals_as_409
def choose(request: HttpRequest, board: str, meeting: str, block: int) -> HttpResponse:
    """One's own text, the other's, or both merged; what is not chosen stands among the earlier texts."""
    found, choice = block_for(request, board, meeting, block), request.POST.get("choice", "")
    form = form_of(found, request.POST)
    if choice not in conflicts.CHOICES:
        raise Http404
    if not form.is_valid():
        return form_answer(request, found, form, status=422)
    version, base = form.cleaned_data["version"], base_of(request)
    try:
        conflicts.choose(found, choice, form.values, version=version, base=base, by=request.user, at=timezone.now())
    except EditConflict as conflict:
        answer = form_answer(request, conflict.block, form, status=409, conflict=conflict, base=base)
        return contested(answer, f"block-{found.pk}")
    return chosen(request, block_for(request, board, meeting, block), choice)


def chosen(request: HttpRequest, block: Block, choice: str) -> HttpResponse:
    """The block as it reads now; a merged text stays open, since two voices seldom make one sentence."""
    key, meeting = f"block-{block.pk}", block.item.minutes.meeting
    if choice == conflicts.BOTH:
        if not request.htmx:
            return redirect("minutes:edit-block", meeting.board.slug, meeting.slug, block.pk)
        return kept(form_answer(request, block, form_of(block)), key, block.version)
    if not request.htmx:
        return redirect(block)
    return kept(render(request, "minutes/_block.html", block_context(request, block)), key, block.version)


def base_of(request: HttpRequest) -> int:
    """The version both began with, as the form says; 0 for what is no number."""
    text = request.POST.get("base", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
