"""A member reads the draft, writes remarks on it, and answers (R93, R94, R96, P37). The secretariat's side: minutes.views."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from boardroom.lib.kept import kept
from boardroom.lib.workdays import working_days_between
from boardroom.lib.workflow import TransitionRefused
from boards.models import Person, Seat
from boards.roles import may, require
from minutes import review as domain
from minutes.models import Minutes, Remark
from minutes.review_forms import RemarkForm
from minutes.rules import ISSUED
from minutes.rules import may_read as may_read_minutes
from publishing import comparing, rules
from publishing.drafts import PLACE, WHOLE, Review, Spot
from publishing.listing import READY, state_of_pdf

KEY = "remarks"


@dataclass
class Typed:
    """What was sent and not taken: texts and errors by the key of their field, reasons, and what to ask about."""

    texts: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    asks_whether_to_drop: bool = False
    changing: tuple[int, str, str] | None = None


@require_safe
def read(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """The draft for its readers, with their remarks and the deadline."""
    return page(request, review_for(request, board, meeting))


@require_POST
def send(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """All that was written is sent together; what is refused stays on the page (F24)."""
    found = review_for(request, board, meeting, "minutes.remark")
    typed, said = _typed(request, found)
    if not said and not typed.errors:
        typed.reasons = [_("Write a remark first, or answer «No remarks».")]
    if typed.reasons or typed.errors:
        return page(request, found, typed, status=422)
    try:
        sent = domain.send_remarks(found.round, _person(request), said, at=timezone.now(), by=request.user)
    except TransitionRefused as refusal:
        typed.reasons = refusal.reasons
        return page(request, found, typed, status=409)
    count = len({one.pk for one in sent})
    words = ngettext("%(count)d remark was sent.", "%(count)d remarks were sent.", count) % {"count": count}
    if any(one.is_late for one in sent):
        words += " " + _("It came after the deadline and is marked as late.")
    return answered(request, found.minutes, words)


@require_POST
def no_remarks(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """The answer that there are no remarks; with something written and not sent, the page asks first."""
    found = review_for(request, board, meeting, "minutes.remark")
    typed, said = _typed(request, found)
    if said and "drop" not in request.POST:
        typed.asks_whether_to_drop = True
        return page(request, found, typed, status=422)
    try:
        domain.no_remarks(found.round, _person(request), at=timezone.now(), by=request.user)
    except TransitionRefused as refusal:
        typed.reasons = refusal.reasons
        return page(request, found, typed, status=409)
    return answered(request, found.minutes, _("Your answer was sent: no remarks."))


@require_POST
def change(request: HttpRequest, board: str, meeting: str, remark: int) -> HttpResponse:
    """A remark of one's own reads anew, while the round is open and nobody has settled it."""
    found, own = _own(request, board, meeting, remark)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        error = form.errors["text"][0]
        return page(request, found, Typed(changing=(own.pk, request.POST.get("text", ""), error)), status=422)
    try:
        domain.change_remark(own, form.cleaned_data["text"], at=timezone.now(), by=request.user)
    except TransitionRefused as refusal:
        typed = Typed(reasons=refusal.reasons, changing=(own.pk, form.cleaned_data["text"], ""))
        return page(request, found, typed, status=409)
    messages.success(request, _("The remark is changed."))
    return redirect(f"{request.path.partition('/remarks/')[0]}/#remark-{own.pk}")


@require_POST
def withdraw(request: HttpRequest, board: str, meeting: str, remark: int) -> HttpResponse:
    """A remark of one's own is taken back, while the round is open and nobody has settled it."""
    found, own = _own(request, board, meeting, remark)
    try:
        domain.withdraw_remark(own, by=request.user)
    except TransitionRefused as refusal:
        return page(request, found, Typed(reasons=refusal.reasons), status=409)
    messages.success(request, _("The remark is withdrawn."))
    return redirect(f"{request.path.partition('/remarks/')[0]}/")


def review_for(request: HttpRequest, board: str, meeting: str, act: str | None = None) -> Review:
    """The latest round of the meeting's minutes and its draft, also after it was closed. Raises Http404, PermissionDenied."""
    rounds = Minutes.objects.filter(review_rounds__isnull=False).select_related("meeting__board").distinct()
    minutes = get_object_or_404(rounds, meeting__board__slug=board, meeting__slug=meeting)
    found = Review(minutes, request.user)
    draft = found.document
    if not may_read_minutes(request.user, minutes) and not (draft and rules.may_read(request.user, draft)):
        raise Http404
    if act:
        require(request.user, act, minutes.meeting.board)
    return found


def answered(request: HttpRequest, minutes: Minutes, words: str) -> HttpResponse:
    """What was taken: for htmx the page anew with a receipt, else the page by its address."""
    if request.htmx:
        return kept(page(request, Review(minutes, request.user), said=words), KEY)
    messages.success(request, words)
    return redirect("publishing:review", minutes.meeting.board.slug, minutes.meeting.slug)


def page(request: HttpRequest, found: Review, typed: Typed | None = None, said: str = "", status: int = 200):
    minutes, board = found.minutes, found.minutes.meeting.board
    with_changes = bool(request.GET.get("changes"))
    chapters = found.chapters(with_changes=with_changes)
    answers = [one for one in found.answers if one.round_id == found.round.pk]
    own = [one for one in found.remarks if one.person and one.person.user_id == request.user.pk]
    may_answer = bool(found.own_answer) and found.round.is_open and may(request.user, "minutes.remark", board)
    context = {
        "review": found,
        "round": found.round,
        "minutes": minutes,
        "meeting": minutes.meeting,
        "board": board,
        "days": list(minutes.meeting.days.all()),
        "chapters": chapters,
        "case_count": max((one.position for one in chapters), default=0),
        "whole": found.whole,
        "with_changes": with_changes and found.earlier is not None,
        "change_count": comparing.changes(found.changed) if found.earlier else 0,
        "answered": sum(one.answered_at is not None for one in answers),
        "asked": len(answers),
        "may_answer": may_answer,
        "own_answer": found.own_answer,
        "own_now": [one for one in own if one.round_id == found.round.pk],
        "own_before": [one for one in own if one.round_id != found.round.pk],
        "may_settle": may(request.user, "minutes.read_remarks", board),
        "is_issued": minutes.state in ISSUED,
        "said": said,
    }
    typed = typed or Typed()
    _put(typed, found.whole, chapters)
    context |= {"typed": typed, "unplaced": _unplaced(typed, may_answer)} | _clock(found) | _pdf(found)
    if not found.round.is_open or not may_answer:
        context["secretaries"] = _secretaries(board)
    return render(request, "publishing/review.html", context, status=status)


def _clock(found: Review) -> dict:
    now = timezone.localtime()
    deadline = found.round.deadline
    return {
        "now": now,
        "is_late": domain.is_late(found.round, now),
        "is_last_day": deadline == now.date(),
        "days_left": working_days_between(now.date(), deadline) if deadline else None,
    }


def _pdf(found: Review) -> dict:
    if not found.document or state_of_pdf(found.document, found.user).state != READY:
        return {}
    one = found.document
    address = [one.board.slug, one.meeting.slug, one.kind, one.version]
    return {"pdf": reverse("publishing:document-pdf", args=address)}


def _secretaries(board) -> list[Seat]:
    seats = Seat.objects.active_on(timezone.localdate()).filter(board=board, role=Seat.Role.SECRETARY)
    return list(seats.select_related("person").order_by("order", "pk"))


def _put(typed: Typed, whole: Spot, chapters: list) -> None:
    """What was typed stands in its fields again."""
    for chapter in chapters:
        for spot in (chapter.spot, *(passage.spot for passage in chapter.passages)):
            if spot:
                spot.written, spot.error = typed.texts.get(spot.key, ""), typed.errors.get(spot.key, "")
    whole.written, whole.error = typed.texts.get(WHOLE, ""), typed.errors.get(WHOLE, "")


def _unplaced(typed: Typed, may_answer: bool) -> list[str]:
    """Texts that can no longer be sent: they are shown, to be copied."""
    return [] if may_answer else [text for text in typed.texts.values() if text.strip()]


def _typed(request: HttpRequest, found: Review) -> tuple[Typed, list[tuple[dict, str]]]:
    """The texts of the form, and those that can be sent with their places."""
    texts = {key: text for key, text in request.POST.items() if PLACE.fullmatch(key) and text.strip()}
    places = found.places(texts)
    typed = Typed(dict(texts))
    for key in [key for key in texts if key not in places]:
        moved = [typed.texts.get(WHOLE, ""), typed.texts.pop(key)]
        typed.texts[WHOLE] = "\n\n".join(text.strip() for text in moved if text.strip())
        typed.errors[WHOLE] = _("What this was written about is not in the draft. Send it as a remark on the whole.")
    said = []
    for key, text in typed.texts.items():
        form = RemarkForm({"text": text})
        if form.is_valid():
            said.append((places[key], form.cleaned_data["text"]))
        else:
            typed.errors[key] = form.errors["text"][0]
    return typed, said


def _person(request: HttpRequest) -> Person:
    """The register's person of the account; an account without one cannot be named as the sender."""
    return get_object_or_404(Person.objects.select_related("organisation"), user=request.user)


def _own(request: HttpRequest, board: str, meeting: str, remark: int) -> tuple[Review, Remark]:
    """The review and a remark in it. Raises Http404 for one that may not be read, PermissionDenied for another's."""
    found = review_for(request, board, meeting, "minutes.remark")
    remarks = domain.visible_remarks(found.minutes, request.user)
    own = get_object_or_404(remarks.select_related("round__minutes__meeting__board", "person"), pk=remark)
    if own.person is None or own.person.user_id != request.user.pk:
        raise PermissionDenied(_("Only who wrote a remark changes it or takes it back."))
    return found, own
