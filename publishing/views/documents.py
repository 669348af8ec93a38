"""The documents of a meeting: the list of versions, one version, its files, and the preview of the present state."""

import base64
import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from boards.roles import may
from meetings.models import Meeting
from minutes.models import Minutes
from publishing import freezing, rules
from publishing.listing import WAITING, listed, state_of_pdf
from publishing.models import Document
from publishing.pages import article
from publishing.possible import acts
from publishing.preview import present_state
from publishing.printing.rendering import render_html, style_sheet
from publishing.views.files import file_name, pdf_answer
from publishing.views.gate import document_for, meeting_for

PREVIEW_ACTS = {
    "call": "meetings.read_plan",
    "agenda": "meetings.read_plan",
    "minutes": "minutes.write",
    "review": "minutes.settle_remarks",
}


def documents(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    found = meeting_for(request, board, meeting, "documents.read")
    minutes = _minutes(found)
    context = {"meeting": found, "documents": listed(found, request.user), "minutes": minutes}
    context["acts"] = acts(found, minutes, request.user)
    context["may"] = {
        "publish": may(request.user, "documents.publish", found.board),
        "withdraw": may(request.user, "documents.withdraw", found.board),
        "run_again": may(request.user, "jobs.run_again", found.board),
        "preview": may(request.user, "meetings.read_plan", found.board),
    }
    context["is_awaited"] = any(one.pdf.state == WAITING for one in context["documents"])
    versions = sum(one.document.kind == Document.Kind.MINUTES for one in context["documents"])
    context["may_compare"] = versions > 1 or (versions and may(request.user, "minutes.write", found.board))
    context["call"] = found.calls.last() if context["may"]["preview"] else None
    return render(request, "publishing/documents.html", context)


def document(request: HttpRequest, board: str, meeting: str, kind: str, version: int) -> HttpResponse:
    found = _readable(request, board, meeting, kind, version)
    content = rules.content_for(request.user, found)
    context = {
        "document": found,
        "meeting": found.meeting,
        "article": article(content),
        "pdf": state_of_pdf(found, request.user),
    }
    context["may"] = {
        "publish": may(request.user, "documents.publish", found.board),
        "run_again": may(request.user, "jobs.run_again", found.board),
    }
    return render(request, "publishing/document.html", context)


def document_html(request: HttpRequest, board: str, meeting: str, kind: str, version: int) -> HttpResponse:
    found = _readable(request, board, meeting, kind, version)
    answer = HttpResponse(render_html(rules.content_for(request.user, found)))
    answer["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'sha256-{_hash_of_style()}'; frame-ancestors 'none'"
    )
    return answer


def document_pdf(request: HttpRequest, board: str, meeting: str, kind: str, version: int) -> HttpResponse:
    found = _readable(request, board, meeting, kind, version)
    sha = rules.pdf_for(request.user, found)
    if not sha:
        raise Http404
    return pdf_answer(request, sha, file_name(found.board.slug, found.meeting.slug, found.kind, found.version))


def run_again(request: HttpRequest, board: str, meeting: str, kind: str, version: int) -> HttpResponse:
    found = document_for(request, board, meeting, kind, version, "jobs.run_again")
    freezing.order_pdfs(found, again=True)
    return redirect("publishing:documents", found.board.slug, found.meeting.slug)


def preview(request: HttpRequest, board: str, meeting: str, kind: str) -> HttpResponse:
    if kind not in PREVIEW_ACTS:
        raise Http404
    found = meeting_for(request, board, meeting, PREVIEW_ACTS[kind])
    if kind in {"minutes", "review"} and _minutes(found) is None:
        raise Http404
    shown = article(present_state(found, kind))
    return render(request, "publishing/preview.html", {"meeting": found, "kind": Document.Kind(kind), "article": shown})


def _readable(request: HttpRequest, board: str, meeting: str, kind: str, version: int) -> Document:
    found = document_for(request, board, meeting, kind, version, "documents.read")
    if not rules.may_read(request.user, found) or rules.content_for(request.user, found) is None:
        raise Http404
    return found


def _minutes(meeting: Meeting) -> Minutes | None:
    return Minutes.objects.filter(meeting=meeting).first()


def _hash_of_style() -> str:
    """Of the one style element of the document's HTML, as the template sets it: with a line feed on either side."""
    style = f"\n{style_sheet()}\n"
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
