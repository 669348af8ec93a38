"""Calls that were sent, and to whom (P39)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from boards.models import Person
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
    """One delivery of a call to one person; the message id makes a second copy recognisable (reliability.md 3.2)."""

    class State(models.TextChoices):
        WAITING = "waiting", _("On its way")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        REFUSED = "refused", _("Not delivered")

    call = models.ForeignKey(Call, models.PROTECT, related_name="recipients")
    person = models.ForeignKey(Person, models.PROTECT, related_name="calls")
    email = models.EmailField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    problem = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["call", "pk"]
        constraints = [models.UniqueConstraint(fields=["call", "person"], name="one_delivery_a_person")]
