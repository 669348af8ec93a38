"""How the register is searched: text, status, responsible, due, year (R87)."""

from datetime import date

import django_filters
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from followups.models import CLOSED, Action, FollowUp, Status
from followups.register import with_due

OPEN, CLOSED_ONES = "all-open", "all-closed"
ORDERS = {
    "oldest": (F("source_meeting__first_day").asc(nulls_first=True), "pk"),
    "newest": (F("source_meeting__first_day").desc(nulls_last=True), "-pk"),
    "due": (F("first_due").asc(nulls_last=True), "pk"),
    "title": ("title", "pk"),
}


class FollowUpFilter(django_filters.FilterSet):
    """Every parameter that makes no sense is passed over with a message at its field."""

    text = django_filters.CharFilter(label=_("Text or case number"), method="with_text", max_length=200)
    status = django_filters.ChoiceFilter(
        label=_("Status"),
        method="with_status",
        choices=[(OPEN, _("Everything open")), (CLOSED_ONES, _("Everything closed")), *Status.choices],
        empty_label=_("All"),
    )
    responsible = django_filters.CharFilter(label=_("Responsible"), method="with_responsible", max_length=200)
    due = django_filters.ChoiceFilter(
        label=_("Due"),
        method="with_due",
        choices=[("overdue", _("Overdue")), ("dated", _("With a date or meeting")), ("undated", _("Without"))],
        empty_label=_("All"),
    )
    year = django_filters.NumberFilter(
        label=_("Year it was made"), field_name="source_meeting__first_day__year", min_value=1900, max_value=2100
    )
    sort = django_filters.ChoiceFilter(
        label=_("Order"),
        method="in_order",
        choices=[
            ("newest", _("Newest first")),
            ("due", _("Due first")),
            ("title", _("By title")),
        ],
        empty_label=_("Oldest first"),
    )

    class Meta:
        model = FollowUp
        fields: list[str] = []

    def __init__(self, *args, on: date, **kwargs):
        self.on = on
        super().__init__(*args, **kwargs)

    @property
    def qs(self) -> QuerySet[FollowUp]:
        found = super().qs
        return found if found.query.order_by else found.order_by(*ORDERS["oldest"])

    def with_text(self, found: QuerySet, name: str, value: str) -> QuerySet:
        said = Exists(Action.objects.filter(follow_up=OuterRef("pk"), text__icontains=value))
        return found.filter(
            Q(title__icontains=value) | Q(source_label__icontains=value) | Q(source_normal__icontains=value) | said
        )

    def with_status(self, found: QuerySet, name: str, value: str) -> QuerySet:
        if value == OPEN:
            return found.open()
        return found.filter(state__in=CLOSED) if value == CLOSED_ONES else found.filter(state=value)

    def with_responsible(self, found: QuerySet, name: str, value: str) -> QuerySet:
        named = Q(responsible__icontains=value) | Q(owners__person__name__icontains=value)
        named |= Q(owners__organisation__name__icontains=value)
        return found.filter(Exists(Action.objects.filter(named, follow_up=OuterRef("pk"))))

    def with_due(self, found: QuerySet, name: str, value: str) -> QuerySet:
        live = Action.objects.filter(follow_up=OuterRef("pk")).exclude(state__in=CLOSED)
        dated = Q(due_on__isnull=False) | Q(due_meeting__isnull=False) | Q(due_month__isnull=False)
        if value == "overdue":
            late = Q(due_on__lt=self.on) | Q(due_on__isnull=True, due_meeting__first_day__lt=self.on)
            late |= Q(due_on__isnull=True, due_meeting__isnull=True, due_month__lt=self.on.replace(day=1))
            return found.filter(Exists(live.filter(late)))
        return found.filter(Exists(live.filter(dated)) if value == "dated" else ~Exists(live.filter(dated)))

    def in_order(self, found: QuerySet, name: str, value: str) -> QuerySet:
        return with_due(found).order_by(*ORDERS[value])
