"""A case made exempt after it came on an agenda: the row has its own text, so it is shielded by an act of its own (P10)."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import BigAutoField, F

from audit import trail
from boardroom.lib.prepared import among, prepared
from cases.models import Case
from meetings.agenda import SHIELD
from meetings.models import AgendaRow
from meetings.settling import hold

SHIELDED = (Case.Level.INTERNAL, Case.Level.EXEMPT)


def unshielded(rows: Iterable[AgendaRow]) -> list[AgendaRow]:
    """Those of the rows whose case is exempt while they are open to everybody. One query."""
    rows = [row for row in rows if row.case_id and not row.is_shielded]
    exempt = set(_shielded(cases=[row.case_id for row in rows]))
    return [row for row in rows if row.case_id in exempt]


@prepared(cases=[BigAutoField()])
def _shielded(cases):
    return Case.objects.filter(among("pk", cases), access_level__in=SHIELDED).order_by().values_list("pk", flat=True)


@transaction.atomic
def shield_row(row: AgendaRow, *, by) -> None:
    """The row is shielded as its case is; documents that were issued stay as they are.

    Raises TransitionRefused where the meeting takes nothing more.
    """
    hold(row.meeting)
    shield = {name: getattr(row.case, name) for name in SHIELD}
    if row.public_title:
        shield["public_title"] = row.public_title
    AgendaRow.objects.filter(pk=row.pk).update(**shield, version=F("version") + 1)
    row.refresh_from_db()
    trail.record("meetings.shield_row", row, by=by, board=row.meeting.board, label=row.label, **shield)
