"""Conditions of a query put together from parts, and text found however it is spelled."""

from collections.abc import Iterable
from operator import and_, or_

from django.db.models import Q


def containing(field: str, word: str) -> Q:
    """The word somewhere in the field, in small or capital letters: SQLite only knows those of ASCII."""
    return any_of(Q(**{f"{field}__icontains": one}) for one in spellings(word))


def spellings(word: str) -> set[str]:
    """The word in the letters that a database may not know to be the same."""
    return {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize(), word.title()}


def any_of(conditions: Iterable[Q]) -> Q:
    """At least one of them; nothing where there is none."""
    return _joined(or_, conditions)


def all_of(conditions: Iterable[Q]) -> Q:
    """Every one of them; nothing where there is none."""
    return _joined(and_, conditions)


def _joined(operator, conditions: Iterable[Q]) -> Q:
    found = None
    for one in conditions:
        found = one if found is None else operator(found, one)
    return Q(pk__in=[]) if found is None else found
