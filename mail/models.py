"""Letters: one mail to one person, and what became of it (reliability.md F25, B22)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from boards.models import Board, Person


class Letter(models.Model):
    """One mail to one person on one occasion. What it says is written when it is sent, never kept (reliability.md A8)."""

    class State(models.TextChoices):
        WAITING = "waiting", _("On its way")
        GATHERED = "gathered", _("Waits for the daily mail")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        REFUSED = "refused", _("Not delivered")
        RETURNED = "returned", _("Came back")
        DROPPED = "dropped", _("No longer needed")

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=40)
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="letters")
    user = models.ForeignKey("accounts.User", models.CASCADE, null=True, blank=True, related_name="letters")
    board = models.ForeignKey(Board, models.CASCADE, null=True, blank=True, related_name="letters")
    about = models.BigIntegerField(
        null=True, blank=True, help_text=_("The number of what the kind of letter is about.")
    )
    address = models.EmailField(_("e-mail"), blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    problem = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    again = models.PositiveSmallIntegerField(default=0, help_text=_("How many times someone asked to send it again."))

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [
            models.Index(fields=["kind", "about"], name="letter_kind_about"),
            models.Index(fields=["state", "made_at"], name="letter_state_made_at"),
        ]

    def __str__(self) -> str:
        return self.key
