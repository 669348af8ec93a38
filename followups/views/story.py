"""The page of one follow-up: how it stands, its way through the meetings, and everything that happened to it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from boards.roles import may
from followups.forms import StatusForm
from followups.models import FollowUp, Report, Status
from followups.register import history
from followups.register.lineage import is_kept_back, is_said, track
from followups.register.rows import load, row_of
from followups.rules import may_change_to, readable
from followups.status import choices_from
from followups.views.gate import follow_up_for
from followups.views.register import flags
from publishing.models import Document


@require_safe
def follow_up(request: HttpRequest, board: str, follow_up: int) -> HttpResponse:
    found = follow_up_for(request, board, follow_up, "followups.read")
    return render(request, "followups/follow_up.html", page_of(request, found))


def page_of(request: HttpRequest, found: FollowUp, form: StatusForm | None = None) -> dict:
    """What the page of one follow-up shows; `form` where a change of status was refused."""
    may_do = flags(request, found.board)
    reports = Report.objects.filter(follow_up=found).select_related(
        "meeting__board",
        "meeting__minutes",
        "resolves_to_row__meeting__board",
        "resolves_to_meeting",
        "left_out_by",
        "block",
        "row",
    )
    said = [report for report in reports.order_by("meeting__first_day") if may_do["edit"] or is_said(report)]
    (fresh,) = load([found.pk])
    today = timezone.localdate()
    row = row_of(fresh, today, sees_drafts=may_do["edit"])
    sees_all = may(request.user, "documents.read_exempt", found.board)
    shown = [report for report in said if sees_all or not is_kept_back(report)]
    told = history.events(found, shown, sees_drafts=may_do["edit"])
    is_oldest_first = request.GET.get("order") == "oldest"
    return {
        "board": found.board,
        "follow_up": found,
        "row": row,
        "today": today,
        "heading": row.lines[0].action.text if len(row.lines) == 1 else found.title,
        "track": track(found, said),
        "events": told if is_oldest_first else told[::-1],
        "is_oldest_first": is_oldest_first,
        "frozen_in": _minutes_of(request, said),
        "family": _family(request, found),
        "may": may_do,
        "form": form or status_form(request, found, row.actions),
    }


def status_form(request: HttpRequest, found: FollowUp, actions: list, data=None) -> StatusForm | None:
    """The form with the states the user may give now; None where there is none."""
    reachable = {*choices_from(found.state), *(choice for one in actions for choice in choices_from(one.state))}
    allowed = may_change_to(request.user, found)
    choices = [choice for choice in Status if choice in reachable & allowed]
    return StatusForm(data, choices=choices, actions=actions) if choices else None


def _minutes_of(request: HttpRequest, reports: list[Report]) -> dict[int, Document]:
    """The newest issued minutes of each meeting that said something, by the meeting's id."""
    if not reports or not may(request.user, "documents.read", reports[0].meeting.board):
        return {}
    issued = Document.objects.visible_to(request.user).filter(
        meeting__in=[report.meeting_id for report in reports], kind=Document.Kind.MINUTES
    )
    issued = issued.exclude(stage=Document.Stage.DRAFT).order_by("version")
    return {one.meeting_id: one for one in issued.only("meeting", "kind", "version", "stage", "issued_on")}


def _family(request: HttpRequest, found: FollowUp) -> dict:
    """What it was split from, and its parts, that the user may know of."""
    known = readable(request.user, timezone.localdate()).select_related("board").prefetch_related("actions")
    first = known.filter(pk=found.split_from_id).first() if found.split_from_id else None
    return {"first": first, "parts": list(known.filter(split_from=found).order_by("pk"))}
