"""The board's annual plan: topics for a month, or for a meeting that has its date, until they become cases (R9)."""

from collections.abc import Iterable
from datetime import date

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import BigAutoField, DateField, Exists, F, OuterRef, Q
from django.utils.formats import date_format
from django.utils.translation import gettext

from audit import trail
from boardroom.lib.prepared import prepared
from boardroom.lib.workflow import TransitionRefused
from boards.models import Board
from cases.models import Case
from meetings.models import AgendaRow, Meeting, PlannedTopic

PUT_OFF = (Meeting.State.CANCELLED, Meeting.State.POSTPONED)
# Agendas that still take something in; a meeting that was called takes it as a late case.
TAKING = (Meeting.State.TENTATIVE, Meeting.State.PLANNED, Meeting.State.CALLED)
FIELDS = frozenset({"title", "note", "type", "is_yearly"})


class Conflict(Exception):
    """Someone else saved the topic meanwhile; `topic` is what is stored now."""

    def __init__(self, topic: PlannedTopic):
        self.topic = topic
        super().__init__(str(topic))


@transaction.atomic
def add_topic(
    board: Board, *, by, title: str, month: date | None = None, meeting: Meeting | None = None, **fields
) -> PlannedTopic:
    """The topic stands last in its month, or at the meeting if one is given."""
    place = _place(month, meeting)
    order = _last(board, **place) + 1
    topic = PlannedTopic.objects.create(board=board, title=title, order=order, **place, **fields)
    trail.record("meetings.add_topic", topic, by=by, board=board, title=title, month=topic.month)
    return topic


@transaction.atomic
def change_topic(topic: PlannedTopic, *, by, version: int, **fields) -> None:
    """The topic has the new values, one version on.

    Raises Conflict when its version is no longer `version`, TransitionRefused when it was removed meanwhile.
    """
    if unknown := fields.keys() - FIELDS:
        raise ValueError(f"An edit does not change {', '.join(sorted(unknown))}.")
    changed = sorted(name for name, value in fields.items() if getattr(topic, name) != value)
    stored = PlannedTopic.objects.filter(pk=topic.pk, version=version)
    if not stored.update(**fields, version=F("version") + 1):
        if now := PlannedTopic.objects.filter(pk=topic.pk).first():
            raise Conflict(now)
        raise TransitionRefused([gettext("The topic was removed by someone else. Your text is still on the page.")])
    topic.refresh_from_db()
    if changed:
        trail.record("meetings.change_topic", topic, by=by, board=topic.board, changed=changed)


@transaction.atomic
def move_topic(
    topic: PlannedTopic,
    *,
    by,
    month: date | None = None,
    meeting: Meeting | None = None,
    after: PlannedTopic | None = None,
) -> None:
    """The topic stands in the month or at the meeting, after the topic `after` or else first."""
    place = _place(month, meeting)
    before = {"month": topic.month, "meeting": topic.meeting_id}
    others = PlannedTopic.objects.filter(board=topic.board, **place).exclude(pk=topic.pk)
    others = list(others.order_by("order", "pk"))
    others.insert(others.index(after) + 1 if after in others else 0, topic)
    topic.month, topic.meeting = place["month"], place["meeting"]
    for order, one in enumerate(others):
        one.order = order
    PlannedTopic.objects.bulk_update(others, ["order", "month", "meeting"])
    if before != {"month": topic.month, "meeting": topic.meeting_id}:
        trail.record("meetings.move_topic", topic, by=by, board=topic.board, before=before["month"], after=topic.month)


@transaction.atomic
def remove_topic(topic: PlannedTopic, *, by) -> None:
    """The topic is gone, and does not come back next year; a case it became stays."""
    PlannedTopic.objects.filter(pk=topic.repeats_id).update(is_yearly=False)
    trail.record("meetings.remove_topic", topic, by=by, board=topic.board, title=topic.title, month=topic.month)
    topic.delete()


def to_repeat(board: Board, year: int):
    """Last year's topics that come back and do not stand in the year's plan yet."""
    return PlannedTopic.objects.filter(board=board, is_yearly=True, month__year=year - 1, repeated_as__isnull=True)


@transaction.atomic
def repeat_topics(board: Board, year: int, *, by) -> int:
    """Every yearly topic of the year before stands in the same month of `year`, once. How many came."""
    fresh = [
        PlannedTopic(
            board=board,
            order=topic.order,
            title=topic.title,
            note=topic.note,
            type=topic.type,
            month=topic.month.replace(year=year),
            is_yearly=True,
            repeats=topic,
        )
        for topic in to_repeat(board, year).select_for_update(of=("self",))
    ]
    PlannedTopic.objects.bulk_create(fresh)
    if fresh:
        trail.record("meetings.repeat_topics", board, by=by, board=board, year=year, count=len(fresh))
    return len(fresh)


def seat_topics(meeting: Meeting) -> None:
    """Topics of the meeting's month that wait for a meeting stand at this one from now on."""
    waiting = untaken(meeting.board.planned_topics.filter(month=meeting.first_day.replace(day=1)))
    waiting.filter(Q(meeting=None) | Q(meeting__state__in=PUT_OFF)).update(meeting=meeting)


def follow_meeting(meeting: Meeting) -> None:
    """The meeting has another date, and its topics are planned for that month."""
    meeting.planned_topics.update(month=meeting.first_day.replace(day=1))


def waiting_for(meeting: Meeting) -> list[PlannedTopic]:
    """Topics that are no case yet: planned for this meeting or its month, then what was not taken up the half year before."""
    if meeting.state not in TAKING or meeting.is_as_written:
        return []
    month = meeting.first_day.replace(day=1)
    half_a_year_before = month - relativedelta(months=6)
    months = {"since": half_a_year_before, "month": month}
    found = _waiting(board=meeting.board_id, meeting=meeting.pk, day=meeting.first_day, **months)
    for topic in found:
        topic.board = meeting.board
    return sorted(found, key=lambda topic: (topic.month != month, topic.month, topic.order, topic.pk))


@prepared(board=BigAutoField(), meeting=BigAutoField(), day=DateField(), since=DateField(), month=DateField())
def _waiting(board, meeting, day, since, month):
    lately = untaken(PlannedTopic.objects.filter(board=board, month__gte=since, month__lte=month))
    mine = Q(meeting=meeting) | Q(meeting=None) | Q(meeting__state__in=PUT_OFF)
    passed = Q(meeting__first_day__lt=day) & ~Q(meeting__state__in=TAKING)
    return lately.filter(mine | passed).select_related("meeting")


def why_it_waits(topic: PlannedTopic) -> str:
    """`Annual plan: September 2026`, and what is noted about it: the line below the topic in the queue."""
    said = gettext("Annual plan: %(month)s") % {"month": date_format(topic.month, "F Y")}
    return f"{said}. {topic.note}" if topic.note else said


def give_back(case: Case) -> bool:
    """Whether the case came from a topic and is on no agenda now, so that the topic waits instead of the case.

    A case that somebody submitted or that has papers waits itself.
    """
    came_from_plan = PlannedTopic.objects.filter(case=case).exists() and not case.treatments.exists()
    return came_from_plan and not (case.submitted_by or case.officer or case.papers.exists())


def untaken(topics):
    """Those of the topics that are no case, or whose case was taken off its agenda again."""
    on_an_agenda = Exists(AgendaRow.objects.filter(case=OuterRef("case")))
    return topics.exclude(case__is_waiting=True).exclude(on_an_agenda)


def topics_of(board: Board, year: int) -> Iterable[PlannedTopic]:
    """The year's plan, with meetings and the cases that topics became. Three queries."""
    topics = board.planned_topics.filter(month__year=year).select_related("meeting", "case")
    return topics.prefetch_related("case__treatments__meeting")


def _place(month: date | None, meeting: Meeting | None) -> dict:
    if meeting is not None:
        return {"month": meeting.first_day.replace(day=1), "meeting": meeting}
    if month is None:
        raise ValueError("A topic stands in a month or at a meeting.")
    return {"month": month.replace(day=1), "meeting": None}


def _last(board: Board, **place) -> int:
    last = PlannedTopic.objects.filter(board=board, **place).order_by("-order").values_list("order", flat=True).first()
    return -1 if last is None else last
