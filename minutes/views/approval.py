"""The case that approves earlier minutes: a press writes what was decided of them (R73, R74)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST

from minutes import approval_case
from minutes.views.gate import item_for, refusals_as_409
from minutes.views.minutes import changed, item_answer


@require_POST
@refusals_as_409
def approve_earlier(request: HttpRequest, board: str, meeting: str, item: int) -> HttpResponse:
    """The minutes of the day are approved, with or without remarks, or not approved, in this case."""
    found = item_for(request, board, meeting, item)
    day, outcome = _day(request.POST.get("day", "")), request.POST.get("outcome", "")
    if day is None or outcome not in approval_case.KINDS:
        raise Http404
    approval_case.decide(found, day, outcome, by=request.user, at=timezone.now())
    return changed(item_answer(request, found))


def _day(text: str):
    try:
        return parse_date(text)
    except ValueError:
        return None
