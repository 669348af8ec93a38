"""Acts on the plan: out, back, to another meeting, order and words. Each leads to the plan as it is now, with the way back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from boardroom.lib.workflow import TransitionRefused
from followups.carrying import arranging, placing
from followups.carrying.forms import MeetingChoice, PrintedActions, WordsForm, printed, words_of
from followups.carrying.overview import Line, overview
from followups.carrying.plan import plan_for
from followups.models import FollowUp, Report
from followups.reminders import asking as reminding
from followups.rules import readable
from followups.views.gate import meeting_for, report_for
from followups.views.plan import Asking, page_of, question, refused_in_plan
from followups.views.way_back import act_on, done
from meetings.models import Meeting


@require_POST
@refused_in_plan
def take_out(request: HttpRequest, board: str, meeting: str, follow_up: int) -> HttpResponse:
    """Out of this meeting, whether it is carried there yet or not, for a reason."""
    found, one = _found(request, board, meeting, follow_up)
    asked = _answered(request, found, one, "out")
    if not asked.form.is_valid():
        return page_of(request, found, asking=asked, status=422)
    after = _next(found, one)
    report = placing.take_out(one, found, asked.form.cleaned_data["reason"], by=request.user, at=timezone.now())
    words = _("«%(title)s» is taken out of this meeting.") % {"title": report.title}
    return done(request, found, words, undo=act_on("put-back", found, report.pk), focus=after)


@require_POST
@refused_in_plan
def put_back(request: HttpRequest, board: str, meeting: str, report: int) -> HttpResponse:
    """Into the meeting again; undone by taking it out for the same reason."""
    found = report_for(request, board, meeting, report, "followups.edit")
    reason, key = found.left_out_reason, found.follow_up_id
    placing.put_back(found, by=request.user, at=timezone.now())
    undo = act_on("plan-out", found.meeting, key) if key and reason else ""
    words = _("«%(title)s» is in this meeting again.") % {"title": found.title}
    return done(request, found.meeting, words, undo=undo, values={"reason": reason}, focus=f"open-{key}")


@require_POST
@refused_in_plan
def put_off(request: HttpRequest, board: str, meeting: str, follow_up: int) -> HttpResponse:
    """To a later meeting instead of this one, for a reason."""
    found, one = _found(request, board, meeting, follow_up)
    asked = _answered(request, found, one, "off")
    if not asked.form.is_valid():
        return page_of(request, found, asking=asked, status=422)
    after, before = _next(found, one), _place(found, one)
    to, reason = asked.form.cleaned_data["to"], asked.form.cleaned_data["reason"]
    report = placing.put_off_to(one, to, reason, by=request.user, at=timezone.now())
    words = _("«%(title)s» is put off to %(meeting)s.") % {"title": one.title, "meeting": _named(to)}
    return done(request, found, words, undo=act_on("take-back", found, report.pk), values=before, focus=after)


@require_POST
@refused_in_plan
def put_in(request: HttpRequest, board: str, meeting: str, follow_up: int) -> HttpResponse:
    """In a further meeting too."""
    found, one = _found(request, board, meeting, follow_up)
    asked = _answered(request, found, one, "in")
    if not asked.form.is_valid():
        return page_of(request, found, asking=asked, status=422)
    to, reason = asked.form.cleaned_data["to"], asked.form.cleaned_data["reason"]
    report = placing.put_in(one, to, reason, by=request.user, at=timezone.now())
    words = _("«%(title)s» is taken along in %(meeting)s too.") % {"title": one.title, "meeting": _named(to)}
    return done(request, found, words, undo=act_on("take-back", found, report.pk), focus=f"open-{one.pk}")


@require_POST
@refused_in_plan
def take_back(request: HttpRequest, board: str, meeting: str, report: int) -> HttpResponse:
    """What was placed in a meeting of the board is not any more; the page that asked is shown again."""
    found = meeting_for(request, board, meeting, "followups.edit")
    reports = Report.objects.filter(meeting__board=found.board, follow_up__isnull=False)
    placed = get_object_or_404(reports.select_related("follow_up", "meeting__board"), pk=report)
    placing.take_back(placed, by=request.user, at=timezone.now())
    _to_its_place(request, found, placed.follow_up)
    words = _("«%(title)s» is where it was.") % {"title": placed.title}
    return done(request, found, words, focus=f"open-{placed.follow_up_id}")


@require_POST
@refused_in_plan
def move(request: HttpRequest, board: str, meeting: str, report: int) -> HttpResponse:
    """Up or down by `steps`, or beside the report named `after` or `before`."""
    found = report_for(request, board, meeting, report, "followups.edit")
    undo = arranging.neighbour(found)
    beside = {name: _number(request.POST[name]) for name in ("after", "before") if name in request.POST}
    if beside:
        place = arranging.move_beside(found, **beside, by=request.user, at=timezone.now())
    else:
        steps = 1 if request.POST.get("steps") == "1" else -1
        place = arranging.move_by(found, steps, by=request.user, at=timezone.now())
    words = _("«%(title)s» stands at place %(place)s now.") % {"title": found.title, "place": place}
    address = act_on("move-report", found.meeting, report) if undo else ""
    return done(request, found.meeting, words, undo=address, values=undo, focus=f"open-{found.follow_up_id}")


@require_POST
@refused_in_plan
def ask_for_reports(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """Those who answer for what lacks a report are asked by mail."""
    found = meeting_for(request, board, meeting, "followups.edit")
    count = reminding.ask_for_reports(found, by=request.user, at=timezone.now())
    asked = ngettext("%(count)s person is asked for a report.", "%(count)s persons are asked for a report.", count)
    nobody = _("Nobody was asked: those responsible were asked today already, or are not in the register of persons.")
    return done(request, found, asked % {"count": count} if count else nobody)


def wording(request: HttpRequest, board: str, meeting: str, report: int) -> HttpResponse:
    """Title and actions as they are printed in this meeting."""
    found = report_for(request, board, meeting, report, "followups.edit")
    form = WordsForm(request.POST or None, initial={"title": found.title, "seen": [found.title, found.actions]})
    actions = PrintedActions(request.POST or None, initial=printed(found))
    reasons, status = [], 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid() and actions.is_valid():
        try:
            return _word(request, found, form, actions)
        except TransitionRefused as refusal:
            reasons, status = refusal.reasons, 409
    context = {"board": found.meeting.board, "meeting": found.meeting, "report": found, "form": form}
    context |= {"actions": actions, "reasons": reasons}
    return render(request, "followups/wording.html", context, status=status)


def _word(request: HttpRequest, found: Report, form: WordsForm, actions) -> HttpResponse:
    words = words_of(found, form, actions)
    arranging.word(found, words, seen=form.seen_words(), by=request.user, at=timezone.now())
    undo = act_on("use-register", found.meeting, found.pk)
    said = _("«%(title)s» has words of its own in this meeting.") % {"title": words.title}
    return done(request, found.meeting, said, undo=undo, focus=f"open-{found.follow_up_id}")


@require_POST
@refused_in_plan
def use_register(request: HttpRequest, board: str, meeting: str, report: int) -> HttpResponse:
    """The words of the register again, which it follows from now on."""
    found = report_for(request, board, meeting, report, "followups.edit")
    arranging.use_register(found, by=request.user, at=timezone.now())
    words = _("«%(title)s» has the words of the register.") % {"title": found.title}
    return done(request, found.meeting, words, focus=f"open-{found.follow_up_id}")


def _found(request: HttpRequest, board: str, meeting: str, follow_up: int) -> tuple[Meeting, FollowUp]:
    found = meeting_for(request, board, meeting, "followups.edit")
    known = readable(request.user, timezone.localdate()).filter(board=found.board)
    return found, get_object_or_404(known.select_related("board", "source_meeting"), pk=follow_up)


def _lines(found: Meeting):
    today = timezone.localdate()
    return overview(plan_for(found, today), today)


def _answered(request: HttpRequest, found: Meeting, one: FollowUp, act: str) -> Asking:
    """The question with what was answered. Raises TransitionRefused where the follow-up is not in the plan any more."""
    line: Line | None = _lines(found).line_of(one.pk)
    if line is None:
        raise TransitionRefused([_("It does not stand in this meeting.")])
    return question(line, act, request.POST)


def _next(found: Meeting, one: FollowUp) -> str:
    """The row that follows, which gets the focus when this one goes."""
    keys = [line.follow_up.pk for line in _lines(found).along]
    place = keys.index(one.pk) if one.pk in keys else len(keys)
    after = (keys[place + 1 :] or keys[:place][-1:])[:1]
    return f"open-{after[0]}" if after else "plan-said"


def _place(found: Meeting, one: FollowUp) -> dict:
    report = Report.objects.filter(meeting=found, follow_up=one).select_related("meeting").first()
    return arranging.neighbour(report) if report else {}


def _to_its_place(request: HttpRequest, found: Meeting, one: FollowUp) -> None:
    """Beside the report it stood beside before, where both are there."""
    report = Report.objects.filter(meeting=found, follow_up=one, is_left_out=False).select_related("meeting").first()
    beside = {name: _number(request.POST[name]) for name in ("after", "before") if name in request.POST}
    if report and Report.objects.filter(meeting=found, pk__in=beside.values(), is_left_out=False).exists():
        arranging.move_beside(report, **beside, by=request.user, at=timezone.now())


def _named(meeting: Meeting) -> str:
    return str(MeetingChoice.label_from_instance(None, meeting))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0
