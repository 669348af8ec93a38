"""The minutes while they are written: one case in the middle, the cases at its left, those present at its right."""

from django.db.models import BigAutoField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import push_url, reswap, retarget, trigger_client_event

from boardroom.lib.prepared import give, prepared
from boardroom.lib.times import format_time
from boards.roles import may
from meetings import presses, running
from meetings.models import AgendaRow
from meetings.roster import Attendants
from minutes import attending, drafting, pages, presence, progress
from minutes.approval import unresolved_approvals
from minutes.live_forms import DeputyForm, GuestForm, TimesForm
from minutes.models import Minutes, MinutesItem, ReviewRound
from minutes.views.gate import item_for, minutes_for, minutes_of, refusals_as_409
from minutes.views.minutes import before_the_draft, frame, tools


@require_safe
def minutes(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """One case of the minutes, to be written where the user may and it is time; else the whole, to be read."""
    try:
        found = minutes_of(request, board, meeting)
    except Http404:
        return before_the_draft(request, board, meeting)
    if may(request.user, "minutes.write", found.meeting.board) and found.is_writable:
        return writing(request, found)
    context = frame(request, found) | {"sections": pages.sections(found, request.user)}
    return render(request, "minutes/read.html", context)


@require_POST
def here(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """The page tells where it is, and gets the list of cases as it stands now."""
    found = minutes_for(request, board, meeting, "minutes.write")
    context = cases_context(request, found, request.GET.get("case", ""))
    if context["case"]:
        presence.tell(context["case"], request.user, at=context["progress"].now)
    return render(request, "minutes/_here_answer.html", context)


@require_POST
@refusals_as_409
def begin(request: HttpRequest, board: str, meeting: str, item: int) -> HttpResponse:
    """The case or break goes on from now, and is shown; of a break the case before it stays in the middle."""
    found = item_for(request, board, meeting, item)
    row = row_or_404(found)
    running.begin(row, by=request.user, at=timezone.now())
    what = {"case": found.label or found.section, "time": format_time(timezone.localtime(row.started_at).time())}
    return answer(request, found, said=_("%(case)s began at %(time)s.") % what)


@require_POST
@refusals_as_409
def take_back(request: HttpRequest, board: str, meeting: str, item: int) -> HttpResponse:
    """The press was wrong: the case has not begun, and what it ended goes on."""
    found = item_for(request, board, meeting, item)
    running.take_back(row_or_404(found), by=request.user)
    return answer(request, found, said=_("%(case)s has not begun.") % {"case": found.label or found.section})


@refusals_as_409
def times(request: HttpRequest, board: str, meeting: str, item: int) -> HttpResponse:
    """The actual times of a case or break, typed."""
    found = item_for(request, board, meeting, item)
    row = row_or_404(found)
    form = times_form(row, found.minutes, request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and corrected(form, lambda *at: running.correct(row, *at, by=request.user))
    ):
        return answer(request, found, said=_("The times are changed."))
    return times_page(request, found.minutes, form, found)


@refusals_as_409
def hours(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """When the meeting began and ended, typed."""
    found = minutes_for(request, board, meeting, "minutes.write")
    one = found.meeting
    form = TimesForm(request.POST or None, started=one.started_at, ended=one.ended_at, day=one.first_day)
    if (
        request.method == "POST"
        and form.is_valid()
        and corrected(form, lambda *at: running.correct_hours(one, *at, by=request.user))
    ):
        return redirect(found)
    return times_page(request, found, form)


@require_POST
@refusals_as_409
def end_meeting(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """The meeting is over, and the case that ran with it."""
    found = minutes_for(request, board, meeting, "minutes.write")
    running.end(found.meeting, by=request.user, at=timezone.now())
    return redirect(asked_case(request, found) or found)


@require_POST
@refusals_as_409
def resume_meeting(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """The press was wrong: the meeting goes on."""
    found = minutes_for(request, board, meeting, "minutes.write")
    running.resume(found.meeting, by=request.user)
    return redirect(found)


def writing(request: HttpRequest, found: Minutes) -> HttpResponse:
    asked = request.GET.get("case", "")
    if request.htmx.target == "present-pane":
        context = cases_context(request, found, asked)
        context |= present_context(found, context, Attendants(found.meeting))
        return render(request, "minutes/_present_pane.html", context)
    context = panes(request, found, asked)
    if request.htmx.target == "case-pane":
        return render(request, "minutes/_live_answer.html", context)
    give(found, "review_rounds", _rounds(minutes=found.pk))
    context |= {
        "unresolved": unresolved_approvals(found),
        "open_round": next((one for one in found.review_rounds.all() if one.is_open), None),
    }
    return render(request, "minutes/write.html", context)


def answer(request: HttpRequest, item: MinutesItem, *, said: str) -> HttpResponse:
    """After an act on a case: the panes with it in the middle for htmx, else the page; `said` is read aloud."""
    shown = asked_case(request, item.minutes) if item.section else item
    if not request.htmx:
        return redirect(shown or item.minutes)
    context = panes(request, item.minutes, str(shown.pk) if shown else "") | {"said": said}
    response = render(request, "minutes/_live_answer.html", context)
    return trigger_client_event(push_url(response, (shown or item.minutes).get_absolute_url()), "changed")


def panes(request: HttpRequest, found: Minutes, asked: str) -> dict:
    """The three panes with the case asked for in the middle. Raises Http404 for a case that is not there."""
    context = cases_context(request, found, asked)
    case, attendants = context["case"], Attendants(found.meeting)
    section = (
        pages.with_doubts(pages.sections(found, request.user, only=case, attendants=attendants))[0] if case else None
    )
    times = times_form(case.row, found) if case and case.row else None
    return (
        frame(request, found)
        | tools(found)
        | present_context(found, context, attendants)
        | {"section": section, "times": times, **context}
    )


def cases_context(request: HttpRequest, found: Minutes, asked: str) -> dict:
    seen = progress.progress_of(found, timezone.now(), presence.others_in(found, request.user))
    case = seen.chosen()
    if asked:
        case = next((line.item for line in seen.lines if str(line.item.pk) == asked and not line.is_break), None)
        if case is None:
            raise Http404
    return {
        "progress": seen,
        "case": case,
        "line": seen.of(case),
        "minutes": found,
        "meeting": found.meeting,
        "board": found.meeting.board,
        "late_rows": len(_late_rows(meeting=found.meeting_id)),
    }


@prepared(meeting=BigAutoField())
def _late_rows(meeting):
    rows = AgendaRow.objects.filter(meeting=meeting, kind__in=drafting.PRINTED, minutes_items__isnull=True)
    return rows.order_by().values_list("pk", flat=True)


@prepared(minutes=BigAutoField())
def _rounds(minutes):
    return ReviewRound.objects.filter(minutes=minutes).order_by("number")


def present_context(found: Minutes, context: dict, attendants: Attendants) -> dict:
    """Those at the case; while it goes on or is to come, those in the room."""
    line, seen = context["line"], context["progress"]
    is_now = seen.is_running and not (line and line.leg and line.leg.ended)
    day = today_of(found)
    present = attending.present_at(context["case"], attendants, is_now=is_now, day=day)
    deputies = proposed_deputies(found, present, attendants.seats)
    forms = {
        "deputy": DeputyForm(present=present, deputies=deputies, auto_id="deputy_%s"),
        "guest": GuestForm(board=found.meeting.board, auto_id="guest_%s"),
    }
    return {"present": present, **forms}


def proposed_deputies(found: Minutes, present, seats=None) -> list[str]:
    """By rank, those who are not in the room already."""
    here = {person.one.name for person in present.voting}
    return [seat.name for seat in presses.deputies_of(found.meeting, seats) if seat.name not in here]


def today_of(found: Minutes) -> int | None:
    """The number of the day that is today; None for a meeting of one day."""
    days = list(found.meeting.days.all())
    today = timezone.localdate()
    return next((day.number for day in days if day.date == today), 1) if len(days) > 1 else None


def asked_case(request: HttpRequest, found: Minutes) -> MinutesItem | None:
    """The case the page showed when the form was sent."""
    asked = request.POST.get("case", "")
    is_number = asked.isascii() and asked.isdigit() and len(asked) < 18
    return found.items.filter(pk=asked, section="").first() if is_number else None


def row_or_404(item: MinutesItem):
    if item.row is None:
        raise Http404
    item.row.meeting = item.minutes.meeting
    return item.row


def times_form(row, found: Minutes, data=None) -> TimesForm:
    days = {day.number: day.date for day in found.meeting.days.all()}
    day = days.get(row.day or 1, found.meeting.first_day)
    return TimesForm(data, started=row.started_at, ended=row.ended_at, day=day, auto_id="times_%s")


def corrected(form: TimesForm, act) -> bool:
    """Whether the act took the times; else the form says why not, with what was typed."""
    try:
        act(*form.moments)
    except running.TransitionRefused as refusal:
        form.add_error(None, refusal.reasons)
        return False
    return True


def times_page(request: HttpRequest, found: Minutes, form: TimesForm, item: MinutesItem | None = None) -> HttpResponse:
    context = frame(request, found) | {"form": form, "item": item}
    status = 422 if form.is_bound else 200
    if not request.htmx:
        return render(request, "minutes/times.html", context, status=status)
    return reswap(retarget(render(request, "minutes/_times.html", context, status=status), "#times-form"), "outerHTML")
