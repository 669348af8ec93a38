"""Agenda rows, their presenters and papers. A row of kind case is the treatment of a case in this meeting (R15-R42)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from boards.models import AccessFields, Board, Organisation, Person, RowPurpose
from cases.models import Case, StoredFile
from meetings.models.meeting import Meeting


class AgendaRow(AccessFields):
    """One row of the agenda. `label` is the case number as printed; item, number_meeting and number_year are what it means."""

    class Kind(models.TextChoices):
        CASE = "case", _("Case")
        SECTION = "section", _("Section heading")
        BREAK = "break", _("Break")
        MEAL = "meal", _("Meal")
        SOCIAL = "social", _("Social")
        END_OF_DAY = "end-of-day", _("End of day")
        TEXT = "text", _("Free text")

    class Outcome(models.TextChoices):
        TREATED = "treated", _("Treated")
        POSTPONED = "postponed", _("Postponed")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        RETURNED = "returned", _("Referred back")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="agenda_rows")
    order = models.PositiveIntegerField(default=0)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.CASE)
    day = models.PositiveSmallIntegerField(_("day"), null=True, blank=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="treatments")
    label = models.CharField(_("case number"), max_length=100, blank=True)
    series = models.CharField(_("series"), max_length=30, blank=True)
    item = models.PositiveIntegerField(null=True, blank=True)
    number_meeting = models.PositiveIntegerField(null=True, blank=True)
    number_year = models.PositiveSmallIntegerField(null=True, blank=True)
    part = models.PositiveSmallIntegerField(_("part"), null=True, blank=True)
    sub_label = models.CharField(_("sub-number"), max_length=20, blank=True)
    title = models.TextField(_("title"), blank=True)
    type = models.CharField(_("case type"), max_length=100, blank=True)
    presenters_printed = models.TextField(_("presenters as printed"), blank=True)
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)
    start = models.TimeField(_("start"), null=True, blank=True)
    end = models.TimeField(_("end"), null=True, blank=True)
    is_start_fixed = models.BooleanField(_("start is fixed"), null=True, blank=True)
    description = models.TextField(_("description"), blank=True)
    proposed_decision = models.TextField(_("proposed decision"), blank=True)
    questions = models.JSONField(_("questions to the members"), default=list, blank=True)
    questions_label = models.CharField(_("heading of the questions"), max_length=200, blank=True)
    archive_reference = models.CharField(_("archive reference"), max_length=100, blank=True)
    is_late = models.BooleanField(_("came after the call"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    outcome_reason = models.CharField(_("reason"), max_length=500, blank=True)
    approves_minutes_of = models.DateField(_("approves the minutes of"), null=True, blank=True)
    is_closed = models.BooleanField(_("behind closed doors"), default=False)
    closed_basis = models.CharField(_("legal basis of closing"), max_length=300, blank=True)
    closed_mark = models.CharField(_("printed mark"), max_length=20, blank=True)
    purpose = models.CharField(_("purpose"), max_length=20, choices=RowPurpose, blank=True)
    internal_note = models.TextField(_("internal note"), blank=True)
    version = models.PositiveIntegerField(default=1, help_text=_("Rises with every saved change of the row's text."))
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["meeting", "order", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind="case") | Q(item__isnull=True), name="only_cases_have_numbers"),
            models.CheckConstraint(
                condition=~Q(outcome__in=["postponed", "withdrawn"]) | Q(kind="case"), name="only_cases_are_put_off"
            ),
        ]
        indexes = [
            models.Index(fields=["meeting", "order"]),
            models.Index(fields=["number_year", "number_meeting", "item"]),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.title}".strip()


class GivenNumber(models.Model):
    """A case number that was fixed when a call was sent: never given twice, never re-used (R24, house.md 3)."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="given_numbers")
    series = models.CharField(max_length=30, blank=True)
    year = models.PositiveSmallIntegerField()
    meeting_sequence = models.PositiveIntegerField(default=0, help_text=_("0 for numbers that run through the year."))
    item = models.PositiveIntegerField()
    row = models.OneToOneField(AgendaRow, models.SET_NULL, null=True, blank=True, related_name="given_number")

    class Meta:
        ordering = ["board", "year", "meeting_sequence", "item"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "series", "year", "meeting_sequence", "item"], name="a_number_is_given_once"
            )
        ]


class Presenter(models.Model):
    """Who presents a case: person and organisation as text, either may be empty (R33)."""

    row = models.ForeignKey(AgendaRow, models.CASCADE, related_name="presenters")
    order = models.PositiveSmallIntegerField(default=0)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=300, blank=True)
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+")
    organisation_name = models.CharField(_("organisation"), max_length=300, blank=True)

    class Meta:
        ordering = ["row", "order", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name="") | ~Q(organisation_name=""), name="presenter_is_somebody")
        ]

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.name, self.organisation_name]))


class Paper(AccessFields):
    """A paper of the meeting or of one case: a file, a link, or only named (R99-R105)."""

    class Kind(models.TextChoices):
        CASE_PAPER = "case-paper", _("Case paper")
        PRESENTATION = "presentation", _("Presentation")
        ATTACHMENT = "attachment", _("Attachment")
        NOTE = "note", _("Note")
        LETTER = "letter", _("Letter")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="papers")
    row = models.ForeignKey(AgendaRow, models.SET_NULL, null=True, blank=True, related_name="papers")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="papers")
    order = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind, default=Kind.ATTACHMENT)
    number = models.CharField(_("number"), max_length=20, blank=True)
    title = models.TextField(_("title"))
    label = models.CharField(_("case number as printed"), max_length=100, blank=True)
    column_title = models.TextField(_("title beside the case"), blank=True)
    url = models.CharField(_("address"), max_length=2000, blank=True)
    file_name = models.CharField(_("file name"), max_length=255, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="papers")
    language = models.CharField(_("language"), max_length=5, blank=True)
    in_list = models.BooleanField(_("in the list at the end"), null=True, blank=True)
    replaced_by = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replaces")

    class Meta:
        ordering = ["meeting", "order", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="paper_has_a_title")]

    def __str__(self) -> str:
        return self.title
