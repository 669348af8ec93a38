"""Walking a record with pointers."""

from collections.abc import Iterator
from datetime import date


def each(items: list | None, place: str) -> Iterator[tuple[str, dict]]:
    for index, item in enumerate(items or []):
        yield f"{place}/{index}", item


def meetings(record: dict) -> Iterator[tuple[str, dict]]:
    yield from each(record.get("meetings"), "/meetings")


def items(meeting: dict, place: str) -> Iterator[tuple[str, dict]]:
    yield from each((meeting.get("minutes") or {}).get("items"), f"{place}/minutes/items")


def blocks(meeting: dict, place: str) -> Iterator[tuple[str, dict, dict]]:
    """(pointer, block, its item)"""
    for here, item in items(meeting, place):
        for at, block in each(item.get("blocks"), f"{here}/blocks"):
            yield at, block, item


def rows(meeting: dict, place: str) -> Iterator[tuple[str, dict]]:
    yield from each(meeting.get("agenda"), f"{place}/agenda")


def cases(meeting: dict, place: str) -> Iterator[tuple[str, dict]]:
    yield from ((at, row) for at, row in rows(meeting, place) if row["kind"] == "case")


def first_day(meeting: dict) -> date:
    return date.fromisoformat(meeting["days"][0]["date"])


def row_of(meeting: dict, label: str | None, part: int | None = None, sub_label: str | None = None) -> dict | None:
    """The case row that an item with this label treats."""
    found = [row for _at, row in cases(meeting, "") if label and row.get("label") == label]
    exact = [row for row in found if row.get("part") == part and row.get("sub_label") == sub_label]
    return next(iter(exact or found), None)
