"""Calls that were sent, to whom (P39), and what those called have been told of time and place since."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from boards.models import Person
from mail.models import Letter
from meetings.models.meeting import Meeting


class Call(models.Model):
    """A call or supplementary call as sent. The document itself is frozen in publishing."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="calls")
    number = models.PositiveSmallIntegerField(default=1)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True)
    message = models.TextField(_("message"), blank=True)

    class Meta:
        ordering = ["meeting", "number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="one_call_a_number")]


class CallRecipient(models.Model):
    """One person a call went to. The letter says whether it arrived; none where the call was handed over on paper."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="recipients")
    person = models.ForeignKey(Person, models.PROTECT, related_name="calls")
    letter = models.OneToOneField(
        Letter, models.SET_NULL, null=True, blank=True, related_name="call_recipient", editable=False
    )

    class Meta:
        ordering = ["call", "pk"]
        constraints = [models.UniqueConstraint(fields=["call", "person"], name="one_delivery_a_person")]


class Notice(models.Model):
    """What those called were told of a meeting's time and place, and when (RFC 5546).

    The first is the call's own. `sequence` rises with every change told, so that calendars know the newest; `facts` are
    kept as told (`meetings.notices.facts_of`), so that whatever is sent again tells the same.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="notices")
    sequence = models.PositiveSmallIntegerField(default=0)
    facts = models.JSONField(default=dict)
    message = models.TextField(_("message"), blank=True)
    told_at = models.DateTimeField()
    told_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["meeting", "sequence"]
        constraints = [models.UniqueConstraint(fields=["meeting", "sequence"], name="one_notice_a_sequence")]

    def __str__(self) -> str:
        return f"{self.meeting} ({self.sequence})"

    @property
    def is_off(self) -> bool:
        """The meeting was cancelled, or waits for a new date."""
        return self.facts.get("state") in {Meeting.State.CANCELLED, Meeting.State.POSTPONED}


class CalendarFeed(models.Model):
    """The secret address at which a person's own calendar reads their meetings. A new token ends the old address (A7)."""

    user = models.OneToOneField("accounts.User", models.CASCADE, related_name="calendar_feed")
    token = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.user)
