"""The queue of cases that wait for a meeting, and the facts of a case."""

from django.db import transaction

from audit import trail
from boards.models import Board
from cases.models import Case


@transaction.atomic
def create_case(board: Board, *, by, **fields) -> Case:
    """A case waits for a meeting."""
    case = Case.objects.create(board=board, is_waiting=True, **fields)
    trail.record("cases.create", case, by=by, board=board, title=case.title)
    return case


@transaction.atomic
def change_case(case: Case, *, by, **fields) -> None:
    """The case has these values; agendas that have it keep their own text (R35)."""
    changed = {name: value for name, value in fields.items() if getattr(case, name) != value}
    if not changed:
        return
    Case.objects.filter(pk=case.pk).update(**changed)
    case.refresh_from_db()
    trail.record("cases.edit", case, by=by, board=case.board, changed=sorted(changed))


@transaction.atomic
def set_waiting(case: Case, is_waiting: bool, *, by) -> None:
    """The case stands in the queue, or has left it."""
    Case.objects.filter(pk=case.pk).update(is_waiting=is_waiting)
    case.is_waiting = is_waiting
    trail.record("cases.queue" if is_waiting else "cases.leave_queue", case, by=by, board=case.board)
