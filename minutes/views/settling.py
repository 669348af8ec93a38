"""The secretariat's side of the review: the remarks, and what becomes of each (R91-R93, R95)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from minutes import review, settling
from minutes.models import Minutes
from minutes.review_forms import OutsideNoteForm, SettleForm
from minutes.review_table import remarks_table
from minutes.views.gate import minutes_for, refusals_as_409
from minutes.views.minutes import frame
from minutes.views.review import review_address, round_or_404


@require_safe
def remarks(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """Every remark beside the text it is about, to be settled."""
    minutes = minutes_for(request, board, meeting, "minutes.read_remarks")
    round_or_404(minutes)
    return page(request, minutes)


@require_POST
@refusals_as_409
def settle(request: HttpRequest, board: str, meeting: str, remark: int) -> HttpResponse:
    minutes = minutes_for(request, board, meeting, "minutes.settle_remarks")
    found = get_object_or_404(review.visible_remarks(minutes, request.user), pk=remark)
    found.round.minutes = minutes
    form = SettleForm(request.POST, remark=found)
    if not form.is_valid():
        return page(request, minutes, forms={found.pk: form}, status=422)
    settling.settle(found, **form.cleaned_data, at=timezone.now(), by=request.user)
    messages.success(request, _("The remark is settled."))
    return redirect(f"{review_address(minutes)}remarks/#remark-{found.pk}")


def outside_note(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """A letter or note that is no remark to the minutes (R92)."""
    minutes = minutes_for(request, board, meeting, "minutes.settle_remarks")
    current = round_or_404(minutes)
    form = OutsideNoteForm(request.POST or None, initial={"received_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        settling.write_outside_note(current, **form.cleaned_data, by=request.user)
        return redirect(f"{review_address(minutes)}remarks/")
    context = frame(request, minutes) | {"form": form}
    return render(request, "minutes/outside_note.html", context, status=422 if form.is_bound else 200)


@require_POST
@refusals_as_409
def close(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """No more remarks are taken; the minutes are a draft again."""
    minutes = minutes_for(request, board, meeting, "minutes.settle_remarks")
    current = round_or_404(minutes)
    current.minutes = minutes
    review.close_round(current, by=request.user)
    return redirect(f"{review_address(minutes)}remarks/")


@require_safe
def remarks_csv(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """The remarks as a table for a spreadsheet (R95)."""
    minutes = minutes_for(request, board, meeting, "minutes.read_remarks")
    round_or_404(minutes)
    response = HttpResponse(remarks_table(minutes), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="remarks-{minutes.meeting.slug}.csv"'
    return response


def page(request: HttpRequest, minutes: Minutes, forms: dict | None = None, status: int = 200) -> HttpResponse:
    forms = forms or {}
    found = list(review.visible_remarks(minutes, request.user).order_by("round__number", "order", "pk"))
    rows = [(one, forms.get(one.pk) or SettleForm(remark=one)) for one in found]
    current = round_or_404(minutes)
    answers = list(current.answers.select_related("person"))
    context = frame(request, minutes) | {"rows": rows, "round": current, "answers": answers}
    return render(request, "minutes/remarks.html", context, status=status)
