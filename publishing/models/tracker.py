"""The public tracker's own rows: what published minutes say of follow-ups, and how each stands (docs/decisions/0012).

They hold a follow-up's number in the register and no way to it: the public pages read these rows and publications alone.
"""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from publishing.models.documents import Publication


class DueKind(models.TextChoices):
    """What kind of time something is due: a day, a month, the board's next meeting, or words that say no time."""

    DAY = "day", _("Date")
    MONTH = "month", _("Month")
    MEETING = "meeting", _("Next meeting")
    WORDS = "words", _("In words")


class FollowUpMention(models.Model):
    """What one published document says of one follow-up. Written once, when the document is published, and never changed.

    Texts are those of the public content. `block` counts the blocks of the document's page, `status` is what the minutes
    said of it; `slug` and `label` name the case that made the promise.
    """

    class Kind(models.TextChoices):
        PROMISE = "promise", _("Promise")
        REPORT = "report", _("Report")

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="mentions")
    register_number = models.BigIntegerField(db_index=True)
    kind = models.CharField(max_length=10, choices=Kind)
    order = models.PositiveSmallIntegerField()
    block = models.PositiveSmallIntegerField()
    slug = models.SlugField(max_length=120, blank=True)
    label = models.CharField(max_length=200, blank=True)
    anchor = models.CharField(max_length=120, blank=True)
    meeting_name = models.CharField(max_length=300)
    language = models.CharField(max_length=5)
    title = models.TextField(blank=True)
    text = models.TextField(blank=True)
    said = models.TextField(blank=True)
    responsible = models.JSONField(default=list)
    due_kind = models.CharField(max_length=10, choices=DueKind, blank=True)
    due_on = models.DateField(null=True, blank=True)
    due_words = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=15, blank=True)

    class Meta:
        ordering = ["publication", "order", "pk"]
        constraints = [models.UniqueConstraint(fields=["publication", "order"], name="one_mention_a_place")]

    def __str__(self) -> str:
        return f"{self.label} {self.text or self.title}".strip()


class PublishedFollowUp(models.Model):
    """How a follow-up of published minutes stands, as far as anybody may know. Made from mentions, never written by hand.

    Board, case and number are its address for good, from the first publication on. One that no published minutes speak of
    any more keeps its address and nothing else. `due_by` is the last day on which it is in time.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        IN_PROGRESS = "in-progress", _("In progress")
        WAITING = "waiting", _("Waiting")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    CLOSED = frozenset({State.DONE, State.DROPPED})

    register_number = models.BigIntegerField(unique=True)
    publication = models.ForeignKey(Publication, models.CASCADE, related_name="+")
    board_slug = models.SlugField(max_length=80)
    case = models.SlugField(max_length=120)
    number = models.PositiveIntegerField()
    is_shown = models.BooleanField(default=False)
    board_name = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=5, blank=True)
    label = models.CharField(max_length=200, blank=True)
    title = models.TextField(blank=True)
    text = models.TextField(blank=True)
    is_source_published = models.BooleanField(default=False)
    anchor = models.CharField(max_length=120, blank=True)
    responsible = models.JSONField(default=list, blank=True)
    promised_on = models.DateField(null=True, blank=True)
    due_kind = models.CharField(max_length=10, choices=DueKind, blank=True)
    due_on = models.DateField(null=True, blank=True)
    due_words = models.CharField(max_length=300, blank=True)
    due_by = models.DateField(null=True, blank=True)
    times_moved = models.PositiveSmallIntegerField(default=0)
    status = models.CharField(_("status"), max_length=15, choices=State, default=State.OPEN)
    status_since = models.DateField(null=True, blank=True)
    report = models.TextField(blank=True)
    report_meeting = models.CharField(max_length=300, blank=True)
    reported_on = models.DateField(null=True, blank=True)
    found_by = models.TextField(blank=True, help_text=_("The words it is found by, in small letters."))

    class Meta:
        ordering = ["board_slug", "case", "number"]
        indexes = [
            models.Index(fields=["is_shown", "status", "due_by"]),
            models.Index(fields=["board_slug", "is_shown", "status"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["board_slug", "case", "number"], name="one_published_follow_up_an_address"),
            models.CheckConstraint(
                condition=Q(is_shown=True) | Q(title="", text="", report="", found_by=""),
                name="what_is_not_shown_says_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.text}".strip()

    def get_absolute_url(self) -> str:
        return reverse("publishing:tracker-follow-up", args=[self.board_slug, self.case, self.number])

    @property
    def is_closed(self) -> bool:
        return self.status in self.CLOSED


class ResponsibleName(models.Model):
    """Who answers for a published follow-up, a name a row, so that the names can be listed and chosen."""

    follow_up = models.ForeignKey(PublishedFollowUp, models.CASCADE, related_name="names")
    name = models.CharField(max_length=300, db_index=True)

    class Meta:
        ordering = ["follow_up", "pk"]

    def __str__(self) -> str:
        return self.name
