"""Who a board's letters may still go to, judged at the moment of sending (reliability.md A8, B22)."""

from collections.abc import Callable
from datetime import date, datetime

from django.utils import timezone

from boards.models import Board, Person, Seat

Ground = Callable[[Person, Board, date], bool]
_grounds: list[Ground] = []


def also_sits(ground: Ground) -> Ground:
    """Register another ground than a seat: `ground(person, board, day)`, such as being called as a deputy."""
    if ground.__qualname__ not in {known.__qualname__ for known in _grounds}:
        _grounds.append(ground)
    return ground


def still_sits(person: Person, board: Board, at: datetime) -> bool:
    """Whether the person has a seat on the board that day, or is called to one of its meetings from that day on."""
    day = timezone.localdate(at)
    if Seat.objects.active_on(day).filter(board=board, person=person).exists():
        return True
    return any(ground(person, board, day) for ground in _grounds)
