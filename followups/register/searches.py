"""A search of the register as one sees it: what is asked for in words and chips, its order, and the searches one keeps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boardroom.lib.workflow import TransitionRefused
from boards.models import Board
from followups.models import SavedView
from followups.register.filters import COLUMNS, OPEN, FollowUpFilter

KEPT_AT_MOST = 50
DEFAULT = {"status": OPEN}
BUILT_IN = (
    (gettext_lazy("Everything open"), DEFAULT),
    (gettext_lazy("Overdue"), DEFAULT | {"due": "overdue"}),
    (gettext_lazy("Mine"), DEFAULT | {"whose": "mine"}),
    (gettext_lazy("Without report"), DEFAULT | {"said": "without"}),
)


@dataclass(frozen=True)
class Chip:
    """One thing that is asked for, in words, and the query without it."""

    label: str
    words: str
    without: str


@dataclass(frozen=True)
class Head:
    """A column: `query` puts the list in its order, the other way round where it is in that order already."""

    key: str
    word: str
    query: str
    order: str = ""  # ascending, descending, or "" where the list is in another order


@dataclass(frozen=True)
class Choice:
    """A search that is offered by name; `view` is None for those everybody has."""

    name: str
    query: str
    is_here: bool
    view: SavedView | None = None


def asked_of(data: QueryDict) -> QueryDict:
    """What is asked for: nothing named is everything open."""
    asked = data.copy()
    if not set(FollowUpFilter.base_filters) - {"sort"} & asked.keys():
        asked.update(DEFAULT)
    return asked


def canonical(data: Mapping) -> str:
    """The query with what the register knows only, in one order. An empty status is kept: it asks for all."""
    names = [name for name in FollowUpFilter.base_filters if data.get(name) or (name == "status" and name in data)]
    return _encoded({name: str(data[name])[:200] for name in names})


def _encoded(values: Mapping[str, str]) -> str:
    query = QueryDict(mutable=True)
    query.update(values)
    return query.urlencode()


def chips(search: FollowUpFilter) -> list[Chip]:
    """What is asked for, each with the query that asks for the rest; what made no sense is left out."""
    asked = QueryDict(canonical(search.data)).dict()
    found = []
    for name, value in _values(search):
        rest = {key: one for key, one in asked.items() if key != name} | ({"status": ""} if name == "status" else {})
        rest.setdefault("status", "")
        found.append(Chip(str(search.form.fields[name].label), _words(search, name, value), _encoded(rest)))
    return found


def in_words(search: FollowUpFilter) -> str:
    """`Status: everything open · Responsible: «Sundby»`; all where nothing is asked for."""
    return " · ".join(f"{chip.label}: {chip.words}" for chip in chips(search)) or _("Everything in the register")


def _values(search: FollowUpFilter) -> Iterable[tuple[str, object]]:
    search.form.is_valid()
    for name, value in search.form.cleaned_data.items():
        if value not in (None, "") and name != "sort":
            yield name, value


def _words(search: FollowUpFilter, name: str, value: object) -> str:
    choices = getattr(search.form.fields[name], "choices", None)
    if choices is not None:
        return str(next((word for key, word in choices if str(key) == str(value)), value))
    if isinstance(value, date):
        return date_format(value)
    return f"«{value}»" if isinstance(value, str) else str(value)


def heads(search: FollowUpFilter) -> list[Head]:
    """The columns, each with the way to its order. The age is told from the newest to the oldest, as a number is."""
    asked = QueryDict(canonical(search.data)).dict()
    found = []
    for key, word in COLUMNS:
        is_here, is_back = search.order.removeprefix("-") == key, search.order.startswith("-")
        order = ("descending" if is_back else "ascending") if is_here else ""
        turned = f"-{key}" if is_here and not is_back else key
        found.append(Head(key, str(word), _encoded(asked | {"sort": turned}), order))
    return found


def choices(user, board: Board | None, search: FollowUpFilter) -> list[Choice]:
    """The searches everybody has, then those the user keeps for this list. One query."""
    here = canonical(search.data)
    everybody = [(str(name), _encoded(values), None) for name, values in BUILT_IN]
    own = [(view.name, view.query, view) for view in kept_by(user, board)]
    return [Choice(name, query, query == here, view) for name, query, view in everybody + own]


def kept_by(user, board: Board | None):
    """The user's searches of the board's register, or of the one across boards."""
    return SavedView.objects.filter(user=user, board=board)


def keep(user, board: Board | None, name: str, query: str) -> SavedView:
    """The search is kept under the name; one of the same name asks for this from now on. Raises TransitionRefused."""
    with transaction.atomic():
        mine = kept_by(user, board)
        if mine.count() >= KEPT_AT_MOST and not mine.filter(name=name).exists():
            raise TransitionRefused(
                [_("You keep %(count)s searches here. Delete one first.") % {"count": KEPT_AT_MOST}]
            )
        view, _made = SavedView.objects.update_or_create(
            user=user, board=board, name=name, defaults={"query": canonical(QueryDict(query))}
        )
    return view


def rename(view: SavedView, name: str) -> None:
    """The search has the name. Raises TransitionRefused where another of the list has it."""
    if kept_by(view.user, view.board).filter(name=name).exclude(pk=view.pk).exists():
        raise TransitionRefused([_("You keep another search with this name.")])
    view.name = name
    view.save(update_fields=["name"])


def chosen_among(offered: Iterable[Choice], number: str) -> SavedView | None:
    """The kept search that was opened, by its number as text; None for none of the user's."""
    return next((one.view for one in offered if one.view and str(one.view.pk) == number), None)
