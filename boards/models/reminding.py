"""When a board reminds those who answer for follow-ups, and when it leaves them in peace (issue 5, 5)."""

from datetime import time

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReminderRule(models.Model):
    """The board's own rule. Nothing in a field that may be empty means that there are no such reminders."""

    remind_before = models.PositiveSmallIntegerField(_("days before it is due"), null=True, blank=True, default=7)
    remind_on_day = models.BooleanField(_("on the day it is due"), default=True)
    remind_every = models.PositiveSmallIntegerField(_("days between reminders after"), null=True, blank=True, default=7)
    remind_at_most = models.PositiveSmallIntegerField(_("how many reminders after"), default=4)
    remind_at = models.TimeField(_("clock time of reminders"), default=time(8))
    quiet_from = models.TimeField(_("no reminders from"), null=True, blank=True, default=time(20))
    quiet_until = models.TimeField(_("no reminders until"), null=True, blank=True, default=time(7))
    reminds_on_working_days = models.BooleanField(_("reminders on working days only"), default=True)
    remind_secretary = models.PositiveSmallIntegerField(
        _("working days before the papers are due, to the secretary"), null=True, blank=True, default=3
    )

    class Meta:
        abstract = True
