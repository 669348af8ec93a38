"""Review rounds and remarks on a draft (R89-R96)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from boards.models import Person
from meetings.models import AgendaRow
from minutes.models.blocks import Block
from minutes.models.minutes import Minutes, MinutesItem


class ReviewRound(models.Model):
    """A draft sent for remarks with a deadline; the draft itself is a frozen document."""

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="review_rounds")
    number = models.PositiveSmallIntegerField(default=1)
    sent_on = models.DateField(_("sent on"))
    opened_at = models.DateTimeField(null=True, blank=True)
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    is_open = models.BooleanField(default=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["minutes", "number"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "number"], name="one_round_a_number"),
            models.UniqueConstraint(fields=["minutes"], condition=Q(is_open=True), name="one_open_round"),
            models.CheckConstraint(
                condition=Q(deadline__isnull=True) | Q(deadline__gte=F("sent_on")), name="deadline_after_sending"
            ),
        ]


class Answer(models.Model):
    """A recipient of a round, and that he or she has no remarks (R94)."""

    round = models.ForeignKey(ReviewRound, models.PROTECT, related_name="answers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="review_answers")
    has_no_remarks = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="one_answer_a_person")]


class Remark(models.Model):
    """A remark on a draft, and its fate (R91-R93)."""

    class Status(models.TextChoices):
        RECEIVED = "received", _("Received")
        INCORPORATED = "incorporated", _("Incorporated in full")
        PARTLY = "partly-incorporated", _("Incorporated in part")
        NOT = "not-incorporated", _("Not incorporated")
        OUTSIDE = "outside-the-minutes", _("Outside the minutes")

    class Channel(models.TextChoices):
        EMAIL = "email", _("By e-mail")
        PHONE = "phone", _("By telephone")
        LETTER = "letter", _("By letter")
        SPOKEN = "spoken", _("Said in person")

    round = models.ForeignKey(ReviewRound, models.PROTECT, related_name="remarks")
    order = models.PositiveIntegerField(default=0)
    sender = models.CharField(_("from"), max_length=300)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="remarks")
    organisation_name = models.CharField(_("organisation"), max_length=300, blank=True)
    received_on = models.DateField(_("received on"))
    received_at = models.DateTimeField(null=True, blank=True)
    is_late = models.BooleanField(_("after the deadline"), default=False)
    label = models.CharField(_("case"), max_length=100, blank=True)
    row = models.ForeignKey(AgendaRow, models.SET_NULL, null=True, blank=True, related_name="remarks")
    item = models.ForeignKey(MinutesItem, models.SET_NULL, null=True, blank=True, related_name="remarks")
    block = models.ForeignKey(Block, models.SET_NULL, null=True, blank=True, related_name="remarks")
    text = models.TextField(_("remark"), blank=True)
    status = models.CharField(_("status"), max_length=20, choices=Status, blank=True)
    status_printed = models.TextField(_("status as printed"), blank=True)
    answer = models.TextField(_("answer"), blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True)
    version = models.PositiveIntegerField(default=1, help_text=_("Rises each time the remark is settled anew."))
    told_at = models.DateTimeField(null=True, blank=True, help_text=_("When the sender was told what came of it."))
    came_by = models.CharField(_("came"), max_length=10, choices=Channel, blank=True)
    entered_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["round", "order", "pk"]

    def __str__(self) -> str:
        return f"{self.sender} {self.received_on}"

    @property
    def is_settled(self) -> bool:
        """Whether somebody has said what becomes of it."""
        return self.status not in {"", self.Status.RECEIVED}
