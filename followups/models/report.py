"""What is said of a follow-up in one meeting, and whose turn it is to carry (R80-R82)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from boards.models import Board
from followups.models.follow_up import FollowUp, Status
from meetings.models import AgendaRow, Meeting
from minutes.models import Block


class ReportQuerySet(models.QuerySet):
    def unprepared(self):
        """Those for whose meeting nothing was written, as `is_prepared` says of one."""
        return self.filter(
            resolution="",
            resolves_to_label="",
            resolves_to_url="",
            waits_for="",
            due_text="",
            status="",
            resolves_to_row__isnull=True,
            resolves_to_meeting__isnull=True,
        )


class Report(models.Model):
    """What is said of a follow-up in one meeting; frozen with that meeting's minutes (R80-R82).

    A report without a follow-up is text that could not be joined to one. `block` is set when the minutes are drafted.
    It stands in its meeting by itself, or because the secretary placed it there: besides the next meeting (`in`) or
    instead of every earlier one (`instead`). One that was taken out stays here with its reason, and is not shown.
    `as_issued` is what took effect when the minutes were issued: status and due_text; empty before that.
    `lapsed_from` is the meeting in which the secretary had placed it, where that was put off.
    """

    class Placed(models.TextChoices):
        BY_ITSELF = "", _("By itself")
        IN = "in", _("Put in by the secretary")
        INSTEAD = "instead", _("Put off to this meeting by the secretary")

    class Kind(models.TextChoices):
        LATER = "later-meeting", _("Planned for a later meeting")
        TOGETHER = "together", _("Prepared with another organisation")
        WAITS = "waits", _("Waits for other work")
        SESSION = "work-session", _("Part of a work session in this meeting")
        CASE = "case-here", _("A case in this meeting")
        INFORMATION = "information", _("Information in the meeting")
        PUBLISHED = "published", _("Done and published at an address")
        NOTED = "noted-done", _("Done, see a message")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="reports")
    follow_up = models.ForeignKey(
        FollowUp, models.PROTECT, null=True, blank=True, related_name="reports", db_index=False
    )
    covers = models.ManyToManyField(FollowUp, blank=True, related_name="covered_by")
    row = models.ForeignKey(AgendaRow, models.SET_NULL, null=True, blank=True, related_name="reports")
    block = models.OneToOneField(Block, models.SET_NULL, null=True, blank=True, related_name="report")
    order = models.PositiveIntegerField(default=0)
    source_label = models.CharField(_("source case"), max_length=100, blank=True)
    source_printed = models.CharField(_("reference as printed"), max_length=200, blank=True)
    title = models.TextField(_("title"))
    actions = models.JSONField(_("actions as printed"), default=list, blank=True)
    kind = models.CharField(_("how it is answered"), max_length=15, choices=Kind, blank=True, default="")
    resolution_label = models.CharField(_("label"), max_length=200, blank=True)
    resolution = models.TextField(_("resolution"), blank=True)
    resolves_to_label = models.CharField(_("answered in case"), max_length=100, blank=True)
    resolves_to_row = models.ForeignKey(AgendaRow, models.SET_NULL, null=True, blank=True, related_name="answers")
    resolves_to_meeting = models.ForeignKey(Meeting, models.SET_NULL, null=True, blank=True, related_name="+")
    resolves_to_url = models.CharField(_("answered at"), max_length=2000, blank=True)
    waits_for = models.CharField(_("waits for"), max_length=300, blank=True)
    status = models.CharField(_("status"), max_length=15, choices=Status, blank=True)
    due_text = models.CharField(_("new due time, as written"), max_length=300, blank=True)
    as_issued = models.JSONField(default=dict, blank=True)
    is_left_out = models.BooleanField(_("taken out by the secretary"), default=False)
    left_out_reason = models.CharField(_("reason"), max_length=500, blank=True)
    left_out_at = models.DateTimeField(null=True, blank=True)
    left_out_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    carried_at = models.DateTimeField(null=True, blank=True)
    placed = models.CharField(_("how it came here"), max_length=10, choices=Placed, blank=True, default="")
    placed_reason = models.CharField(_("reason"), max_length=500, blank=True)
    placed_at = models.DateTimeField(null=True, blank=True)
    placed_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    lapsed_from = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("meeting it was meant for")
    )
    is_late = models.BooleanField(_("came after the call was sent"), default=False)
    is_worded = models.BooleanField(
        default=False,
        help_text=_("The secretary wrote title or actions for this meeting; the register leaves them be."),
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "order", "pk"]
        indexes = [models.Index(fields=["follow_up", "placed"], name="report_of_follow_up_placed")]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "follow_up"], name="a_follow_up_is_reported_once_a_meeting"),
            models.CheckConstraint(
                condition=Q(is_left_out=False) | ~Q(left_out_reason=""), name="left_out_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_label} {self.title}".strip()

    @property
    def effect(self) -> dict:
        """What these words do to the follow-up when they are issued: nothing where the report was taken out."""
        if self.is_left_out:
            return {"status": "", "due_text": ""}
        return {"status": self.status, "due_text": self.due_text}

    @property
    def is_prepared(self) -> bool:
        """Whether somebody wrote something for this meeting that must not be lost."""
        written = [self.resolution, self.resolves_to_label, self.resolves_to_url, self.waits_for, self.due_text]
        return any([*written, self.status, self.resolves_to_row_id, self.resolves_to_meeting_id])

    @property
    def is_written(self) -> bool:
        """Whether it says more for this meeting than the register does."""
        return self.is_prepared or self.is_worded


class Carrying(models.Model):
    """When a board's follow-ups were last carried on. Writing it first makes two carriers of one board take turns.

    `trail_seq` is the newest entry of the trail that was there before: where the board has no later one, nothing happened.
    """

    board = models.OneToOneField(Board, models.CASCADE, related_name="carrying")
    carried_at = models.DateTimeField()
    trail_seq = models.PositiveBigIntegerField(default=0)
