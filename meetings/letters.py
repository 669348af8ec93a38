"""What meetings has to do with mail: who was asked in as a deputy is on the board until the meeting is over."""

from datetime import date

from boards.models import Board, Person, Seat
from mail.rules import also_sits
from meetings import answer_letters  # noqa: F401  (its letters are known from here)
from meetings.models import Attendance


@also_sits
def is_called(person: Person, board: Board, day: date) -> bool:
    """Whether the person, without a seat, stands in for a member at a meeting of the board that day or later.

    Nobody whose seat has ended: they have left, and their row on a list that was made before says nothing (A8, B22).
    """
    if Seat.objects.filter(person=person, board=board).exists():
        return False
    listed = Attendance.objects.filter(person=person, meeting__board=board, meeting__first_day__gte=day)
    return listed.filter(role=Attendance.Role.DEPUTY).exclude(stands_in_for="").exists()
