"""What changed in the register reaches the public tracker by a job of publishing (docs/decisions/0012)."""

from jobs.models import Job
from jobs.queue import enqueue


def tell_public(board: int) -> Job:
    """The public rows of the board's follow-ups will be made anew once the caller's transaction is committed."""
    return enqueue("track", f"track:{board}", {"board": board}, again=True, board=board)
