"""The minutes of one meeting and their items (R59-R68, R89)."""

from datetime import date

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards.models import Board
from meetings.models import AgendaRow, Meeting


class MinutesQuerySet(models.QuerySet):
    def visible_to(self, user, on: date | None = None):
        """Minutes the user may know of; a draft not yet sent is for those who write it (minutes.rules)."""
        from minutes.rules import readable

        return readable(self, user, on or timezone.localdate())

    def writable(self):
        """Those whose text may be changed: not final, or open for a correction (R98)."""
        return self.filter(models.Q(state__in=["draft", "in-review"]) | ~models.Q(correction_reason=""))


class Minutes(models.Model):
    """The minutes of a meeting from first draft to approval. What was issued lies frozen in publishing."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_REVIEW = "in-review", _("Sent for remarks")
        FINAL = "final", _("Final")
        APPROVED = "approved", _("Approved")

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="minutes")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    heading = models.CharField(_("heading"), max_length=500, blank=True)
    final_on = models.DateField(_("final on"), null=True, blank=True)
    incomplete_reason = models.TextField(_("why it was finalised with open points"), blank=True)
    approval_how = models.CharField(_("approval"), max_length=30, choices=Board.Approval, blank=True)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    approved_in_label = models.CharField(_("approved in case"), max_length=100, blank=True)
    approved_in = models.ForeignKey(AgendaRow, models.PROTECT, null=True, blank=True, related_name="approves_minutes")
    approved_by = models.JSONField(_("approved by"), default=list, blank=True)
    approval_printed = models.TextField(_("approval as printed"), blank=True)
    correction_reason = models.TextField(
        _("why it is being corrected"), blank=True, help_text=_("Open for a correction while this is filled in (R98).")
    )
    published_on = models.DateField(_("published on"), null=True, blank=True)
    is_derived_approval = models.BooleanField(
        default=False, help_text=_("The approval was read from a decision of another meeting, not from this record.")
    )

    objects = MinutesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "minutes"

    def __str__(self) -> str:
        return str(self.meeting)

    def get_absolute_url(self) -> str:
        return reverse("minutes:minutes", args=[self.meeting.board.slug, self.meeting.slug])

    @property
    def is_writable(self) -> bool:
        """Whether its text may be changed now (R98)."""
        return self.state in {self.State.DRAFT, self.State.IN_REVIEW} or bool(self.correction_reason)


class MinutesItem(models.Model):
    """A case, or a section heading or break row, in the minutes (R34, R35, R65)."""

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="items")
    order = models.PositiveIntegerField(default=0)
    row = models.ForeignKey(AgendaRow, models.PROTECT, null=True, blank=True, related_name="minutes_items")
    section = models.TextField(_("section heading"), blank=True)
    label = models.CharField(_("case number as printed"), max_length=100, blank=True)
    part = models.PositiveSmallIntegerField(_("part"), null=True, blank=True)
    sub_label = models.CharField(_("sub-number"), max_length=20, blank=True)
    title = models.TextField(_("title, where it differs from the agenda's"), blank=True)
    presenters_printed = models.TextField(_("presenters as printed"), blank=True)
    internal_note = models.TextField(_("internal note, never printed"), blank=True)

    class Meta:
        ordering = ["minutes", "order", "pk"]
        indexes = [models.Index(fields=["minutes", "order"])]

    def __str__(self) -> str:
        return self.section or f"{self.label} {self.title}".strip()

    def get_absolute_url(self) -> str:
        """The minutes with this case in the middle."""
        return f"{self.minutes.get_absolute_url()}?case={self.pk}"
