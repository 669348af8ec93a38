"""Who can be written to about an action: those who answer for it and still sit on the board (reliability.md A8, B22)."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from boards.models import Seat
from followups.models import Action
from minutes.rules import roles_with


class Reachable:
    """The persons of some boards on a day, read in one query whatever their number.

    Persons who are named come first; where none of them sits there any more, those who sit for the organisation that is
    named. For "the members", or a name the register does not know, there is nobody: the secretary is told.
    """

    def __init__(self, boards: Collection[int], day: date):
        self._seated: set[tuple[int, int]] = set()
        self._sits_for: dict[tuple[int, int], list[int]] = defaultdict(list)
        self._secretaries: dict[int, list[int]] = defaultdict(list)
        answering = roles_with("followups.report")
        seats = Seat.objects.active_on(day).filter(board__in=boards, person__isnull=False).order_by("pk")
        for board, person, organisation, role in seats.values_list("board", "person", "organisation", "role"):
            self._seated.add((board, person))
            if role == Seat.Role.SECRETARY:
                self._secretaries[board].append(person)
            elif organisation and role in answering:
                self._sits_for[board, organisation].append(person)

    def persons(self, action: Action) -> list[int]:
        """Their numbers, each once; the action comes with its follow-up and owners."""
        board = action.follow_up.board_id
        owners = list(action.owners.all())
        named = [one.person_id for one in owners if (board, one.person_id) in self._seated]
        sitting = [person for one in owners for person in self._sits_for.get((board, one.organisation_id), [])]
        return list(dict.fromkeys(named or sitting))

    def secretaries(self, board: int) -> list[int]:
        return list(dict.fromkeys(self._secretaries[board]))
