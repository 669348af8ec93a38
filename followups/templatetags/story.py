"""What the page of one follow-up asks while it tells its history: `{% load story %}`."""

from django import template

from meetings.models import Meeting

register = template.Library()


@register.simple_tag
def document_of(documents: dict, meeting: Meeting | None):
    """The issued minutes of the meeting, of those the view has read; None where there are none."""
    return documents.get(meeting.pk) if meeting else None


@register.filter
def is_web_address(text: str) -> bool:
    """Whether it can be a link: an address of the web, and nothing that a browser would run."""
    return text.startswith(("https://", "http://"))
