"""Who may change whom in the register that boards share."""

from boards.models import Board, Person
from boards.roles import may


def may_edit_person(user, person: Person) -> bool:
    """Whether every board where the person has a seat, or had one, is one whose people `user` may edit.

    So that nobody comes to read another board, or to get its mail, by way of the shared register. An administrator
    appoints secretaries everywhere, and so may edit everybody.
    """
    boards = Board.objects.filter(seats__person=person).distinct()
    return all(may(user, "boards.edit_people", board) or may(user, "boards.appoint", board) for board in boards)
