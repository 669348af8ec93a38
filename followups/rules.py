"""Who may know of which follow-up, and who may report on it (P10, P36, house.md 4: the owner reports, the board closes)."""

from datetime import date

from django.db.models import Q, QuerySet

from boards.models import Person, Seat
from boards.roles import may
from followups.models import Action, FollowUp, Status
from minutes.register import SHIELDED
from minutes.rules import roles_with

REPORTED = frozenset({Status.IN_PROGRESS, Status.WAITING, Status.REPORTED_DONE})


def readable(user, on: date) -> QuerySet[FollowUp]:
    """Promised follow-ups of the boards where the user may read them; those of shielded cases only with the right to them."""
    if not user.is_authenticated or not user.is_active:
        return FollowUp.objects.none()
    seats = Seat.objects.active_on(on).filter(person__user=user)
    boards = seats.filter(role__in=roles_with("followups.read")).values("board")
    sees_all = seats.filter(role__in=roles_with("documents.read_exempt")).values("board")
    shielded = (
        Q(source_row__access_level__in=SHIELDED)
        | Q(source_row__is_closed=True)
        | Q(source_block__access_level__in=SHIELDED)
    )
    return FollowUp.objects.promised().filter(board__in=boards).filter(Q(board__in=sees_all) | ~shielded)


def shield_of(follow_up: FollowUp | None) -> dict[str, str]:
    """Access level and legal basis that a follow-up takes with it from the case it was made in (P10); {} where that is open."""
    for source in (follow_up.source_block, follow_up.source_row) if follow_up else ():
        if source is not None and source.is_shielded:
            return {"access_level": source.access_level, "access_basis": source.access_basis}
    row = follow_up.source_row if follow_up else None
    if row is not None and row.is_closed:
        return {"access_level": row.Level.EXEMPT, "access_basis": row.closed_basis}
    return {}


def is_shielded(follow_up: FollowUp) -> bool:
    """Whether the case it was made in, in the meeting or in the register of cases, is kept from anybody."""
    row = follow_up.source_row
    return bool(shield_of(follow_up) or (row and row.case and row.case.is_shielded))


def may_change_to(user, follow_up: FollowUp) -> frozenset[str]:
    """The states the user may ever give it: the secretary all, who answers for it what is reported, others none."""
    if may(user, "followups.close", follow_up.board):
        return frozenset(Status.values)
    if may(user, "followups.report", follow_up.board) and answers_for(user, follow_up):
        return REPORTED
    return frozenset()


def answers_for(user, follow_up: FollowUp) -> bool:
    """Whether one of the actions is the user's or the user's organisation's. Two queries."""
    seats = Seat.objects.filter(person__user=user, board=follow_up.board).values_list("organisation", "person")
    organisations, persons = {seat[0] for seat in seats}, {seat[1] for seat in seats}
    owned = Q(owners__person__in=persons) | Q(owners__organisation__in=organisations - {None})
    return follow_up.actions.filter(owned).exists()


def owned_by(person: Person, follow_up: FollowUp, on: date) -> QuerySet[Action]:
    """The actions the person answers for that day: by name, or for an organisation they have a seat for on the board."""
    seats = Seat.objects.active_on(on).filter(person=person, board=follow_up.board_id).exclude(organisation=None)
    mine = Q(owners__person=person) | Q(owners__organisation__in=seats.values("organisation"))
    return follow_up.actions.filter(pk__in=Action.objects.filter(mine).values("pk"))
