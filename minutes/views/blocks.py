"""One block: added, and written in its place or on a page of its own."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from boardroom.lib.kept import contested, kept, unanswered, unsaved
from boardroom.lib.left_out import told
from boardroom.lib.workflow import TransitionRefused
from boards.models import LegalBasis
from minutes import conflicts, editing, pages, phrases, removal
from minutes.forms import FORMS, BlockForm
from minutes.models import Ballot, Block
from minutes.pages import DETAILS
from minutes.views.gate import block_for, in_its_place, item_for, minutes_for, refusals_as_409
from minutes.views.minutes import changed, chosen_phrase, frame
from minutes.voters import voters_of


@require_POST
@refusals_as_409
def add(request: HttpRequest, board: str, meeting: str, item: int, type: str) -> HttpResponse:
    """An empty block of the type, open for writing, last or after the one named. Pressing twice opens the same one (F20)."""
    found = item_for(request, board, meeting, item)
    if type not in FORMS:
        raise Http404
    after = found.blocks.filter(pk=_number(request.POST.get("after"))).first()
    block, is_untouched = untouched_or_new(found, type, by=request.user, after=after)
    if not request.htmx:
        return redirect("minutes:edit-block", board, meeting, block.pk)
    block = block_for(request, board, meeting, block.pk)
    answer = render(request, "minutes/_block_form.html", form_context(request, block, form_of(block)))
    return in_its_place(answer, block) if is_untouched else answer


def untouched_or_new(item, type: str, *, by, after: Block | None = None) -> tuple[Block, bool]:
    """The empty block of the type that stands last in the case and was never written in, else a new one."""
    last = item.blocks.order_by("order").last()
    is_untouched = bool(last and last.type == type and last.version == 1 and not last.html)
    is_untouched = is_untouched and not last.follow_ups.exists() and not (after and after.pk != last.pk)
    return (last, True) if is_untouched else (editing.add_block(item, type, by=by, after=after), False)


@require_safe
def block(request: HttpRequest, board: str, meeting: str, block: int) -> HttpResponse:
    """The block as it stands, for who closes its form."""
    found = block_for(request, board, meeting, block)
    if not request.htmx:
        return redirect(found)
    return render(request, "minutes/_block.html", block_context(request, found))


def edit(request: HttpRequest, board: str, meeting: str, block: int) -> HttpResponse:
    """The form of the block, in its place or as a page; a save on an old version answers 409 with both texts (F18)."""
    try:
        found = block_for(request, board, meeting, block)
    except Http404:
        return taken_out(request, board, meeting, block)
    if found.type not in FORMS:
        raise Http404
    if request.method != "POST":
        return form_answer(request, found, form_of(found))
    form = form_of(found, typed(request, found))
    if not form.is_valid():
        return invalid_answer(request, found, form)
    if form.is_untouched and "autosave" not in request.POST:
        return left_empty(request, found)
    return told(request, save(request, found, form), form, f"block-{found.pk}")


def taken_out(request: HttpRequest, board: str, meeting: str, block: int) -> HttpResponse:
    """410 for who was writing in a block that someone took out, with the text still in the form (F19).

    Raises Http404 for a block that never was, and where nothing was written.
    """
    minutes = minutes_for(request, board, meeting, "minutes.write")
    gone = Block.objects.filter(taken_from__minutes=minutes).select_related("taken_from__row", *DETAILS)
    found = get_object_or_404(gone, pk=block)
    if request.method != "POST" or found.type not in FORMS:
        raise Http404
    found.item, found.item.minutes = found.taken_from, minutes
    reason = _("The block was taken out by someone else. Your text is still on this page.")
    if request.htmx:
        return unsaved(HttpResponse(status=410), f"block-{block}", reason)
    return form_answer(request, found, form_of(found, request.POST), status=410, reasons=[reason])


def invalid_answer(request: HttpRequest, block: Block, form: BlockForm) -> HttpResponse:
    """What was typed stays where it is: beside the cause in the form, or in the browser where it was saving by itself."""
    if "autosave" in request.POST:
        why = next(error for errors in form.errors.values() for error in errors)
        return unsaved(HttpResponse(status=422), f"block-{block.pk}", why)
    return form_answer(request, block, form, status=422)


def left_empty(request: HttpRequest, block: Block) -> HttpResponse:
    """A new block that nothing was written in leaves no trace when it is closed."""
    item = block.item
    removal.forget(block, by=request.user)
    return changed(HttpResponse()) if request.htmx else redirect(item)


def save(request: HttpRequest, block: Block, form: BlockForm) -> HttpResponse:
    """What differs from what is stored is saved; a form that says the same is answered as it stands."""
    if conflicts.is_own([form]):
        return saved_answer(request, block)
    version = form.cleaned_data["version"]
    try:
        editing.save_block(block, form.values, version=version, by=request.user, at=timezone.now())
    except editing.EditConflict as conflict:
        own = [form_of(conflict.block, sent) for sent in (request.POST, *unanswered(request))]
        if conflicts.is_own(own):
            editing.save_block(block, form.values, version=conflict.block.version, by=request.user, at=timezone.now())
            return saved_answer(request, block)
        answer = form_answer(request, conflict.block, form, status=409, conflict=conflict)
        return contested(answer, f"block-{block.pk}")
    except TransitionRefused as refusal:
        if "autosave" in request.POST:
            return unsaved(HttpResponse(status=409), f"block-{block.pk}", " ".join(map(str, refusal.reasons)))
        return form_answer(request, block, form, status=409, reasons=refusal.reasons)
    return saved_answer(request, block)


def saved_answer(request: HttpRequest, block: Block) -> HttpResponse:
    """Autosave: only that it was saved. A wording chosen: the form with it. Else the block as it reads now."""
    if "autosave" in request.POST:
        return _told(HttpResponse(status=204), block)
    if "phrase" in request.POST:
        block = block_for(request, block.item.minutes.meeting.board.slug, block.item.minutes.meeting.slug, block.pk)
        return kept(form_answer(request, block, form_of(block)), f"block-{block.pk}", block.version)
    then = request.POST.get("then")
    if then in FORMS:
        return and_then(request, block, then)
    if not request.htmx:
        return redirect(block)
    answer = render(request, "minutes/_block.html", block_context(request, block))
    return changed(kept(answer, f"block-{block.pk}", block.version))


def and_then(request: HttpRequest, block: Block, type: str) -> HttpResponse:
    """The saved block, and after it a new one of the type, open: a statement after a vote (P3)."""
    new, _is_old = untouched_or_new(block.item, type, by=request.user, after=block)
    meeting = block.item.minutes.meeting
    if not request.htmx:
        return redirect("minutes:edit-block", meeting.board.slug, meeting.slug, new.pk)
    answer = render(request, "minutes/_block.html", block_context(request, block))
    new = block_for(request, meeting.board.slug, meeting.slug, new.pk)
    answer.write(render(request, "minutes/_block_form.html", form_context(request, new, form_of(new))).content.decode())
    return changed(kept(answer, f"block-{block.pk}", block.version))


def _told(answer: HttpResponse, block: Block) -> HttpResponse:
    """Who is disqualified changes who may vote, which another column shows at once (P4)."""
    answer = kept(answer, f"block-{block.pk}", block.version)
    return changed(answer) if block.type == Block.Type.DISQUALIFICATION else answer


def typed(request: HttpRequest, block: Block):
    """What was sent; where a wording was pressed, its kind is the decision's, and it is the text where there was none."""
    chosen = chosen_phrase(request, block.item.minutes) if "phrase" in request.POST else None
    if chosen is None:
        return request.POST
    data = request.POST.copy()
    data["kind"] = chosen.kind
    if phrases.is_free(data.get("html", ""), block.item.minutes.meeting.board):
        data["html"] = chosen.html
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


def form_of(block: Block, data=None) -> BlockForm:
    return FORMS[block.type](data, block=block)


def form_answer(request: HttpRequest, block: Block, form: BlockForm, status: int = 200, **more) -> HttpResponse:
    template = "minutes/_block_form.html" if request.htmx else "minutes/edit.html"
    return render(request, template, form_context(request, block, form) | more, status=status)


def form_context(request: HttpRequest, block: Block, form: BlockForm) -> dict:
    minutes = block.item.minutes
    voters = voters_of(block.item)
    context = frame(request, minutes) | {
        "one": block,
        "item": block.item,
        "form": form,
        "voters": voters,
        "legal_bases": LegalBasis.objects.all(),
        "sum": pages.vote_sum(value, voters) if (value := vote_of(block, form)) else None,
        "is_new": block.version == 1 and not block.html,
        "sides": Ballot.Side.choices[:3],
    }
    if block.type == Block.Type.TEXT:
        context["phrases"] = phrases.phrases_of(minutes.meeting.board)
    if block.type == Block.Type.DECISION:
        kind, html = form["kind"].value(), form["html"].value()
        context["chips"], context["more_chips"] = phrases.chips(block.item, kind, html)
        context["origin"] = pages.origin(block)
    return context


def vote_of(block: Block, form: BlockForm) -> dict | None:
    """The vote as it is typed, or as it stands where nothing was."""
    if not hasattr(form, "vote"):
        return None
    if form.is_bound:
        form.is_valid()
        return form.vote()
    vote = getattr(block, "vote", None)
    return pages.vote_value(vote) if vote else None


def block_context(request: HttpRequest, block: Block) -> dict:
    """One block as it reads, with what its vote leaves in doubt."""
    fresh = pages.blocks_with_details().get(pk=block.pk)
    shown = pages.shown(fresh, block.item, sees_all=True)
    section = pages.Section(block.item, block.item.title, blocks=[shown])
    if getattr(fresh, "vote", None):
        section.voters = voters_of(block.item)
        pages.with_doubts([section])
    return frame(request, block.item.minutes) | {"shown": shown, "one": block, "item": block.item}


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else None
