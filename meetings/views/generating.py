"""Making a year of meetings from a rule: the rule, its dates with what speaks against them, and the meetings."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boards.models import Board
from meetings.forms.generating import DateFormSet, RuleForm
from meetings.generating import create_meetings, doubts, taken_days
from meetings.models import Meeting
from meetings.views.annual_plan import planned_board
from meetings.views.calendar import whole_number


def generate(request: HttpRequest, board: str) -> HttpResponse:
    """The rule stands in the address; the dates it gave are posted, as they are or changed."""
    found = planned_board(request, board)
    year = whole_number(request.GET.get("year", ""), 1900, 2100) or timezone.localdate().year + 1
    rule = RuleForm(request.GET if "kind" in request.GET else None, board=found, year=year)
    if request.method != "POST":
        dates = proposed(found, rule) if rule.is_bound and rule.is_valid() else None
        return show(request, found, year, rule, dates, status=422 if rule.errors else 200)
    dates = DateFormSet(request.POST, prefix="dates")
    if not (rule.is_valid() and dates.is_valid()):
        return show(request, found, year, rule, dates, status=422)
    if "create" not in request.POST:
        return show(request, found, year, rule, dates)
    if not dates.ticked():
        return show(request, found, year, rule, dates, status=422, said=_("Tick at least one date."))
    return create(request, found, rule.cleaned_data, dates.ticked())


def create(request: HttpRequest, board: Board, common: dict, days: list[date]) -> HttpResponse:
    state = Meeting.State.TENTATIVE if common["is_tentative"] else Meeting.State.PLANNED
    hours = {"start": common["start"], "end": common["end"]}
    made = create_meetings(board, days, by=request.user, place=common["where"], state=state, **hours)
    said = ngettext("%(count)s meeting is made.", "%(count)s meetings are made.", len(made))
    messages.success(request, said % {"count": len(made)})
    return redirect(f"{reverse('meetings:annual-plan', args=[board.slug])}?year={min(days).year}")


def proposed(board: Board, rule: RuleForm) -> DateFormSet:
    """The rule's dates; one on which the board meets already is not ticked."""
    days = rule.days()
    taken = taken_days(board, days)
    return DateFormSet(prefix="dates", initial=[{"day": day, "take": day not in taken} for day in days])


def show(request: HttpRequest, board: Board, year: int, rule, dates, status: int = 200, said: str = "") -> HttpResponse:
    plan = f"{reverse('meetings:annual-plan', args=[board.slug])}?year={year}"
    values = {
        "board": board,
        "way": [(board.get_absolute_url(), board.short_name or board.name), (plan, _("Annual plan"))],
        "year": year,
        "rule": rule,
        "dates": dates,
        "lines": lines(request, board, dates) if dates is not None else [],
        "said": said,
        "plan": plan,
    }
    values["ticked"] = sum(line["is_ticked"] for line in values["lines"])
    return render(request, "meetings/generate.html", values, status=status)


def lines(request: HttpRequest, board: Board, dates) -> list[dict]:
    """Each date's form, with its day where it is one, and what speaks against it."""
    days = [day_of(form) for form in dates]
    known = doubts(board, {day for day in days if day}, request.user)
    found = []
    for form, day in zip(dates, days, strict=True):
        ticked = form["take"].value() in (True, "on", "True", "true")
        for name in ("take", "day"):
            form.fields[name].widget.attrs["aria-label"] = f"{form.fields[name].label} {form['day'].value() or ''}"
        found.append({"form": form, "day": day, "doubts": known.get(day, []), "is_ticked": ticked})
    return found


def day_of(form) -> date | None:
    if not form.is_bound:
        return form.initial["day"]
    return form.cleaned_data.get("day") if form.is_valid() or hasattr(form, "cleaned_data") else None
