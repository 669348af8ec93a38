"""Changes of representation: a seat's new holder, told in the next meeting's papers (R44)."""

from datetime import date

from django.db import transaction

from audit import trail
from boards import people
from boards.models import Seat
from meetings.models import Meeting, RepresentationChange

TOLD_IN = (Meeting.State.TENTATIVE, Meeting.State.PLANNED, Meeting.State.CALLED)


@transaction.atomic
def replace_holder(
    seat: Seat, day: date, *, by, name: str, organisation_name: str = "", email: str = "", title: str = ""
) -> Seat:
    """The new holder sits from the day, and the board's first meeting not yet held, on or after it, prints the change."""
    fresh = people.replace_holder(
        seat, day, by=by, name=name, organisation_name=organisation_name, email=email, title=title
    )
    tell_next_meeting(fresh, outgoing=seat.name, day=day, by=by)
    return fresh


def tell_next_meeting(seat: Seat, *, outgoing: str, day: date, by) -> RepresentationChange | None:
    """A line «X replaces Y» on the next meeting; None where there is no such meeting yet."""
    meetings = seat.board.meetings.filter(state__in=TOLD_IN, first_day__gte=day)
    meeting = meetings.order_by("first_day", "pk").first()
    if meeting is None or not (seat.name or outgoing):
        return None
    line = RepresentationChange.objects.create(
        meeting=meeting,
        order=meeting.representation_changes.count(),
        incoming=seat.name,
        outgoing=outgoing,
        organisation=seat.organisation_name,
    )
    trail.record("meetings.tell_change", meeting, by=by, board=seat.board, incoming=seat.name, outgoing=outgoing)
    return line
