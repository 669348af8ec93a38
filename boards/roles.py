"""The one role table: which role may ever do which act (house.md 4, P36). Whether it may be done *now* is a guard's matter."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import BigAutoField, DateField
from django.utils import timezone
from django.utils.translation import gettext as _

from boardroom.lib.prepared import prepared
from boards.models import Board, Seat

READ_MEMBER = {
    "boards.read",
    "meetings.read",
    "meetings.answer_call",
    "minutes.read_draft",
    "minutes.remark",
    "minutes.answer_approval",
    "followups.read",
    "documents.read",
}
WRITE = {
    "boards.edit",
    "boards.edit_people",
    "cases.edit",
    "meetings.read_plan",
    "meetings.edit",
    "meetings.send_call",
    "meetings.take_attendance",
    "minutes.write",
    "minutes.send_for_review",
    "minutes.settle_remarks",
    "minutes.read_remarks",
    "minutes.finalise",
    "minutes.approve",
    "minutes.reopen",
    "minutes.correct",
    "followups.edit",
    "followups.close",
    "followups.report",
    "documents.publish",
    "documents.withdraw",
    "exchange.import",
    "exchange.export",
    "jobs.read",
    "jobs.run_again",
    "audit.read",
}
READ_EXEMPT = {"documents.read_exempt"}

ROLE_ACTS: dict[str, frozenset[str]] = {
    Seat.Role.SECRETARY: frozenset(READ_MEMBER | WRITE | READ_EXEMPT),
    Seat.Role.CHAIR: frozenset(READ_MEMBER | READ_EXEMPT | {"followups.report", "audit.read"}),
    Seat.Role.DEPUTY_CHAIR: frozenset(READ_MEMBER | READ_EXEMPT | {"followups.report"}),
    Seat.Role.MEMBER: frozenset(READ_MEMBER | READ_EXEMPT | {"followups.report"}),
    Seat.Role.DEPUTY: frozenset(READ_MEMBER),
    Seat.Role.OBSERVER: frozenset(READ_MEMBER - {"minutes.remark", "minutes.answer_approval"}),
    # No export: it holds everything, also what is exempt.
    Seat.Role.ARCHIVIST: frozenset({"boards.read", "meetings.read", "documents.read", "audit.read"}),
}
ADMINISTRATOR_ACTS = frozenset({"boards.read", "boards.create", "boards.appoint", "jobs.read", "jobs.run_again"})
ACTS: frozenset[str] = frozenset().union(*ROLE_ACTS.values(), ADMINISTRATOR_ACTS)


@prepared(user=BigAutoField(), day=DateField())
def _roles(user, day):
    return (
        Seat.objects.active_on(day)
        .filter(person__user=user)
        .order_by()
        .values_list("board_id", "role", "board__second_factor")
    )


def roles_of(user, board: Board, on: date | None = None) -> set[str]:
    """The roles `user` has on the board that day; read once a request and kept on the user object."""
    return _roles_by_board(user, on or timezone.localdate()).get(board.pk, set())


def two_steps_for(user) -> set[int]:
    """The boards that, by their own setting, ask the user to sign in in two steps."""
    _roles_by_board(user, timezone.localdate())
    return user.__dict__.get("_two_steps", set())


def keeps_a_board(user) -> bool:
    """Whether the user has a desk: writes for some board, or runs the installation."""
    roles = set().union(*_roles_by_board(user, timezone.localdate()).values())
    return user.is_superuser or any("minutes.write" in ROLE_ACTS[role] for role in roles)


def _roles_by_board(user, day: date) -> dict[int, set[str]]:
    if not user.is_authenticated or not user.is_active:
        return {}
    known = user.__dict__.setdefault("_roles", {})
    if day not in known:
        known[day] = {}
        for board_id, role, must in _roles(user=user.pk, day=day):
            known[day].setdefault(board_id, set()).add(role)
            if must == Board.SecondFactor.EVERYBODY or (must and role == Seat.Role.SECRETARY):
                user.__dict__.setdefault("_two_steps", set()).add(board_id)
    return known[day]


def acts_of(user, board: Board | None) -> frozenset[str]:
    """Every act the user may ever do on the board (None: on the installation)."""
    acts: Iterable[frozenset[str]] = [ROLE_ACTS[role] for role in roles_of(user, board)] if board else []
    extra = ADMINISTRATOR_ACTS if user.is_authenticated and user.is_superuser else frozenset()
    return frozenset().union(extra, *acts)


def may(user, act: str, board: Board | None) -> bool:
    """Whether the user's roles allow the act. KeyError for an act outside the vocabulary."""
    if act not in ACTS:
        raise KeyError(f"{act} is not in the vocabulary of boards.roles")
    return act in acts_of(user, board)


def require(user, act: str, board: Board | None) -> None:
    """Return, or raise PermissionDenied with a sentence (403: may be seen, not done)."""
    if not may(user, act, board):
        raise PermissionDenied(_("Your role on this board does not include this."))
