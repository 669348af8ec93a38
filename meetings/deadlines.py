"""A meeting's deadlines, counted in working days from its dates by the board's own numbers. Nothing here is stored.

What the law or a board's rules say about notice is the board's to set; the product proposes the days of `Board`.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from boardroom.lib.workdays import working_days_after, working_days_before
from boards.models import Board


@dataclass(frozen=True)
class Deadlines:
    """The days by which call, papers, draft, remarks and final minutes are due."""

    call: date
    papers: date
    draft: date
    review: date
    final: date


def deadlines(
    board: Board, first_day: date, last_day: date | None = None, *, sent: date | None = None, review: date | None = None
) -> Deadlines:
    """Of a meeting from `first_day` to `last_day`.

    `sent` is the day the draft did go out, and `review` the deadline the round of remarks has: the days after follow them.
    """
    draft = working_days_after(last_day or first_day, board.draft_days)
    answered = review or review_deadline(board, sent or draft)
    return Deadlines(
        call=working_days_before(first_day, board.call_days),
        papers=working_days_before(first_day, board.papers_days),
        draft=draft,
        review=answered,
        final=working_days_after(answered, board.final_days),
    )


def review_deadline(board: Board, sent: date) -> date:
    """The board's days after the draft was sent, moved to the next working day where that is none."""
    return working_days_after(sent + timedelta(days=board.review_days), 0)
