"""Organisations, persons and seats (R43-R46, R54, R55)."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from boards.models.board import Board


class Organisation(models.Model):
    """An organisation; names that look alike are different until someone makes one an alias of the other (R55)."""

    name = models.CharField(_("name"), max_length=300, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class OrganisationAlias(models.Model):
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="aliases")
    name = models.CharField(_("also written"), max_length=300, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """A person in the register. What a document printed is kept in the document; merging is always by hand (R54)."""

    name = models.CharField(_("name"), max_length=300, db_index=True)
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="persons")
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=50, blank=True)
    user = models.OneToOneField("accounts.User", models.SET_NULL, null=True, blank=True, related_name="person")

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="person_has_a_name")]

    def __str__(self) -> str:
        return self.name


class PersonAlias(models.Model):
    """Another spelling of the same person, confirmed by a secretary (R54)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="aliases")
    name = models.CharField(_("also written"), max_length=300)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="one_alias_a_spelling")]

    def __str__(self) -> str:
        return self.name


class SeatQuerySet(models.QuerySet):
    def active_on(self, day: date):
        """Seats held on the day, as far as the register knows."""
        started = Q(starts_on__isnull=True) | Q(starts_on__lte=day)
        presumed = Q(presumed_from__isnull=True) | Q(presumed_from__lte=day)
        going_on = (Q(ends_on__isnull=True) & (Q(has_ended__isnull=True) | Q(has_ended=False))) | Q(ends_on__gte=day)
        return self.filter(started, presumed, going_on)

    def not_over_on(self, day: date):
        """Seats held on the day, or to be held later."""
        return self.filter(Q(ends_on__gte=day) | Q(ends_on=None) & (Q(has_ended=None) | Q(has_ended=False)))


class Seat(models.Model):
    """A seat on a board with what was shown then: role, organisation, title (R43-R45). Without a person it is vacant."""

    class Role(models.TextChoices):
        CHAIR = "chair", _("Chair")
        DEPUTY_CHAIR = "deputy-chair", _("Deputy chair")
        MEMBER = "member", _("Member")
        DEPUTY = "deputy", _("Deputy member")
        OBSERVER = "observer", _("Observer")
        SECRETARY = "secretary", _("Secretary")
        ARCHIVIST = "archivist", _("Archivist")

    VOTING = frozenset({Role.CHAIR, Role.DEPUTY_CHAIR, Role.MEMBER})

    board = models.ForeignKey(Board, models.PROTECT, related_name="seats")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="seats")
    name = models.CharField(_("name as shown"), max_length=300, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="seats")
    organisation_name = models.CharField(_("organisation as shown"), max_length=300, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.MEMBER)
    title = models.CharField(_("title"), max_length=300, blank=True)
    constituency = models.CharField(_("constituency"), max_length=200, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    presumed_from = models.DateField(
        _("presumed from"), null=True, blank=True, help_text=_("Read from a change of representation; never printed.")
    )
    has_ended = models.BooleanField(_("has left, date unknown"), null=True, blank=True)
    replaces = models.CharField(_("replaces"), max_length=300, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    deputy_rank = models.PositiveSmallIntegerField(_("deputy's rank"), null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["board", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="seat_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name or self.get_role_display()} ({self.organisation_name})"
