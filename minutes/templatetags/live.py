"""Whole minutes of a case, for the page on which it runs."""

from datetime import datetime, timedelta

from django import template

from meetings.forecast import Leg

register = template.Library()


@register.filter
def minutes_spent(leg: Leg, now: datetime) -> int:
    return leg.spent(now) // timedelta(minutes=1)


@register.filter
def minutes_given(leg: Leg) -> int | None:
    """None where the agenda gives it no time."""
    return leg.length // timedelta(minutes=1) if leg.length else None
