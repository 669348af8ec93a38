"""Papers: adding, changing, replacing, removing, and the download."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from boardroom.lib.errors import error_page
from boards.views.gate import answers_refusals
from cases import files
from meetings import papers as acts
from meetings import rules
from meetings.forms.papers import PaperForm
from meetings.models import Meeting, Paper
from meetings.views.gate import find_meeting, way

INITIAL = ("title", "number", "kind", "url", "language", "access_level", "access_basis")


@answers_refusals
def add_paper(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """A paper of the meeting, or of the case named in the address (?row=)."""
    found = find_meeting(request, board, meeting, "meetings.edit")
    form = PaperForm(
        request.POST or None, request.FILES or None, meeting=found, initial={"row": request.GET.get("row", "")}
    )
    if request.method == "POST" and form.is_valid():
        try:
            return back(found, acts.add(found, by=request.user, **form.values()))
        except files.FileRefused as refusal:
            form.add_error("upload", str(refusal))
    return show(request, found, form, _("New paper"))


@answers_refusals
def edit_paper(request: HttpRequest, board: str, meeting: str, paper: int) -> HttpResponse:
    """The paper's facts; a new file replaces the old one, which is kept."""
    found = find_meeting(request, board, meeting, "meetings.edit")
    current = find_paper(found, paper)
    initial = {name: getattr(current, name) for name in INITIAL} | {"row": str(current.row_id or "")}
    form = PaperForm(request.POST or None, request.FILES or None, meeting=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            return back(found, acts.change(current, by=request.user, **form.values()))
        except files.FileRefused as refusal:
            form.add_error("upload", str(refusal))
    return show(request, found, form, _("Change the paper"), current)


@require_POST
@answers_refusals
def remove_paper(request: HttpRequest, board: str, meeting: str, paper: int) -> HttpResponse:
    """The paper is no longer on the list."""
    found = find_meeting(request, board, meeting, "meetings.edit")
    current = find_paper(found, paper)
    acts.remove(current, by=request.user)
    return back(found, current)


def download(request: HttpRequest, board: str, meeting: str, paper: int) -> HttpResponse:
    """The stored bytes, as a download, for those who may read this very paper; 404 for all others."""
    found = find_meeting(request, board, meeting)
    current = find_paper(found, paper)
    if not rules.may_read_paper(request.user, current) or current.file is None:
        raise Http404
    if not files.is_whole(current.file):
        return error_page(request, 410, [_("The file is damaged or gone. Tell the secretary.")])
    response = FileResponse(
        files.path_of(current.file.sha256).open("rb"),
        as_attachment=True,
        filename=current.file.name,
        content_type=current.file.media_type,
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


def find_paper(found: Meeting, pk: int) -> Paper:
    paper = get_object_or_404(found.papers.select_related("file", "row"), pk=pk)
    paper.meeting = found
    return paper


def show(request, found: Meeting, form: PaperForm, heading: str, paper: Paper | None = None) -> HttpResponse:
    args = [found.board.slug, found.slug]
    values = {
        "meeting": found,
        "way": way(found, (reverse("meetings:agenda", args=args), _("Agenda"))),
        "form": form,
        "heading": heading,
        "paper": paper,
    }
    return render(request, "meetings/paper.html", values, status=422 if form.is_bound else 200)


def back(found: Meeting, paper: Paper) -> HttpResponse:
    """To the row the paper belongs to, else to the agenda."""
    args = [found.board.slug, found.slug]
    return redirect("meetings:row", *args, paper.row_id) if paper.row_id else redirect("meetings:agenda", *args)
