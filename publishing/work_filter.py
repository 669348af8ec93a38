"""How the work behind the pages is searched: kind, state, board."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from jobs import handlers
from jobs.models import Job
from publishing import work


class WorkFilter(django_filters.FilterSet):
    """Every parameter that makes no sense is passed over with a message at its field."""

    kind = django_filters.ChoiceFilter(
        label=_("Kind of work"), choices=lambda: sorted(handlers.labels().items(), key=lambda one: str(one[1]))
    )
    state = django_filters.ChoiceFilter(label=_("State"), choices=Job.State.choices, empty_label=_("All"))
    board = django_filters.ChoiceFilter(label=_("Board"), method="of_board", empty_label=_("All"))

    class Meta:
        model = Job
        fields: list[str] = []

    def __init__(self, data, user):
        super().__init__(data, queryset=work.visible_to(user))
        self.filters["kind"].extra["empty_label"] = _("All")
        self.filters["board"].extra["choices"] = [(board.slug, board.name) for board in work.boards_of(user)]

    def of_board(self, found: QuerySet, name: str, value: str) -> QuerySet:
        return found.filter(board__in=work.Board.objects.filter(slug=value).values("pk"))
