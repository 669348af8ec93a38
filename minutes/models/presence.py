"""Who has which case open just now, so that two secretaries see each other."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from minutes.models.minutes import MinutesItem

# A page tells where it is every 15 seconds; who has not told for this long has gone.
GONE_AFTER = timedelta(seconds=40)


class PresenceQuerySet(models.QuerySet):
    def now(self):
        """Those seen a moment ago."""
        return self.filter(seen_at__gt=timezone.now() - GONE_AFTER)


class Presence(models.Model):
    """A user had this case open when last seen. Of no worth a minute later, so nothing points here."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    item = models.ForeignKey(MinutesItem, models.CASCADE, related_name="presences")
    seen_at = models.DateTimeField()

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "item"], name="one_presence_a_case")]

    def __str__(self) -> str:
        return f"{self.user} {self.item}"
