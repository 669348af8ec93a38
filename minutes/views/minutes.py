"""Acts on one case of the minutes, and what every page of the minutes shows."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from boardroom.lib.kept import kept, unsaved
from boards.roles import may
from meetings import running
from meetings.models import Meeting
from minutes import editing, pages, phrases
from minutes.forms import NoteForm
from minutes.models import Block, Minutes, MinutesItem
from minutes.views.gate import item_for, refusals_as_409

ADDED = (
    (Block.Type.TEXT, _("Text")),
    (Block.Type.DECISION, _("Decision")),
    (Block.Type.FOLLOW_UP, _("Follow-up")),
    (Block.Type.DISQUALIFICATION, _("Impartiality")),
    (Block.Type.STATEMENT, _("Statement")),
    (Block.Type.PROPOSAL, _("Proposal")),
    (Block.Type.VOTE, _("Vote")),
)


def before_the_draft(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """For who may write: the offer to make the draft. Raises Http404 for everyone else, and where minutes exist."""
    meetings = Meeting.objects.visible_to(request.user).filter(minutes__isnull=True).select_related("board")
    found = get_object_or_404(meetings, board__slug=board, slug=meeting)
    if not may(request.user, "minutes.write", found.board):
        raise Http404
    may_start = not running.obstacles(found, timezone.now())
    return render(request, "minutes/start.html", {"meeting": found, "board": found.board, "may_start": may_start})


@refusals_as_409
def note(request: HttpRequest, board: str, meeting: str, item: int) -> HttpResponse:
    """The internal note of a case, in its place or on a page (R68)."""
    found = item_for(request, board, meeting, item)
    form = NoteForm(request.POST or None, initial={"internal_note": found.internal_note})
    if request.method != "POST" or not form.is_valid():
        return note_form(request, found, form)
    editing.write_note(found, form.cleaned_data["internal_note"], by=request.user)
    found.internal_note = form.cleaned_data["internal_note"]
    key = f"note-{found.pk}"
    if "autosave" in request.POST:
        return kept(HttpResponse(status=204), key)
    if not request.htmx:
        return redirect(found)
    return kept(render(request, "minutes/_note.html", frame(request, found.minutes) | {"item": found}), key)


def note_form(request: HttpRequest, item: MinutesItem, form: NoteForm) -> HttpResponse:
    if form.is_bound and "autosave" in request.POST:
        return unsaved(HttpResponse(status=422), f"note-{item.pk}", form.errors["internal_note"][0])
    template = "minutes/_note_form.html" if request.htmx else "minutes/note.html"
    context = frame(request, item.minutes) | {"form": form, "item": item}
    return render(request, template, context, status=422 if form.is_bound else 200)


@require_POST
@refusals_as_409
def no_items(request: HttpRequest, board: str, meeting: str, item: int) -> HttpResponse:
    found = item_for(request, board, meeting, item)
    editing.no_items(found, by=request.user)
    return changed(item_answer(request, found))


@require_POST
@refusals_as_409
def no_decision(request: HttpRequest, board: str, meeting: str, item: int) -> HttpResponse:
    found = item_for(request, board, meeting, item)
    editing.no_decision(found, by=request.user)
    return changed(item_answer(request, found))


@require_POST
@refusals_as_409
def phrase(request: HttpRequest, board: str, meeting: str, item: int) -> HttpResponse:
    """A decision in a standard wording stands in the case (R71)."""
    found = item_for(request, board, meeting, item)
    chosen = chosen_phrase(request, found.minutes)
    if chosen is None:
        raise Http404
    values = {"html": chosen.html, "kind": chosen.kind}
    if chosen.approves_minutes and found.row:
        values["approves_minutes_of"] = found.row.approves_minutes_of
    editing.add_block(found, Block.Type.DECISION, by=request.user, values=values)
    return changed(item_answer(request, found))


def chosen_phrase(request: HttpRequest, found: Minutes) -> phrases.Phrase | None:
    offered = {str(number): one for number, one in enumerate(phrases.phrases_of(found.meeting.board))}
    return offered.get(request.POST.get("phrase", ""))


def item_answer(request: HttpRequest, item: MinutesItem) -> HttpResponse:
    """After an act on a case: the case anew for htmx, else the page at its place."""
    if not request.htmx:
        return redirect(item)
    context = frame(request, item.minutes) | tools(item.minutes)
    found = pages.with_doubts(pages.sections(item.minutes, request.user, only=item))
    return render(request, "minutes/_item.html", context | {"section": found[0]})


def changed(answer: HttpResponse) -> HttpResponse:
    """The other columns of the page read themselves anew."""
    return trigger_client_event(answer, "changed")


def frame(request: HttpRequest, found: Minutes) -> dict:
    """What the head of every page of the minutes shows, and what the user may do here."""
    board = found.meeting.board
    acts = ("write", "send_for_review", "settle_remarks", "read_remarks", "finalise", "approve", "correct", "remark")
    return {
        "minutes": found,
        "meeting": found.meeting,
        "board": board,
        "days": list(found.meeting.days.all()),
        "may": {act: may(request.user, f"minutes.{act}", board) for act in acts},
        "saved_at": timezone.localtime(),
    }


def tools(found: Minutes) -> dict:
    """What the writer is offered in every case: wordings, and kinds of block, each with a letter of its own."""
    added, taken = [], set()
    for type, word in ADDED:
        letter = next((sign for sign in str(word).lower() if sign.isalpha() and sign not in taken), "")
        taken.add(letter)
        added.append({"type": type, "word": word, "letter": letter})
    return {"phrases": phrases.phrases_of(found.meeting.board), "added": added}
