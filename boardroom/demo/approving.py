"""A board of the demonstration that approves its minutes by circulation."""

from datetime import datetime, timedelta

from boards.models import Board
from minutes import approving as asking
from minutes.models import Minutes
from publishing import approving, issuing

CIRCULATION = Board.Approval.CIRCULATION


def circulate(minutes: Minutes, names: list[str], *, by, at: datetime) -> None:
    """Everybody with a vote is asked to approve the final minutes, and those named have done so the hours after."""
    board, day = minutes.meeting.board, at.date()
    persons = asking.candidates(minutes, CIRCULATION, day)
    deadline = day + timedelta(days=board.approval_days)
    approving.ask(minutes, CIRCULATION, persons, deadline=deadline, by=by, at=at)
    asked = {one.person.name: one.person for one in asking.standing(minutes)}
    for hours, name in enumerate(names or asked, start=1):
        said = {"person": asked[name], "shown": issuing.shown_version(minutes), "at": at + timedelta(hours=hours)}
        approving.answer(minutes, "approved", by=asked[name].user, **said)
