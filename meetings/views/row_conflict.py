"""Two wrote one row at once: the choice between what is stored and what was typed here (F18)."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from boardroom.lib.kept import kept
from boardroom.lib.merging import merge
from meetings import agenda as acts
from meetings import row_conflicts
from meetings.models import AgendaRow, Meeting
from meetings.views.agenda import Shown, build
from meetings.views.gate import back_to, find_meeting, find_row
from meetings.views.refusing import answers_in_place
from meetings.views.row_form import OpenRow, both_texts, differences, open_row


@require_POST
@answers_in_place
def choose_row(request: HttpRequest, board: str, meeting: str, row: int) -> HttpResponse:
    """One's own words, the other's, or both merged; what is not chosen stands in the trail."""
    found = find_meeting(request, board, meeting, "meetings.edit")
    opened = open_row(found, find_row(found, row), request.POST)
    if not all([opened.form.is_valid(), opened.presenters.is_valid()]):
        return build(request, found, Shown(open=opened, status=422))
    differing = differences(opened.form, opened.row)
    if request.POST.get("choice") == "other":
        row_conflicts.set_aside(opened.row, words(differing, "mine"), by=request.user)
        return chosen(request, found, opened.row)
    values = opened.form.values()
    if request.POST.get("choice") == "both":
        values |= {
            one["name"]: merge("", one["stored"] or "", one["mine"] or "") for one in differing if one["is_rich"]
        }
    try:
        return chosen(request, found, saved(request, opened, values, words(differing, "stored")))
    except acts.Conflict as conflict:
        return both_texts(request, found, opened, conflict.row)


def saved(request: HttpRequest, opened: OpenRow, values: dict, replaced: dict) -> AgendaRow:
    named = [one for line in opened.presenters if (one := line.named())]
    version = opened.form.cleaned_data["version"]
    return row_conflicts.change_knowingly(
        opened.row, by=request.user, version=version, presenters=named, values=values, replaced=replaced
    )


def chosen(request: HttpRequest, found: Meeting, current: AgendaRow) -> HttpResponse:
    """The row open with what it says now; without JavaScript the agenda at it."""
    if not request.htmx:
        return back_to(found, current)
    current.meeting = found
    answer = build(request, found, Shown(open=open_row(found, current), focus=f"row-{current.pk}-title"))
    return kept(answer, f"row-{current.pk}", current.version)


def words(differing: list[dict], whose: str) -> dict[str, str]:
    """What the trail keeps: field by field, as it was shown."""
    return {one["name"]: str("" if one[whose] is None else one[whose]) for one in differing}
