"""The meeting: its page, making one, changing its facts, and its transitions."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from audit import trail
from boards.models import Board
from boards.roles import may, require
from boards.views.gate import address, answers_refusals
from meetings import answers, notices, numbering, planning, reading, rules, workflow
from meetings.agenda import refuse_if_closed
from meetings.beginning import reasons_closed
from meetings.forms.meeting import ChairFormSet, DayFormSet, EditMeetingForm, NewMeetingForm, ReasonForm
from meetings.forms.telling import PutOffForm
from meetings.models import Meeting
from meetings.problems import problems
from meetings.views import steps
from meetings.views.gate import find_board, find_meeting, way
from meetings.views.telling import tell_along

FACTS = (
    "number",
    "name",
    "place",
    "url",
    "mode",
    "minute_taker",
    "agenda_heading",
    "is_extraordinary",
    "prints_calendar",
)


def meeting(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """Facts, state, steps, the next act, and the way to agenda, attendance, minutes and documents."""
    found = find_meeting(request, board, meeting)
    user, minutes = request.user, steps.minutes_of(found)
    may_edit = may(user, "meetings.edit", found.board)
    reads_agenda = rules.may_read_agenda(user, found)
    rows = reading.rows_of(found) if reads_agenda or may_edit else []
    return render(
        request,
        "meetings/meeting.html",
        {
            "meeting": found,
            "way": way(found)[:-1],
            "minutes": minutes,
            "days": found.days.all(),
            "chairs": reading.chairs_of(found),
            "changes": reading.changes_of(found),
            "act": steps.next_act(user, found, minutes),
            "previous": planning.previous_meeting(found),
            "next": planning.next_meeting(found),
            "problems": problems(found, rows) if may_edit else [],
            "cases": sum(row.kind == "case" for row in rows) if reads_agenda else None,
            "reads_agenda": reads_agenda,
            "pages": pages(user, found, minutes),
            "may_edit": may_edit,
            "may_send_call": may(user, "meetings.send_call", found.board),
            "untold": notices.untold(found) if may(user, "meetings.send_call", found.board) else [],
            **coming(user, found),
        },
    )


def coming(user, found: Meeting) -> dict:
    """The user's own answer to the call, and for the secretary who comes; nothing of either where it is not asked for."""
    if not rules.has_been_called(found) or found.state in {Meeting.State.HELD, Meeting.State.CLOSED}:
        return {}
    closed = reasons_closed(found, timezone.now())
    values = {"reasons_closed": closed, "closed": closed}
    if may(user, "meetings.answer_call", found.board):
        values["asked"] = answers.of_person(found, getattr(user, "person", None))
    if may(user, "meetings.send_call", found.board):
        values["answers"] = answers.answers_of(found)
    return values


def pages(user, found: Meeting, minutes) -> list[tuple[str, str]]:
    """(address, word) of what belongs to the meeting and this user may look at."""
    args, board = (found.board.slug, found.slug), found.board
    writes = may(user, "minutes.write", board)
    minuted = (
        writes if minutes is None else writes or (minutes.state != "draft" and may(user, "minutes.read_draft", board))
    )
    reads, called = rules.may_read_agenda(user, found), rules.has_been_called(found)
    listed = [
        (reads, "meetings:agenda", _("Agenda")),
        (may(user, "followups.edit", board), "followups:meeting-plan", _("Follow-up")),
        (may(user, "meetings.take_attendance", board) or (called and reads), "meetings:attendance", _("Attendance")),
        (minuted and called, "minutes:minutes" if writes else "publishing:review", _("Minutes")),
        (may(user, "documents.read", board) and called, "publishing:documents", _("Documents")),
    ]
    return [(url, word) for shown, name, word in listed if shown and (url := address(name, *args))]


def create(request: HttpRequest, board: str) -> HttpResponse:
    """A new meeting from the board's template (R40)."""
    found = find_board(request, board)
    require(request.user, "meetings.edit", found)
    form = NewMeetingForm(request.POST or None, initial=proposed(found))
    if request.method == "POST" and form.is_valid():
        made = make(found, form.cleaned_data, request)
        messages.success(request, _("The meeting is made, with the board's standing items on its agenda."))
        tell_of_topics(request, made)
        if warning := numbering.number_warning(found, made.number, besides=made):
            messages.warning(request, warning)
        return redirect("meetings:agenda", found.slug, made.slug)
    status = 422 if form.is_bound else 200
    return render(request, "meetings/create.html", {"form": form, "board": found}, status=status)


def tell_of_topics(request: HttpRequest, made: Meeting) -> None:
    """How many topics of the annual plan are cases of the new meeting."""
    if count := made.agenda_rows.filter(case__planned_topic__isnull=False).count():
        said = ngettext(
            "%(count)s topic of the annual plan is a case on it. Remove the row to give it back.",
            "%(count)s topics of the annual plan are cases on it. Remove a row to give it back.",
            count,
        )
        messages.info(request, said % {"count": count})


def proposed(board: Board) -> dict:
    number, _sequence = numbering.propose_number(board, timezone.localdate())
    usual = {"start": board.default_start, "end": board.default_end, "place": board.default_place}
    return {"number": number, **usual}


def make(board: Board, data: dict, request: HttpRequest) -> Meeting:
    first, last = data.pop("date"), data.pop("last_date")
    days = [first.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1)] if last else []
    state = Meeting.State.TENTATIVE if data.pop("is_tentative") else Meeting.State.PLANNED
    proposal, _sequence = numbering.propose_number(board, timezone.localdate())
    number = None if data["number"] == proposal else data["number"]
    data = {name: value for name, value in data.items() if name != "number"} | {
        "is_extraordinary": data["is_extraordinary"] or None
    }
    return planning.create_next_meeting(board, first, by=request.user, days=days, state=state, number=number, **data)


@answers_refusals
def edit(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """Facts, days and chairs of the meeting."""
    found = find_meeting(request, board, meeting, "meetings.edit")
    if found.state == Meeting.State.CLOSED:
        refuse_if_closed(found)
    data = request.POST or None
    facts = EditMeetingForm(data, initial={name: getattr(found, name) for name in FACTS})
    days = DayFormSet(data, prefix="days", initial=list(found.days.values("date", "start", "end", "agenda_heading")))
    chairs = ChairFormSet(data, prefix="chairs", initial=list(found.chairs.values("name", "start", "end")))
    if data is not None and all([facts.is_valid(), days.is_valid(), chairs.is_valid()]):
        save(found, facts, days, chairs, request)
        return redirect(found)
    values = {"meeting": found, "way": way(found), "facts": facts, "days": days, "chairs": chairs}
    return render(request, "meetings/edit.html", values, status=200 if data is None else 422)


@transaction.atomic
def save(found: Meeting, facts, days, chairs, request: HttpRequest) -> None:
    data = facts.cleaned_data | {"is_extraordinary": facts.cleaned_data["is_extraordinary"] or None}
    changed = {name: data[name] for name in FACTS if getattr(found, name) != data[name]}
    if "number" in changed:
        changed["sequence"] = numbering.read_sequence(data["number"])
    if changed:
        Meeting.objects.filter(pk=found.pk).update(**changed)
        found.refresh_from_db()
        trail.record("meetings.edit", found, by=request.user, board=found.board, **changed)
    if days.has_changed():
        filled = [form.cleaned_data for form in days if form.cleaned_data.get("date")]
        planning.set_days(
            found, [(day["date"], day["start"], day["end"], day["agenda_heading"]) for day in filled], by=request.user
        )
    if chairs.has_changed():
        filled = [form.cleaned_data for form in chairs if form.cleaned_data.get("name")]
        planning.set_chairs(found, [(one["name"], one["start"], one["end"]) for one in filled], by=request.user)
    if "number" in changed:
        numbering.renumber(found)


@answers_refusals
def cancel(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """The meeting is off, for a reason."""
    return put_off(request, board, meeting, workflow.cancel, _("Cancel the meeting"))


@answers_refusals
def postpone(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """The meeting waits for a new date, for a reason."""
    return put_off(request, board, meeting, workflow.postpone, _("Postpone the meeting"))


@require_POST
@answers_refusals
def close(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """Nothing more is taken into the meeting (P25)."""
    found = find_meeting(request, board, meeting, "meetings.edit")
    workflow.close(found, by=request.user)
    messages.success(request, _("The meeting is closed."))
    return redirect(found)


@answers_refusals
def reopen(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """A closed meeting can be changed again, for a reason (P25)."""
    found = find_meeting(request, board, meeting, "minutes.reopen")
    form, words = ReasonForm(request.POST or None), _("Reopen the meeting")
    if request.method == "POST" and form.is_valid():
        workflow.reopen(found, by=request.user, reason=form.cleaned_data["reason"])
        return redirect(found)
    return ask(request, found, form, {"heading": words, "submit": words})


def put_off(request: HttpRequest, board: str, meeting: str, act, words: str) -> HttpResponse:
    found = find_meeting(request, board, meeting, "meetings.edit")
    form = PutOffForm(request.POST or None, meeting=found)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            act(found, by=request.user, reason=form.cleaned_data["reason"])
            tell_along(request, found, form.cleaned_data, timezone.now())
        return redirect(found)
    return ask(request, found, form, {"heading": words, "submit": words})


def ask(request: HttpRequest, found: Meeting, form, words: dict) -> HttpResponse:
    """The page that asks for what the act needs."""
    values = {"meeting": found, "way": way(found), "form": form, **words}
    return render(request, "meetings/ask.html", values, status=422 if form.is_bound else 200)


@require_POST
@answers_refusals
def plan(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """The tentative meeting is planned."""
    found = find_meeting(request, board, meeting, "meetings.edit")
    workflow.plan(found, by=request.user)
    if request.POST.get("back") == "annual-plan":
        plan_of_year = reverse("meetings:annual-plan", args=[found.board.slug])
        return redirect(f"{plan_of_year}?year={found.first_day.year}#month-{found.first_day:%Y-%m}")
    return redirect(found)


@require_POST
@answers_refusals
def hold(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """The meeting was held."""
    found = find_meeting(request, board, meeting, "meetings.edit")
    workflow.hold(found, by=request.user)
    messages.success(request, _("The meeting is marked as held. The minutes can be written."))
    return redirect(found)
