"""Letters: one mail to one person, and what became of it (reliability.md F25, B22); and what people chose to get."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from boards.models import Board, Person


class Letter(models.Model):
    """One mail to one person on one occasion. What it says is written when it is sent, never kept (reliability.md A8).

    A gathered letter goes `inside` a daily mail, which is a letter too. `problem` is a word of `mail.words` or what the
    mail server answered, and `tries_at` when it is tried again.
    """

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
    inside = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="letters")
    address = models.EmailField(_("e-mail"), blank=True)
    message_id = models.CharField(max_length=255, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    problem = models.CharField(max_length=500, blank=True)
    tries_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    again = models.PositiveSmallIntegerField(default=0, help_text=_("How many times someone asked to send it again."))

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [
            models.Index(fields=["kind", "about"], name="letter_kind_about"),
            models.Index(fields=["state", "made_at"], name="letter_state_made_at"),
            models.Index(fields=["board", "state"], name="letter_board_state"),
            models.Index(fields=["message_id"], name="letter_message_id"),
        ]

    def __str__(self) -> str:
        return self.key


class Choice(models.Model):
    """How a person wants letters of one kind from one board; without a row, as the kind says."""

    class How(models.TextChoices):
        AT_ONCE = "at-once", _("At once")
        DAILY = "daily", _("In the daily mail")
        NOT = "not", _("Not by e-mail")

    person = models.ForeignKey(Person, models.CASCADE, related_name="mail_choices")
    board = models.ForeignKey(Board, models.CASCADE, related_name="mail_choices")
    kind = models.CharField(max_length=40)
    how = models.CharField(max_length=10, choices=How)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "board", "kind"], name="mail_one_choice_a_kind")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.how}"
