"""The review: a member reads the draft and remarks on it (R89, R93, R94)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from boardroom.lib.workflow import TransitionRefused
from boards.models import Person
from boards.roles import may
from minutes import pages, review
from minutes.models import Block, Minutes, Remark, ReviewRound
from minutes.register import open_blocks
from minutes.review_forms import RemarkForm
from minutes.views.gate import minutes_for, minutes_of, refusals_as_409
from minutes.views.minutes import frame


@require_safe
def read(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """The draft for its readers, with their remarks and the deadline (R94)."""
    minutes = minutes_of(request, board, meeting)
    if latest_round(minutes) is None:
        raise Http404
    return reading(request, minutes)


@require_POST
def remark(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """A remark is sent; what was typed stays on the page when it is refused (R93, F24)."""
    minutes = minutes_for(request, board, meeting, "minutes.remark")
    current = round_or_404(minutes)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return reading(request, minutes, form=form, status=422)
    place = place_of(minutes, form, request.user)
    try:
        given = {"text": form.cleaned_data["text"], "at": timezone.now(), "by": request.user}
        sent = review.add_remark(current, person=person_or_404(request), **given, **place)
    except TransitionRefused as refusal:
        return reading(request, minutes, form=form, reasons=refusal.reasons, status=409)
    messages.success(
        request, _("Your remark was sent after the deadline.") if sent.is_late else _("Your remark was sent.")
    )
    return redirect(f"{review_address(minutes)}#remark-{sent.pk}")


@require_POST
@refusals_as_409
def none(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """The answer that there are no remarks (R94)."""
    minutes = minutes_for(request, board, meeting, "minutes.remark")
    review.no_remarks(round_or_404(minutes), person_or_404(request), at=timezone.now(), by=request.user)
    messages.success(request, _("Your answer was sent: no remarks."))
    return redirect(review_address(minutes))


def review_address(minutes: Minutes) -> str:
    return minutes.get_absolute_url().removesuffix("minutes/") + "review/"


def latest_round(minutes: Minutes) -> ReviewRound | None:
    return minutes.review_rounds.order_by("-number").first()


def round_or_404(minutes: Minutes) -> ReviewRound:
    found = latest_round(minutes)
    if found is None:
        raise Http404
    return found


def person_or_404(request: HttpRequest) -> Person:
    """The register's person of the account; an account without one cannot be named as the sender."""
    return get_object_or_404(Person.objects.select_related("organisation"), user=request.user)


def place_of(minutes: Minutes, form: RemarkForm, user) -> dict:
    """The block or case the remark is about, where it is one of these minutes that the user may read."""
    if number := form.cleaned_data.get("block"):
        blocks = Block.objects.filter(item__minutes=minutes).select_related("item__row")
        if not may(user, "documents.read_exempt", minutes.meeting.board):
            blocks = open_blocks(blocks)
        return {"block": get_object_or_404(blocks, pk=number)}
    if number := form.cleaned_data.get("item"):
        return {"item": get_object_or_404(minutes.items.select_related("row"), pk=number)}
    return {}


def reading(request: HttpRequest, minutes: Minutes, status: int = 200, **more) -> HttpResponse:
    sections = pages.sections(minutes, request.user)
    current = latest_round(minutes)
    seen = list(review.visible_remarks(minutes, request.user).filter(round=current).select_related("person"))
    whole = spread(sections, seen)
    answers = list(current.answers.select_related("person"))
    own = next((answer for answer in answers if answer.person.user_id == request.user.pk), None)
    context = frame(request, minutes) | {
        "sections": sections,
        "round": current,
        "is_late": review.is_late(current, timezone.now()),
        "days_left": (current.deadline - timezone.localdate()).days if current.deadline else None,
        "answered": sum(answer.answered_at is not None for answer in answers),
        "asked": len(answers),
        "own_answer": own,
        "own_remarks": [one for one in seen if one.person and one.person.user_id == request.user.pk],
        "whole": whole,
        "may_answer": current.is_open and frame(request, minutes)["may"]["remark"],
    }
    return render(request, "minutes/review.html", context | more, status=status)


def spread(sections: list[pages.Section], seen: list[Remark]) -> list[Remark]:
    """Each remark lies at its block or case; those to the whole are returned."""
    blocks = {one.block.pk: one.remarks for section in sections for one in section.blocks}
    items = {section.item.pk: section.remarks for section in sections}
    whole: list[Remark] = []
    for one in seen:
        place = blocks.get(one.block_id, items.get(one.item_id, whole))
        place.append(one)
    return whole
