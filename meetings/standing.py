"""Standing items of the board that are not on an agenda yet, and how one comes onto it (R40)."""

from collections.abc import Iterable

from boards.models import RowPurpose, StandingItem
from meetings import planning
from meetings.agenda import add_row
from meetings.models import AgendaRow, Meeting
from meetings.presenting import Named

STANDS_FOR = frozenset({RowPurpose.APPROVAL, RowPurpose.FOLLOW_UPS, RowPurpose.OTHER_BUSINESS, RowPurpose.EVALUATION})


def missing_items(items: Iterable[StandingItem], rows: list[AgendaRow]) -> list[StandingItem]:
    """The items no row stands for: by its purpose, else by its title."""
    purposes, titles = {row.purpose for row in rows}, {row.title for row in rows}
    return [
        item
        for item in items
        if (item.purpose not in purposes if item.purpose in STANDS_FOR else item.title not in titles)
    ]


def add_item(meeting: Meeting, item: StandingItem, *, by) -> AgendaRow:
    """The standing item is a row of the agenda. Raises TransitionRefused as agenda.add_row does."""
    before = planning.previous_meeting(meeting)
    approves = planning.minutes_approved_by(item, before)
    name, _bracket, organisation = item.presenter.rstrip(")").partition(" (")
    return add_row(
        meeting,
        by=by,
        title=planning.standing_title(item, before),
        kind=item.kind,
        type=item.type,
        purpose=item.purpose,
        minutes=item.minutes,
        approves_minutes_of=approves,
        presenters=[Named(name, organisation)] if item.presenter else (),
    )
