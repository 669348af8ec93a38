"""The remarks of a draft as a table that a spreadsheet opens as text (R95, reliability 4: CSV out)."""

import csv
import io

from django.utils.translation import gettext as _

from minutes.models import Minutes, Remark

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def remarks_table(minutes: Minutes) -> str:
    """UTF-8 text with a byte order mark, semicolons between the cells; a cell that looks like a formula is text."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    heads = (_("Round"), _("From"), _("Organisation"), _("Received on"), _("Late"), _("Case"), _("Remark"))
    writer.writerow([*heads, _("Status"), _("Answer")])
    remarks = (
        Remark.objects.filter(round__minutes=minutes).select_related("round").order_by("round__number", "order", "pk")
    )
    for one in remarks:
        status = one.status_printed or one.get_status_display()
        late = _("yes") if one.is_late else ""
        line = (one.round.number, one.sender, one.organisation_name, one.received_on.isoformat(), late, one.label)
        writer.writerow([_safe(cell) for cell in (*line, one.text, status, one.answer)])
    return out.getvalue()


def _safe(cell: object) -> str:
    text = str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text
