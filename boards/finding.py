"""Finding the person who is meant while a name is typed: those nearest to the board first (R33, R54)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from boardroom.lib.matching import begins, folded, folded_words, marked
from boards.models import Board, Person, Seat

AT_MOST = 8


@dataclass(frozen=True)
class Suggestion:
    """A person as a document would print them. `parts` is the name with what was typed in the middle."""

    name: str
    organisation: str = ""
    title: str = ""
    parts: tuple[str, str, str] = field(default=("", "", ""), compare=False)

    @property
    def facts(self) -> str:
        return ", ".join(filter(None, [self.organisation, self.title]))


def people_named(
    board: Board, typed: str, day: date, *, also: Iterable[tuple[str, str]] = (), at_most: int = AT_MOST
) -> list[Suggestion]:
    """Persons with a word of the name beginning as typed, in three rings: seats now, `also` (name, organisation), register.

    The same name is told once for each organisation, and without an organisation only where it has none elsewhere.
    Nothing typed gives the seats.
    """
    asked = folded_words(typed)
    further = chain(also, _register()) if asked else ()
    found: dict[tuple[str, str], Suggestion] = {}
    for name, organisation, title in chain(_seats(board, day), ((*pair, "") for pair in further)):
        key = (folded(name), folded(organisation))
        is_known = key in found or (not organisation and any(known == key[0] for known, _owner in found))
        if is_known or not begins(asked, name):
            continue
        found[key] = Suggestion(name, organisation, title, marked(name, asked))
        if len(found) == at_most:
            break
    return list(found.values())


def _seats(board: Board, day: date) -> list[tuple[str, str, str]]:
    seats = Seat.objects.active_on(day).filter(board=board).exclude(name="").order_by("order", "pk")
    return list(seats.values_list("name", "organisation_name", "title"))


def _register() -> Iterator[tuple[str, str]]:
    for name, organisation in Person.objects.order_by("name", "pk").values_list("name", "organisation__name"):
        yield name, organisation or ""
