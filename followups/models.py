"""Follow-ups: one identity for life, actions closed one by one, and what was said of each in every meeting (R78-R88).

A follow-up is typed in while the minutes are drafted, and becomes the board's when those minutes are final: `promised`
says which. Only promised ones are counted, listed and carried on.
"""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from boards.models import Board, Organisation, Person
from cases.models import Case
from meetings.models import AgendaRow, Meeting, PlannedTopic
from minutes.models import Block, Minutes


class Status(models.TextChoices):
    OPEN = "open", _("Open")
    IN_PROGRESS = "in-progress", _("In progress")
    WAITING = "waiting", _("Waiting")
    REPORTED_DONE = "reported-done", _("Reported done")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


CLOSED = frozenset({Status.DONE, Status.DROPPED})
ISSUED = frozenset({Minutes.State.FINAL, Minutes.State.APPROVED})


class FollowUpQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(board__in=Board.objects.visible_to(user))

    def promised(self):
        """What the board stands by: from before the system, from final minutes, or put straight into the register."""
        straight = Q(source_meeting__isnull=True, source_block__isnull=True)
        return self.filter(
            Q(is_from_before=True)
            | straight
            | Q(source_meeting__minutes__state__in=ISSUED)
            | Q(source_meeting__isnull=True, source_block__item__minutes__state__in=ISSUED)
        )

    def open(self):
        """What must be carried on: everything that is not closed."""
        return self.exclude(state__in=CLOSED)


class FollowUp(models.Model):
    """A promise with one identity for life. The source is kept as written, parsed, and linked where it resolves (R78, R88).

    A draft's block takes its follow-ups with it when it is deleted; a registered one has its history, which protects it.
    """

    board = models.ForeignKey(Board, models.PROTECT, related_name="follow_ups")
    title = models.TextField(_("title"))
    source_label = models.CharField(_("source case as written"), max_length=100, blank=True)
    source_normal = models.CharField(max_length=100, blank=True, db_index=True)
    source_row = models.ForeignKey(AgendaRow, models.PROTECT, null=True, blank=True, related_name="follow_ups")
    source_meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="follow_ups")
    source_block = models.ForeignKey(Block, models.CASCADE, null=True, blank=True, related_name="follow_ups")
    source_order = models.PositiveSmallIntegerField(_("place in the block"), null=True, blank=True)
    state = models.CharField(_("status"), max_length=15, choices=Status, default=Status.OPEN)
    is_from_before = models.BooleanField(_("from before the system"), default=False)
    raised_case = models.ForeignKey(
        Case, models.SET_NULL, null=True, blank=True, related_name="raised_by", verbose_name=_("case made from it")
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["board", "pk"]
        indexes = [models.Index(fields=["board", "state"])]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="follow_up_has_a_title"),
            models.UniqueConstraint(fields=["source_block", "source_order"], name="one_follow_up_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.source_label} {self.title}".strip()

    def get_absolute_url(self) -> str:
        return reverse("followups:follow-up", args=[self.board.slug, self.pk])


class Action(models.Model):
    """One thing to do. `due_text` is as written; due_on, due_meeting or due_month is what it means (R78, R85)."""

    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="actions")
    order = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(_("what is to be done"))
    responsible = models.JSONField(_("responsible, as named"), default=list, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    due_text = models.CharField(_("due, as written"), max_length=300, blank=True)
    due_meeting = models.ForeignKey(Meeting, models.SET_NULL, null=True, blank=True, related_name="due_actions")
    due_month = models.DateField(_("due month (its first day)"), null=True, blank=True)
    due_topic = models.ForeignKey(PlannedTopic, models.SET_NULL, null=True, blank=True, related_name="due_actions")
    state = models.CharField(_("status"), max_length=15, choices=Status, default=Status.OPEN)
    is_state_written = models.BooleanField(default=False, help_text=_("The source says the status in so many words."))
    note = models.TextField(_("remark of the register"), blank=True)
    times_moved = models.PositiveSmallIntegerField(_("times the date was moved"), default=0)

    class Meta:
        ordering = ["follow_up", "order", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="action_has_a_text"),
            models.CheckConstraint(
                condition=Q(due_month__isnull=True) | Q(due_month__day=1), name="due_month_is_its_first_day"
            ),
        ]


class Responsible(models.Model):
    """A person or organisation of the register who answers for an action."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="owners")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="actions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="actions")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) ^ Q(organisation__isnull=False), name="responsible_is_one_of_two"
            )
        ]


class StatusChange(models.Model):
    """A change of status, dated and attributed (R79). The first, without `before`, is the registration."""

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="changes")
    action = models.ForeignKey(Action, models.PROTECT, null=True, blank=True, related_name="changes")
    before = models.CharField(max_length=15, choices=Status, blank=True)
    after = models.CharField(max_length=15, choices=Status)
    text = models.TextField(_("remark"), blank=True)
    changed_on = models.DateField()
    changed_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True)
    meeting = models.ForeignKey(Meeting, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["follow_up", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["follow_up"], condition=Q(before="", action__isnull=True), name="registered_once"
            )
        ]


class Report(models.Model):
    """What is said of a follow-up in one meeting; frozen with that meeting's minutes (R80-R82).

    A report without a follow-up is text that could not be joined to one. `block` is set when the minutes are drafted.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="reports")
    follow_up = models.ForeignKey(FollowUp, models.PROTECT, null=True, blank=True, related_name="reports")
    covers = models.ManyToManyField(FollowUp, blank=True, related_name="covered_by")
    row = models.ForeignKey(AgendaRow, models.SET_NULL, null=True, blank=True, related_name="reports")
    block = models.OneToOneField(Block, models.SET_NULL, null=True, blank=True, related_name="report")
    order = models.PositiveIntegerField(default=0)
    source_label = models.CharField(_("source case"), max_length=100, blank=True)
    source_printed = models.CharField(_("reference as printed"), max_length=200, blank=True)
    title = models.TextField(_("title"))
    actions = models.JSONField(_("actions as printed"), default=list, blank=True)
    resolution_label = models.CharField(_("label"), max_length=200, blank=True)
    resolution = models.TextField(_("resolution"), blank=True)
    resolves_to_label = models.CharField(_("answered in case"), max_length=100, blank=True)
    resolves_to_row = models.ForeignKey(AgendaRow, models.SET_NULL, null=True, blank=True, related_name="answers")
    resolves_to_meeting = models.ForeignKey(Meeting, models.SET_NULL, null=True, blank=True, related_name="+")
    resolves_to_url = models.CharField(_("answered at"), max_length=2000, blank=True)
    waits_for = models.CharField(_("waits for"), max_length=300, blank=True)
    status = models.CharField(_("status"), max_length=15, choices=Status, blank=True)
    due_text = models.CharField(_("new due time, as written"), max_length=300, blank=True)
    is_left_out = models.BooleanField(_("taken out by the secretary"), default=False)
    left_out_reason = models.CharField(_("reason"), max_length=500, blank=True)
    left_out_at = models.DateTimeField(null=True, blank=True)
    left_out_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    carried_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["meeting", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "follow_up"], name="a_follow_up_is_reported_once_a_meeting"),
            models.CheckConstraint(
                condition=Q(is_left_out=False) | ~Q(left_out_reason=""), name="left_out_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_label} {self.title}".strip()

    @property
    def is_prepared(self) -> bool:
        """Whether somebody wrote something for this meeting that must not be lost."""
        written = [self.resolution, self.resolves_to_label, self.resolves_to_url, self.waits_for, self.due_text]
        return any([*written, self.status, self.resolves_to_row_id, self.resolves_to_meeting_id])


class Carrying(models.Model):
    """When a board's follow-ups were last carried on. Writing it first makes two carriers of one board take turns."""

    board = models.OneToOneField(Board, models.CASCADE, related_name="carrying")
    carried_at = models.DateTimeField()
