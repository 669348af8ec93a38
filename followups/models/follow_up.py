"""Follow-ups: one identity for life, actions closed one by one, and what was said of each in every meeting (R78-R88).

A follow-up is typed in while the minutes are drafted, and becomes the board's when those minutes are final: `promised`
says which. Only promised ones are counted, listed and carried on.
"""

from datetime import date

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
OPEN = frozenset(Status.values) - CLOSED
ISSUED = frozenset({Minutes.State.FINAL, Minutes.State.APPROVED})


class FollowUpQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(board__in=Board.objects.visible_to(user))

    def promised(self):
        """What the board stands by: from before the system, from final minutes, or put straight into the register."""
        straight = Q(source_meeting__isnull=True, source_block__isnull=True)
        by_hand = Q(source_meeting__minutes__state__in=ISSUED, source_block__isnull=True)
        return self.filter(Q(is_from_before=True) | straight | by_hand | Q(as_issued__isnull=False))

    def open(self):
        """What must be carried on: everything that is not closed."""
        return self.filter(state__in=OPEN)


class FollowUp(models.Model):
    """A promise with one identity for life. The source is kept as written, parsed, and linked where it resolves (R78, R88).

    `as_issued` is what the minutes that made it say, action by action: the register goes on, they do not (R80). A
    correction writes in `as_corrected` until it is issued; an empty list is a promise that was taken out.
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
    split_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("split from")
    )
    as_issued = models.JSONField(_("as the issued minutes say it"), null=True, blank=True)
    as_corrected = models.JSONField(_("as the open correction says it"), null=True, blank=True)
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

    @property
    def said(self) -> list["Action"]:
        """The actions as its minutes say them: corrected, else issued, else typed so far. The first two are not stored rows."""
        written = self.as_issued if self.as_corrected is None else self.as_corrected
        if written is None:
            return list(self.actions.all())
        return [Action.from_words(self, words) for words in written]

    @property
    def is_taken_out(self) -> bool:
        """Whether a correction took it out of the block it stood in."""
        return (self.as_issued if self.as_corrected is None else self.as_corrected) == []


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

    @classmethod
    def from_words(cls, follow_up: FollowUp, words: dict) -> "Action":
        """An action that is not stored, as `words` has it."""
        on = words.get("due_on")
        return cls(follow_up=follow_up, **{**words, "due_on": date.fromisoformat(on) if on else None})

    def as_words(self) -> dict:
        """What minutes say of it: text, responsible, due_text, due_on (ISO), note, state."""
        said = {name: getattr(self, name) for name in ("text", "responsible", "due_text", "note", "state")}
        return said | {"due_on": self.due_on.isoformat() if self.due_on else None}


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
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="undone_by", verbose_name=_("takes back")
    )

    class Meta:
        ordering = ["follow_up", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["follow_up"], condition=Q(before="", action__isnull=True), name="registered_once"
            )
        ]


class DueChange(models.Model):
    """A due time that was moved: from what to what, when, by whom, in which meeting and why (R78, R84).

    `was` holds the action's own fields before, so that taking the change back restores what was meant, not only the words.
    """

    action = models.ForeignKey(Action, models.PROTECT, related_name="due_changes")
    before = models.CharField(_("due before, as written"), max_length=300, blank=True)
    after = models.CharField(_("due after, as written"), max_length=300, blank=True)
    was = models.JSONField(default=dict, blank=True)
    text = models.TextField(_("reason"), blank=True)
    changed_on = models.DateField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    meeting = models.ForeignKey(Meeting, models.SET_NULL, null=True, blank=True, related_name="+")
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="undone_by", verbose_name=_("takes back")
    )

    class Meta:
        ordering = ["action", "pk"]
