"""The public tracker as data: a table for spreadsheets and JSON for programs (docs/public-tracker.md)."""

from collections.abc import Callable, Iterable

from django.core.paginator import Page
from django.utils.translation import gettext as _

from boardroom.lib.cells import csv_lines
from publishing.models import PublishedFollowUp
from publishing.tracker import Line

Address = Callable[[str], str]


def table(lines: Iterable[Line], absolute: Address) -> str:
    """For Norwegian spreadsheets, with the heads in the reader's language."""
    heads = (_("Board"), _("Case"), _("Title"), _("What was promised"), _("Responsible"), _("Promised on"), _("Due"))
    heads += (_("Last day in time"), _("Times moved"), _("Status"), _("Status since"), _("Last report"))
    heads += (_("Reported on"), _("Address"))
    return "".join(csv_lines([heads, *(_cells(line, absolute) for line in lines)]))


def _cells(line: Line, absolute: Address) -> tuple:
    row = line.row
    days = [day.isoformat() if day else "" for day in (row.promised_on, row.due_by, row.status_since, row.reported_on)]
    promised, due, since, reported = days
    return (
        row.board_name, row.label, row.title, row.text, "; ".join(row.responsible), promised, line.due, due,
        row.times_moved, row.get_status_display(), since, row.report, reported, absolute(row.get_absolute_url()),
    )  # fmt: skip


def document(page: Page, following: str | None, absolute: Address) -> dict:
    """One page of the follow-ups with the address of the next; the keys are those of docs/public-tracker.md."""
    return {"count": page.paginator.count, "next": following, "follow_ups": [_entry(row, absolute) for row in page]}


def _entry(row: PublishedFollowUp, absolute: Address) -> dict:
    return {
        "url": absolute(row.get_absolute_url()),
        "board": {"slug": row.board_slug, "name": row.board_name},
        "language": row.language,
        "case": {"number": row.label, "title": row.title},
        "source": absolute(source_address(row)) if row.is_source_published else None,
        "promise": row.text,
        "promised_on": row.promised_on,
        "responsible": row.responsible,
        "due": {"kind": row.due_kind, "on": row.due_on, "by": row.due_by, "words": row.due_words or None}
        if row.due_kind
        else None,
        "times_moved": row.times_moved,
        "status": row.status,
        "status_since": row.status_since,
        "report": {"meeting": row.report_meeting, "on": row.reported_on, "text": row.report}
        if row.reported_on
        else None,
    }


def source_address(row: PublishedFollowUp) -> str:
    """Where the published document says it. The row's publication is read with it."""
    address = row.publication.get_absolute_url()
    return f"{address}#{row.anchor}" if row.anchor else address
