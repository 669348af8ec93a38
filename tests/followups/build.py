"""Short ways to a board with follow-ups. Every name is invented."""

from datetime import UTC, date, datetime

from followups.models import Action, FollowUp, Report, Status
from minutes.models import Minutes
from tests import factories

AT = datetime(2026, 4, 21, 8, 0, tzinfo=UTC)
TODAY = date(2026, 4, 21)


def held_meeting(board, day=date(2026, 4, 20), sequence=41, *, minutes_state=Minutes.State.FINAL, **fields):
    """A meeting that was held, with minutes in the state."""
    called = {"numbers_fixed_at": datetime(day.year, day.month, day.day, tzinfo=UTC)}
    meeting = factories.make_meeting(board, day, sequence=sequence, state="held", **called, **fields)
    factories.make_minutes(meeting, minutes_state)
    return meeting


def coming_meeting(board, day=date(2026, 6, 8), sequence=42, **fields):
    """A planned meeting whose call is not sent."""
    return factories.make_meeting(board, day, sequence=sequence, **{"state": "planned", **fields})


def follow_up(
    meeting,
    title="Badevannsprøver på nett",
    *,
    item=3,
    state=Status.OPEN,
    actions=("Sundby legger ut prøvene.",),
    **due,
):
    """A follow-up made in the meeting's case number `item`, with an action for each text."""
    label = f"{item}-{meeting.sequence}/{meeting.first_day.year % 100}"
    row = meeting.agenda_rows.filter(item=item).first() or factories.make_row(meeting, title, item=item)
    made = FollowUp.objects.create(
        board=meeting.board,
        title=title,
        source_label=label,
        source_normal=label,
        source_meeting=meeting,
        source_row=row,
        state=state,
    )
    for order, text in enumerate(actions):
        Action.objects.create(follow_up=made, order=order, text=text, state=state, **due)
    return made


def on_agenda(meeting) -> list[str]:
    """Titles of what the meeting's follow-up case shows, in order."""
    reports = Report.objects.filter(meeting=meeting, is_left_out=False).order_by("order")
    return [report.title for report in reports]
