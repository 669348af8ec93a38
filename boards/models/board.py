"""The board and what it decides about its own documents: numbers, layout, types, phrases, standing items."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards.models.reminding import ReminderRule


class BoardQuerySet(models.QuerySet):
    def visible_to(self, user, on: date | None = None):
        """Boards where `user` sits on the day; an administrator sees every board."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        from boards.models.people import Seat

        seats = Seat.objects.active_on(on or timezone.localdate()).filter(person__user=user)
        return self.filter(pk__in=seats.values("board"))


class Board(ReminderRule):
    """A board, council or committee (utvalg, styre, råd) with the rules for its own papers (R1, R2, R17)."""

    class Language(models.TextChoices):
        NB = "nb", "Bokmål"
        NN = "nn", "Nynorsk"
        EN = "en", "English"

    class Scheme(models.TextChoices):
        PER_MEETING = "per-meeting", _("Restarts in every meeting (3-39/23)")
        PER_YEAR = "per-year", _("Runs through the year (20/24)")

    class MeetingScheme(models.TextChoices):
        RUNNING = "running", _("Runs on over the years (39/2023)")
        PER_YEAR = "per-year", _("Restarts every year (2/2021)")
        NONE = "none", _("No number; named by date")

    class Approval(models.TextChoices):
        NEXT_MEETING = "next-meeting", _("At the next meeting")
        CIRCULATION = "circulation", _("By circulation")
        DEEMED = "deemed-at-deadline", _("Deemed approved at the deadline")
        NAMED = "named-approvers", _("By named approvers")
        CHAIR = "chair", _("By the chair")

    class SecondFactor(models.TextChoices):
        NONE = "", _("Nobody must")
        SECRETARIES = "secretaries", _("The secretaries")
        EVERYBODY = "everybody", _("Everybody on the board")

    class RuleSet(models.TextChoices):
        ADVISORY = "advisory", _("Advisory board")
        STATE = "state-board", _("State board with individual decisions")
        MUNICIPAL = "municipal", _("Municipal body")
        HEALTH_TRUST = "health-trust", _("Health trust board")

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=300)
    short_name = models.CharField(_("short name"), max_length=100, blank=True)
    owner = models.CharField(_("owner"), max_length=300, blank=True)
    language = models.CharField(_("document language"), max_length=2, choices=Language, default=Language.NB)
    scheme = models.CharField(_("case numbers"), max_length=20, choices=Scheme, default=Scheme.PER_MEETING)
    case_pattern = models.CharField(_("case number pattern"), max_length=100, blank=True)
    meeting_pattern = models.CharField(_("meeting number pattern"), max_length=100, blank=True)
    meeting_scheme = models.CharField(_("meeting numbers"), max_length=20, choices=MeetingScheme, blank=True)
    approval = models.CharField(_("approval of minutes"), max_length=30, choices=Approval, blank=True)
    approvers = models.PositiveSmallIntegerField(_("how many approve by name"), default=2)
    approval_days = models.PositiveSmallIntegerField(_("days to answer when minutes are approved"), default=7)
    publication_criterion = models.TextField(_("what is published, and by which decision"), blank=True)
    letterhead = models.TextField(_("letterhead"), blank=True)
    rule_set = models.CharField(_("rule set"), max_length=20, choices=RuleSet, default=RuleSet.ADVISORY)
    quorum_percent = models.PositiveSmallIntegerField(
        _("quorum: more than this share of seats, in per cent"), default=50
    )
    call_days = models.PositiveSmallIntegerField(_("working days from the call to the meeting"), default=7)
    papers_days = models.PositiveSmallIntegerField(_("working days from the papers to the meeting"), default=5)
    draft_days = models.PositiveSmallIntegerField(_("working days from the meeting to the draft"), default=2)
    review_days = models.PositiveSmallIntegerField(_("days for remarks"), default=7)
    final_days = models.PositiveSmallIntegerField(
        _("working days from the last remarks to the final minutes"), default=3
    )
    remarks_shown_to_members = models.BooleanField(_("members see each other's remarks"), default=False)
    calls_deputies_at_once = models.BooleanField(
        _("the first deputy is called at once when a member does not come"), default=False
    )
    second_factor = models.CharField(
        _("who must sign in in two steps"), max_length=20, choices=SecondFactor, blank=True, default=""
    )
    owner_links = models.BooleanField(_("those responsible may report by a link in their mail"), default=True)
    robots_allowed = models.BooleanField(_("search engines may index the minutes"), default=False)
    default_start = models.TimeField(_("usual start"), null=True, blank=True)
    default_end = models.TimeField(_("usual end"), null=True, blank=True)
    default_place = models.CharField(_("usual place"), max_length=300, blank=True)

    objects = BoardQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(quorum_percent__lte=100), name="board_quorum_is_a_share"),
            models.CheckConstraint(condition=~Q(name=""), name="board_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("boards:board", args=[self.slug])

    @property
    def approves_in_meeting(self) -> bool:
        """Whether the next meeting approves the minutes; so it is where nothing was decided."""
        return self.approval in ("", self.Approval.NEXT_MEETING)

    def layout_on(self, day: date | None) -> dict:
        """The layout in force on the day, as the exchange format's `layout`; {} where none was set (house.md 3)."""
        layouts = sorted(self.layouts.all(), key=lambda layout: layout.valid_from or date.min)
        in_force = [layout for layout in layouts if day is None or (layout.valid_from or date.min) <= day]
        chosen = in_force[-1:] or layouts[:1]
        return chosen[0].settings if chosen else {}


class Layout(models.Model):
    """Columns, labels, time style and order of the board's documents from a date (R28, R31, R46, R66)."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="layouts")
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    settings = models.JSONField(default=dict)

    class Meta:
        ordering = ["board", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["board", "valid_from"], name="one_layout_a_day"),
            models.UniqueConstraint(fields=["board"], condition=Q(valid_from__isnull=True), name="one_first_layout"),
        ]

    def __str__(self) -> str:
        return f"{self.board} {self.valid_from or ''}"


class CaseSeries(models.Model):
    """A series of its own beside the main one (PS, RS, FO; Roman numerals)."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="series")
    order = models.PositiveSmallIntegerField(default=0)
    key = models.CharField(_("key"), max_length=30)
    pattern = models.CharField(_("pattern"), max_length=100)
    scheme = models.CharField(_("numbers"), max_length=20, choices=Board.Scheme, blank=True)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["board", "key"], name="one_series_a_key")]

    def __str__(self) -> str:
        return self.key


class CaseType(models.Model):
    """A case type in the board's own word, mapped to one purpose (R32)."""

    class Purpose(models.TextChoices):
        FOR_DECISION = "for-decision", _("For decision")
        FOR_INFORMATION = "for-information", _("For information")
        FOR_DISCUSSION = "for-discussion", _("For discussion")
        FOR_ENDORSEMENT = "for-endorsement", _("For endorsement")
        FOR_APPROVAL = "for-approval", _("For approval")
        OTHER = "other", _("Other")

    board = models.ForeignKey(Board, models.CASCADE, related_name="case_types")
    order = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("name"), max_length=100)
    name_nn = models.CharField(_("name in nynorsk"), max_length=100, blank=True)
    name_en = models.CharField(_("name in English"), max_length=100, blank=True)
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose, default=Purpose.OTHER)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["board", "name"], name="one_case_type_a_name")]

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    """A contact that prints on the call (R1, GP-11)."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="contacts")
    order = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("name"), max_length=300)
    role = models.CharField(_("role"), max_length=200, blank=True)
    email = models.CharField(_("e-mail"), max_length=254, blank=True)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class StandardPhrase(models.Model):
    """A standard wording per kind of decision, offered as a button (R71)."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="phrases")
    order = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("decision"), max_length=20)
    html = models.TextField(_("wording"))

    class Meta:
        ordering = ["order", "pk"]


class RowPurpose(models.TextChoices):
    """What a standing case is for; the product acts on approval of minutes and follow-ups."""

    NONE = "", _("An ordinary case")
    APPROVAL = "approval", _("Approval of call, agenda and the previous minutes")
    FOLLOW_UPS = "follow-ups", _("Status of follow-ups")
    OTHER_BUSINESS = "other-business", _("Other business")
    EVALUATION = "evaluation", _("Evaluation of the meeting")


class StandingItem(models.Model):
    """A row that every new agenda of the board begins with; `{date}` becomes the previous meeting's date (R40)."""

    class Kind(models.TextChoices):
        CASE = "case", _("Case")
        SECTION = "section", _("Section heading")
        BREAK = "break", _("Break")

    board = models.ForeignKey(Board, models.CASCADE, related_name="standing_items")
    order = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.CASE)
    title = models.CharField(_("title"), max_length=300)
    type = models.CharField(_("case type"), max_length=100, blank=True)
    purpose = models.CharField(_("purpose"), max_length=20, choices=RowPurpose, blank=True)
    presenter = models.CharField(_("presenter"), max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    is_last = models.BooleanField(_("stands at the end of the agenda"), default=False)

    class Meta:
        ordering = ["is_last", "order", "pk"]
