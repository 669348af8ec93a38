"""Since when a newcomer is presumed to sit, read from a change in representation (R44, GP-3)."""

from datetime import timedelta

from boards.models import Board
from meetings.models import Meeting, RepresentationChange
from publishing.exchange.work import Work
from publishing.wording import same_text


def presume(work: Work, board: Board) -> None:
    """A seat without a first day, whose person joined at a meeting, counts from the day after the meeting before."""
    changes = RepresentationChange.objects.filter(meeting__board=board).exclude(incoming="")
    changes = list(changes.select_related("meeting").order_by("meeting__first_day", "order"))
    if not changes:
        return
    seats = list(board.seats.filter(starts_on__isnull=True, presumed_from__isnull=True).exclude(name=""))
    days = sorted(Meeting.objects.filter(board=board).values_list("first_day", flat=True))
    for change in changes:
        before = [day for day in days if day < change.meeting.first_day]
        for seat in seats if before else []:
            if same_text(seat.name, change.incoming) and seat.presumed_from is None:
                seat.presumed_from = before[-1] + timedelta(days=1)
                seat.save(update_fields=["presumed_from"])
                if not work.batch.made["Seat"]:
                    work.changed["Seat"] += 1
