"""Follow-ups in the minutes: the start of the draft, a block of them, those of a decision, and taking one out."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from followups import drafting, promises
from followups.forms import FollowUpBlockForm, Promises
from followups.views.gate import meeting_for
from followups.views.plan import say
from minutes import editing
from minutes.models import Block
from minutes.views.gate import block_for, in_its_place, item_for, refusals_as_409

# Blocks that may hold follow-ups: their own, and the actions of a decision or a text (R75).
HOLDERS = frozenset({Block.Type.FOLLOW_UP, Block.Type.DECISION, Block.Type.TEXT})


@require_POST
@refusals_as_409
def start_minutes(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """The draft from the agenda, with a block for every follow-up on it."""
    found = meeting_for(request, board, meeting, "minutes.write")
    return redirect(drafting.start_minutes(found, request.user))


@require_POST
@refusals_as_409
def add(request: HttpRequest, board: str, meeting: str, item: int) -> HttpResponse:
    """An empty block of follow-ups in the case, open for writing; pressing twice opens the same one."""
    found = item_for(request, board, meeting, item)
    last = found.blocks.order_by("order").last()
    is_untouched = last and last.type == Block.Type.FOLLOW_UP and last.version == 1 and not last.follow_ups.exists()
    block = last if is_untouched else editing.add_block(found, Block.Type.FOLLOW_UP, by=request.user)
    if not request.htmx:
        return redirect("followups:edit-block", board, meeting, block.pk)
    answer = _form_answer(request, block_for(request, board, meeting, block.pk), None)
    return in_its_place(answer, block) if is_untouched else answer


@refusals_as_409
def edit(request: HttpRequest, board: str, meeting: str, block: int) -> HttpResponse:
    """The follow-ups of a block, each with text, responsible, due time and status."""
    found = block_for(request, board, meeting, block)
    if found.type == Block.Type.FOLLOW_UP_REPORT and hasattr(found, "report"):
        return say(request, board, meeting, found.report.pk)
    if found.type not in HOLDERS:
        raise Http404
    if request.method != "POST":
        return _form_answer(request, found, None)
    form, rows = FollowUpBlockForm(request.POST, block=found), Promises(request.POST)
    if not (form.is_valid() and rows.is_valid()):
        return _form_answer(request, found, (form, rows), status=422)
    try:
        _save(request, found, form, rows)
    except editing.EditConflict as conflict:
        return _form_answer(request, found, (form, rows), status=409, conflict=str(conflict))
    return redirect(f"{found.item.minutes.get_absolute_url()}#block-{found.pk}")


def _save(request: HttpRequest, found: Block, form: FollowUpBlockForm, rows) -> None:
    """Block and follow-ups together. Raises EditConflict, TransitionRefused."""
    typed = form.cleaned_data
    promises.save_block(
        found,
        rows.values(),
        label=typed.get("label"),
        list_style=typed.get("list"),
        version=typed["version"],
        by=request.user,
        at=timezone.now(),
    )


@refusals_as_409
def delete(request: HttpRequest, board: str, meeting: str, block: int) -> HttpResponse:
    """Asks first; then the block and its follow-ups are out of the draft."""
    found = block_for(request, board, meeting, block)
    if found.type != Block.Type.FOLLOW_UP:
        raise Http404
    if request.method != "POST":
        return render(request, "followups/delete_block.html", block_context(found))
    back = found.item.minutes.get_absolute_url()
    promises.delete_block(found, by=request.user, at=timezone.now())
    return redirect(back)


def block_context(found: Block) -> dict:
    minutes = found.item.minutes
    return {"one": found, "minutes": minutes, "meeting": minutes.meeting, "board": minutes.meeting.board}


def _form_answer(request: HttpRequest, found: Block, bound, status: int = 200, conflict: str = "") -> HttpResponse:
    form, rows = bound or (FollowUpBlockForm(block=found), Promises(initial=_initial(found)))
    template = "followups/_block_form.html" if request.htmx else "followups/edit_block.html"
    context = block_context(found) | {"form": form, "rows": rows, "conflict": conflict}
    return render(request, template, context, status=status)


def _initial(found: Block) -> list[dict]:
    initial = []
    for follow_up in found.follow_ups.order_by("source_order", "pk").prefetch_related("actions"):
        action = next(iter(follow_up.actions.all()), None)
        initial.append(
            {
                "follow_up": follow_up.pk,
                "text": action.text if action else follow_up.title,
                "responsible": action.responsible if action else [],
                "due_text": action.due_text if action else "",
                "status": follow_up.state,
                "note": action.note if action else "",
            }
        )
    return initial
