"""The agenda on one page, and the acts on its rows."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from boardroom.lib.errors import error_page
from boards.models import Organisation, Person
from boards.roles import may
from boards.views.gate import address, answers_refusals
from cases.models import Case
from meetings import agenda as acts
from meetings import rules, timing, waiting
from meetings.forms.agenda import CaseRowForm, NewRowForm, PlainRowForm, PostponeRowForm, PresenterFormSet, initial_of
from meetings.forms.meeting import ReasonForm
from meetings.models import AgendaRow, Meeting, Paper
from meetings.problems import problems
from meetings.views.gate import find_agenda, find_meeting, find_row, way


def agenda(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """The agenda: a form for the secretary, a reading page for the others."""
    found = find_agenda(request, board, meeting)
    may_edit = rules.may_edit_agenda(request.user, found)
    return show(request, found, NewRowForm(board=found.board, goes_on="added" in request.GET) if may_edit else None)


def show(request: HttpRequest, found: Meeting, form: NewRowForm | None, status: int = 200) -> HttpResponse:
    rows = list(
        found.agenda_rows.order_by("order", "pk").prefetch_related("presenters", "papers__file").select_related("case")
    )
    lines = [line_of(request.user, found, row) for row in rows]
    values = {
        "meeting": found,
        "way": way(found),
        "lines": lines,
        "days": list(found.days.all()),
        "totals": totals(rows),
        "form": form,
        "may_edit": form is not None,
        "send_call": send_call_url(request.user, found),
        "papers": papers_of(request.user, found),
        "moved": whole_number(request.GET.get("moved", "")),
        "went": request.GET.get("went", ""),
    }
    if form is not None:
        values |= {"problems": problems(found, rows), "queue": found.board.cases.waiting().order_by("pk")[:50]}
    return render(request, "meetings/agenda.html", values, status=status)


def line_of(user, meeting: Meeting, row: AgendaRow) -> dict:
    """What this reader may see of a row; nothing else of it reaches the template."""
    reads = rules.may_read_text(user, row, meeting.board) and (
        not row.is_closed or may(user, "documents.read_exempt", meeting.board)
    )
    row.meeting = meeting
    papers = [paper for paper in row.papers.all() if paper.replaced_by_id is None]
    for paper in papers:
        paper.meeting, paper.row = meeting, row
    return {
        "row": row,
        "title": rules.shown_title(user, row, meeting.board),
        "reads": reads,
        "papers": [paper for paper in papers if rules.may_read_paper(user, paper)],
        "presenters": list(row.presenters.all()),
    }


def papers_of(user, meeting: Meeting) -> list[Paper]:
    """Papers of the meeting as a whole that this reader may have."""
    papers = list(meeting.papers.filter(row=None, replaced_by=None).select_related("file"))
    for paper in papers:
        paper.meeting = meeting
    return [paper for paper in papers if rules.may_read_paper(user, paper)]


def totals(rows: list[AgendaRow]) -> dict:
    """Cases, and the minutes of cases and of breaks."""
    cases = [row for row in rows if row.kind == AgendaRow.Kind.CASE and row.outcome not in timing.NOT_TREATED]
    pauses = [row for row in rows if row.kind in {AgendaRow.Kind.BREAK, AgendaRow.Kind.MEAL}]
    return {
        "cases": len(cases),
        "treatment": sum(row.minutes or 0 for row in cases),
        "breaks": sum(row.minutes or 0 for row in pauses),
    }


def send_call_url(user, meeting: Meeting) -> str:
    if meeting.state != Meeting.State.PLANNED or not may(user, "meetings.send_call", meeting.board):
        return ""
    return address("publishing:send-call", meeting.board.slug, meeting.slug)


@require_POST
@answers_refusals
def add_row(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """A new row from the line at the foot of the agenda."""
    found = find_meeting(request, board, meeting, "meetings.edit")
    form = NewRowForm(request.POST, board=found.board)
    if not form.is_valid():
        return show(request, found, form, status=422)
    data = form.cleaned_data
    if data["kind"] != AgendaRow.Kind.CASE:
        data["type"] = ""
    acts.add_row(found, by=request.user, **data)
    return redirect(reverse("meetings:agenda", args=[found.board.slug, found.slug]) + "?added=1")


@answers_refusals
def row(request: HttpRequest, board: str, meeting: str, row: int) -> HttpResponse:
    """One row with everything in it."""
    found = find_meeting(request, board, meeting, "meetings.edit")
    current = find_row(found, row)
    form, presenters = row_forms(request.POST or None, found, current)
    if request.method == "POST" and all([form.is_valid(), presenters.is_valid()]):
        return save_row(request, current, form, presenters)
    return show_row(request, current, form, presenters, status=422 if form.is_bound else 200)


def row_forms(data, found: Meeting, current: AgendaRow):
    initial = initial_of(current)
    if current.kind == AgendaRow.Kind.CASE:
        form = CaseRowForm(data, initial=initial, board=found.board, row=current)
    else:
        form = PlainRowForm(data, initial=initial, row=current)
    named = [{"name": one.name, "organisation": one.organisation} for one in acts.presenters_of(current)]
    return form, PresenterFormSet(data, prefix="presenters", initial=named)


def save_row(request: HttpRequest, current: AgendaRow, form, presenters) -> HttpResponse:
    named = [one for line in presenters if (one := line.named())]
    try:
        acts.change_row(
            current, by=request.user, version=form.cleaned_data["version"], presenters=named, **form.values()
        )
    except acts.Conflict as conflict:
        form.data = form.data.copy()
        form.data["version"] = conflict.row.version
        return show_row(request, current, form, presenters, status=409, stored=differences(form, conflict.row))
    if "another" in request.POST:
        return redirect("meetings:row", current.meeting.board.slug, current.meeting.slug, current.pk)
    return back_to(current.meeting, current)


def differences(form, stored: AgendaRow) -> list[dict]:
    """Field by field what is stored now and what was typed here, where they differ."""
    shown = initial_of(stored)
    found = []
    for name, field in form.fields.items():
        mine, other = form.cleaned_data.get(name), shown.get(name)
        if name != "version" and (mine or "") != (other or ""):
            found.append(
                {"label": field.label, "stored": field.prepare_value(other), "mine": field.prepare_value(mine)}
            )
    return found


def show_row(request, current: AgendaRow, form, presenters, status: int, stored=None) -> HttpResponse:
    found = current.meeting
    values = {
        "meeting": found,
        "way": way(found, (reverse("meetings:agenda", args=[found.board.slug, found.slug]), _("Agenda"))),
        "row": current,
        "form": form,
        "presenters": presenters,
        "papers": current.papers.filter(replaced_by__isnull=True).select_related("file"),
        "stored": stored,
        "people": Person.objects.filter(seats__board=found.board).distinct().order_by("name")[:300],
        "organisations": Organisation.objects.order_by("name")[:300],
    }
    return render(request, "meetings/row.html", values, status=status)


@require_POST
@answers_refusals
def move_row(request: HttpRequest, board: str, meeting: str, row: int) -> HttpResponse:
    """The row goes up or down by `steps`, or stands after the row named `after`."""
    found = find_meeting(request, board, meeting, "meetings.edit")
    current = find_row(found, row)
    if after := request.POST.get("after", ""):
        acts.move_row(current, by=request.user, after=find_row(found, whole_number(after)))
        return back_to(found, current)
    steps = whole_number(request.POST.get("steps", "0"))
    acts.move_by(current, steps, by=request.user)
    # No fragment: a browser gives the focus to the button only where the address names no place.
    went = f"?moved={current.pk}&went={'up' if steps < 0 else 'down'}"
    return redirect(reverse("meetings:agenda", args=[found.board.slug, found.slug]) + went)


def whole_number(text: str) -> int:
    """The number in a button's value; 0 for anything else."""
    sign = -1 if text.startswith("-") else 1
    digits = text.lstrip("+-")
    return sign * int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else 0


@require_POST
@answers_refusals
def remove_row(request: HttpRequest, board: str, meeting: str, row: int) -> HttpResponse:
    """The row is gone."""
    found = find_meeting(request, board, meeting, "meetings.edit")
    acts.remove_row(find_row(found, row), by=request.user)
    return back_to(found)


@require_POST
@answers_refusals
def restore_row(request: HttpRequest, board: str, meeting: str, row: int) -> HttpResponse:
    """A withdrawn or postponed case is to be treated after all."""
    found = find_meeting(request, board, meeting, "meetings.edit")
    current = find_row(found, row)
    waiting.restore_row(current, by=request.user)
    return back_to(found, current)


@require_POST
@answers_refusals
def split_row(request: HttpRequest, board: str, meeting: str, row: int) -> HttpResponse:
    """Another part of the case stands after it."""
    found = find_meeting(request, board, meeting, "meetings.edit")
    part = acts.split_row(find_row(found, row), by=request.user)
    return back_to(found, part)


@answers_refusals
def withdraw_row(request: HttpRequest, board: str, meeting: str, row: int) -> HttpResponse:
    """The case is withdrawn, for a reason."""
    found = find_meeting(request, board, meeting, "meetings.edit")
    current, form = find_row(found, row), ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        waiting.withdraw_row(current, by=request.user, reason=form.cleaned_data["reason"])
        return back_to(found, current)
    return ask(request, current, form, _("Withdraw the case"))


@answers_refusals
def postpone_row(request: HttpRequest, board: str, meeting: str, row: int) -> HttpResponse:
    """The case is put off to the queue or to another meeting, for a reason."""
    found = find_meeting(request, board, meeting, "meetings.edit")
    current, form = find_row(found, row), PostponeRowForm(request.POST or None, meeting=found)
    if request.method == "POST" and form.is_valid():
        waiting.postpone_row(current, by=request.user, **form.cleaned_data)
        messages.success(request, _("The case is postponed; its row and number stay here."))
        return back_to(found, current)
    return ask(request, current, form, _("Postpone the case"))


def ask(request: HttpRequest, current: AgendaRow, form, heading: str) -> HttpResponse:
    found = current.meeting
    further = (reverse("meetings:agenda", args=[found.board.slug, found.slug]), _("Agenda"))
    values = {"meeting": found, "way": way(found, further), "form": form, "heading": heading, "submit": heading}
    values["facts"] = str(current)
    return render(request, "meetings/ask.html", values, status=422 if form.is_bound else 200)


@require_POST
@answers_refusals
def take_case(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """A waiting case stands on the agenda."""
    found = find_meeting(request, board, meeting, "meetings.edit")
    queued = Case.objects.visible_to(request.user).filter(board=found.board)
    case = get_object_or_404(queued, pk=whole_number(request.POST.get("case", "")))
    if not case.is_waiting:
        return error_page(request, 409, [_("The case is no longer in the queue.")])
    return back_to(found, waiting.take_case(found, case, by=request.user))


def back_to(found: Meeting, current: AgendaRow | None = None) -> HttpResponse:
    """The agenda again, at the row."""
    place = f"#row-{current.pk}" if current else ""
    return redirect(reverse("meetings:agenda", args=[found.board.slug, found.slug]) + place)
