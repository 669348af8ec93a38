"""What those who answer for a follow-up say of it between meetings, and how they are reminded (issue 5, 4 and 5)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from boards.models import Person
from followups.models.follow_up import Action, FollowUp
from mail.models import Letter
from meetings.models import Meeting


class OwnerReport(models.Model):
    """What one who answers for a follow-up said of it between meetings; no minutes are touched.

    Work done and a new date are asked for: the board confirms or declines. `due_text` is the date asked for, as written.
    """

    class Kind(models.TextChoices):
        PROGRESS = "progress", _("It is going on")
        WAITING = "waiting", _("It waits for something")
        DONE = "done", _("It is done")
        NEW_DATE = "new-date", _("A new date is needed")

    class Fate(models.TextChoices):
        WAITING = "waiting", _("Waits for the board")
        NOTED = "noted", _("Noted")
        CONFIRMED = "confirmed", _("Confirmed")
        DECLINED = "declined", _("Not confirmed")
        OVERTAKEN = "overtaken", _("Overtaken by a later report")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="owner_reports")
    action = models.ForeignKey(Action, models.PROTECT, null=True, blank=True, related_name="owner_reports")
    kind = models.CharField(_("how it stands"), max_length=10, choices=Kind)
    text = models.TextField(_("report"))
    due_text = models.CharField(_("new date"), max_length=300, blank=True)
    address = models.CharField(_("address of what was made"), max_length=2000, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="owner_reports")
    user = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    said_at = models.DateTimeField()
    fate = models.CharField(_("what became of it"), max_length=10, choices=Fate, default=Fate.NOTED)
    fate_text = models.TextField(_("answer"), blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    meeting = models.ForeignKey(Meeting, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["follow_up", "pk"]
        indexes = [models.Index(fields=["follow_up", "fate"], name="owner_report_fate")]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="owner_report_has_a_text"),
            models.CheckConstraint(condition=~Q(kind="new-date") | ~Q(due_text=""), name="a_new_date_is_named"),
        ]


class Reminder(models.Model):
    """One person was reminded of one action on one occasion: one row, so it is told once (reliability.md F10).

    `number` counts the reminders after the due date. Without a letter it was passed over as no longer useful.
    """

    class Occasion(models.TextChoices):
        BEFORE = "before", _("Before it is due")
        ON = "on", _("On the day it is due")
        AFTER = "after", _("After it was due")

    action = models.ForeignKey(Action, models.CASCADE, related_name="reminders")
    person = models.ForeignKey(Person, models.CASCADE, related_name="reminders")
    occasion = models.CharField(max_length=10, choices=Occasion)
    number = models.PositiveSmallIntegerField(default=0)
    due_on = models.DateField()
    day = models.DateField(_("the day it is told"))
    letter = models.ForeignKey(Letter, models.SET_NULL, null=True, blank=True, related_name="reminders")

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["action", "person", "due_on", "occasion", "number"], name="reminded_once")
        ]
