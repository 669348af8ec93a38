"""Where a block stands: moved, taken out and brought back; and which of its texts, now and earlier."""

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from boardroom.lib.kept import kept
from minutes import earlier, editing, removal
from minutes.models import Block
from minutes.views.blocks import block_context
from minutes.views.gate import block_for, minutes_for, refusals_as_409, refused
from minutes.views.minutes import changed, frame, item_answer


@require_POST
@refusals_as_409
def move(request: HttpRequest, board: str, meeting: str, block: int) -> HttpResponse:
    """One place up or down in its case, or right after another block of it; htmx hears where it stands now."""
    found = block_for(request, board, meeting, block)
    if "after" in request.POST:
        place = editing.place_block(found, _other(request.POST["after"]), by=request.user)
        return said(request, found, place) if request.htmx else redirect(found)
    step = {"up": editing.UP, "down": editing.DOWN}.get(request.POST.get("to", ""))
    if step is None:
        raise Http404
    editing.move_block(found, step, by=request.user)
    return item_answer(request, found.item)


def _other(text: str) -> int | None:
    """The block to stand after; none for the first place. Raises Http404 for what is no number."""
    if text and not (text.isascii() and text.isdigit() and len(text) < 18):
        raise Http404
    return int(text) if text else None


def said(request: HttpRequest, block: Block, place: int) -> HttpResponse:
    values = {"what": block.get_type_display(), "place": place, "all": block.item.blocks.count()}
    return HttpResponse(
        _("%(what)s is number %(place)s of %(all)s.") % values, content_type="text/plain; charset=utf-8"
    )


@refusals_as_409
def delete(request: HttpRequest, board: str, meeting: str, block: int) -> HttpResponse:
    """Out of the minutes: at once where it can be undone in place; without JavaScript it is asked first."""
    found = block_for(request, board, meeting, block)
    if request.method != "POST":
        return render(request, "minutes/delete.html", block_context(request, found))
    version = request.POST.get("version", "")
    version = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    item = found.item
    try:
        removal.take_out(found, version=version, by=request.user, at=timezone.now())
    except editing.EditConflict as conflict:
        if request.htmx:
            return refused(request, [str(conflict)])
        context = block_context(request, conflict.block) | {"conflict": conflict}
        return render(request, "minutes/delete.html", context, status=409)
    if not request.htmx:
        return redirect(item)
    return changed(render(request, "minutes/_taken_out.html", frame(request, item.minutes) | {"one": found}))


@require_POST
@refusals_as_409
def bring_back(request: HttpRequest, board: str, meeting: str, block: int) -> HttpResponse:
    """The block that was taken out stands where it stood."""
    minutes = minutes_for(request, board, meeting, "minutes.write")
    blocks = Block.objects.filter(Q(item__minutes=minutes) | Q(taken_from__minutes=minutes))
    found = get_object_or_404(blocks.select_related("item__row", "taken_from__row"), pk=block)
    (found.taken_from or found.item).minutes = minutes
    found = removal.bring_back(found, by=request.user)
    return changed(item_answer(request, found.item))


@require_safe
def revisions(request: HttpRequest, board: str, meeting: str, block: int) -> HttpResponse:
    """Every earlier text of the block, newest first, in its place or on a page (R67)."""
    found = block_for(request, board, meeting, block)
    context = frame(request, found.item.minutes) | {"one": found, "item": found.item, "texts": earlier.texts(found)}
    return render(request, "minutes/_revisions.html" if request.htmx else "minutes/revisions.html", context)


@require_POST
@refusals_as_409
def restore(request: HttpRequest, board: str, meeting: str, block: int, version: int) -> HttpResponse:
    """The block has this earlier text again; what it had is an earlier text in its turn."""
    found = block_for(request, board, meeting, block)
    revision = get_object_or_404(found.revisions, version=version)
    try:
        found = editing.restore(found, revision, by=request.user, at=timezone.now())
    except editing.EditConflict as conflict:
        return refused(request, [str(conflict)])
    if not request.htmx:
        return redirect(found)
    answer = render(request, "minutes/_block.html", block_context(request, found))
    return changed(kept(answer, f"block-{found.pk}", found.version))
