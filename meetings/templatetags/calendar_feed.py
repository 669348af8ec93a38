"""The person's own calendar address on any page: `{% load calendar_feed %}` and `{% calendar_feed %}`."""

from django import template

from meetings import feeds

register = template.Library()


@register.inclusion_tag("meetings/_calendar_feed.html", takes_context=True)
def calendar_feed(context) -> dict:
    """The address and its renewal, or the button that makes one; leads back to the page it stands on."""
    request = context["request"]
    address = feeds.address(request.user)
    webcal = "webcal://" + address.partition("://")[2] if address else ""
    return {"address": address, "webcal": webcal, "next": request.path, "csrf_token": context.get("csrf_token")}
