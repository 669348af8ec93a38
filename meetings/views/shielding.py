"""One press shields a row whose case was made exempt after it came on the agenda."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from boards.views.gate import answers_refusals
from meetings import shielding
from meetings.views.gate import find_meeting, find_row


@require_POST
@answers_refusals
def shield_row(request: HttpRequest, board: str, meeting: str, row: int) -> HttpResponse:
    """The row is shielded as its case is; back to the case, or to the agenda."""
    found = find_meeting(request, board, meeting, "meetings.edit")
    current = find_row(found, row)
    if current in shielding.unshielded([current]):
        shielding.shield_row(current, by=request.user)
    if request.POST.get("back") == "case" and current.case_id:
        return redirect("cases:case", found.board.slug, current.case_id)
    return redirect("meetings:agenda", found.board.slug, found.slug)
