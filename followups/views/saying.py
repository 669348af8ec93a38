"""What is said of a follow-up in one meeting: written, taken from the proposal, and taken out of the minutes."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from boardroom.lib.workflow import TransitionRefused
from followups import resolutions
from followups.carrying import placing
from followups.carrying.overview import overview
from followups.carrying.plan import plan_for
from followups.carrying.proposals import Proposal, propose
from followups.forms import LeaveOutForm
from followups.models import OwnerReport, Report
from followups.register.lineage import lineage
from followups.report_forms import ReportForm
from followups.views.gate import report_for
from followups.views.plan import refused_in_plan
from followups.views.way_back import act_on, done, plan_of
from minutes.views.gate import refusals_as_409


def say(request: HttpRequest, board: str, meeting: str, report: int) -> HttpResponse:
    """What is said of a follow-up in a meeting: before the call, or as a block of the minutes (R80, R81)."""
    found = report_for(request, board, meeting, report, "followups.edit")
    proposal = proposal_for(found) if "proposal" in request.GET and not found.is_prepared else None
    initial = proposal.values if proposal else None
    form = ReportForm(request.POST or None, instance=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        return _say(request, found, form)
    status = 422 if request.method == "POST" else 200
    template = "followups/_report_form.html" if request.htmx else "followups/say.html"
    return render(request, template, _form_context(found, form), status=status)


@refusals_as_409
def _say(request: HttpRequest, found: Report, form: ReportForm) -> HttpResponse:
    fresh = Report.objects.select_related("block__item__minutes", "meeting__board", "follow_up").get(pk=found.pk)
    version = form.cleaned_data["version"]
    saved = resolutions.save_report(fresh, form.values, version=version, by=request.user, at=timezone.now())
    if form.doubt:
        messages.warning(request, form.doubt)
    following = _following(saved) if request.POST.get("then") == "next" else None
    if following:
        return redirect("followups:say", saved.meeting.board.slug, saved.meeting.slug, following.pk)
    return redirect(_back(saved))


@require_POST
@refused_in_plan
def use_proposal(request: HttpRequest, board: str, meeting: str, report: int) -> HttpResponse:
    """The proposed words are what the minutes will say of it; where nothing is written yet."""
    found = report_for(request, board, meeting, report, "followups.edit")
    proposal = proposal_for(found)
    if proposal is None or found.block_id:
        raise TransitionRefused([_("There is no proposal for it any more.")])
    resolutions.prepare(found, proposal.values, by=request.user, at=timezone.now())
    undo = act_on("drop-proposal", found.meeting, report)
    return done(request, found.meeting, _("The proposed words are taken in as text for the minutes."), undo=undo)


@require_POST
@refused_in_plan
def drop_proposal(request: HttpRequest, board: str, meeting: str, report: int) -> HttpResponse:
    """The words are gone again, as long as they are those that were proposed."""
    found = report_for(request, board, meeting, report, "followups.edit")
    proposal = proposal_for(found)
    if proposal is None:
        raise TransitionRefused([_("There is no proposal for it any more.")])
    resolutions.unprepare(found, proposal.values, by=request.user, at=timezone.now())
    return done(request, found.meeting, _("Nothing is written about it any more."))


@refusals_as_409
def leave_out(request: HttpRequest, board: str, meeting: str, report: int) -> HttpResponse:
    """Out of this meeting, with a reason; it stays listed with who and when."""
    found = report_for(request, board, meeting, report, "followups.edit")
    form = LeaveOutForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        back = _back(found)
        placing.leave_out(found, form.cleaned_data["reason"], by=request.user, at=timezone.now())
        return redirect(back)
    context = {"board": found.meeting.board, "meeting": found.meeting, "report": found, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "followups/leave_out.html", context, status=status)


def proposal_for(found: Report) -> Proposal | None:
    """What is proposed for the report's meeting, whatever is written there already."""
    if not found.follow_up_id:
        return None
    today = timezone.localdate()
    line = overview(plan_for(found.meeting, today), today).line_of(found.follow_up_id)
    proposal = propose(found.meeting.board, line.kind, line.said) if line else None
    said = None if proposal else _heard(found)
    return propose(found.meeting.board, said.kind, said) if said else proposal


def _heard(found: Report) -> OwnerReport | None:
    """What was said of it last by those who answer for it, and not declined or withdrawn."""
    said = OwnerReport.objects.filter(follow_up=found.follow_up_id, follow_up__isnull=False)
    waiting = said.filter(fate__in=[OwnerReport.Fate.WAITING, OwnerReport.Fate.NOTED])
    return waiting.select_related("person").order_by("pk").last()


def _following(found: Report) -> Report | None:
    """The report after this one in its meeting."""
    others = Report.objects.filter(meeting=found.meeting, is_left_out=False).order_by("order", "pk")
    later = Q(order__gt=found.order) | Q(order=found.order, pk__gt=found.pk)
    return others.filter(later).first()


def _form_context(found: Report, form: ReportForm) -> dict:
    return {
        "board": found.meeting.board,
        "meeting": found.meeting,
        "report": found,
        "form": form,
        "told": lineage([found])[0] if found.follow_up_id else None,
        "back": _back(found),
        "heard": _heard(found),
        "following": _following(found),
    }


def _back(found: Report) -> str:
    """Where the secretary came from: the minutes where they are begun, else the plan."""
    return found.block.get_absolute_url() if found.block_id else plan_of(found.meeting)
