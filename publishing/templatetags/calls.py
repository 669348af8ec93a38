"""The one filled button of an agenda: `{% load calls %}` and `{% call_button meeting %}`."""

from django import template
from django.urls import reverse

from boards.roles import may
from meetings.models import Meeting
from publishing.calling import supplementary_obstacles

register = template.Library()


@register.inclusion_tag("publishing/_call_button.html", takes_context=True)
def call_button(context, meeting: Meeting) -> dict:
    """To the call while it is not sent; afterwards to a supplementary one, only when something is new (P8)."""
    args = [meeting.board.slug, meeting.slug]
    if not may(context["user"], "meetings.send_call", meeting.board):
        return {}
    if meeting.state == Meeting.State.PLANNED:
        return {"url": reverse("publishing:send-call", args=args)}
    if meeting.state == Meeting.State.CALLED and not supplementary_obstacles(meeting):
        return {"url": reverse("publishing:send-supplementary-call", args=args), "is_supplementary": True}
    return {}
