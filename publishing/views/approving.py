"""Approval by the people themselves: the secretary asks and follows, each who is asked reads and answers."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from boardroom.lib.workflow import TransitionRefused
from boards.models import Person
from boards.roles import require
from minutes import approval_reminders
from minutes import approving as asking
from minutes.approving import ASKED_WAYS
from minutes.models import ApprovalRequest, Minutes
from minutes.rules import ISSUED
from publishing import approval_state, approving, rules
from publishing.approval_forms import AnswerForm, AskForm, ExtendForm
from publishing.listing import state_of_pdf
from publishing.models import Document
from publishing.pages import article
from publishing.preview import newest
from publishing.views.gate import minutes_for, refused

Answer = ApprovalRequest.Answer


def approval(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """How the approval stands; where nobody is asked yet, who is to be asked in the board's way or another."""
    minutes = minutes_for(request, board, meeting, "minutes.approve")
    way = request.POST.get("way") or request.GET.get("way") or minutes.meeting.board.approval
    form = None
    if way in ASKED_WAYS and not asking.standing(minutes) and minutes.state == Minutes.State.FINAL:
        form = AskForm(request.POST or None, minutes=minutes, way=way, today=timezone.localdate())
    if request.method == "POST" and form is None:
        return refused(request, minutes.meeting, [_("Approval cannot be asked for now.")])
    if request.method == "POST" and form.is_valid():
        act = {"way": way, "persons": form.chosen, "deadline": form.cleaned_data["deadline"]}
        return _done(request, minutes, _("They are asked to approve the minutes."), approving.ask, **act)
    context = approval_state.for_secretary(minutes, timezone.localdate()) | {"form": form, "way": way}
    status = 422 if form and form.is_bound else 200
    return render(request, "publishing/approval.html", context, status=status)


@require_POST
def remind(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """Everybody who has not answered is reminded, at most once a day."""
    minutes = minutes_for(request, board, meeting, "minutes.approve")
    return _done(request, minutes, _("The reminder is on its way."), approval_reminders.remind)


@require_POST
def withdraw(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """Nobody is asked any more; the minutes stay final."""
    minutes = minutes_for(request, board, meeting, "minutes.approve")
    return _done(request, minutes, _("Nobody is asked any more."), asking.withdraw)


@require_POST
def extend(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """Who has not answered has more time."""
    minutes = minutes_for(request, board, meeting, "minutes.approve")
    form = ExtendForm(request.POST)
    if not form.is_valid():
        context = approval_state.for_secretary(minutes, timezone.localdate()) | {"extend": form}
        return render(request, "publishing/approval.html", context, status=422)
    day = form.cleaned_data["deadline"]
    return _done(request, minutes, _("There is a new day to answer by."), asking.extend, deadline=day)


@require_POST
def conclude(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """The circulation is over, and the minutes are approved by those who answered."""
    minutes = minutes_for(request, board, meeting, "minutes.approve")
    return _done(request, minutes, _("The minutes are approved."), approving.conclude)


def answer(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """What is to be approved, read and answered on one page; afterwards the receipt, and who else has answered."""
    minutes = minutes_for(request, board, meeting, "documents.read")
    if minutes.state not in ISSUED:
        raise Http404
    require(request.user, "minutes.answer_approval", minutes.meeting.board)
    form = AnswerForm(request.POST or None)
    if request.method != "POST":
        return _reading(request, minutes, form)
    if not form.is_valid():
        return _reading(request, minutes, form, 422)
    said = form.cleaned_data
    person = Person.objects.filter(user=request.user).first()
    act = {"said": said["answer"], "person": person, "shown": said["shown"], "note": said["note"]}
    try:
        approved = approving.answer(minutes, by=request.user, at=timezone.now(), **act)
    except TransitionRefused as refusal:
        return _reading(request, minutes, form, 409, reasons=refusal.reasons)
    if approved:
        messages.success(request, _("Your answer was the last one. The minutes are approved."))
    return redirect("publishing:answer-approval", board, meeting)


def _reading(request: HttpRequest, minutes: Minutes, form: AnswerForm, status: int = 200, **more) -> HttpResponse:
    minutes.refresh_from_db()
    document = newest(minutes.meeting, Document.Kind.MINUTES)
    is_issued = document is not None and document.stage != Document.Stage.DRAFT
    content = rules.content_for(request.user, document) if is_issued else None
    if content is None or not rules.may_read(request.user, document, minutes.state):
        raise Http404
    context = approval_state.for_reader(minutes, document, request.user, timezone.now())
    context |= {"form": form, "article": article(content), "pdf": state_of_pdf(document, request.user)}
    return render(request, "publishing/answer_approval.html", context | more, status=status)


def _done(request: HttpRequest, minutes: Minutes, told: str, act, **said) -> HttpResponse:
    try:
        act(minutes, by=request.user, at=timezone.now(), **said)
    except TransitionRefused as refusal:
        return refused(request, minutes.meeting, refusal.reasons)
    messages.success(request, told)
    return redirect("publishing:approval", minutes.meeting.board.slug, minutes.meeting.slug)
