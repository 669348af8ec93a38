"""Who comes to a meeting, and which deputies were called for those who do not (P36, P40)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from boards.models import Person
from meetings.models.meeting import Meeting


class Reply(models.Model):
    """What one who was called has answered, and perhaps a word to the secretariat, which nobody else reads.

    `given_by` is who pressed: the person, or someone of the secretariat for a person who telephoned (`is_on_behalf`).
    """

    class Answer(models.TextChoices):
        COMING = "coming", _("Coming")
        NOT_COMING = "not-coming", _("Not coming")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="replies")
    person = models.ForeignKey(Person, models.PROTECT, related_name="replies")
    answer = models.CharField(_("answer"), max_length=12, choices=Answer)
    note = models.CharField(_("message to the secretariat"), max_length=500, blank=True)
    answered_at = models.DateTimeField()
    given_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    is_on_behalf = models.BooleanField(default=False)

    class Meta:
        ordering = ["meeting", "pk"]
        verbose_name_plural = "replies"
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="one_reply_a_person")]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_answer_display()}"

    @property
    def is_coming(self) -> bool:
        return self.answer == self.Answer.COMING


class DeputyCall(models.Model):
    """A deputy was called to one meeting for one who does not come. It ends when the deputy declines or is released.

    The database sees to it that nobody stands in for two, and that nobody is stood in for by two.
    """

    class Ending(models.TextChoices):
        NONE = "", _("Called")
        DECLINED = "declined", _("Declined")
        RELEASED = "released", _("Not needed any more")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="deputy_calls")
    person = models.ForeignKey(Person, models.PROTECT, related_name="deputy_calls")
    stands_in_for = models.ForeignKey(Person, models.PROTECT, related_name="+")
    called_at = models.DateTimeField()
    called_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    ending = models.CharField(max_length=10, choices=Ending, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], condition=Q(ending=""), name="one_call_a_deputy"),
            models.UniqueConstraint(
                fields=["meeting", "stands_in_for"], condition=Q(ending=""), name="one_deputy_for_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} for {self.stands_in_for}"
