"""Publishing a document in two steps, and withdrawing it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from boardroom.lib.workflow import TransitionRefused
from publishing import publication as acts
from publishing.forms import PublishForm, ReasonForm
from publishing.mentioning import mentions_of
from publishing.models import Publication
from publishing.pages import article
from publishing.tracker import due_words
from publishing.views.gate import document_for, form_page, refused


def publish(request: HttpRequest, board: str, meeting: str, kind: str, version: int) -> HttpResponse:
    found = document_for(request, board, meeting, kind, version, "documents.publish")
    if reasons := acts.obstacles(found):
        return refused(request, found.meeting, reasons)
    findings = acts.findings(found)
    asked = {"findings": findings, "shown": found.public_sha256, "criterion": found.board.publication_criterion}
    form = PublishForm(request.POST or None, **asked)
    if request.method == "POST" and form.is_valid():
        return _published(request, found, form)
    stops = [finding for finding in findings if finding.is_stop]
    context = {"meeting": found.meeting, "document": found, "article": article(found.public_content), "stops": stops}
    told = mentions_of(Publication(document=found))
    context["promises"] = [(one, due_words(one)) for one in told if one.kind == one.Kind.PROMISE or one.due_kind]
    return form_page(request, "publishing/publish.html", form, **context)


def withdraw(request: HttpRequest, board: str, meeting: str, kind: str, version: int) -> HttpResponse:
    found = document_for(request, board, meeting, kind, version, "documents.withdraw")
    published = found.publications.live().first()
    if published is None:
        raise Http404
    form = ReasonForm(
        request.POST or None,
        explained=_("Shown to everybody who opens the address. Name nothing that is to be hidden."),
    )
    if request.method == "POST" and form.is_valid():
        return _withdrawn(request, found, published, form.cleaned_data["reason"])
    return form_page(request, "publishing/withdraw.html", form, meeting=found.meeting, document=found)


def _published(request: HttpRequest, document, form: PublishForm) -> HttpResponse:
    said = {"shown": form.cleaned_data["shown"], "answers": form.answers, "criterion": form.cleaned_data["criterion"]}
    try:
        acts.publish(document, by=request.user, at=timezone.now(), **said)
    except TransitionRefused as refusal:
        return refused(request, document.meeting, refusal.reasons)
    messages.success(request, _("The document is published."))
    return redirect("publishing:documents", document.board.slug, document.meeting.slug)


def _withdrawn(request: HttpRequest, document, published, reason: str) -> HttpResponse:
    try:
        acts.withdraw(published, reason, by=request.user, at=timezone.now())
    except TransitionRefused as refusal:
        return refused(request, document.meeting, refusal.reasons)
    messages.success(request, _("The document is withdrawn."))
    return redirect("publishing:documents", document.board.slug, document.meeting.slug)
