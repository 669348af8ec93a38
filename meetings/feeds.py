"""A person's own calendar address: which meetings it shows is worked out at each request (reliability.md A7)."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import trail
from boards.models import Seat
from mail.addresses import absolute
from meetings import occasions
from meetings.models import CalendarFeed, Meeting
from meetings.standing_in import meetings_as_deputy

BACK = timedelta(days=400)


@transaction.atomic
def renew(user, *, at: datetime) -> CalendarFeed:
    """The user has a new address; the old one, if there was one, shows nothing any more."""
    feed, _is_new = CalendarFeed.objects.update_or_create(
        user=user, defaults={"token": secrets.token_urlsafe(32), "made_at": at}
    )
    trail.record("meetings.renew_feed", feed, by=user, at=at)
    return feed


def find(token: str) -> CalendarFeed | None:
    """The feed of the address, as long as its user may sign in."""
    feed = CalendarFeed.objects.select_related("user").filter(token=token, user__is_active=True).first()
    return feed if feed and secrets.compare_digest(feed.token, token) else None


def meetings_of(user, at: datetime) -> QuerySet[Meeting]:
    """The meetings of the boards the user sits on this day, from a year back; a deputy's only where they were called (P36)."""
    today = timezone.localdate(at)
    seats = Seat.objects.active_on(today).filter(person__user=user)
    members = seats.exclude(role=Seat.Role.DEPUTY).values("board")
    called = meetings_as_deputy(user).filter(board__in=seats.values("board")).values("pk")
    found = Meeting.objects.filter(Q(board__in=members) | Q(pk__in=called), first_day__gte=today - BACK)
    return found.select_related("board").prefetch_related("days", "notices").order_by("first_day", "pk")


def written(feed: CalendarFeed, at: datetime) -> bytes:
    """The feed's iCalendar object; six queries for few meetings and many."""
    return occasions.published(meetings_of(feed.user, at), at=at, name=_("My meetings"))


def has(user) -> bool:
    return CalendarFeed.objects.filter(user=user).exists()


def address(user) -> str:
    """Where the user's own calendar reads it; empty until the user asks for one."""
    token = CalendarFeed.objects.filter(user=user).values_list("token", flat=True).first()
    return absolute(reverse("meetings:feed", args=[token])) if token else ""
