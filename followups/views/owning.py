"""Who answers for a follow-up reports on it; the secretary writes for who telephoned, and confirms or declines."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from boardroom.lib.workflow import TransitionRefused
from boards.models import Person, Seat
from boards.roles import may
from followups.models import CLOSED, FollowUp, OwnerReport
from followups.owners import reporting
from followups.owners.forms import AnswerForm, OwnerReportForm
from followups.owners.page import own_page, reports_of
from followups.rules import owned_by
from followups.views.gate import follow_up_for
from minutes.views.gate import refusals_as_409

CORRECTED = ("kind", "text", "due_text", "address", "action_id", "person_id")


def own(request: HttpRequest, board: str, follow_up: int) -> HttpResponse:
    """What was promised, what was said of it, one's own reports, and the form for a new one or a correction."""
    found = follow_up_for(request, board, follow_up, "followups.read")
    person, keeps = _who(request, found)
    page = own_page(found, None if keeps else person, timezone.localdate())
    earlier = to_correct(request.GET.get("correct", ""), page)
    form = form_of(request, page, earlier, persons=persons_of(found, person) if keeps else None)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            chosen = form.for_person() if keeps else person
            said = {**form.values(), "person": chosen, "user": request.user, "instead_of": earlier}
            reporting.report(found, **said, at=timezone.now())
            messages.success(request, _("Thank you. What you reported is delivered."))
            return redirect("followups:own", found.board.slug, found.pk)
        except TransitionRefused as refusal:
            form.add_error(None, refusal.reasons)
            status = 409
    values = {"board": found.board, "follow_up": found, "page": page, "form": form, "keeps": keeps, "earlier": earlier}
    return render(request, "followups/own.html", values, status=status)


@require_POST
@refusals_as_409
def withdraw(request: HttpRequest, board: str, follow_up: int, owner_report: int) -> HttpResponse:
    """One's own report, or one the secretary wrote down, counts no more; done once and again it is the same."""
    found = follow_up_for(request, board, follow_up, "followups.read")
    person, keeps = _who(request, found)
    made = get_object_or_404(reports_of(found), pk=owner_report)
    if not keeps and made.person_id != person.pk:
        raise PermissionDenied
    if made.fate != OwnerReport.Fate.WITHDRAWN:
        reporting.withdraw(made, by=request.user, at=timezone.now())
    messages.success(request, _("The report is withdrawn."))
    return redirect("followups:own", found.board.slug, found.pk)


@require_POST
@refusals_as_409
def confirm(request: HttpRequest, board: str, follow_up: int, owner_report: int) -> HttpResponse:
    """It is closed, or has its new date, and who reported is told."""
    found = follow_up_for(request, board, follow_up, "followups.close")
    made = get_object_or_404(reports_of(found), pk=owner_report)
    reporting.confirm(made, by=request.user, at=timezone.now())
    messages.success(request, _("Confirmed. Who reported is told."))
    return redirect(found)


@refusals_as_409
def decline(request: HttpRequest, board: str, follow_up: int, owner_report: int) -> HttpResponse:
    """It stays open, and who reported gets the answer."""
    found = follow_up_for(request, board, follow_up, "followups.close")
    made = get_object_or_404(reports_of(found), pk=owner_report)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reporting.decline(made, form.cleaned_data["text"], by=request.user, at=timezone.now())
        messages.success(request, _("Not confirmed. Who reported gets your answer."))
        return redirect(found)
    values = {"board": found.board, "follow_up": found, "made": made, "form": form}
    return render(request, "followups/own_answer.html", values, status=422 if request.method == "POST" else 200)


def form_of(request: HttpRequest, page, earlier: OwnerReport | None, persons=None) -> OwnerReportForm | None:
    """The form as sent, else as the report that is corrected, else empty."""
    initial = {"person": persons[0].pk} if persons else {}
    if earlier:
        initial = {name.removesuffix("_id"): getattr(earlier, name) for name in CORRECTED}
    data = request.POST if request.method == "POST" else None
    return OwnerReportForm(data, initial=initial, actions=page.own, today=timezone.localdate(), persons=persons)


def to_correct(asked: str, page) -> OwnerReport | None:
    """The report named in the address, if it is among those shown and may be changed still."""
    open_ones = {str(one.report.pk): one.report for one in page.reports if one.is_open}
    return open_ones.get(asked)


def persons_of(follow_up: FollowUp, first: Person | None) -> list[Person]:
    """Everybody who answers for something in it, by name or for their organisation; the secretary before the others."""
    today = timezone.localdate()
    open_ones = follow_up.actions.exclude(state__in=CLOSED)
    seats = Seat.objects.active_on(today).filter(board=follow_up.board_id, organisation__actions__action__in=open_ones)
    named = Person.objects.filter(actions__action__in=open_ones) | Person.objects.filter(pk__in=seats.values("person"))
    return sorted(named.distinct(), key=lambda one: (one != first, one.name))


def _who(request: HttpRequest, found: FollowUp) -> tuple[Person | None, bool]:
    """The person who reports, and whether it is written as the board's secretary. Raises PermissionDenied for others."""
    person = getattr(request.user, "person", None)
    keeps = may(request.user, "followups.edit", found.board)
    if keeps or (person and owned_by(person, found, timezone.localdate()).exists()):
        return person, keeps
    raise PermissionDenied(_("Those responsible for it report on it."))
