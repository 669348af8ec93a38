"""Follow-ups in the minutes: the start of the draft, a block of them, those of a decision, and taking one out."""

from dataclasses import asdict

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_htmx.http import reswap

from boardroom.lib.kept import contested, kept, unsaved
from followups import drafting, promises
from followups.forms import FollowUpBlockForm, Promises
from followups.views.gate import meeting_for
from followups.views.saying import say
from minutes import editing
from minutes.models import Block
from minutes.views.blocks import block_context as shown_context
from minutes.views.blocks import left_empty
from minutes.views.gate import block_for, in_its_place, item_for, refusals_as_409
from minutes.views.minutes import changed

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
    """The follow-ups of a block, each with text, responsible, due time and status, in its place or on a page."""
    found = block_for(request, board, meeting, block)
    if found.type == Block.Type.FOLLOW_UP_REPORT and hasattr(found, "report"):
        return say(request, board, meeting, found.report.pk)
    if found.type not in HOLDERS:
        raise Http404
    if request.method != "POST":
        return _form_answer(request, found, None)
    form, rows = FollowUpBlockForm(request.POST, block=found), Promises(request.POST, block=found)
    if not (form.is_valid() and rows.is_valid()):
        return _invalid_answer(request, found, form, rows)
    if is_left_empty(request, found, rows):
        return left_empty(request, found)
    if says_the_same(found, form, rows):
        return _saved_answer(request, found, rows, list(found.follow_ups.order_by("source_order", "pk")))
    try:
        saved = _save(request, found, form, rows)
    except editing.EditConflict as conflict:
        answer = _form_answer(request, found, (form, rows), status=409, conflict=str(conflict))
        return contested(answer, f"block-{found.pk}")
    return _saved_answer(request, found, rows, saved)


def says_the_same(found: Block, form, rows) -> bool:
    """Whether everything typed is stored already, so that nothing is written."""
    stored = [{**one, "action": None} for one in _initial(found)]
    typed = [{**asdict(one), "action": None} for one in rows.values()]
    return typed == stored and not set(form.changed_data) - {"version"}


def is_left_empty(request: HttpRequest, found: Block, rows) -> bool:
    """Whether a new block of follow-ups is closed before anything was written in it."""
    is_new = found.type == Block.Type.FOLLOW_UP and found.version == 1 and not found.follow_ups.exists()
    return is_new and "autosave" not in request.POST and not rows.values()


def _invalid_answer(request: HttpRequest, found: Block, form, rows) -> HttpResponse:
    if "autosave" not in request.POST:
        return _form_answer(request, found, (form, rows), status=422)
    errors = [error for one in [form, *rows.forms] for kind in one.errors.values() for error in kind]
    return unsaved(HttpResponse(status=422), f"block-{found.pk}", (errors or rows.non_form_errors())[0])


def _saved_answer(request: HttpRequest, found: Block, rows, saved: list) -> HttpResponse:
    """Autosave: which follow-up each row is now, and what its due time was read as. Else the block as it reads."""
    if "autosave" in request.POST:
        pairs = [(row, one) for row, one in zip(rows.filled(), saved, strict=True)]
        answer = reswap(render(request, "followups/_promises_saved.html", {"pairs": pairs}), "none")
        return kept(answer, f"block-{found.pk}", found.version)
    if not request.htmx:
        return redirect(found)
    answer = render(request, "minutes/_block.html", shown_context(request, found))
    return changed(kept(answer, f"block-{found.pk}", found.version))


def _save(request: HttpRequest, found: Block, form: FollowUpBlockForm, rows) -> list:
    """Block and follow-ups together; the follow-ups as they are now. Raises EditConflict, TransitionRefused."""
    typed = form.cleaned_data
    return promises.save_block(
        found,
        rows.values(),
        label=typed.get("label"),
        list_style=typed.get("list"),
        version=typed["version"],
        by=request.user,
        at=timezone.now(),
    )


def block_context(found: Block) -> dict:
    minutes = found.item.minutes
    return {"one": found, "minutes": minutes, "meeting": minutes.meeting, "board": minutes.meeting.board}


def _form_answer(request: HttpRequest, found: Block, bound, status: int = 200, conflict: str = "") -> HttpResponse:
    form, rows = bound or (FollowUpBlockForm(block=found), Promises(initial=_initial(found), block=found))
    template = "followups/_block_form.html" if request.htmx else "followups/edit_block.html"
    people = found.item.minutes.meeting.attendance.values_list("name", flat=True)
    context = block_context(found) | {"form": form, "rows": rows, "conflict": conflict, "people": people}
    return render(request, template, context, status=status)


def _initial(found: Block) -> list[dict]:
    initial = []
    for follow_up in found.follow_ups.order_by("source_order", "pk").prefetch_related("actions__due_meeting"):
        if follow_up.is_taken_out:
            continue
        action = next(iter(follow_up.said), None)
        initial.append(
            {
                "follow_up": follow_up.pk,
                "text": action.text if action else follow_up.title,
                "responsible": action.responsible if action else [],
                "due_text": action.due_text if action else "",
                "status": action.state if action else follow_up.state,
                "note": action.note if action else "",
                "action": action,
            }
        )
    return initial
