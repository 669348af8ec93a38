"""Acts on the rows of the agenda. Each answers with the agenda as it is now, and with what undoes it."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from boardroom.lib.times import parse_clock
from boardroom.lib.workflow import TransitionRefused
from cases.models import Case
from meetings import agenda as acts
from meetings import hours, standing, topic_cases, undoing, waiting
from meetings.forms.agenda import NewRowForm, PostponeRowForm
from meetings.forms.meeting import ReasonForm
from meetings.models import AgendaRow, Meeting
from meetings.views.agenda import Shown, build, still_open, whole_number
from meetings.views.gate import back_to, find_meeting, find_row
from meetings.views.refusing import answers_in_place
from meetings.views.row_form import open_row


def done(
    request: HttpRequest,
    found: Meeting,
    row: AgendaRow | None,
    said: str,
    *,
    undo=None,
    focus: str | None = None,
    open_as=None,
) -> HttpResponse:
    """The agenda after an act: for htmx in place, with the sentence and the way back; else by redirect, at the row.

    `focus`: the element that gets it, the row where nothing is said; "" leaves it where it is.
    """
    if not request.htmx:
        return back_to(found, row)
    if focus is None:
        focus = f"open-{row.pk}" if row else "new-title"
    shown = Shown(said=said, still=still_open(request), focus=focus)
    if "undoing" not in request.POST:
        shown.undo = undo
    if open_as and row:
        shown.open, shown.still, shown.focus = open_row(found, row), 0, f"row-{row.pk}-{open_as}"
        shown.open.then = "new"
    return trigger_client_event(build(request, found, shown), "changed", {})


@require_POST
@answers_in_place
def add_row(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """A new row from the line at the foot of the agenda; a break or a heading may be added without a title."""
    found = find_meeting(request, board, meeting, "meetings.edit")
    form = NewRowForm(request.POST, board=found.board, auto_id="new-%s")
    if not form.is_valid():
        return build(request, found, Shown(new=form, still=still_open(request), focus="new-title", status=422))
    data = form.cleaned_data
    then = data.pop("then")
    made = acts.add_row(found, by=request.user, **data)
    made.meeting = found
    if not request.htmx:
        return redirect(reverse("meetings:agenda", args=[found.board.slug, found.slug]) + "?added=1")
    said = _("Added as %(row)s.") % {"row": made}
    undo = (undoing.address("remove-row", found, made.pk), {})
    return done(request, found, made, said, undo=undo, focus="", open_as=then)


@require_POST
@answers_in_place
def add_standing(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """A standing item of the board is on this agenda too."""
    found = find_meeting(request, board, meeting, "meetings.edit")
    item = get_object_or_404(found.board.standing_items, pk=whole_number(request.POST.get("item", "")))
    made = standing.add_item(found, item, by=request.user)
    undo = (undoing.address("remove-row", found, made.pk), {})
    return done(request, found, made, _("Added as %(row)s.") % {"row": made}, undo=undo)


@require_POST
@answers_in_place
def move_row(request: HttpRequest, board: str, meeting: str, row: int) -> HttpResponse:
    """The row goes up or down by `steps`, or stands after the row named `after`, or before the one named `before`."""
    found = find_meeting(request, board, meeting, "meetings.edit")
    current = find_row(found, row)
    undo = (undoing.address("move-row", found, row), undoing.neighbours(current))
    steps = whole_number(request.POST.get("steps", "0"))
    places = places_in(request, found)
    if places:
        acts.move_row(current, by=request.user, **places)
    else:
        acts.move_by(current, steps, by=request.user)
    if not request.htmx:
        if places:
            return back_to(found, current)
        # No fragment: a browser gives the focus to the button only where the address names no place.
        went = f"?moved={current.pk}&went={'up' if steps < 0 else 'down'}"
        return redirect(reverse("meetings:agenda", args=[found.board.slug, found.slug]) + went)
    words = {"row": current.title or current.get_kind_display(), "place": current.order, "label": current.label}
    said = _("«%(row)s» stands at place %(place)s now.") % words
    if current.label:
        said = _("«%(row)s» stands at place %(place)s now, as %(label)s.") % words
    return done(request, found, current, said, undo=undo)


@answers_in_place
def remove_row(request: HttpRequest, board: str, meeting: str, row: int) -> HttpResponse:
    """The row is gone; asked for by GET, the question stands in its place."""
    found = find_meeting(request, board, meeting, "meetings.edit")
    current = find_row(found, row)
    if request.method != "POST":
        return ask(request, current, None, "remove")
    undo = (undoing.address("put-back", found), {"row": undoing.picture(current)})
    above = found.agenda_rows.filter(order__lt=current.order).order_by("-order").first()
    said = _("«%(row)s» is removed.") % {"row": current.title or current.get_kind_display()}
    acts.remove_row(current, by=request.user, back_to_queue="queue" in request.POST)
    if not request.htmx:
        return back_to(found)
    return done(request, found, None, said, undo=undo, focus=f"open-{above.pk}" if above else "new-title")


@require_POST
@answers_in_place
def put_back(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """A removed row stands on the agenda again."""
    found = find_meeting(request, board, meeting, "meetings.edit")
    made = undoing.put_back(found, request.POST.get("row", ""), by=request.user)
    return done(request, found, made, _("«%(row)s» is back.") % {"row": made.title or made.get_kind_display()})


@require_POST
@answers_in_place
def restore_row(request: HttpRequest, board: str, meeting: str, row: int) -> HttpResponse:
    """A withdrawn or postponed case is to be treated after all."""
    found = find_meeting(request, board, meeting, "meetings.edit")
    current = find_row(found, row)
    waiting.restore_row(current, by=request.user)
    return done(request, found, current, _("%(row)s is to be treated after all.") % {"row": current})


@require_POST
@answers_in_place
def split_row(request: HttpRequest, board: str, meeting: str, row: int) -> HttpResponse:
    """Another part of the case stands after it."""
    found = find_meeting(request, board, meeting, "meetings.edit")
    part = acts.split_row(find_row(found, row), by=request.user)
    undo = (undoing.address("remove-row", found, part.pk), {})
    return done(request, found, part, _("Added as %(row)s.") % {"row": part}, undo=undo)


@answers_in_place
def withdraw_row(request: HttpRequest, board: str, meeting: str, row: int) -> HttpResponse:
    """The case is withdrawn, for a reason."""
    found = find_meeting(request, board, meeting, "meetings.edit")
    current, form = find_row(found, row), ReasonForm(request.POST or None, auto_id=f"ask-{row}-%s")
    if request.method != "POST" or not form.is_valid():
        return ask(request, current, form, "withdraw")
    waiting.withdraw_row(current, by=request.user, reason=form.cleaned_data["reason"])
    undo = (undoing.address("restore-row", found, row), {})
    return done(request, found, current, _("%(row)s is withdrawn.") % {"row": current}, undo=undo)


@answers_in_place
def postpone_row(request: HttpRequest, board: str, meeting: str, row: int) -> HttpResponse:
    """The case is put off to the queue or to another meeting, for a reason. What another meeting got is not undone."""
    found = find_meeting(request, board, meeting, "meetings.edit")
    current = find_row(found, row)
    form = PostponeRowForm(request.POST or None, meeting=found, auto_id=f"ask-{row}-%s")
    if request.method != "POST" or not form.is_valid():
        return ask(request, current, form, "postpone")
    waiting.postpone_row(current, by=request.user, **form.cleaned_data)
    said = _("The case is postponed; its row and number stay here.")
    if not request.htmx:
        messages.success(request, said)
    undo = None if form.cleaned_data["to"] else (undoing.address("restore-row", found, row), {})
    return done(request, found, current, said, undo=undo)


def ask(request: HttpRequest, current: AgendaRow, form, act: str) -> HttpResponse:
    """The agenda with the question in the row's place: why, where to, or whether."""
    still = still_open(request)
    shown = Shown(asking=(current, form, act), still=still if still != current.pk else 0)
    shown.focus = f"ask-{current.pk}-reason" if form else f"ask-{current.pk}-yes"
    shown.status = 422 if form is not None and form.is_bound else 200
    return build(request, current.meeting, shown)


def places_in(request: HttpRequest, found: Meeting) -> dict[str, AgendaRow]:
    """The row named `after` or `before`. Raises Http404 for one that is gone: where else would be a guess."""
    return {
        name: find_row(found, whole_number(pk)) for name in ("after", "before") if (pk := request.POST.get(name, ""))
    }


@require_POST
@answers_in_place
@transaction.atomic
def take_case(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """A waiting case stands on the agenda, after the row named `after`, before that named `before`, or where new cases do."""
    found = find_meeting(request, board, meeting, "meetings.edit")
    places = places_in(request, found)
    if (key := request.POST.get("case", "")).startswith(topic_cases.KEY):
        made = topic_cases.take_by_key(found, key, by=request.user, after=places.get("after"))
        back = {}
    else:
        queued = Case.objects.visible_to(request.user).filter(board=found.board)
        case = get_object_or_404(queued, pk=whole_number(request.POST.get("case", "")))
        if not case.is_waiting:
            raise TransitionRefused([_("The case is no longer in the queue.")])
        made = waiting.take_case(found, case, by=request.user, after=places.get("after"))
        back = {"queue": "1"}
    if "before" in places:
        acts.move_row(made, by=request.user, before=places["before"])
        made.refresh_from_db()
    undo = (undoing.address("remove-row", found, made.pk), back)
    return done(request, found, made, _("Added as %(row)s.") % {"row": made}, undo=undo)


@require_POST
@answers_in_place
def move_end(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """The meeting is planned to end when its last item does."""
    found = find_meeting(request, board, meeting, "meetings.edit")
    day, typed = whole_number(request.POST.get("day", "")), request.POST.get("end", "")
    try:
        end = parse_clock(typed) if typed else None
    except ValueError as refusal:
        raise TransitionRefused([str(refusal)]) from None
    before = hours.move_end(found, day, end, by=request.user)
    found._prefetched_objects_cache = {}
    undo = (undoing.address("move-end", found), {"day": day, "end": f"{before:%H.%M}" if before else ""})
    said = _("The meeting is planned to end at %(time)s.") % {"time": typed}
    return done(request, found, None, said, undo=undo, focus="agenda-sums")
