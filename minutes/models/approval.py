"""Who is asked to approve final minutes, and what each answers (R97, P38, A13)."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from boards.models import Board, Person, Seat
from minutes.models.minutes import Minutes


class ApprovalRequest(models.Model):
    """One person is asked to approve one version of the minutes, and answers for nobody else.

    `version_sha256` is the content hash of the version; an answer holds for that version only. A request that is
    withdrawn stays as a record, and no longer counts.
    """

    class Answer(models.TextChoices):
        APPROVED = "approved", _("Approved")
        OBJECTS = "objects", _("Objects")

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="approval_requests")
    person = models.ForeignKey(Person, models.PROTECT, related_name="approval_requests")
    order = models.PositiveSmallIntegerField(default=0)
    way = models.CharField(_("approval"), max_length=30, choices=Board.Approval)
    role = models.CharField(_("role"), max_length=20, choices=Seat.Role, blank=True)
    version = models.PositiveIntegerField(_("version"))
    version_sha256 = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    deadline = models.DateField(_("answer by"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True)
    note = models.TextField(_("reason"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["minutes", "asked_at", "order", "pk"]
        indexes = [models.Index(fields=["person", "answer"], name="approval_asked_of")]
        constraints = [
            models.UniqueConstraint(
                fields=["minutes", "person"], condition=Q(withdrawn_at__isnull=True), name="asked_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | ~Q(answer="") & Q(answered_at__isnull=False),
                name="approval_answer_has_a_moment",
            ),
            models.CheckConstraint(condition=~Q(answer="objects") | ~Q(note=""), name="an_objection_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_answer_display()}"

    def get_absolute_url(self) -> str:
        """Where the person reads and answers."""
        meeting = self.minutes.meeting
        return reverse("publishing:answer-approval", args=[meeting.board.slug, meeting.slug])
