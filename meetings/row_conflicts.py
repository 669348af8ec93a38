"""Two wrote one row at once: who the other was, and the choice between what they wrote (F18, F19)."""

from collections.abc import Sequence

from django.db import transaction

from audit import trail
from audit.models import Entry
from meetings import agenda
from meetings.models import AgendaRow


def last_change(row: AgendaRow) -> Entry | None:
    """Who changed the row last, and when: `actor` and `at`; None where nobody has since it was made."""
    return Entry.objects.about(row).filter(act="meetings.change_row").select_related("actor").last()


@transaction.atomic
def change_knowingly(
    row: AgendaRow, *, by, version: int, presenters: Sequence[agenda.Named], values: dict, replaced: dict
) -> AgendaRow:
    """As `agenda.change_row`, after both texts were seen; what is `replaced` of the other's stands in the trail."""
    saved = agenda.change_row(row, by=by, version=version, presenters=presenters, **values)
    trail.record("meetings.replace_text", saved, by=by, board=saved.meeting.board, replaced=replaced)
    return saved


@transaction.atomic
def set_aside(row: AgendaRow, mine: dict, *, by) -> None:
    """The row stays as the other saved it; one's own words stand in the trail."""
    trail.record("meetings.set_text_aside", row, by=by, board=row.meeting.board, set_aside=mine)
