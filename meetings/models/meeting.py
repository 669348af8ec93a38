"""The meeting, its days, its chairs, and the board's calendar (R2-R14).

A yes/no that a source may leave unsaid is null until someone says it, so that an export says no more than the import did.
"""

import uuid
from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from boards.models import Board, Person
from cases.models import Case


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Meetings of the boards the user sits on; what of each may be read is said by meetings.rules."""
        return self.filter(board__in=Board.objects.visible_to(user))

    def in_order(self):
        return self.order_by("first_day", "pk")

    def upcoming_on(self, day: date):
        return self.filter(first_day__gte=day).exclude(state__in=[Meeting.State.CANCELLED, Meeting.State.POSTPONED])


class Meeting(models.Model):
    """A meeting of a board. `number` is text as printed; `sequence` the same as a number (R2)."""

    class State(models.TextChoices):
        TENTATIVE = "tentative", _("Tentative")
        PLANNED = "planned", _("Planned")
        CALLED = "called", _("Called")
        HELD = "held", _("Held")
        CLOSED = "closed", _("Closed")
        CANCELLED = "cancelled", _("Cancelled")
        POSTPONED = "postponed", _("Postponed")

    class Mode(models.TextChoices):
        PHYSICAL = "physical", _("In person")
        DIGITAL = "digital", _("Online")
        HYBRID = "hybrid", _("In person and online")
        TELEPHONE = "telephone", _("By telephone")

    board = models.ForeignKey(Board, models.PROTECT, related_name="meetings")
    slug = models.SlugField(_("address"), max_length=80)
    number = models.CharField(_("meeting number"), max_length=50, blank=True)
    sequence = models.PositiveIntegerField(_("number as a number"), null=True, blank=True)
    name = models.CharField(_("name"), max_length=300, blank=True)
    is_extraordinary = models.BooleanField(_("extraordinary"), null=True, blank=True)
    first_day = models.DateField(_("first day"), db_index=True)
    place = models.CharField(_("place"), max_length=300, blank=True)
    url = models.CharField(_("web link"), max_length=1000, blank=True)
    mode = models.CharField(_("kind of meeting"), max_length=10, choices=Mode, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED)
    state_reason = models.CharField(_("reason"), max_length=500, blank=True)
    minute_taker = models.CharField(_("minute-taker"), max_length=300, blank=True)
    agenda_heading = models.CharField(_("agenda heading"), max_length=300, blank=True)
    layout = models.JSONField(_("layout of this meeting's documents"), default=dict, blank=True)
    head = models.JSONField(_("head block as printed"), default=list, blank=True)
    treatment_order = models.JSONField(_("order of treatment"), default=list, blank=True)
    started_at = models.DateTimeField(_("actual start"), null=True, blank=True)
    ended_at = models.DateTimeField(_("actual end"), null=True, blank=True)
    is_as_written = models.BooleanField(
        default=False, help_text=_("Imported: documents print what the source has, and nothing is computed for them.")
    )
    numbers_fixed_at = models.DateTimeField(null=True, blank=True)
    moved_from = models.DateField(_("moved from"), null=True, blank=True)
    prints_calendar = models.BooleanField(_("the call prints the meeting calendar"), default=True)
    uid = models.UUIDField(
        default=uuid.uuid4,
        unique=True,
        editable=False,
        help_text=_("What calendars know the meeting by, all its life."),
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["board", "-first_day", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["board", "slug"], name="one_meeting_an_address"),
            models.CheckConstraint(
                condition=~Q(state__in=["cancelled", "postponed"]) | ~Q(state_reason="") | Q(is_as_written=True),
                name="meeting_put_off_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["board", "first_day"])]

    def __str__(self) -> str:
        return f"{self.board} {self.number or date_format(self.first_day)}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:meeting", args=[self.board.slug, self.slug])

    @property
    def call_is_sent(self) -> bool:
        return self.numbers_fixed_at is not None

    def effective_layout(self) -> dict:
        """The board's layout of the meeting's day with this meeting's own settings over it."""
        base = self.board.layout_on(self.first_day)
        labels = {**base.get("labels", {}), **self.layout.get("labels", {})}
        return {**base, **self.layout, **({"labels": labels} if labels else {})}


class MeetingDay(models.Model):
    """One day of a meeting (R5). The first day's date is kept on the meeting too, for order and search."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="days")
    number = models.PositiveSmallIntegerField(_("day"), default=1)
    date = models.DateField(_("date"))
    start = models.TimeField(_("start"), null=True, blank=True)
    end = models.TimeField(_("planned end"), null=True, blank=True)
    agenda_heading = models.CharField(_("agenda heading"), max_length=300, blank=True)

    class Meta:
        ordering = ["meeting", "number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="one_day_a_number")]

    def __str__(self) -> str:
        return date_format(self.date)


class Chair(models.Model):
    """Who chaired, and for which part of the meeting (R12)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="chairs")
    order = models.PositiveSmallIntegerField(default=0)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=300)
    start = models.TimeField(_("from"), null=True, blank=True)
    end = models.TimeField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["meeting", "order", "pk"]

    def __str__(self) -> str:
        return self.name


class RepresentationChange(models.Model):
    """X replaces Y for an organisation since the previous meeting (R44)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="representation_changes")
    order = models.PositiveSmallIntegerField(default=0)
    incoming = models.CharField(_("joins"), max_length=300, blank=True)
    outgoing = models.CharField(_("leaves"), max_length=300, blank=True)
    organisation = models.CharField(_("organisation"), max_length=300, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        ordering = ["meeting", "order", "pk"]


class CalendarEntry(models.Model):
    """A date in the board's calendar as printed, tentative or not (R8)."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="calendar")
    order = models.PositiveSmallIntegerField(default=0)
    date = models.DateField(_("date"))
    start = models.TimeField(_("start"), null=True, blank=True)
    end = models.TimeField(_("end"), null=True, blank=True)
    is_tentative = models.BooleanField(_("tentative"), null=True, blank=True)

    class Meta:
        ordering = ["board", "order", "date"]

    def __str__(self) -> str:
        return date_format(self.date)


class PlannedTopic(models.Model):
    """A topic of the annual plan for a month or a coming meeting; a follow-up can point to it (R9).

    `case` is the case it became, `repeats` the topic of the year before that it came from. A topic whose row was removed
    waits again, and keeps its case for the next time.
    """

    board = models.ForeignKey(Board, models.CASCADE, related_name="planned_topics")
    order = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("topic"), max_length=300)
    note = models.CharField(_("note"), max_length=500, blank=True)
    type = models.CharField(_("case type"), max_length=100, blank=True)
    month = models.DateField(_("month (its first day)"))
    meeting = models.ForeignKey(Meeting, models.SET_NULL, null=True, blank=True, related_name="planned_topics")
    is_yearly = models.BooleanField(_("comes back every year"), default=False)
    repeats = models.OneToOneField("self", models.SET_NULL, null=True, blank=True, related_name="repeated_as")
    case = models.OneToOneField(Case, models.SET_NULL, null=True, blank=True, related_name="planned_topic")
    version = models.PositiveIntegerField(default=1, help_text=_("Rises with every saved change of the topic."))

    class Meta:
        ordering = ["board", "month", "order", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="topic_month_is_its_first_day"),
            models.CheckConstraint(condition=~Q(title=""), name="topic_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_taken(self) -> bool:
        """It is a case that waits in the queue or has stood on an agenda."""
        return self.case is not None and (self.case.is_waiting or bool(self.case.treatments.all()))
