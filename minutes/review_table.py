"""The remarks of a draft as a table that a spreadsheet opens as text (R95, reliability 4: CSV out)."""

from django.utils import timezone
from django.utils.translation import gettext as _

from boardroom.lib.cells import csv_lines
from boardroom.lib.fragments import plain_text
from minutes.models import Minutes
from minutes.remark_list import remarks_of


def remarks_table(minutes: Minutes, user) -> str:
    """UTF-8 text with a byte order mark, semicolons between the cells; a cell that looks like a formula is text.

    One row for each remark the user may read, in the order of the summary, with the text it is about as it is now.
    """
    return "".join(csv_lines([_heads(), *map(_cells, remarks_of(minutes, user))]))


def _heads() -> tuple[str, ...]:
    about = (_("Round"), _("From"), _("Organisation"), _("Received on"), _("How it came"), _("Late"), _("Case"))
    return (*about, _("The text it is about"), _("Remark"), _("Status"), _("Answer"), _("Settled on"), _("Settled by"))


def _cells(one) -> tuple:
    settled = timezone.localtime(one.settled_at).strftime("%Y-%m-%d %H:%M") if one.settled_at else ""
    return (
        one.round.number,
        one.sender,
        one.organisation_name,
        one.received_on.isoformat(),
        one.get_came_by_display(),
        _("yes") if one.is_late else "",
        one.label,
        plain_text(one.block.html) if one.block else "",
        one.text,
        one.status_printed or one.get_status_display(),
        one.answer,
        settled,
        one.settled_by.display_name if one.settled_by else "",
    )
