"""Who may read a case (P10, P12)."""

from boards.roles import may
from cases.models import Case


def may_read_plan(user, board) -> bool:
    """Whether cases that no meeting was called to treat are shown: to those who plan meetings."""
    return may(user, "meetings.read_plan", board)


def may_read_text(user, case: Case, board) -> bool:
    return not case.is_shielded or may(user, "documents.read_exempt", board)


def shown_title(user, case: Case, board) -> str:
    """The title for this reader; the public title, or `*****`, where the real one is shielded."""
    return case.title if may_read_text(user, case, board) else case.public_title or "*****"
