"""How far a meeting has come, on any page: `{% load steps %}` and `{% meeting_steps meeting %}`, with css/step-line.css."""

from django import template
from django.utils import timezone

from boards.roles import may
from meetings.models import Meeting
from publishing.desk.known import learn_one
from publishing.desk.steps import steps_of

register = template.Library()


@register.inclusion_tag("components/step_line.html", takes_context=True)
def meeting_steps(context, meeting: Meeting) -> dict:
    """The step line of the meeting as the reader may see it; nothing for a meeting that is off. A fixed number of queries."""
    if meeting.state in {Meeting.State.CANCELLED, Meeting.State.POSTPONED}:
        return {}
    known = learn_one(meeting, timezone.localdate())
    return {"steps": steps_of(known, may(context["user"], "meetings.read_plan", meeting.board))}
