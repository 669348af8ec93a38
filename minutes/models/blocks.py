"""Blocks, the spine of the minutes, with the decision, vote, statement, disqualification or proposal that hangs on each."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from boards.models import AccessFields, Person
from minutes.models.minutes import Minutes, MinutesItem


class Block(AccessFields):
    """One block of a case's text, in order (R59-R61). `version` rises with every saved change of its text.

    One that was taken out stands in no item, so that nothing reads it, and remembers where it stood (minutes.removal).
    """

    class Type(models.TextChoices):
        TEXT = "text", _("Text")
        DECISION = "decision", _("Decision")
        FOLLOW_UP = "follow-up", _("Follow-up")
        FOLLOW_UP_REPORT = "follow-up-report", _("Status of a follow-up")
        STATEMENT = "statement", _("Statement")
        DISQUALIFICATION = "disqualification", _("Disqualification")
        PROPOSAL = "proposal", _("Proposal")
        VOTE = "vote", _("Vote")

    class List(models.TextChoices):
        PLAIN = "plain", _("Plain")
        BULLETS = "bullets", _("Bullets")
        NUMBERS = "numbers", _("Numbers")

    item = models.ForeignKey(MinutesItem, models.PROTECT, null=True, related_name="blocks")
    taken_from = models.ForeignKey(MinutesItem, models.PROTECT, null=True, blank=True, related_name="taken_out")
    taken_out_at = models.DateTimeField(null=True, blank=True)
    order = models.PositiveIntegerField(default=0)
    type = models.CharField(_("type"), max_length=20, choices=Type, default=Type.TEXT)
    label = models.TextField(_("label"), blank=True)
    html = models.TextField(_("text"), blank=True)
    list = models.CharField(_("list"), max_length=10, choices=List, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["item", "order", "pk"]
        indexes = [models.Index(fields=["item", "order"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(item__isnull=False, taken_from__isnull=True)
                | Q(item__isnull=True, taken_from__isnull=False),
                name="block_stands_or_is_taken_out",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_type_display()} {self.label}".strip()

    def get_absolute_url(self) -> str:
        """The block at its place in the minutes, its case in the middle."""
        return f"{self.item.get_absolute_url()}#block-{self.pk}"


class TextRevision(models.Model):
    """An earlier saved text of a block: nothing typed is ever lost (R67)."""

    block = models.ForeignKey(Block, models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    label = models.TextField(blank=True)
    html = models.TextField(blank=True)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True)

    class Meta:
        ordering = ["block", "-version"]
        constraints = [models.UniqueConstraint(fields=["block", "version"], name="one_revision_a_version")]


class Decision(models.Model):
    """What was decided: its kind, and what it approves (R69-R76). The text is the block's."""

    class Kind(models.TextChoices):
        APPROVED = "approved", _("Approved")
        ENDORSED = "endorsed", _("Endorsed")
        NOTED = "noted", _("Noted")
        DISCUSSED = "discussed", _("Discussed, input given")
        DECIDED = "decided", _("Decided")
        ADVISED = "advised", _("Advised")
        REJECTED = "rejected", _("Rejected")
        RETURNED = "returned", _("Referred back")
        POSTPONED = "postponed", _("Postponed")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        NONE = "none", _("No decision")

    block = models.OneToOneField(Block, models.CASCADE, related_name="decision")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    approves_minutes_of = models.DateField(_("approves the minutes of"), null=True, blank=True)
    approves_minutes = models.ForeignKey(
        Minutes, models.SET_NULL, null=True, blank=True, related_name="approving_decisions"
    )
    approves_call = models.BooleanField(_("approves call and agenda"), null=True, blank=True)
    is_permanent = models.BooleanField(_("has permanent effect"), default=False)

    class Meta:
        indexes = [models.Index(fields=["kind"])]


class Proposal(models.Model):
    """A proposal made in the meeting or before it (P2)."""

    class Kind(models.TextChoices):
        RECOMMENDATION = "recommendation", _("Recommendation")
        ALTERNATIVE = "alternative", _("Alternative proposal")
        ADDITIONAL = "additional", _("Additional proposal")
        AMENDMENT = "amendment", _("Amendment")

    class Outcome(models.TextChoices):
        ADOPTED = "adopted", _("Adopted")
        LOST = "lost", _("Lost")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    block = models.OneToOneField(Block, models.CASCADE, related_name="proposal")
    by = models.JSONField(_("proposed by"), default=list, blank=True)
    on_behalf_of = models.CharField(_("on behalf of"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    on = models.DateField(_("made on"), null=True, blank=True)


class Vote(models.Model):
    """A vote's result. `printed` is the result as printed; then no sentence is made from the figures (P2)."""

    class Kind(models.TextChoices):
        UNANIMOUS = "unanimous", _("Unanimous")
        COUNTED = "counted", _("Counted")
        NAMED = "named", _("By name")
        ALTERNATIVES = "alternatives", _("Alternatives against each other")

    block = models.OneToOneField(Block, models.CASCADE, related_name="vote")
    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    votes_for = models.PositiveIntegerField(_("for"), null=True, blank=True)
    votes_against = models.PositiveIntegerField(_("against"), null=True, blank=True)
    votes_blank = models.PositiveIntegerField(_("blank"), null=True, blank=True)
    casting_vote = models.CharField(_("casting vote"), max_length=300, blank=True)
    printed = models.TextField(_("as printed"), blank=True)


class Alternative(models.Model):
    """One of the proposals set against each other in a vote."""

    vote = models.ForeignKey(Vote, models.CASCADE, related_name="alternatives")
    order = models.PositiveSmallIntegerField(default=0)
    title = models.TextField(_("title"))
    html = models.TextField(_("text"), blank=True)
    votes = models.PositiveIntegerField(_("votes"), null=True, blank=True)

    class Meta:
        ordering = ["vote", "order", "pk"]


class Ballot(models.Model):
    """How one named person, or party, voted."""

    class Side(models.TextChoices):
        FOR = "for", _("For")
        AGAINST = "against", _("Against")
        BLANK = "blank", _("Blank")
        ALTERNATIVE = "alternative", _("For an alternative")

    vote = models.ForeignKey(Vote, models.CASCADE, related_name="ballots")
    order = models.PositiveSmallIntegerField(default=0)
    side = models.CharField(max_length=12, choices=Side)
    alternative = models.ForeignKey(Alternative, models.CASCADE, null=True, blank=True, related_name="ballots")
    name = models.CharField(_("name"), max_length=300)
    party = models.CharField(_("party"), max_length=200, blank=True)
    is_bare = models.BooleanField(default=False, help_text=_("Written as a plain name in the exchange format."))
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["vote", "side", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(side="alternative", alternative__isnull=False)
                | (~Q(side="alternative") & Q(alternative__isnull=True)),
                name="ballot_for_an_alternative_names_it",
            )
        ]


class Statement(models.Model):
    """A dissent, statement for the record or explanation of vote, with the person who made it (P3)."""

    class Kind(models.TextChoices):
        DISSENT = "dissent", _("Dissent")
        RECORD = "statement-for-the-record", _("Statement for the record")
        EXPLANATION = "explanation-of-vote", _("Explanation of vote")

    block = models.OneToOneField(Block, models.CASCADE, related_name="statement")
    kind = models.CharField(_("kind"), max_length=25, choices=Kind)
    name = models.CharField(_("person"), max_length=300, blank=True)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")


class Disqualification(models.Model):
    """A question of impartiality: who, by which rule, what the board decided; it changes the case's roster (P4)."""

    class Outcome(models.TextChoices):
        DISQUALIFIED = "disqualified", _("Disqualified")
        NOT_DISQUALIFIED = "not-disqualified", _("Not disqualified")

    block = models.OneToOneField(Block, models.CASCADE, related_name="disqualification")
    name = models.CharField(_("person"), max_length=300)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    basis = models.CharField(_("rule"), max_length=300, blank=True)
    raised_by = models.CharField(_("raised by"), max_length=300, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=300, blank=True)
    deputy = models.CharField(_("deputy"), max_length=300, blank=True)
    has_no_deputy = models.BooleanField(_("no deputy"), null=True, blank=True)
    left_at = models.TimeField(_("left at"), null=True, blank=True)
    back_at = models.TimeField(_("back at"), null=True, blank=True)
