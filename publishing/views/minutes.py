"""Issuing the minutes: for remarks, final, approved, corrected."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from boardroom.lib.workflow import TransitionRefused
from followups import rollback
from minutes import review, settling, workflow
from minutes.approval import unresolved_approvals
from minutes.approving import ASKED_WAYS
from minutes.completeness import missing
from publishing import issuing, reviewing
from publishing.forms import ApproveForm, ReasonForm, ReviewForm
from publishing.views.gate import form_page, minutes_for, refused


def send_for_review(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    minutes = minutes_for(request, board, meeting, "minutes.send_for_review")
    today = timezone.localdate()
    persons = review.recipients_of(minutes, today)
    last = minutes.review_rounds.order_by("-number").first()
    said = {"persons": persons, "board": minutes.meeting.board, "today": today, "after": last.number if last else 0}
    form = ReviewForm(request.POST or None, **said)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        act = {name: said[name] for name in ("deadline", "note", "persons", "after")}
        told = _("The draft is out for remarks.")
        return _done(request, minutes, told, issuing.send_for_review, at=timezone.now(), **act)
    is_open = bool(last and last.is_open)
    obstacles = [] if is_open else workflow.SEND_FOR_REVIEW.obstacles(minutes)
    context = {"last": last, "unsettled": settling.unsettled(minutes).count(), "obstacles": obstacles}
    return form_page(request, "publishing/send_for_review.html", form, meeting=minutes.meeting, **context)


def finalise(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    minutes = minutes_for(request, board, meeting, "minutes.finalise")
    points = missing(minutes)
    form = ReasonForm(request.POST or None, is_required=bool(points))
    if request.method == "POST" and form.is_valid():
        return _finalised(request, minutes, form.cleaned_data["reason"])
    context = {"meeting": minutes.meeting, "points": points, "obstacles": workflow.FINALISE.obstacles(minutes)}
    context |= {"unresolved": unresolved_approvals(minutes), "unsettled": settling.unsettled(minutes).count()}
    return form_page(request, "publishing/finalise.html", form, **context)


def approve(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    minutes = minutes_for(request, board, meeting, "minutes.approve")
    shown = issuing.shown_version(minutes)
    form = ApproveForm(request.POST or None, minutes=minutes, shown=shown, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        act = {"how": said["how"], "on": said["on"], "in_row": said["in_row"], "by_names": form.approvers}
        told = _("The minutes are approved.")
        return _done(request, minutes, told, issuing.approve, at=timezone.now(), shown=said["shown"], **act)
    obstacles = workflow.APPROVE.obstacles(minutes)
    return form_page(request, "publishing/approve.html", form, meeting=minutes.meeting, obstacles=obstacles)


def correct(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    minutes = minutes_for(request, board, meeting, "minutes.correct")
    form = ReasonForm(request.POST or None, explained=_("Printed at the end of the corrected minutes."))
    if request.method == "POST" and form.is_valid():
        told = _("The text can be changed now. Issue the correction when you are done.")
        return _done(request, minutes, told, issuing.open_correction, to=minutes, reason=form.cleaned_data["reason"])
    steps = rollback.steps(minutes) if minutes.correction_reason else []
    return form_page(request, "publishing/correct.html", form, meeting=minutes.meeting, minutes=minutes, steps=steps)


def issue_correction(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    minutes = minutes_for(request, board, meeting, "minutes.correct")
    told = _("The correction is issued as a new version.")
    left = [step.sentence for step in rollback.steps(minutes) if not step.act]
    answer = _done(request, minutes, told, issuing.issue_correction, at=timezone.now())
    for sentence in left if answer.status_code == HTTPStatus.FOUND else []:
        messages.warning(request, sentence)
    return answer


def give_up_correction(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    minutes = minutes_for(request, board, meeting, "minutes.correct")
    return _done(request, minutes, _("The correction is given up."), issuing.give_up_correction)


def issue_review_summary(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    minutes = minutes_for(request, board, meeting, "minutes.settle_remarks")
    told = _("The summary of the remarks is issued.")
    return _done(request, minutes, told, issuing.issue_review_summary, at=timezone.now())


def attach_review_summary(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """The summary is laid beside the case that approves the minutes (R95)."""
    minutes = minutes_for(request, board, meeting, "minutes.settle_remarks")
    try:
        row = reviewing.attach_summary(minutes, by=request.user, at=timezone.now())
    except TransitionRefused as refusal:
        return refused(request, minutes.meeting, refusal.reasons)
    case = row.label or row.title
    told = _("The summary will in a moment be a paper of case %(case)s in %(meeting)s.")
    messages.success(request, told % {"case": case, "meeting": row.meeting})
    return redirect("minutes:remarks", board, meeting)


def _finalised(request: HttpRequest, minutes, reason: str) -> HttpResponse:
    try:
        result = issuing.finalise(minutes, by=request.user, at=timezone.now(), reason=reason)
    except TransitionRefused as refusal:
        return refused(request, minutes.meeting, refusal.reasons)
    messages.success(request, _("The minutes are final. The PDF is on its way."))
    for earlier in result.approved:
        messages.success(request, _("The minutes of %(meeting)s are approved.") % {"meeting": earlier.meeting})
    for sentence in result.not_approved:
        messages.warning(request, sentence)
    if minutes.meeting.board.approval in ASKED_WAYS:
        return redirect("publishing:approval", minutes.meeting.board.slug, minutes.meeting.slug)
    return redirect("publishing:documents", minutes.meeting.board.slug, minutes.meeting.slug)


def _done(request: HttpRequest, minutes, told: str, act, to=None, **said) -> HttpResponse:
    """The act was done and is told of, on the page `to` or the documents; or the reasons why it was not."""
    try:
        act(minutes, by=request.user, **said)
    except TransitionRefused as refusal:
        return refused(request, minutes.meeting, refusal.reasons)
    messages.success(request, told)
    if to:
        return redirect(to)
    return redirect("publishing:documents", minutes.meeting.board.slug, minutes.meeting.slug)
