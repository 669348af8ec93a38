"""How the public tracker is searched: board, status, responsible, text, overdue; in which order."""

from datetime import date

import django_filters
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from boardroom.lib.conditions import containing
from publishing.models import PublishedFollowUp, ResponsibleName
from publishing.tracker import LIVE, overdue

NOT_DONE = "not-done"
NAMES = 100
ORDERS = {
    "due": (F("due_by").asc(nulls_last=True), "board_slug", "case", "number"),
    "newest": (F("promised_on").desc(nulls_last=True), "board_slug", "case", "number"),
    "changed": (F("status_since").desc(nulls_last=True), "board_slug", "case", "number"),
    "board": ("board_slug", F("promised_on").desc(nulls_last=True), "case", "number"),
}


class TrackerFilter(django_filters.FilterSet):
    """Every parameter that makes no sense is passed over with a message at its field."""

    board = django_filters.ChoiceFilter(label=_("Board"), field_name="board_slug", empty_label=_("All"))
    status = django_filters.ChoiceFilter(
        label=_("Status"),
        method="with_status",
        choices=[(NOT_DONE, _("Not done")), *PublishedFollowUp.State.choices],
        empty_label=_("All"),
    )
    responsible = django_filters.CharFilter(label=_("Responsible"), method="with_responsible", max_length=300)
    due = django_filters.ChoiceFilter(
        label=_("Due"), method="with_due", choices=[("overdue", _("Overdue"))], empty_label=_("All")
    )
    text = django_filters.CharFilter(label=_("Text or case number"), method="with_text", max_length=200)
    sort = django_filters.ChoiceFilter(
        label=_("Order"),
        method="in_order",
        choices=[
            ("newest", _("Newest first")),
            ("changed", _("Changed last first")),
            ("board", _("By board")),
        ],
        empty_label=_("Due first"),
    )

    class Meta:
        model = PublishedFollowUp
        fields: list[str] = []

    def __init__(self, data, *, rows: QuerySet[PublishedFollowUp], boards: list[tuple[str, str]], today: date):
        self.today = today
        super().__init__(data, queryset=rows)
        if len(boards) > 1:
            self.filters["board"].extra["choices"] = boards
        else:
            del self.filters["board"]
        names = ResponsibleName.objects.filter(follow_up__in=rows).order_by("name")
        listed = list(names.values_list("name", flat=True).distinct()[: NAMES + 1])
        if len(listed) <= NAMES:
            self.filters["responsible"] = _one_of(listed, self.filters["responsible"])

    @property
    def qs(self) -> QuerySet[PublishedFollowUp]:
        found = super().qs
        return found if found.query.order_by else found.order_by(*ORDERS["due"])

    def with_status(self, found: QuerySet, name: str, value: str) -> QuerySet:
        return found.filter(status__in=LIVE) if value == NOT_DONE else found.filter(status=value)

    def with_responsible(self, found: QuerySet, name: str, value: str) -> QuerySet:
        named = ResponsibleName.objects.filter(containing("name", value))
        return found.filter(pk__in=named.values("follow_up"))

    def with_due(self, found: QuerySet, name: str, value: str) -> QuerySet:
        return found.filter(overdue(self.today))

    def with_text(self, found: QuerySet, name: str, value: str) -> QuerySet:
        return found.filter(found_by__contains=value.casefold())

    def in_order(self, found: QuerySet, name: str, value: str) -> QuerySet:
        return found.order_by(*ORDERS[value])


def _one_of(names: list[str], instead: django_filters.Filter) -> django_filters.ChoiceFilter:
    """Few enough to choose from: the same field as a list."""
    made = django_filters.ChoiceFilter(
        label=instead.label, method=instead.method, choices=[(name, name) for name in names], empty_label=_("All")
    )
    made.field_name, made.parent, made.model = instead.field_name, instead.parent, instead.model
    return made
