"""Telling where one is in the minutes, and seeing where others are."""

from datetime import datetime

from django.db.models import BigAutoField, DateTimeField
from django.utils import timezone

from boardroom.lib.prepared import prepared
from minutes.models import Minutes, MinutesItem, Presence
from minutes.models.presence import GONE_AFTER


def tell(item: MinutesItem, user, *, at: datetime) -> None:
    """The user was seen at the case, and nowhere else in these minutes."""
    Presence.objects.filter(user=user, item__minutes=item.minutes_id).exclude(item=item).delete()
    Presence.objects.bulk_create(
        [Presence(user=user, item=item, seen_at=at)],
        update_conflicts=True,
        unique_fields=["user", "item"],
        update_fields=["seen_at"],
    )


@prepared(minutes=BigAutoField(), user=BigAutoField(), since=DateTimeField())
def _others(minutes, user, since):
    here = Presence.objects.filter(item__minutes=minutes, seen_at__gt=since)
    return here.exclude(user=user).select_related("user").order_by("pk")


def others_in(minutes: Minutes, user) -> dict[int, list]:
    """The other users who are in the minutes just now, by the case they are at."""
    here: dict[int, list] = {}
    for one in _others(minutes=minutes.pk, user=user.pk, since=timezone.now() - GONE_AFTER):
        here.setdefault(one.item_id, []).append(one.user)
    return here
