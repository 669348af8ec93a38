"""Who may ever read or do what with a meeting; whether it may be done now is said by workflow.py and agenda.py."""

from boards.models import Board, Seat
from boards.roles import may, roles_of
from meetings.models import AgendaRow, Meeting, Paper
from meetings.standing_in import called_to

# A meeting in one of these has been called, so its members know what it is about.
CALLED = frozenset({Meeting.State.CALLED, Meeting.State.HELD, Meeting.State.CLOSED})
OPEN = frozenset({Meeting.State.TENTATIVE, Meeting.State.PLANNED, Meeting.State.CALLED, Meeting.State.HELD})


def has_been_called(meeting: Meeting) -> bool:
    return meeting.call_is_sent or meeting.state in CALLED


def is_only_deputy(user, board: Board) -> bool:
    return roles_of(user, board) == {Seat.Role.DEPUTY}


def takes_part(user, meeting: Meeting) -> bool:
    """Whether the meeting's papers are for one with the user's seats: a deputy's only when called to it (P36)."""
    return not is_only_deputy(user, meeting.board) or meeting.pk in called_to(user)


def may_read_agenda(user, meeting: Meeting) -> bool:
    """The secretary always; everybody else of the board once the call was sent, a deputy who was called (P36)."""
    if may(user, "meetings.read_plan", meeting.board):
        return True
    return has_been_called(meeting) and may(user, "meetings.read", meeting.board) and takes_part(user, meeting)


def may_edit_agenda(user, meeting: Meeting) -> bool:
    return meeting.state in OPEN and may(user, "meetings.edit", meeting.board)


def may_read_exempt(user, board: Board, meeting: int) -> bool:
    """Whether what is exempt in the meeting of this key is for the user: by a seat, or as the deputy called to it.

    A deputy who was called comes in a member's place, and reads for that meeting what the member would (P36).
    """
    if may(user, "documents.read_exempt", board):
        return True
    return Seat.Role.DEPUTY in roles_of(user, board) and meeting in called_to(user)


def may_read_text(user, row: AgendaRow, board: Board) -> bool:
    """Whether a row's own text may be shown: shielded text needs the right to exempt text (P10)."""
    return not row.is_shielded or may_read_exempt(user, board, row.meeting_id)


def may_read_paper(user, paper: Paper) -> bool:
    """Computed from the paper itself, its row and its meeting, each time it is asked for (R103, P36)."""
    if not may_read_agenda(user, paper.meeting):
        return False
    if paper.replaced_by_id and not may(user, "meetings.read_plan", paper.meeting.board):
        return False  # what it was replaced by may be more shielded, or was never meant to be read
    shielded = [thing for thing in (paper, paper.row) if thing is not None and thing.is_shielded]
    closed = paper.row is not None and paper.row.is_closed
    return not (shielded or closed) or may_read_exempt(user, paper.meeting.board, paper.meeting_id)


def shown_title(user, row: AgendaRow, board) -> str:
    """The row's title for this reader; the public title, or `*****`, where the real one is shielded (P12)."""
    if may_read_text(user, row, board):
        return row.title
    return row.public_title or "*****"
