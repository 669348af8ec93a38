"""Who may read, write and remark on minutes: the roles of boards.roles read for this app's objects (P36, R94)."""

from datetime import date

from django.db.models import Q, QuerySet

from boards.models import Seat
from boards.roles import ROLE_ACTS, may
from meetings.rules import takes_part
from meetings.standing_in import meetings_as_deputy
from minutes.models.minutes import Minutes

ISSUED = (Minutes.State.FINAL, Minutes.State.APPROVED)


def roles_with(act: str) -> list[str]:
    """The roles that include the act."""
    return [role for role, acts in ROLE_ACTS.items() if act in acts]


def readable(minutes: QuerySet, user, on: date) -> QuerySet:
    """Those of `minutes` the user may know of: a draft for who writes it, one sent for remarks for the board's
    members and observers too, for a deputy who was called, an issued one for every seat (R94, R108, P36). A user without
    a seat sees none."""
    if not user.is_authenticated or not user.is_active:
        return minutes.none()
    seats = Seat.objects.active_on(on).filter(person__user=user)

    def boards_with(act: str) -> QuerySet:
        return seats.filter(role__in=roles_with(act)).values("board")

    reads_drafts = seats.filter(role__in=roles_with("minutes.read_draft"))
    every_meeting = reads_drafts.exclude(role=Seat.Role.DEPUTY).values("board")
    own_meetings = Q(meeting__board__in=reads_drafts.values("board"), meeting__in=meetings_as_deputy(user))
    return minutes.filter(
        Q(meeting__board__in=boards_with("minutes.write"))
        | (Q(meeting__board__in=every_meeting) | own_meetings) & Q(state=Minutes.State.IN_REVIEW)
        | Q(meeting__board__in=boards_with("documents.read"), state__in=ISSUED)
    )


def may_read(user, minutes: Minutes) -> bool:
    """As `readable`, for one object, without a query where the roles are known."""
    board = minutes.meeting.board
    if may(user, "minutes.write", board):
        return True
    if minutes.state == Minutes.State.IN_REVIEW:
        return may(user, "minutes.read_draft", board) and takes_part(user, minutes.meeting)
    return minutes.state in ISSUED and may(user, "documents.read", board)
