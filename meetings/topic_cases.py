"""Topics of the annual plan become cases of an agenda, each once (R9)."""

from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext

from audit import trail
from boardroom.lib.workflow import TransitionRefused
from cases.models import Case
from meetings import annual_plan
from meetings.agenda import SHIELD, add_row
from meetings.models import AgendaRow, Meeting, PlannedTopic
from meetings.settling import hold

KEY = "topic-"


class WaitingTopic:
    """A topic as it stands in the agenda's queue beside the cases that wait; `pk` is what `take_by_key` takes."""

    def __init__(self, topic: PlannedTopic):
        self.pk, self.title, self.type = f"{KEY}{topic.pk}", topic.title, topic.type
        self.why_it_waits = annual_plan.why_it_waits(topic)
        self._place = (topic.board.slug, topic.month.year, topic.pk)

    def get_absolute_url(self) -> str:
        slug, year, pk = self._place
        return f"{reverse('meetings:annual-plan', args=[slug])}?year={year}#topic-{pk}"


def waiting_topics(meeting: Meeting) -> list[WaitingTopic]:
    """What the annual plan has for the meeting, for its queue. One query."""
    return [WaitingTopic(topic) for topic in annual_plan.waiting_for(meeting)]


def take_by_key(meeting: Meeting, key: str, *, by, after: AgendaRow | None = None) -> AgendaRow:
    """The topic of the queue is a case on the agenda. Raises TransitionRefused where it does not wait any more."""
    found = [topic for topic in annual_plan.waiting_for(meeting) if f"{KEY}{topic.pk}" == key]
    if not found:
        raise TransitionRefused([gettext("The topic is no longer in the queue.")])
    return take_topic(meeting, found[0], by=by, after=after)


@transaction.atomic
def take_topic(meeting: Meeting, topic: PlannedTopic, *, by, after: AgendaRow | None = None) -> AgendaRow:
    """The topic is a case on the agenda, before other business or after `after`; its note is the case's description.

    Removing the row gives the topic back. Raises TransitionRefused where the topic is a case already, or the agenda
    takes nothing more.
    """
    hold(meeting)
    topic = PlannedTopic.objects.select_for_update(of=("self",)).select_related("case").get(pk=topic.pk)
    if topic.is_taken:
        raise TransitionRefused([gettext("«%(title)s» is a case already.") % {"title": topic.title}])
    case = topic.case or Case(board=meeting.board)
    case.title, case.type, case.description = topic.title, topic.type, case.description or _text(topic)
    case.save()
    topic.case, topic.meeting, topic.month = case, meeting, meeting.first_day.replace(day=1)
    topic.save(update_fields=["case", "meeting", "month"])
    fields = {name: getattr(case, name) for name in ("title", "type", "description", *SHIELD)}
    row = add_row(meeting, by=by, case=case, after=after, **fields)
    trail.record("meetings.take_topic", topic, by=by, board=meeting.board, meeting=meeting.slug, row=row.pk)
    return row


@transaction.atomic
def take_topics(meeting: Meeting, topics: Sequence[PlannedTopic], *, by) -> list[AgendaRow]:
    """All of them, in this order. Raises TransitionRefused, and then none is taken."""
    return [take_topic(meeting, topic, by=by) for topic in topics]


def _text(topic: PlannedTopic) -> str:
    return f"<p>{escape(topic.note)}</p>" if topic.note else ""
