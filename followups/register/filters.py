"""How the register is searched and put in order: text, board, status, who, when, age, and what was said of it (R87)."""

from datetime import date

import django_filters
from dateutil.relativedelta import relativedelta
from django import forms
from django.db.models import Case, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from boardroom.lib.conditions import containing
from boardroom.lib.fields import DateField
from boardroom.lib.text import text_problem
from boards.models import Board
from cases import caseid
from followups.models import CLOSED, Action, FollowUp, Status
from followups.register import asking
from followups.register.rows import OLD, VERY_OLD
from meetings.models import Meeting

OPEN, CLOSED_ONES = "all-open", "all-closed"
MEETINGS_AT_MOST = 200
FIRST = ("text", "board", "status", "responsible", "due", "sort")  # the others are folded away


class Line(forms.CharField):
    """A word or more to look for; what cannot be stored cannot be found."""

    def validate(self, value) -> None:
        super().validate(value)
        if problem := text_problem(value or "", multiline=False, maximum=200):
            raise forms.ValidationError(problem, code="text")


class LineFilter(django_filters.Filter):
    field_class = Line


class DayFilter(django_filters.Filter):
    field_class = DateField


class FollowUpFilter(django_filters.FilterSet):
    """Every parameter that makes no sense is passed over with a message at its field.

    `boards` are those the user may read; with one only (`board`) its meetings can be asked for.
    """

    text = LineFilter(label=_("Text or case number"), method="with_text")
    board = django_filters.ChoiceFilter(label=_("Board"), method="of_board", empty_label=_("All"))
    status = django_filters.ChoiceFilter(
        label=_("Status"),
        method="with_status",
        choices=[(OPEN, _("Everything open")), (CLOSED_ONES, _("Everything closed")), *Status.choices],
        empty_label=_("All"),
    )
    responsible = LineFilter(label=_("Responsible"), method="with_responsible")
    due = django_filters.ChoiceFilter(
        label=_("Due"),
        method="with_due",
        choices=[
            ("overdue", _("Overdue")),
            ("this-month", _("This month")),
            ("dated", _("With a date or meeting")),
            ("undated", _("Without")),
        ],
        empty_label=_("All"),
    )
    said = django_filters.ChoiceFilter(
        label=_("Report"),
        method="with_report",
        choices=[("since", _("Reported since the last meeting")), ("without", _("Without report"))],
        empty_label=_("All"),
    )
    whose = django_filters.ChoiceFilter(
        label=_("Whose"), method="of_whom", choices=[("mine", _("Mine"))], empty_label=_("All")
    )
    age = django_filters.ChoiceFilter(
        label=_("Age"),
        method="with_age",
        choices=[
            ("new", _("Under 6 months")),
            ("old", _("6 to 12 months")),
            ("very-old", _("12 months or more")),
        ],
        empty_label=_("All"),
    )
    due_from = DayFilter(label=_("Due from"), method="due_since")
    due_to = DayFilter(label=_("Due to"), method="due_until")
    due_meeting = django_filters.ChoiceFilter(label=_("Due in meeting"), method="of_meeting", empty_label=_("All"))
    source_meeting = django_filters.ChoiceFilter(label=_("Made in meeting"), method="of_meeting", empty_label=_("All"))
    closed_in = django_filters.ChoiceFilter(label=_("Closed in meeting"), method="of_meeting", empty_label=_("All"))
    year = django_filters.NumberFilter(
        label=_("Year it was made"), field_name="source_meeting__first_day__year", min_value=1900, max_value=2100
    )
    sort = django_filters.CharFilter(method="in_order", widget=forms.HiddenInput, max_length=20)

    class Meta:
        model = FollowUp
        fields: list[str] = []

    def __init__(self, *args, user, on: date, boards: list[Board], board: Board | None = None, **kwargs):
        self.user, self.on, self.boards, self.board = user, on, boards, board
        super().__init__(*args, **kwargs)
        names = f"{reverse('followups:find-responsible')}?board={board.slug if board else ''}"
        self.filters["responsible"].extra["widget"] = forms.TextInput({"data-combobox": names, "autocomplete": "off"})
        if board:
            del self.filters["board"]
            self._offer_meetings(board)
        else:
            self.filters["board"].extra["choices"] = [(one.slug, str(one)) for one in boards]
            for name in ("due_meeting", "source_meeting", "closed_in"):
                del self.filters[name]

    def _offer_meetings(self, board: Board) -> None:
        meetings = Meeting.objects.filter(board=board).order_by("-first_day", "-pk")[:MEETINGS_AT_MOST]
        choices = [(one.pk, _in_words(one)) for one in meetings]
        for name in ("due_meeting", "source_meeting", "closed_in"):
            self.filters[name].extra["choices"] = choices

    @property
    def first_fields(self) -> list:
        return [self.form[name] for name in FIRST if name in self.form.fields]

    @property
    def more_fields(self) -> list:
        return [self.form[name] for name in self.form.fields if name not in FIRST]

    @property
    def asks_for_more(self) -> bool:
        """Whether something that is folded away is asked for, or was asked for in vain."""
        return any(field.errors or field.value() not in (None, "") for field in self.more_fields)

    @property
    def qs(self) -> QuerySet[FollowUp]:
        found = super().qs
        return found if found.query.order_by else self.in_order(found, "sort", "-age")

    @property
    def order(self) -> str:
        """The order shown: a key of ORDERS, with `-` before it the other way round."""
        self.form.is_valid()
        chosen = self.form.cleaned_data.get("sort")
        return chosen if chosen and chosen.removeprefix("-") in ORDERS else "-age"

    def with_text(self, found: QuerySet, name: str, value: str) -> QuerySet:
        """In title, source or action; a case number however it is spelled (R21)."""
        said = Action.objects.filter(containing("text", value), follow_up=OuterRef("pk"))
        numbers = {caseid.parse(value, one.scheme) for one in ([self.board] if self.board else self.boards)}
        written = containing("title", value) | containing("source_label", value) | Exists(said)
        normal = {number.normal for number in numbers if number}
        return found.filter(written | Q(source_normal__icontains=value) | Q(source_normal__in=normal))

    def of_board(self, found: QuerySet, name: str, value: str) -> QuerySet:
        return found.filter(board__slug=value)

    def with_status(self, found: QuerySet, name: str, value: str) -> QuerySet:
        """Also where one of several actions stands so."""
        if value == OPEN:
            return found.open()
        if value == CLOSED_ONES:
            return found.filter(state__in=CLOSED)
        return found.filter(Q(state=value) | Exists(Action.objects.filter(follow_up=OuterRef("pk"), state=value)))

    def with_responsible(self, found: QuerySet, name: str, value: str) -> QuerySet:
        return found.filter(Exists(Action.objects.filter(asking.named(value), follow_up=OuterRef("pk"))))

    def with_due(self, found: QuerySet, name: str, value: str) -> QuerySet:
        live = _due_days()
        if value == "overdue":
            return found.filter(Exists(live.filter(_late(self.on))))
        if value == "this-month":
            first = self.on.replace(day=1)
            return found.filter(Exists(live.filter(due__gte=first, due__lt=first + relativedelta(months=1))))
        dated = live.filter(due__isnull=False)
        return found.filter(Exists(dated) if value == "dated" else ~Exists(dated))

    def due_since(self, found: QuerySet, name: str, value: date) -> QuerySet:
        return found.filter(Exists(_due_days().filter(due__gte=value)))

    def due_until(self, found: QuerySet, name: str, value: date) -> QuerySet:
        return found.filter(Exists(_due_days().filter(due__lte=value)))

    def of_meeting(self, found: QuerySet, name: str, value: str) -> QuerySet:
        if name == "due_meeting":
            return found.filter(Exists(Action.objects.filter(follow_up=OuterRef("pk"), due_meeting=value)))
        if name == "closed_in":
            return found.filter(Exists(asking.closings(value)))
        return found.filter(source_meeting=value)

    def with_age(self, found: QuerySet, name: str, value: str) -> QuerySet:
        old, very_old = (self.on - relativedelta(months=months) for months in (OLD, VERY_OLD))
        if value == "new":
            return found.filter(source_meeting__first_day__gt=old)
        if value == "old":
            return found.filter(source_meeting__first_day__lte=old, source_meeting__first_day__gt=very_old)
        return found.filter(source_meeting__first_day__lte=very_old)

    def with_report(self, found: QuerySet, name: str, value: str) -> QuerySet:
        reported = asking.reported_since_the_last_meeting()
        return found.filter(reported) if value == "since" else found.open().exclude(reported)

    def of_whom(self, found: QuerySet, name: str, value: str) -> QuerySet:
        return found.filter(Exists(asking.owned_by(self.user).filter(follow_up=OuterRef("pk"))))

    def in_order(self, found: QuerySet, name: str, value: str) -> QuerySet:
        key = value.removeprefix("-")
        if key not in ORDERS:
            return found
        make, is_back = ORDERS[key], value.startswith("-")
        place = make()
        ordered = place.desc(nulls_last=True) if is_back else place.asc(nulls_last=True)
        if key == "age":  # counted from the source meeting: the oldest has the first day
            ordered = place.asc(nulls_first=True) if is_back else place.desc(nulls_last=True)
        return found.order_by(ordered, "pk")


def _due_days() -> QuerySet[Action]:
    """Open actions of the follow-up that is asked about, with the day each is due in `due`."""
    live = Action.objects.filter(follow_up=OuterRef("pk")).exclude(state__in=CLOSED)
    return live.annotate(due=Coalesce("due_on", "due_meeting__first_day", "due_month"))


def _late(on: date) -> Q:
    late = Q(due_on__lt=on) | Q(due_on__isnull=True, due_meeting__first_day__lt=on)
    return late | Q(due_on__isnull=True, due_meeting__isnull=True, due_month__lt=on.replace(day=1))


def _first(value) -> Subquery:
    """Of the first action that is open."""
    actions = Action.objects.filter(follow_up=OuterRef("pk")).order_by(
        Case(When(state__in=CLOSED, then=1), default=0), "order", "pk"
    )
    return Subquery(actions.values(found=value)[:1])


def _soonest() -> Subquery:
    return Subquery(_due_days().order_by().values("follow_up").annotate(first=Min("due")).values("first"))


def _status() -> Case:
    return Case(*(When(state=state, then=Value(place)) for place, state in enumerate(Status)))


def _in_words(meeting: Meeting) -> str:
    day = date_format(meeting.first_day)
    return f"{meeting.number}, {day}" if meeting.number else day


ORDERS = {
    "age": lambda: F("source_meeting__first_day"),
    "text": lambda: _first(F("text")),
    "title": lambda: F("title"),
    "responsible": lambda: _first(KT("responsible__0")),
    "due": _soonest,
    "status": _status,
    "board": lambda: F("board__name"),
}
COLUMNS = (
    ("text", _("Action and case")),
    ("responsible", _("Responsible")),
    ("due", _("Due")),
    ("status", _("Status")),
    ("age", pgettext_lazy("of a follow-up", "Age")),
)
