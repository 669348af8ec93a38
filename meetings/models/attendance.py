"""Who was there, when, and for whom (R47-R54)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from boards.models import Organisation, Person, Seat
from meetings.models.meeting import Meeting


class Attendance(models.Model):
    """One row of the attendance list, as printed and as fields. The reason of an absence is no field (R58)."""

    class Role(models.TextChoices):
        CHAIR = "chair", _("Chair")
        DEPUTY_CHAIR = "deputy-chair", _("Deputy chair")
        MEMBER = "member", _("Member")
        DEPUTY = "deputy", _("Deputy member")
        OBSERVER = "observer", _("Observer")
        SECRETARY = "secretary", _("Secretary")
        ADMINISTRATION = "administration", _("Administration")
        GUEST = "guest", _("Guest")

    class Status(models.TextChoices):
        PRESENT = "present", _("Present")
        PARTIAL = "partial", _("Present for part of the meeting")
        ABSENT = "absent", _("Absent")
        APOLOGIES = "apologies", _("Apologies")

    VOTING = frozenset({Role.CHAIR, Role.DEPUTY_CHAIR, Role.MEMBER, Role.DEPUTY})

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendance")
    order = models.PositiveSmallIntegerField(default=0)
    group = models.CharField(_("printed group"), max_length=300, blank=True)
    seat = models.ForeignKey(Seat, models.SET_NULL, null=True, blank=True, related_name="attendance")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="attendance")
    name = models.CharField(_("name as printed"), max_length=300)
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+")
    organisation_name = models.CharField(_("organisation as printed"), max_length=300, blank=True)
    title = models.CharField(_("title"), max_length=300, blank=True)
    role = models.CharField(_("role"), max_length=15, choices=Role, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PRESENT)
    days = models.JSONField(_("days"), default=list, blank=True)
    stands_in_for = models.CharField(_("stands in for"), max_length=300, blank=True)
    remote = models.CharField(_("takes part by"), max_length=100, blank=True)
    note = models.CharField(_("printed remark"), max_length=500, blank=True)
    printed = models.TextField(_("row exactly as printed"), blank=True)

    class Meta:
        ordering = ["meeting", "order", "pk"]
        verbose_name_plural = "attendance"
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="attendance_names_somebody")]

    def __str__(self) -> str:
        return self.printed or self.name


class Interval(models.Model):
    """When a person was there: clock times, a day, or cases; open ends are allowed (R47, R48)."""

    attendance = models.ForeignKey(Attendance, models.CASCADE, related_name="intervals")
    order = models.PositiveSmallIntegerField(default=0)
    day = models.PositiveSmallIntegerField(_("day"), null=True, blank=True)
    start = models.TimeField(_("from"), null=True, blank=True)
    end = models.TimeField(_("until"), null=True, blank=True)
    from_case = models.CharField(_("from case"), max_length=100, blank=True)
    until_case = models.CharField(_("until case"), max_length=100, blank=True)
    not_case = models.CharField(_("away during case"), max_length=100, blank=True)
    only_case = models.CharField(_("present for case"), max_length=100, blank=True)

    class Meta:
        ordering = ["attendance", "order", "pk"]
