"""The annual plan of a board: months, meetings and topics, and the acts on a topic (R9)."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from django_htmx.http import reswap, retarget

from audit import trail
from boardroom.lib.workflow import TransitionRefused
from boards.models import Board
from boards.roles import require
from boards.views.gate import answers_refusals, way
from followups.models import CLOSED, Action
from meetings import annual_plan as acts
from meetings.forms.plan import NewTopicForm, PlaceField, TopicForm, entry_formset, place_key
from meetings.models import Meeting, PlannedTopic
from meetings.topic_cases import take_topics
from meetings.views.calendar import whole_number
from meetings.views.gate import find_board, find_meeting


def annual_plan(request: HttpRequest, board: str) -> HttpResponse:
    """The board's year; a new topic is typed at its month or meeting."""
    found = planned_board(request, board)
    year = asked_year(request)
    if request.method != "POST":
        return show(request, found, year)
    form = NewTopicForm(request.POST, board=found, year=year)
    if not form.is_valid():
        return show(request, found, year, typed=form, status=422)
    topic = acts.add_topic(found, by=request.user, **form.values())
    return back(request, found, topic.month.year, f"add-{place_key(topic)}")


def topic(request: HttpRequest, board: str, topic: int) -> HttpResponse:
    """A topic with its note, its place, and whether it comes back every year."""
    found = planned_board(request, board)
    current = find_topic(found, topic)
    form = TopicForm(request.POST or None, topic=current)
    if request.method != "POST":
        return show_topic(request, current, form)
    if not form.is_valid():
        return show_topic(request, current, form, status=422)
    try:
        save(current, form.cleaned_data, request)
    except acts.Conflict as conflict:
        form.data = form.data.copy()
        form.data["version"] = conflict.topic.version
        return show_topic(request, current, form, status=409, stored=conflict.topic)
    except TransitionRefused as refusal:
        form.add_error(None, refusal.reasons)
        return show_topic(request, current, form, status=409)
    return back(request, found, current.month.year, f"topic-{current.pk}")


@transaction.atomic
def save(current: PlannedTopic, data: dict, request: HttpRequest) -> None:
    place = data.pop("place", None)
    acts.change_topic(current, by=request.user, **data)
    if place and place != place_of(current):
        acts.move_topic(current, by=request.user, after=last_at(current, place), **place)


@require_POST
def move_topic(request: HttpRequest, board: str, topic: int) -> HttpResponse:
    """The topic stands in the month or at the meeting `place`, after the topic `after` or else first."""
    found = planned_board(request, board)
    current = find_topic(found, topic)
    try:
        place = PlaceField(board=found, year=current.month.year).clean(request.POST.get("place"))
    except ValidationError as refusal:
        return show(request, found, current.month.year, status=422, said=refusal.messages)
    after = whole_number(request.POST.get("after", ""), 1, 10**6 - 1)
    acts.move_topic(current, by=request.user, after=found.planned_topics.filter(pk=after).first(), **place)
    return back(request, found, asked_year(request), f"topic-{current.pk}")


@require_POST
def remove_topic(request: HttpRequest, board: str, topic: int) -> HttpResponse:
    """The topic is gone from the plan, and does not come back next year."""
    found = planned_board(request, board)
    current = find_topic(found, topic)
    year, key = current.month.year, place_key(current)
    acts.remove_topic(current, by=request.user)
    return back(request, found, year, f"add-{key}")


@require_POST
def repeat_topics(request: HttpRequest, board: str) -> HttpResponse:
    """Last year's yearly topics stand in this year's plan."""
    found, year = planned_board(request, board), asked_year(request)
    acts.repeat_topics(found, year, by=request.user)
    return back(request, found, year)


@require_POST
@answers_refusals
def take_planned(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """Topics that wait for this meeting are cases on its agenda: the one named, or all planned for it."""
    found = find_meeting(request, board, meeting, "meetings.edit")
    one = whole_number(request.POST.get("topic", ""), 1, 10**6 - 1)
    waiting = [topic for topic in acts.waiting_for(found) if topic.pk == one or (one is None and is_for(topic, found))]
    rows = take_topics(found, waiting, by=request.user)
    if rows and one is None:
        said = ngettext("%(count)s topic is a case now.", "%(count)s topics are cases now.", len(rows))
        messages.success(request, said % {"count": len(rows)})
    if request.POST.get("back") == "annual-plan":
        return back(request, found.board, found.first_day.year)
    place = f"#row-{rows[-1].pk}" if rows else ""
    return redirect(reverse("meetings:agenda", args=[found.board.slug, found.slug]) + place)


def is_for(topic: PlannedTopic, meeting: Meeting) -> bool:
    return topic.meeting_id == meeting.pk or topic.month == meeting.first_day.replace(day=1)


def calendar_dates(request: HttpRequest, board: str) -> HttpResponse:
    """Dates an import brought into the calendar, where they need correcting (R8)."""
    found = planned_board(request, board)
    formset = entry_formset(found, request.POST or None)
    if request.method == "POST" and formset.is_valid():
        with transaction.atomic():
            formset.save()
            trail.record("meetings.change_plan", found, by=request.user, board=found, list="calendar-dates")
        messages.success(request, _("The list is saved."))
        return redirect("meetings:board-calendar", found.slug)
    values = {"board": found, "way": way(found), "heading": _("Dates of the calendar"), "formset": formset}
    return render(request, "boards/list.html", values, status=422 if formset.is_bound else 200)


def show(request: HttpRequest, board: Board, year: int, typed=None, status: int = 200, focus: str = "", said=()):
    """The plan of the year: the page, or for htmx the plan alone."""
    months = months_of(board, year)
    values = {
        "board": board,
        "way": [(board.get_absolute_url(), board.short_name or board.name)],
        "year": year,
        "months": months,
        "counts": counts(months),
        "repeats": acts.to_repeat(board, year).count(),
        "typed": typed,
        "typed_at": typed["place"].value() if typed else "",
        "focus": focus,
        "said": said,
        "today": timezone.localdate(),
    }
    template = "meetings/_annual_plan.html" if request.htmx else "meetings/annual_plan.html"
    return render(request, template, values, status=status)


def months_of(board: Board, year: int) -> list[dict]:
    """Twelve months with their meetings, the topics of each, those that have no meeting, and follow-ups due there."""
    meetings = board.meetings.filter(first_day__year=year).prefetch_related("days").order_by("first_day", "pk")
    months = [
        {"first": date(year, number, 1), "key": f"{year}-{number:02}", "meetings": [], "topics": [], "due": 0}
        for number in range(1, 13)
    ]
    places = {}
    for meeting in meetings:
        meeting.board = board
        places[meeting.pk] = {"meeting": meeting, "key": f"meeting-{meeting.pk}", "topics": [], "waiting": 0, "due": 0}
        places[meeting.pk]["is_off"] = meeting.state in acts.PUT_OFF
        months[meeting.first_day.month - 1]["meetings"].append(places[meeting.pk])
    for topic in acts.topics_of(board, year):
        place = places.get(topic.meeting_id)
        if place is None or (place["is_off"] and not topic.is_taken):
            place = months[topic.month.month - 1]
        place["topics"].append(topic_line(topic))
        if place.get("meeting") and not topic.is_taken and place["meeting"].state in acts.TAKING:
            place["waiting"] += 1
    count_due(board, year, places, months)
    return months


def topic_line(topic: PlannedTopic) -> dict:
    """The topic, and the row of the case it became: the newest."""
    rows = list(topic.case.treatments.all()) if topic.case else []
    row = max(rows, key=lambda one: (one.meeting.first_day, one.pk), default=None)
    return {"topic": topic, "row": row, "is_case": topic.is_taken}


def count_due(board: Board, year: int, places: dict, months: list[dict]) -> None:
    """Open follow-ups that are due at a meeting, or in a month whose meeting has no date yet (R9)."""
    due = Action.objects.filter(follow_up__board=board).exclude(state__in=CLOSED)
    for meeting, month in due.values_list("due_meeting", "due_month"):
        if meeting in places:
            places[meeting]["due"] += 1
        elif meeting is None and month is not None and month.year == year:
            months[month.month - 1]["due"] += 1


def counts(months: list[dict]) -> dict:
    meetings = [place for month in months for place in month["meetings"]]
    lines = [line for place in [*meetings, *months] for line in place["topics"]]
    return {
        "meetings": sum(not place["is_off"] for place in meetings),
        "topics": len(lines),
        "cases": sum(line["is_case"] for line in lines),
    }


def show_topic(request: HttpRequest, current: PlannedTopic, form, status: int = 200, stored=None) -> HttpResponse:
    board = current.board
    plan = f"{reverse('meetings:annual-plan', args=[board.slug])}?year={current.month.year}"
    steps = [(board.get_absolute_url(), board.short_name or board.name), (plan, _("Annual plan"))]
    values = {"board": board, "topic": current, "form": form, "stored": stored, "way": steps, "plan": plan}
    if not request.htmx:
        return render(request, "meetings/topic.html", values, status=status)
    answer = render(request, "meetings/_topic_form.html", values, status=status)
    return reswap(retarget(answer, f"#topic-{current.pk}"), "morph:outerHTML")


def back(request: HttpRequest, board: Board, year: int, place: str = "") -> HttpResponse:
    """The plan again, at the place."""
    if request.htmx:
        return show(request, board, year, focus=place)
    anchor = f"#{place}" if place else ""
    return redirect(f"{reverse('meetings:annual-plan', args=[board.slug])}?year={year}{anchor}")


def planned_board(request: HttpRequest, slug: str) -> Board:
    found = find_board(request, slug)
    require(request.user, "meetings.edit", found)
    return found


def find_topic(board: Board, pk: int) -> PlannedTopic:
    topic = get_object_or_404(board.planned_topics.select_related("meeting", "case"), pk=pk)
    topic.board = board
    return topic


def asked_year(request: HttpRequest) -> int:
    said = request.POST.get("year") or request.GET.get("year", "")
    return whole_number(said, 1900, 2100) or timezone.localdate().year


def place_of(topic: PlannedTopic) -> dict:
    return {"meeting": topic.meeting} if topic.meeting_id else {"month": topic.month}


def last_at(topic: PlannedTopic, place: dict) -> PlannedTopic | None:
    month = place.get("month")
    there = topic.board.planned_topics.filter(meeting=place.get("meeting"), **({"month": month} if month else {}))
    return there.order_by("order", "pk").last()
