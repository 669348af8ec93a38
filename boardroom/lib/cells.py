"""Cells of a table that a spreadsheet opens, as text and never as formulas (reliability.md 4, A22)."""

import csv
from collections.abc import Iterable, Iterator

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def harmless(cell: object) -> str:
    """The cell as text; one that a spreadsheet would read as a formula begins with `'`."""
    text = str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text


def csv_lines(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """The rows as CSV for Norwegian spreadsheets, one at a time: byte order mark first, semicolons between the cells."""
    writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    yield "\ufeff"
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])


class _Echo:
    """Gives back what is written to it."""

    def write(self, text: str) -> str:
        return text
