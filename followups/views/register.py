"""The register: across the user's boards, per board, on paper, and one follow-up with its whole history."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from boards.models import Board
from boards.roles import may
from followups import history
from followups.filters import OPEN, FollowUpFilter
from followups.forms import StatusForm
from followups.lineage import is_said
from followups.models import Action, FollowUp, Report, Status
from followups.register import for_rows, rows
from followups.rules import may_change_to, readable
from followups.status import choices_from
from followups.views.gate import board_for, follow_up_for

PAGE = 30
PRINTED = 2000


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Follow-ups of all boards where the user may read them."""
    context = _found(request, readable(request.user, timezone.localdate()), PAGE)
    boards = Board.objects.visible_to(request.user)
    context["boards"] = [board for board in boards if may(request.user, "followups.read", board)]
    return render(request, "followups/mine.html", context)


@require_safe
def register(request: HttpRequest, board: str) -> HttpResponse:
    found = board_for(request, board, "followups.read")
    follow_ups = readable(request.user, timezone.localdate()).filter(board=found)
    context = _found(request, follow_ups, PAGE, sees_drafts=may(request.user, "followups.edit", found))
    return render(request, "followups/register.html", context | {"board": found, "may": _flags(request, found)})


@require_safe
def paper(request: HttpRequest, board: str) -> HttpResponse:
    """The same list by itself, filtered the same way, for the printer (R87)."""
    found = board_for(request, board, "followups.read")
    follow_ups = readable(request.user, timezone.localdate()).filter(board=found)
    context = _found(request, follow_ups, PRINTED, sees_drafts=may(request.user, "followups.edit", found))
    return render(request, "followups/paper.html", context | {"board": found, "today": timezone.localdate()})


@require_safe
def follow_up(request: HttpRequest, board: str, follow_up: int) -> HttpResponse:
    found = follow_up_for(request, board, follow_up, "followups.read")
    return render(request, "followups/follow_up.html", page_of(request, found))


def page_of(request: HttpRequest, found: FollowUp, form: StatusForm | None = None) -> dict:
    """What the page of one follow-up shows; `form` where a change of status was refused."""
    flags = _flags(request, found.board)
    actions = list(Action.objects.filter(follow_up=found).select_related("due_meeting"))
    reports = list(
        Report.objects.filter(follow_up=found).select_related("meeting__board", "meeting__minutes", "resolves_to_row")
    )
    said = [report for report in reports if flags["edit"] or is_said(report)]
    fresh = for_rows(FollowUp.objects.filter(pk=found.pk))
    return {
        "board": found.board,
        "follow_up": found,
        "row": rows(fresh, timezone.localdate(), sees_drafts=flags["edit"])[0],
        "actions": actions,
        "events": history.events(found, said),
        "may": flags,
        "form": form or status_form(request, found, actions),
    }


def status_form(request: HttpRequest, found: FollowUp, actions: list, data=None) -> StatusForm | None:
    """The form with the states the user may give now; None where there is none."""
    reachable = {*choices_from(found.state), *(choice for one in actions for choice in choices_from(one.state))}
    allowed = may_change_to(request.user, found)
    choices = [choice for choice in Status if choice in reachable & allowed]
    return StatusForm(data, choices=choices, actions=actions) if choices else None


def _found(request: HttpRequest, follow_ups, size: int, *, sees_drafts: bool = False) -> dict:
    today = timezone.localdate()
    asked = request.GET if request.GET else {"status": OPEN}
    chosen = FollowUpFilter(asked, queryset=follow_ups, on=today)
    page = Paginator(for_rows(chosen.qs), size).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    return {
        "filter": chosen,
        "page": page,
        "rows": rows(page, today, sees_drafts=sees_drafts),
        "kept": kept.urlencode(),
    }


def _flags(request: HttpRequest, board: Board) -> dict[str, bool]:
    return {act: may(request.user, f"followups.{act}", board) for act in ("read", "edit", "close", "report")}
