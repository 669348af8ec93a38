"""The row that is open: its form in its place, saved by itself, closed or left for the next (R28, R33, F18-F20)."""

from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from boardroom.lib.fields import RichTextField
from boardroom.lib.kept import contested, kept, unanswered, unsaved
from boards.models import LegalBasis, Organisation
from cases import files
from meetings import agenda as acts
from meetings import overview
from meetings import papers as paper_acts
from meetings.forms.agenda import CaseRowForm, PlainRowForm, initial_of, presenter_forms
from meetings.models import AgendaRow, Meeting, Paper
from meetings.views.agenda import Shown, build, whole_number
from meetings.views.gate import back_to, find_meeting, find_row
from meetings.views.refusing import answers_in_place

PAPERS_AT_ONCE = 20


@dataclass
class OpenRow:
    """A row's forms as they stand in its place, and after a conflict what is stored now beside what was typed."""

    row: AgendaRow
    form: CaseRowForm | PlainRowForm
    presenters: object
    stored: list[dict] | None = None
    paper_errors: list[str] = field(default_factory=list)
    then: str = "next"

    @property
    def papers(self):
        return self.row.papers.filter(replaced_by__isnull=True).select_related("file")

    @property
    def organisations(self):
        return Organisation.objects.order_by("name").values_list("name", flat=True)[:300]

    @property
    def bases(self):
        return LegalBasis.objects.values_list("citation", flat=True)[:200]

    @property
    def can_merge(self) -> bool:
        return any(one["is_rich"] for one in self.stored or ())

    @property
    def first_invalid(self) -> str:
        """The id of the first field with an error."""
        bound = [*self.form, *(one for line in self.presenters for one in line)]
        return next((one.auto_id for one in bound if one.errors), "")

    @property
    def first_error(self) -> str:
        found = [*self.form.errors.values(), *(line for one in self.presenters.errors for line in one.values())]
        return str(found[0][0]) if found else _("Something is wrong in the row.")


@answers_in_place
def row(request: HttpRequest, board: str, meeting: str, row: int) -> HttpResponse:
    """One row with everything in it, open in its place on the agenda."""
    found = find_meeting(request, board, meeting, "meetings.edit")
    opened = open_row(found, find_row(found, row), request.POST or None)
    if request.method != "POST":
        opened.then = "new" if request.GET.get("then") == "new" else "next"
        return build(request, found, Shown(open=opened, focus=f"row-{row}-{request.GET.get('field', 'title')}"))
    opened.then = "new" if request.POST.get("then") == "new" else "next"
    if all([opened.form.is_valid(), opened.presenters.is_valid()]):
        return save(request, found, opened)
    if "autosave" in request.POST:
        return unsaved(HttpResponse(status=422), f"row-{row}", opened.first_error)
    return build(request, found, Shown(open=opened, focus=opened.first_invalid, status=422))


def open_row(found: Meeting, current: AgendaRow, data=None) -> OpenRow:
    shared = {"initial": initial_of(current), "row": current, "auto_id": f"row-{current.pk}-%s"}
    form = (
        CaseRowForm(data, board=found.board, **shared)
        if current.kind == AgendaRow.Kind.CASE
        else PlainRowForm(data, **shared)
    )
    return OpenRow(current, form, presenter_forms(current, found.board, data))


def save(request: HttpRequest, found: Meeting, opened: OpenRow) -> HttpResponse:
    current, form = opened.row, opened.form
    named = [one for line in opened.presenters if (one := line.named())]
    try:
        saved = acts.change_row(
            current, by=request.user, version=form.cleaned_data["version"], presenters=named, **form.values()
        )
    except acts.Conflict as conflict:
        if not was_own(request, found, conflict.row):
            return both_texts(request, found, opened, conflict.row)
        saved = acts.change_row(
            conflict.row, by=request.user, version=conflict.row.version, presenters=named, **form.values()
        )
    key = f"row-{saved.pk}"
    if not request.htmx:
        return back_to(found, None if "another" in request.POST else saved)
    if "autosave" in request.POST:
        return kept(what_changed(request, found, saved), key, saved.version)
    return kept(go_on(request, found, saved), key, saved.version)


def was_own(request: HttpRequest, found: Meeting, stored: AgendaRow) -> bool:
    """Whether what is stored is what this browser sent earlier, without ever getting an answer (F2)."""
    stored.meeting = found
    for sent in unanswered(request):
        earlier = open_row(found, stored, {**sent.dict(), "version": stored.version})
        if all([earlier.form.is_valid(), earlier.presenters.is_valid()]):
            named = [one for line in earlier.presenters if (one := line.named())]
            if not differences(earlier.form, stored) and named == acts.presenters_of(stored):
                return True
    return False


def what_changed(request: HttpRequest, found: Meeting, saved: AgendaRow) -> HttpResponse:
    """Nothing, where the agenda in the browser shows what is stored; else the agenda with the open row left alone."""
    if request.POST.get("seen") == overview.stamp(overview.read_rows(found), saved.pk):
        return HttpResponse(status=204)
    return build(request, found, Shown(still=saved.pk))


def go_on(request: HttpRequest, found: Meeting, saved: AgendaRow) -> HttpResponse:
    """The row is closed, and where the browser says so another one opened: `next`, `new` (the add row), or a row's pk."""
    go = request.POST.get("go", "")
    if go == "new":
        return build(request, found, Shown())  # the browser is there already, and may have gone on
    others = found.agenda_rows.select_related("case").order_by("order", "pk")
    following = others.filter(order__gt=saved.order) if go == "next" else others.filter(pk=whole_number(go))
    other = following.first()
    if other is None:
        return build(request, found, Shown(focus="new-title" if go == "next" else f"open-{saved.pk}"))
    other.meeting = found
    return build(request, found, Shown(open=open_row(found, other), focus=f"row-{other.pk}-title"))


def both_texts(request: HttpRequest, found: Meeting, opened: OpenRow, stored: AgendaRow) -> HttpResponse:
    """The row open with what was typed, and field by field what someone else saved meanwhile."""
    opened.form.data = opened.form.data.copy()
    opened.form.data["version"] = stored.version
    opened.stored = differences(opened.form, stored)
    answer = build(request, found, Shown(open=opened, status=409))
    return contested(answer, f"row-{stored.pk}")


def differences(form, stored: AgendaRow) -> list[dict]:
    """Field by field what is stored now and what was typed here, where they differ."""
    shown = initial_of(stored)
    found = []
    for name, one in form.fields.items():
        mine, other = form.cleaned_data.get(name), shown.get(name)
        if name != "version" and (mine or "") != (other or ""):
            values = {"stored": one.prepare_value(other), "mine": one.prepare_value(mine)}
            found.append({"name": name, "label": one.label, "is_rich": isinstance(one, RichTextField), **values})
    return found


@answers_in_place
def drop_papers(request: HttpRequest, board: str, meeting: str, row: int) -> HttpResponse:
    """The dropped or chosen files are papers of the case, each called what its file is; bad ones are told by name."""
    found = find_meeting(request, board, meeting, "meetings.edit")
    current = find_row(found, row)
    errors = []
    for upload in request.FILES.getlist("upload")[:PAPERS_AT_ONCE]:
        title = files.clean_name(upload.name or "").rpartition(".")[0] or _("Paper")
        try:
            paper_acts.add(found, by=request.user, row=current, upload=upload, title=title, kind=Paper.Kind.CASE_PAPER)
        except files.FileRefused as refusal:
            errors.append(f"{files.clean_name(upload.name or '')}: {refusal}")
    if not request.FILES:
        errors.append(_("Choose a file."))
    if not request.htmx and not errors:
        return redirect("meetings:row", found.board.slug, found.slug, row)
    opened = open_row(found, current)
    opened.paper_errors = errors
    return papers_answer(request, found, opened, 422 if errors else 200)


def papers_answer(request: HttpRequest, found: Meeting, opened: OpenRow, status: int) -> HttpResponse:
    """For htmx the papers of the row alone, else the page with the row open."""
    if not request.htmx:
        return build(request, found, Shown(open=opened, status=status))
    values = {"meeting": found, "opened": opened, "accept": files.ACCEPT}
    return render(request, "meetings/_row_papers.html", values, status=status)
