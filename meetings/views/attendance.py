"""The attendance of a meeting: the list, one row, and who was there at each case."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from boards.models import Person
from boards.roles import may, require
from boards.views.gate import answers_refusals
from meetings import attendance as acts
from meetings import roster, rules
from meetings.forms.attendance import FACTS, AttendanceForm, StatusForm, StayFormSet
from meetings.models import AgendaRow, Attendance, Meeting
from meetings.views.gate import find_agenda, find_meeting, way


def attendance(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """The list, and for each case who was there and whether the board had a quorum."""
    found = find_agenda(request, board, meeting)
    edits = may(request.user, "meetings.take_attendance", found.board)
    require(request.user, "meetings.read", found.board)
    attendants = roster.Attendants(found)
    values = {
        "meeting": found,
        "way": way(found),
        "list": attendants.list,
        "cases": [
            (row, attendants.roster(row), attendants.quorum(row)) for row in attendants.rows if row.kind == "case"
        ],
        "statuses": Attendance.Status.choices,
        "may_edit": edits and found.state in rules.OPEN,
        "may_hold": edits and found.state == Meeting.State.CALLED,
    }
    return render(request, "meetings/attendance.html", values)


@require_POST
@answers_refusals
def prepare(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """Everyone with a seat that day is on the list."""
    found = find_meeting(request, board, meeting, "meetings.take_attendance")
    if not acts.prepare(found, by=request.user):
        said = _("Nobody else has a seat on %(day)s. From when a seat is held stands among the people of the board.")
        messages.info(request, said % {"day": date_format(found.first_day)})
    return back(found)


@require_POST
@answers_refusals
def set_status(request: HttpRequest, board: str, meeting: str, person: int) -> HttpResponse:
    """One row's status, from the list itself."""
    found = find_meeting(request, board, meeting, "meetings.take_attendance")
    one, form = find_person(found, person), StatusForm(request.POST)
    if form.is_valid():
        acts.change(one, by=request.user, status=form.cleaned_data["status"])
    return back(found, person)


@answers_refusals
def add_person(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """A guest, a deputy, someone of the secretariat."""
    found = find_meeting(request, board, meeting, "meetings.take_attendance")
    form, stays = forms_for(request.POST or None, found, {"status": Attendance.Status.PRESENT, "role": "guest"}, [])
    if request.method == "POST" and all([form.is_valid(), stays.is_valid()]):
        one = acts.add(found, by=request.user, stays=filled(stays), **form.values())
        return back(found, one.pk)
    return show(request, found, form, stays, _("Add a person"))


@answers_refusals
def person(request: HttpRequest, board: str, meeting: str, person: int) -> HttpResponse:
    """One row, whole: status, intervals, whom the person stands in for."""
    found = find_meeting(request, board, meeting, "meetings.take_attendance")
    one = find_person(found, person)
    initial = {name: getattr(one, name) for name in FACTS}
    form, stays = forms_for(request.POST or None, found, initial, [vars(stay) for stay in acts.stays_of(one)])
    if request.method == "POST" and all([form.is_valid(), stays.is_valid()]):
        acts.change(one, by=request.user, stays=filled(stays), **form.values())
        return back(found, one.pk)
    return show(request, found, form, stays, one.name, one)


@require_POST
@answers_refusals
def remove_person(request: HttpRequest, board: str, meeting: str, person: int) -> HttpResponse:
    """The row is gone from the list."""
    found = find_meeting(request, board, meeting, "meetings.take_attendance")
    acts.remove(find_person(found, person), by=request.user)
    return back(found)


def forms_for(data, found: Meeting, initial: dict, stays: list[dict]):
    return AttendanceForm(data, meeting=found, initial=initial), StayFormSet(data, prefix="stays", initial=stays)


def filled(stays) -> list[acts.Stay]:
    found = [form.stay() for form in stays if form.cleaned_data]
    return [stay for stay in found if not stay.is_empty]


def find_person(found: Meeting, pk: int) -> Attendance:
    one = get_object_or_404(found.attendance.prefetch_related("intervals"), pk=pk)
    one.meeting = found
    return one


def show(request, found: Meeting, form, stays, heading: str, one: Attendance | None = None) -> HttpResponse:
    further = (reverse("meetings:attendance", args=[found.board.slug, found.slug]), _("Attendance"))
    values = {
        "meeting": found,
        "way": way(found, further),
        "form": form,
        "stays": stays,
        "heading": heading,
        "person": one,
        "labels": found.agenda_rows.filter(kind=AgendaRow.Kind.CASE).exclude(label="").values_list("label", flat=True),
        "people": Person.objects.filter(seats__board=found.board).distinct().order_by("name")[:300],
    }
    return render(request, "meetings/person.html", values, status=422 if form.is_bound else 200)


def back(found: Meeting, pk: int | None = None) -> HttpResponse:
    place = f"#person-{pk}" if pk else ""
    return redirect(reverse("meetings:attendance", args=[found.board.slug, found.slug]) + place)
