"""The annual plan of a story's board for the year after this one."""

from datetime import date

from accounts.models import User
from boardroom.demo.story import Clock
from boards.models import Board
from meetings import annual_plan
from meetings.models import Meeting


def plan_year(board: Board, story: dict, clock: Clock, by: User) -> None:
    """The story's topics stand in their months, and at the meetings that have a date already."""
    for one in story.get("plan", []):
        month = date(clock.today.year + 1, one["month"], 1)
        fields = {"note": one.get("note", ""), "type": one.get("type", ""), "is_yearly": one.get("yearly", False)}
        annual_plan.add_topic(board, by=by, title=one["title"], month=month, **fields)
    waiting = board.meetings.filter(state__in=[Meeting.State.TENTATIVE, Meeting.State.PLANNED])
    for meeting in waiting.order_by("first_day"):
        meeting.board = board
        annual_plan.seat_topics(meeting)
