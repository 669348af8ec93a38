"""What goes on to a meeting: the plan page with its sections, the chosen follow-up beside it, and the question in a row's place."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from boardroom.lib.workdays import working_days_between
from boardroom.lib.workflow import TransitionRefused
from followups.carrying import placing, turns
from followups.carrying.agenda import follow_up_rows
from followups.carrying.carry import carry
from followups.carrying.forms import ElsewhereForm
from followups.carrying.overview import Line, Overview, overview
from followups.carrying.plan import Plan, plan, plan_for
from followups.carrying.proposals import body, propose, reporter
from followups.carrying.standing import called_meetings, uncalled
from followups.forms import LeaveOutForm
from followups.reminders import asking as reminding
from followups.views.gate import board_for, meeting_for
from followups.views.way_back import said
from meetings.deadlines import deadlines
from meetings.models import Meeting

QUESTIONS = ("out", "off", "in")


@dataclass(frozen=True)
class Asking:
    """A question in the place of a row: why it is taken out, where it is put off to, or where it is put in too."""

    follow_up: int
    act: str
    form: object


@require_safe
def show(request: HttpRequest, board: str) -> HttpResponse:
    """The plan for the meeting that receives."""
    found = board_for(request, board, "followups.edit")
    return page(request, plan(found, timezone.localdate()))


@require_safe
def of_meeting(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """The plan of any meeting."""
    return page_of(request, meeting_for(request, board, meeting, "followups.edit"))


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


def refused_in_plan(view):
    """A refused act is answered with the plan as it is now, the reasons above it, and 409."""

    @wraps(view)
    def answer(request: HttpRequest, board: str, meeting: str, **kwargs) -> HttpResponse:
        try:
            return view(request, board, meeting, **kwargs)
        except TransitionRefused as refusal:
            found = meeting_for(request, board, meeting, "followups.edit")
            return page_of(request, found, refused=refusal.reasons, status=409)

    return answer


def page_of(request: HttpRequest, meeting: Meeting, **more) -> HttpResponse:
    return page(request, plan_for(meeting, timezone.localdate()), **more)


def page(
    request: HttpRequest, made: Plan, *, asking: Asking | None = None, refused: Iterable[str] = (), status: int = 200
) -> HttpResponse:
    """The whole page; htmx takes from it what an act can change."""
    today = timezone.localdate()
    shown = overview(made, today)
    chosen = shown.line_of(_number(request, "chosen"))
    context = {
        "board": made.board,
        "meeting": made.meeting,
        "plan": made,
        "shown": shown,
        "said": said(request),
        "refused": list(refused),
        "asking": asking or _asked(request, shown),
        "chosen": chosen,
        "panel": _panel(made, chosen) if chosen else None,
        "further": uncalled([made.board.pk]).order_by("first_day", "pk"),
        "called": called_meetings([made.board.pk], today),
        "today": today,
        **_facts(made.meeting, today),
    }
    return render(request, "followups/plan.html", context, status=status)


def question(line: Line, act: str, data=None) -> Asking:
    """The question of the kind about one follow-up, answered by `data` where there is any."""
    key = line.follow_up.pk
    if act == "out":
        return Asking(key, act, LeaveOutForm(data, auto_id=f"ask-{key}-%s"))
    others = [
        one for one in placing.meetings_for(line.follow_up, timezone.localdate()) if one != line.told["report"].meeting
    ]
    return Asking(key, act, ElsewhereForm(data, meetings=others, needs_reason=act == "off", auto_id=f"ask-{key}-%s"))


def _asked(request: HttpRequest, shown: Overview) -> Asking | None:
    line, act = shown.line_of(_number(request, "of")), request.GET.get("ask", "")
    return question(line, act) if line and act in QUESTIONS else None


def _number(request: HttpRequest, name: str) -> int:
    typed = request.GET.get(name, "") or request.POST.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 18 else 0


def _panel(made: Plan, line: Line) -> dict:
    follow_up = line.follow_up
    prepared = line.report.resolution if line.report else ""
    return {
        "due_before": turns.due_before(follow_up),
        "body": body(made.board),
        "reporter": reporter(line.said),
        "proposal": None if prepared else propose(made.board, line.kind, line.said),
        "turns": turns.turns(follow_up, made.meeting),
    }


def _facts(meeting: Meeting | None, today) -> dict:
    if meeting is None:
        return {}
    due = deadlines(meeting.board, meeting.first_day).call
    asked = [delivery.letter.made_at for delivery in reminding.asked(meeting)]
    return {
        "row": follow_up_rows([meeting]).get(meeting.pk),
        "call_due": due,
        "days": working_days_between(today, due),
        "asked": max(asked, default=None),
    }
