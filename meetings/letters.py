"""What meetings has to do with mail: who is called as a deputy is on the board until the meeting is over."""

from datetime import date

from boards.models import Board, Person
from mail.rules import also_sits
from meetings import answer_letters  # noqa: F401  (its letters are known from here)
from meetings.models import Attendance


@also_sits
def is_called(person: Person, board: Board, day: date) -> bool:
    """Whether the person stands among those called to a meeting of the board that day or later."""
    return Attendance.objects.filter(person=person, meeting__board=board, meeting__first_day__gte=day).exists()
