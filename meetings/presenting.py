"""Who presents a case: name and organisation as typed, linked to the register where it knows them (R33)."""

from collections.abc import Sequence
from dataclasses import dataclass

from boards.models import Organisation, Person
from meetings.models import AgendaRow, Presenter


@dataclass(frozen=True)
class Named:
    """A presenter as typed: name and organisation, either may be empty (R33)."""

    name: str = ""
    organisation: str = ""


def presenters_of(row: AgendaRow) -> list[Named]:
    return [Named(shown.name, shown.organisation_name) for shown in row.presenters.all()]


def set_presenters(row: AgendaRow, named: Sequence[Named]) -> None:
    """The row is presented by these, in this order; a name the register knows exactly is linked to it."""
    row.presenters.all().delete()
    if not named:
        return
    people = {person.name: person for person in Person.objects.filter(name__in=[one.name for one in named if one.name])}
    owners = [one.organisation for one in named if one.organisation]
    known = {owner.name: owner for owner in Organisation.objects.filter(name__in=owners)}
    Presenter.objects.bulk_create(
        Presenter(
            row=row,
            order=order,
            name=one.name,
            person=people.get(one.name),
            organisation_name=one.organisation,
            organisation=known.get(one.organisation),
        )
        for order, one in enumerate(named)
        if one.name or one.organisation
    )
