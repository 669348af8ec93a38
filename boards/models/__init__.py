"""Boards, the organisations and persons around them, and who sits where."""

from boards.models.access import AccessFields, LegalBasis
from boards.models.board import (
    Board,
    CaseSeries,
    CaseType,
    Contact,
    Layout,
    RowPurpose,
    StandardPhrase,
    StandingItem,
)
from boards.models.people import Organisation, OrganisationAlias, Person, PersonAlias, Seat

__all__ = [
    "AccessFields",
    "Board",
    "CaseSeries",
    "CaseType",
    "Contact",
    "Layout",
    "LegalBasis",
    "Organisation",
    "OrganisationAlias",
    "Person",
    "PersonAlias",
    "RowPurpose",
    "Seat",
    "StandardPhrase",
    "StandingItem",
]
