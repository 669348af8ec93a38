"""The register as a table for other programs: CSV and a spreadsheet, one row for each action (P41, reliability.md 4)."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import chain
from typing import BinaryIO

import xlsxwriter
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from boardroom.lib.cells import csv_lines
from followups.models import FollowUp
from followups.register.rows import Line, Row, day_due, load, rows

BATCH = 200
LONGEST = 32_767  # characters a cell of a spreadsheet can hold
WIDTHS = (24, 12, 32, 48, 28, 20, 12, 20, 16, 12, 10, 10, 10, 48, 12, 40)
Cell = str | int | date


def heads() -> list[str]:
    """The words above the columns, in the reader's language."""
    return [
        _("Board"),
        _("Source case"),
        _("Title"),
        _("What is to be done"),
        _("Responsible"),
        _("Due, as written"),
        _("Due on"),
        _("Due, understood as"),
        _("Status"),
        _("Made on"),
        _("Age in meetings"),
        _("Age in days"),
        _("Times moved"),
        _("Said last"),
        _("Said on"),
        _("Address"),
    ]


def table(found: QuerySet[FollowUp], on: date, *, kept: Collection[int], site: str) -> Iterator[list[Cell]]:
    """A row of cells for each action, in the order of `found`; the memory of a batch whatever the number.

    `kept` are the boards (ids) whose drafts the reader may read, `site` is what stands before an address.
    """
    pks = list(found.values_list("pk", flat=True))
    for start in range(0, len(pks), BATCH):
        for row in rows(load(pks[start : start + BATCH]), on, kept=kept):
            for line in row.lines or [None]:
                yield _cells(row, line, site)


def as_csv(lines: Iterable[list[Cell]]) -> Iterator[str]:
    """CSV a line at a time; days as 2026-04-20, what looks like a formula as text."""
    return csv_lines(chain([heads()], lines))


def write_spreadsheet(out: BinaryIO, lines: Iterable[list[Cell]], *, name: str, about: str) -> None:
    """A workbook (Office Open XML): every text is text, days are days; the heading row stays in sight and can be filtered.

    Rows go to disk as they come. `about` says in the file's properties what was asked for.
    """
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": name, "comments": about})
    sheet = book.add_worksheet(_("Follow-up"))
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "dd.mm.yyyy", "valign": "top", "align": "left"})
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    for column, word in enumerate(heads()):
        sheet.write_string(0, column, word, bold)
    last = 0
    for last, cells in enumerate(lines, start=1):
        for column, cell in enumerate(cells):
            _write(sheet, last, column, cell, plain, day)
    sheet.autofilter(0, 0, last, len(WIDTHS) - 1)
    book.close()


def _write(sheet, row: int, column: int, cell: Cell, plain, day) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(row, column, cell, day)
    elif isinstance(cell, int):
        sheet.write_number(row, column, cell, plain)
    else:
        sheet.write_string(row, column, cell[:LONGEST], plain)


def _cells(row: Row, line: Line | None, site: str) -> list[Cell]:
    one = row.follow_up
    action = line.action if line else None
    return [
        str(one.board),
        one.source_normal or one.source_label,
        one.title,
        action.text if action else "",
        ", ".join(action.responsible) if action else "",
        line.due if line else "",
        (day_due(action) or "") if action else "",
        line.read if line else "",
        str(action.get_state_display() if action else one.get_state_display()),
        one.source_meeting.first_day if one.source_meeting else "",
        row.meetings if row.days is not None else "",
        row.days if row.days is not None else "",
        action.times_moved if action else 0,
        row.last.text if row.last else "",
        row.last.on if row.last else "",
        site + one.get_absolute_url(),
    ]
