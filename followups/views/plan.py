"""What goes on to the board's next meeting: the plan, what is said of each, taking out and putting back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from boards.models import Board
from followups import resolutions
from followups.carry import carry, plan
from followups.forms import LeaveOutForm, ReportForm
from followups.lineage import lineage
from followups.models import CLOSED, Report
from followups.views.gate import board_for, report_for
from minutes.views.gate import refusals_as_409


@require_safe
def show(request: HttpRequest, board: str) -> HttpResponse:
    """In, out and why, for the meeting that receives."""
    return render(request, "followups/plan.html", _page(board_for(request, board, "followups.edit")))


@require_POST
def carry_now(request: HttpRequest, board: str) -> HttpResponse:
    """The same function that runs by itself, at once."""
    found = board_for(request, board, "followups.edit")
    done = carry(found, at=timezone.now(), by=request.user)
    if done.meeting is None:
        messages.info(request, _("There is no meeting yet whose call is not sent. Everything waits."))
    else:
        messages.success(request, _("Carried to the next meeting: %(count)s.") % {"count": len(done.carried)})
    return redirect("followups:plan", found.slug)


def say(request: HttpRequest, board: str, meeting: str, report: int) -> HttpResponse:
    """What is said of a follow-up in a meeting: before the call, or as a block of the minutes (R80, R81)."""
    found = report_for(request, board, meeting, report, "followups.edit")
    form = ReportForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        return _say(request, found, form)
    status = 422 if request.method == "POST" else 200
    return render(request, _form_template(request), _form_context(found, form), status=status)


@refusals_as_409
def _say(request: HttpRequest, found: Report, form: ReportForm) -> HttpResponse:
    fresh = Report.objects.select_related("block__item__minutes", "meeting__board", "follow_up").get(pk=found.pk)
    version = form.cleaned_data["version"]
    saved = resolutions.save_report(fresh, form.values, version=version, by=request.user, at=timezone.now())
    return redirect(_back(saved))


@refusals_as_409
def leave_out(request: HttpRequest, board: str, meeting: str, report: int) -> HttpResponse:
    """Out of this meeting, with a reason; it stays listed with who and when."""
    found = report_for(request, board, meeting, report, "followups.edit")
    form = LeaveOutForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        back = _back(found)
        resolutions.leave_out(found, form.cleaned_data["reason"], by=request.user, at=timezone.now())
        return redirect(back)
    context = {"board": found.meeting.board, "meeting": found.meeting, "report": found, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "followups/leave_out.html", context, status=status)


@require_POST
@refusals_as_409
def put_back(request: HttpRequest, board: str, meeting: str, report: int) -> HttpResponse:
    found = report_for(request, board, meeting, report, "followups.edit")
    resolutions.put_back(found, by=request.user, at=timezone.now())
    return redirect("followups:plan", found.meeting.board.slug)


def _page(board: Board) -> dict:
    today = timezone.localdate()
    made = plan(board, today)
    already = [entry.report for entry in made.already if entry.report]
    reports = Report.objects.filter(pk__in=[report.pk for report in already]).select_related(
        "meeting__board", "follow_up__board", "follow_up__source_meeting", "resolves_to_row", "resolves_to_meeting"
    )
    told = lineage(reports.order_by("order"))
    return {
        "board": board,
        "meeting": made.meeting,
        "plan": made,
        "told": told,
        "taken_out": [entry for entry in made.left_out if entry.report],
        "closed": [entry for entry in made.left_out if entry.follow_up.state in CLOSED],
        "waiting": [entry for entry in made.left_out if not entry.report and entry.follow_up.state not in CLOSED],
    }


def _form_template(request: HttpRequest) -> str:
    return "followups/_report_form.html" if request.htmx else "followups/say.html"


def _form_context(found: Report, form: ReportForm) -> dict:
    told = lineage([found])[0] if found.follow_up_id else None
    return {
        "board": found.meeting.board,
        "meeting": found.meeting,
        "report": found,
        "form": form,
        "told": told,
        "back": _back(found),
    }


def _back(found: Report) -> str:
    """Where the secretary came from: the minutes where they are begun, else the plan."""
    if found.block_id:
        return found.block.get_absolute_url()
    return reverse("followups:plan", args=[found.meeting.board.slug])
