"""Who a call goes to (P36, P39)."""

from datetime import date

from boards.models import Person, Seat
from meetings.models import Meeting

CALLED_ROLES = (Seat.Role.CHAIR, Seat.Role.DEPUTY_CHAIR, Seat.Role.MEMBER, Seat.Role.OBSERVER, Seat.Role.SECRETARY)


def recipients_of(meeting: Meeting, on: date) -> list[Person]:
    """Who a call goes to: everybody with a seat that day, deputies only when they stand in for somebody (P36)."""
    seats = Seat.objects.active_on(on).filter(board=meeting.board, person__isnull=False, role__in=CALLED_ROLES)
    persons = {seat.person_id: seat.person for seat in seats.select_related("person")}
    stand_ins = meeting.attendance.filter(person__isnull=False, role="deputy").exclude(stands_in_for="")
    for row in stand_ins.select_related("person"):
        persons.setdefault(row.person_id, row.person)
    return list(persons.values())
