"""Doubts about a board's records: each is a warning with a requirement's number, and none stops anything (P43).

`findings` takes meetings in the shape of the exchange format, so the import and the pages ask the same questions.
"""

from publishing.consistency.known import Finding, Known, known_of
from publishing.consistency.numbers import numbers
from publishing.consistency.people import organisations, people, presence
from publishing.consistency.times import times

__all__ = ["Finding", "Known", "findings", "known_of"]


def findings(record: dict, known: Known) -> list[Finding]:
    """Every doubt about the record, each once, in the order of its meetings. Pointers are JSON pointers into it."""
    found = [*numbers(record, known), *times(record, known), *presence(record, known)]
    found += [*people(record, known), *organisations(record, known)]
    return list(dict.fromkeys(found))
