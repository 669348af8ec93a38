"""The register of a board's decisions (R76, R77)."""

import django_filters
from django import forms
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from boards.models import Board
from boards.roles import require
from minutes.models import Block, Decision
from minutes.pages import Shown
from minutes.register import decisions_for

PAGE = 30


class DecisionFilter(django_filters.FilterSet):
    """By text, kind, year and case."""

    text = django_filters.CharFilter(label=_("Text"), method="with_text", max_length=200)
    kind = django_filters.ChoiceFilter(
        label=_("Kind of decision"),
        field_name="decision__kind",
        choices=Decision.Kind.choices,
        empty_label=_("All kinds"),
    )
    year = django_filters.NumberFilter(
        label=_("Year"),
        field_name="item__minutes__meeting__first_day",
        lookup_expr="year",
        min_value=1000,
        max_value=9999,
    )
    case = django_filters.CharFilter(label=_("Case number or title"), method="in_case", max_length=200)
    permanent = django_filters.BooleanFilter(
        label=_("Only with permanent effect"), method="only_permanent", widget=forms.CheckboxInput
    )

    class Meta:
        model = Block
        fields: list[str] = []

    def with_text(self, blocks: QuerySet, name: str, value: str) -> QuerySet:
        return blocks.filter(html__icontains=value)

    def in_case(self, blocks: QuerySet, name: str, value: str) -> QuerySet:
        return blocks.filter(
            Q(item__label__icontains=value) | Q(item__title__icontains=value) | Q(item__row__title__icontains=value)
        )

    def only_permanent(self, blocks: QuerySet, name: str, value: bool) -> QuerySet:
        return blocks.filter(decision__is_permanent=True) if value else blocks


@require_safe
def decisions(request: HttpRequest, board: str) -> HttpResponse:
    """Decisions of the minutes the user may read, newest meeting first."""
    found = get_object_or_404(Board.objects.visible_to(request.user), slug=board)
    require(request.user, "documents.read", found)
    chosen = DecisionFilter(request.GET, queryset=decisions_for(request.user, found))
    page = Paginator(chosen.qs, PAGE).get_page(request.GET.get("page"))
    rows = [Shown(block, block.label, vote_line=printed_vote(block)) for block in page]
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {"board": found, "filter": chosen, "page": page, "rows": rows, "kept": kept.urlencode()}
    return render(request, "minutes/decisions.html", context)


def printed_vote(block: Block) -> str:
    vote = getattr(block, "vote", None)
    return vote.printed if vote else ""
