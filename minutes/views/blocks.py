"""One block: added, written in place or on a page of its own, moved, taken out, and its earlier texts."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from boardroom.lib.workflow import TransitionRefused
from boards.models import LegalBasis
from minutes import editing, pages
from minutes.completeness import missing
from minutes.forms import FORMS, BlockForm
from minutes.models import Block
from minutes.views.gate import block_for, in_its_place, item_for, refusals_as_409
from minutes.views.minutes import chosen_phrase, frame, item_answer, tools
from minutes.voters import voters_of


@require_POST
@refusals_as_409
def add(request: HttpRequest, board: str, meeting: str, item: int, type: str) -> HttpResponse:
    """An empty block of the type, open for writing. Pressing twice opens the same one (F20)."""
    found = item_for(request, board, meeting, item)
    if type not in FORMS:
        raise Http404
    last = found.blocks.order_by("order").last()
    is_untouched = last and last.type == type and last.version == 1 and not last.html
    block = last if is_untouched else editing.add_block(found, type, by=request.user)
    block = block_for(request, board, meeting, block.pk)
    if not request.htmx:
        return redirect("minutes:edit-block", board, meeting, block.pk)
    answer = render(request, "minutes/_block_form.html", form_context(request, block, form_of(block)))
    return in_its_place(answer, block) if is_untouched else answer


@require_safe
def block(request: HttpRequest, board: str, meeting: str, block: int) -> HttpResponse:
    """The block as it stands, for who closes its form."""
    found = block_for(request, board, meeting, block)
    if not request.htmx:
        return redirect(f"{found.item.minutes.get_absolute_url()}#block-{found.pk}")
    return render(request, "minutes/_block.html", block_context(request, found))


def edit(request: HttpRequest, board: str, meeting: str, block: int) -> HttpResponse:
    """The form of the block, in its place or as a page; a save on an old version answers 409 with both texts (F18)."""
    found = block_for(request, board, meeting, block)
    if found.type not in FORMS:
        raise Http404
    if request.method != "POST":
        return form_answer(request, found, form_of(found))
    form = form_of(found, typed(request, found))
    if not form.is_valid():
        return form_answer(request, found, form, status=422)
    return save(request, found, form)


def save(request: HttpRequest, block: Block, form: BlockForm) -> HttpResponse:
    version = form.cleaned_data["version"]
    try:
        editing.save_block(block, form.values, version=version, by=request.user, at=timezone.now())
    except editing.EditConflict as conflict:
        if conflict.theirs == conflict.yours:  # one's own autosave was faster; the text is the same
            editing.save_block(block, form.values, version=conflict.block.version, by=request.user, at=timezone.now())
            return saved_answer(request, block)
        return form_answer(request, conflict.block, form, status=409, conflict=conflict)
    except TransitionRefused as refusal:
        return form_answer(request, block, form, status=409, reasons=refusal.reasons)
    return saved_answer(request, block)


def saved_answer(request: HttpRequest, block: Block) -> HttpResponse:
    """Autosave: the new version and the time. A wording chosen: the form with it. Else the block as it reads now."""
    context = block_context(request, block)
    if "autosave" in request.POST:
        return render(request, "minutes/_saved.html", context)
    if "phrase" in request.POST:
        block = block_for(request, block.item.minutes.meeting.board.slug, block.item.minutes.meeting.slug, block.pk)
        return form_answer(request, block, form_of(block))
    if not request.htmx:
        return redirect(f"{block.item.minutes.get_absolute_url()}#block-{block.pk}")
    return render(request, "minutes/_block_answer.html", context | {"missing": missing(block.item.minutes)})


def typed(request: HttpRequest, block: Block):
    """What was sent; where a wording was pressed, that is the text and its kind the decision's."""
    chosen = chosen_phrase(request, block.item.minutes) if "phrase" in request.POST else None
    if chosen is None:
        return request.POST
    data = request.POST.copy()
    data["html"], data["kind"] = chosen.html, chosen.kind
    approves = block.item.row.approves_minutes_of if block.item.row else None
    if chosen.approves_minutes and approves and not data.get("approves_minutes_of"):
        data["approves_minutes_of"] = approves.isoformat()
    return data


@require_POST
def vote_sum(request: HttpRequest, board: str, meeting: str, block: int) -> HttpResponse:
    """The line under the figures while they are typed; nothing is saved (P2)."""
    found = block_for(request, board, meeting, block)
    form = form_of(found, request.POST)
    form.is_valid()
    value = form.vote() if hasattr(form, "vote") else None
    context = {"sum": pages.vote_sum(value, voters_of(found.item)) if value else None}
    return render(request, "minutes/_vote_sum.html", context)


@require_POST
@refusals_as_409
def move(request: HttpRequest, board: str, meeting: str, block: int) -> HttpResponse:
    """One place up or down in its case."""
    found = block_for(request, board, meeting, block)
    step = {"up": editing.UP, "down": editing.DOWN}.get(request.POST.get("to", ""))
    if step is None:
        raise Http404
    editing.move_block(found, step, by=request.user)
    return item_answer(request, found.item)


@refusals_as_409
def delete(request: HttpRequest, board: str, meeting: str, block: int) -> HttpResponse:
    """Asks first, on its own page or in place; then the block is out and its text in the trail."""
    found = block_for(request, board, meeting, block)
    if request.method != "POST":
        return render(request, "minutes/delete.html", block_context(request, found))
    version = request.POST.get("version", "")
    try:
        editing.delete_block(
            found, version=int(version) if version.isascii() and version.isdigit() else 0, by=request.user
        )
    except editing.EditConflict as conflict:
        context = block_context(request, conflict.block) | {"conflict": conflict}
        return render(request, "minutes/delete.html", context, status=409)
    return item_answer(request, found.item)


@require_safe
def revisions(request: HttpRequest, board: str, meeting: str, block: int) -> HttpResponse:
    """Every earlier text of the block, newest first (R67)."""
    found = block_for(request, board, meeting, block)
    earlier = found.revisions.select_related("saved_by")
    return render(request, "minutes/revisions.html", block_context(request, found) | {"revisions": earlier})


@require_POST
@refusals_as_409
def restore(request: HttpRequest, board: str, meeting: str, block: int, version: int) -> HttpResponse:
    """The block has this earlier text again."""
    found = block_for(request, board, meeting, block)
    revision = get_object_or_404(found.revisions, version=version)
    editing.restore(found, revision, by=request.user, at=timezone.now())
    return redirect(f"{found.item.minutes.get_absolute_url()}#block-{found.pk}")


def form_of(block: Block, data=None) -> BlockForm:
    return FORMS[block.type](data, block=block)


def form_answer(request: HttpRequest, block: Block, form: BlockForm, status: int = 200, **more) -> HttpResponse:
    template = "minutes/_block_form.html" if request.htmx else "minutes/edit.html"
    return render(request, template, form_context(request, block, form) | more, status=status)


def form_context(request: HttpRequest, block: Block, form: BlockForm) -> dict:
    minutes = block.item.minutes
    voters = voters_of(block.item)
    value = form.vote() if hasattr(form, "vote") and form.is_bound and form.is_valid() else None
    return block_context(request, block) | {
        "form": form,
        "voters": voters,
        "names": [row.name for row in minutes.meeting.attendance.all()],
        "legal_bases": LegalBasis.objects.all(),
        "sum": pages.vote_sum(value, voters) if value else None,
        "is_new": block.version == 1 and not block.html,
    }


def block_context(request: HttpRequest, block: Block) -> dict:
    minutes = block.item.minutes
    fresh = pages.blocks_with_details().get(pk=block.pk)
    shown = pages.shown(fresh, block.item, sees_all=True)
    section = pages.Section(block.item, block.item.title, blocks=[shown], voters=voters_of(block.item))
    pages.with_doubts([section])
    more = {"shown": shown, "one": block, "item": block.item, "voters": section.voters}
    return frame(request, minutes) | tools(minutes) | more
