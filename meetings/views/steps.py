"""The one act that comes next on the page of a meeting. How far it has come is shown by publishing's step line."""

from dataclasses import dataclass

from django.db.models import BigAutoField
from django.utils import timezone
from django.utils.translation import gettext as _

from boardroom.lib.prepared import prepared
from boards.models import Board
from boards.roles import may
from boards.views.gate import address
from meetings import running
from meetings.models import Meeting
from minutes.models import Minutes

State = Meeting.State


@dataclass(frozen=True)
class Act:
    """A button: its word, its address, and whether it only opens a page."""

    word: str
    url: str
    is_page: bool = False


def minutes_of(meeting: Meeting) -> Minutes | None:
    return next(iter(_minutes(meeting=meeting.pk)), None)


@prepared(meeting=BigAutoField())
def _minutes(meeting):
    return Minutes.objects.filter(meeting=meeting)


def next_act(user, meeting: Meeting, minutes: Minutes | None) -> Act | None:
    """What this user would do next with the meeting; None where it is someone else's turn, or all is done."""
    board = meeting.board
    if meeting.state == State.TENTATIVE and may(user, "meetings.edit", board):
        return _act(_("Confirm the meeting"), "meetings:plan", meeting)
    if meeting.state == State.PLANNED and may(user, "meetings.send_call", board):
        return _act(_("Send the call"), "publishing:send-call", meeting, is_page=True)
    if meeting.state == State.CALLED and may(user, "meetings.take_attendance", board):
        if not running.obstacles(meeting, timezone.now()):
            return _act(_("Start the meeting"), "followups:start-meeting", meeting)
        if meeting.started_at:
            return _act(_("Open the live minutes"), "minutes:minutes", meeting, is_page=True)
        return _act(_("Take attendance"), "meetings:attendance", meeting, is_page=True)
    if meeting.state in {State.HELD, State.CLOSED} and may(user, "minutes.write", board):
        return _act_on_minutes(meeting, minutes, board)
    return None


def _act_on_minutes(meeting: Meeting, minutes: Minutes | None, board: Board) -> Act | None:
    if minutes and minutes.state == Minutes.State.IN_REVIEW:
        return _act(_("Settle the remarks"), "minutes:remarks", meeting, is_page=True)
    if minutes is None or minutes.state == Minutes.State.DRAFT:
        return _act(_("Write the minutes"), "minutes:minutes", meeting, is_page=True)
    if minutes.state == Minutes.State.FINAL or not minutes.published_on:
        return _act(_("Documents and publishing"), "publishing:documents", meeting, is_page=True)
    return None


def _act(word: str, name: str, meeting: Meeting, *, is_page: bool = False) -> Act | None:
    url = address(name, meeting.board.slug, meeting.slug)
    return Act(word, url, is_page) if url else None
