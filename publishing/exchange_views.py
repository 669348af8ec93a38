"""Import and export in the browser: look at what a file would make, with every warning, before anything is saved."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from boards.models import Board
from boards.roles import may, require
from meetings.models import Meeting
from publishing.exchange import keeping
from publishing.exchange.exporting import as_text, export_record
from publishing.exchange.importing import import_record
from publishing.exchange.validating import BYTES_MAX, Problem, RecordRefused, read


class RecordForm(forms.Form):
    """A file of one board."""

    record = forms.FileField(
        label=gettext_lazy("Record"),
        help_text=gettext_lazy(
            "A JSON file in the exchange format. Nothing is saved before you have seen what it makes."
        ),
        error_messages={"required": gettext_lazy("Choose a file."), "empty": gettext_lazy("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )
    update = forms.BooleanField(
        label=gettext_lazy("Take the file's values where they differ"),
        help_text=gettext_lazy(
            "Otherwise what is here is kept, and each difference is shown. Issued documents never change."
        ),
        required=False,
    )


def import_file(request: HttpRequest) -> HttpResponse:
    _require_any(request.user)
    form = RecordForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, form)
    try:
        raw = form.cleaned_data["record"].read(BYTES_MAX + 1)
        record = _allowed(request.user, raw)
        outcome = import_record(record, by=request.user, update=form.cleaned_data["update"], is_dry=True)
    except RecordRefused as refused:
        return _form_page(request, form, problems=refused.problems)
    sha = keeping.keep(raw, request.user, at=timezone.now())
    context = {"outcome": outcome, "sha": sha, "update": form.cleaned_data["update"], "name": record["board"]["name"]}
    return render(request, "publishing/exchange_check.html", context)


@require_POST
def save_import(request: HttpRequest) -> HttpResponse:
    _require_any(request.user)
    raw = keeping.kept(request.POST.get("sha", ""), request.user)
    try:
        if raw is None:
            raise RecordRefused([Problem("", _("The file is no longer kept. Choose it again."))])
        record = _allowed(request.user, raw)
        outcome = import_record(record, by=request.user, update=request.POST.get("update") == "on")
    except RecordRefused as refused:
        return _form_page(request, RecordForm(), problems=refused.problems)
    keeping.forget(request.POST["sha"], request.user)
    if outcome.is_nothing_new:
        messages.info(request, _("Everything in the file was here already."))
    else:
        messages.success(request, _("The record is imported."))
    board = Board.objects.visible_to(request.user).filter(slug=record["board"]["slug"]).first()
    return redirect(board or "publishing:import")


def export_file(request: HttpRequest, board: str) -> HttpResponse:
    found = get_object_or_404(Board.objects.visible_to(request.user), slug=board)
    require(request.user, "exchange.export", found)
    slug = request.GET.get("meeting", "")
    meeting = None
    if slug:
        form = forms.SlugField(max_length=80, required=False)
        try:
            meeting = get_object_or_404(Meeting.objects.visible_to(request.user), board=found, slug=form.clean(slug))
        except forms.ValidationError:
            return HttpResponse(_("There is no such meeting."), status=404)
    answer = HttpResponse(as_text(export_record(found, meeting)), content_type="application/json; charset=utf-8")
    name = f"{found.slug}-{meeting.slug}" if meeting else found.slug
    answer["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return answer


def _form_page(request: HttpRequest, form: RecordForm, problems: list[Problem] | None = None) -> HttpResponse:
    is_refused = bool(problems) or (form.is_bound and form.errors)
    context = {"form": form, "problems": problems or []}
    return render(request, "publishing/exchange_import.html", context, status=422 if is_refused else 200)


def _require_any(user) -> None:
    """Importing is for secretaries, of their boards, and for administrators, who may begin a board."""
    if may(user, "boards.create", None):
        return
    if not any(may(user, "exchange.import", board) for board in Board.objects.visible_to(user)):
        raise PermissionDenied(_("Only a secretary or an administrator imports records."))


def _allowed(user, raw: bytes) -> dict:
    """The record, valid and of a board where this user may import. Raises RecordRefused."""
    record = read(raw)
    board = Board.objects.filter(slug=record["board"]["slug"]).first()
    if board is None and may(user, "boards.create", None):
        return record
    if board is not None and may(user, "exchange.import", board):
        return record
    sentence = _("You can import to boards where you are the secretary; a new board is begun by an administrator.")
    raise RecordRefused([Problem("/board/slug", sentence)])
