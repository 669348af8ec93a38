"""The minutes of one meeting on one page: for who writes them, and for who reads them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from boards.roles import may
from meetings.models import Meeting
from minutes import drafting, editing, pages, phrases
from minutes.approval import unresolved_approvals
from minutes.completeness import missing
from minutes.forms import NoteForm
from minutes.models import Block, Minutes
from minutes.views.gate import item_for, minutes_of, refusals_as_409

ADDED = (
    (Block.Type.TEXT, _("Text")),
    (Block.Type.DECISION, _("Decision")),
    (Block.Type.PROPOSAL, _("Proposal")),
    (Block.Type.VOTE, _("Vote")),
    (Block.Type.STATEMENT, _("Statement")),
    (Block.Type.DISQUALIFICATION, _("Impartiality")),
)


@require_safe
def minutes(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """The whole minutes, to be written where the user may and it is time, else to be read."""
    try:
        found = minutes_of(request, board, meeting)
    except Http404:
        return before_the_draft(request, board, meeting)
    if may(request.user, "minutes.write", found.meeting.board) and found.is_writable:
        return render(request, "minutes/write.html", writing(request, found))
    context = frame(request, found) | {"sections": pages.sections(found, request.user)}
    return render(request, "minutes/read.html", context)


def before_the_draft(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """For who may write: the offer to make the draft. Raises Http404 for everyone else, and where minutes exist."""
    meetings = Meeting.objects.visible_to(request.user).filter(minutes__isnull=True).select_related("board")
    found = get_object_or_404(meetings, board__slug=board, slug=meeting)
    if not may(request.user, "minutes.write", found.board):
        raise Http404
    return render(request, "minutes/start.html", {"meeting": found, "board": found.board})


@refusals_as_409
def note(request: HttpRequest, board: str, meeting: str, item: int) -> HttpResponse:
    """The internal note of a case (R68)."""
    found = item_for(request, board, meeting, item)
    form = NoteForm(request.POST or None, initial={"internal_note": found.internal_note})
    if request.method == "POST" and form.is_valid():
        editing.write_note(found, form.cleaned_data["internal_note"], by=request.user)
        return item_answer(request, found)
    status = 422 if request.method == "POST" else 200
    return render(
        request, "minutes/note.html", frame(request, found.minutes) | {"form": form, "item": found}, status=status
    )


@require_POST
@refusals_as_409
def no_items(request: HttpRequest, board: str, meeting: str, item: int) -> HttpResponse:
    found = item_for(request, board, meeting, item)
    editing.no_items(found, by=request.user)
    return item_answer(request, found)


@require_POST
@refusals_as_409
def no_decision(request: HttpRequest, board: str, meeting: str, item: int) -> HttpResponse:
    found = item_for(request, board, meeting, item)
    editing.no_decision(found, by=request.user)
    return item_answer(request, found)


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
    return item_answer(request, found)


def chosen_phrase(request: HttpRequest, found: Minutes) -> phrases.Phrase | None:
    offered = {str(number): one for number, one in enumerate(phrases.phrases_of(found.meeting.board))}
    return offered.get(request.POST.get("phrase", ""))


def item_answer(request: HttpRequest, item) -> HttpResponse:
    """After an act on a case: the case anew and the open points for htmx, else the page at its place."""
    if not request.htmx:
        return redirect(f"{item.minutes.get_absolute_url()}#item-{item.pk}")
    context = frame(request, item.minutes) | tools(item.minutes)
    found = pages.with_doubts(pages.sections(item.minutes, request.user, only=item))
    return render(
        request, "minutes/_item_answer.html", context | {"section": found[0], "missing": missing(item.minutes)}
    )


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
    """What the writer is offered in every case."""
    return {"phrases": phrases.phrases_of(found.meeting.board), "added": ADDED}


def writing(request: HttpRequest, found: Minutes) -> dict:
    sections = pages.with_doubts(pages.sections(found, request.user))
    return (
        frame(request, found)
        | tools(found)
        | {
            "sections": sections,
            "missing": missing(found),
            "unresolved": unresolved_approvals(found),
            "attendance": list(found.meeting.attendance.all()),
            "late_rows": found.meeting.agenda_rows.filter(
                kind__in=drafting.PRINTED, minutes_items__isnull=True
            ).count(),
            "open_round": found.review_rounds.filter(is_open=True).first(),
        }
    )
