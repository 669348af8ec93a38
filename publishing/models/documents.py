"""Frozen documents and their publication. An issued document is never derived again from live tables (house.md 1.7)."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from boards.models import Board
from meetings.models import Meeting
from minutes.models import ReviewRound


class DocumentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Documents of the boards the user sits on."""
        return self.filter(board__in=Board.objects.visible_to(user))


class Document(models.Model):
    """An issued call, agenda, minutes or review summary: content as canonical JSON, its hash, and the stored PDF (P23).

    `content` is the whole; `public_content` is built from the same source without what is exempt (P11). The PDFs lie
    under their own hash below BOARDROOM_DATA/documents and are never rendered again once stored.
    """

    class Kind(models.TextChoices):
        CALL = "call", _("Call")
        AGENDA = "agenda", _("Agenda")
        MINUTES = "minutes", _("Minutes")
        REVIEW = "review", _("Summary of the review")

    class Stage(models.TextChoices):
        ISSUED = "issued", _("Issued")
        SUPPLEMENTARY = "supplementary", _("Supplementary")
        DRAFT = "draft", _("Draft")
        FINAL = "final", _("Final")
        APPROVED = "approved", _("Approved")
        CORRECTION = "correction", _("Correction")

    board = models.ForeignKey(Board, models.PROTECT, related_name="documents")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="documents")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    version = models.PositiveIntegerField(_("version"))
    stage = models.CharField(_("stage"), max_length=15, choices=Stage, default=Stage.ISSUED)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True)
    reason = models.TextField(_("reason of the correction"), blank=True)
    footer = models.CharField(_("footer as given"), max_length=300, blank=True)
    letterhead = models.TextField(_("letterhead as given"), blank=True)
    source_file = models.CharField(_("file of the source"), max_length=255, blank=True)
    is_derived = models.BooleanField(default=False, help_text=_("Made at import, not named in the record's versions."))
    is_issued_on_written = models.BooleanField(default=True)
    round = models.OneToOneField(ReviewRound, models.PROTECT, null=True, blank=True, related_name="draft")
    places = models.JSONField(default=dict, blank=True, help_text=_("What the content was written from, by variant."))
    content = models.JSONField()
    content_sha256 = models.CharField(max_length=64)
    public_content = models.JSONField(null=True, blank=True)
    public_sha256 = models.CharField(max_length=64, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    public_pdf_sha256 = models.CharField(max_length=64, blank=True)
    pdf_size = models.PositiveIntegerField(null=True, blank=True)
    public_pdf_size = models.PositiveIntegerField(null=True, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "kind", "version"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "kind", "version"], name="one_document_a_version"),
            models.CheckConstraint(
                condition=~Q(stage="correction") | ~Q(reason="") | Q(is_derived=False), name="a_correction_has_a_reason"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="versions_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.get_kind_display()}, {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("publishing:document", args=[self.board.slug, self.meeting.slug, self.kind, self.version])


class PublicationQuerySet(models.QuerySet):
    def live(self):
        """What the public may read: published and not taken back (P21)."""
        return self.filter(withdrawn_at__isnull=True)

    def newest(self):
        """Of each document that is published in several versions, the newest one."""
        same = Publication.objects.live().filter(
            board_slug=OuterRef("board_slug"), meeting_slug=OuterRef("meeting_slug"), kind=OuterRef("kind")
        )
        return self.live().exclude(Exists(same.filter(version__gt=OuterRef("version"))))


class Publication(models.Model):
    """A person's act of publishing one document (P16), or taking it back (P21). What the public reads is kept here.

    Address, names and dates are those of the frozen content, so that the public site reads nothing else.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="publications")
    board_slug = models.SlugField(max_length=80)
    board_name = models.CharField(max_length=300)
    meeting_slug = models.SlugField(max_length=80)
    meeting_on = models.DateField()
    kind = models.CharField(max_length=10, choices=Document.Kind)
    version = models.PositiveIntegerField()
    title = models.TextField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    criterion = models.TextField(_("published by which criterion"), blank=True)
    answered_findings = models.JSONField(_("answers to what the scan found"), default=list, blank=True)
    page_html = models.TextField(_("the document's HTML as served"), blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_reason = models.TextField(_("reason"), blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        indexes = [
            models.Index(fields=["board_slug", "meeting_slug", "kind", "version"]),
            models.Index(fields=["kind", "-published_at"]),
            models.Index(fields=["board_slug", "-meeting_on"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["document"], condition=Q(withdrawn_at__isnull=True), name="published_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""), name="withdrawn_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"

    def get_absolute_url(self) -> str:
        return reverse("publishing:public-meeting", args=[self.board_slug, self.meeting_slug])


class PublishedCase(models.Model):
    """The public index of cases: one row for each case of a published document, as its public variant shows it."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="cases")
    order = models.PositiveSmallIntegerField(default=0)
    slug = models.SlugField(max_length=120, blank=True)
    label = models.CharField(max_length=200, blank=True)
    title = models.TextField(blank=True)
    anchor = models.CharField(max_length=120, blank=True)
    decisions = models.JSONField(default=list, blank=True, help_text=_("What was decided, a line a decision."))

    class Meta:
        ordering = ["publication", "order", "pk"]
        indexes = [models.Index(fields=["slug"])]

    def __str__(self) -> str:
        return f"{self.label} {self.title}".strip()


class WarningSetAside(models.Model):
    """A warning somebody has judged to be no fault of this meeting. `key` is the warning's; the sentence is as it was shown."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="warnings_set_aside")
    key = models.CharField(max_length=64)
    sentence = models.TextField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["meeting", "-set_at"]
        constraints = [models.UniqueConstraint(fields=["meeting", "key"], name="a_warning_is_set_aside_once")]

    def __str__(self) -> str:
        return self.sentence
