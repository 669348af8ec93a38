"""The steps of a meeting from agenda to publication, and the one act that comes next."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from boards.models import Board
from boards.roles import may
from boards.views.gate import address
from meetings.models import Meeting
from minutes.models import Minutes

State = Meeting.State


@dataclass(frozen=True)
class Step:
    """One step: its word, whether it is done, and whether we are there."""

    word: str
    is_done: bool
    is_here: bool


@dataclass(frozen=True)
class Act:
    """A button: its word, its address, and whether it only opens a page."""

    word: str
    url: str
    is_page: bool = False


def minutes_of(meeting: Meeting) -> Minutes | None:
    return Minutes.objects.filter(meeting=meeting).first()


def steps(meeting: Meeting, minutes: Minutes | None) -> list[Step]:
    """The line of steps; the first that is not done is where we are."""
    called = meeting.call_is_sent or meeting.state in {State.CALLED, State.HELD, State.CLOSED}
    held = meeting.state in {State.HELD, State.CLOSED}
    order = [Minutes.State.DRAFT, Minutes.State.IN_REVIEW, Minutes.State.FINAL, Minutes.State.APPROVED]
    reached = order.index(minutes.state) if minutes else -1
    done = [
        (_("Agenda"), called),
        (_("Call"), called),
        (_("Meeting"), held),
        (_("Minutes"), reached >= 1),
        (_("Remarks"), reached >= 2),
        (_("Final"), reached >= 2),
        (_("Approved"), reached >= 3),
        (_("Published"), bool(minutes and minutes.published_on)),
    ]
    here = next((place for place, (_word, is_done) in enumerate(done) if not is_done), len(done))
    return [Step(word, is_done, place == here) for place, (word, is_done) in enumerate(done)]


def next_act(user, meeting: Meeting, minutes: Minutes | None) -> Act | None:
    """What this user would do next with the meeting; None where it is someone else's turn, or all is done."""
    board = meeting.board
    if meeting.state == State.TENTATIVE and may(user, "meetings.edit", board):
        return _act(_("Confirm the meeting"), "meetings:plan", meeting)
    if meeting.state == State.PLANNED and may(user, "meetings.send_call", board):
        return _act(_("Send the call"), "publishing:send-call", meeting, is_page=True)
    if meeting.state == State.CALLED and may(user, "meetings.take_attendance", board):
        return _act(_("Take attendance"), "meetings:attendance", meeting, is_page=True)
    if meeting.state in {State.HELD, State.CLOSED} and may(user, "minutes.write", board):
        return _act_on_minutes(meeting, minutes, board)
    return None


def _act_on_minutes(meeting: Meeting, minutes: Minutes | None, board: Board) -> Act | None:
    if minutes is None or minutes.state in {Minutes.State.DRAFT, Minutes.State.IN_REVIEW}:
        return _act(_("Write the minutes"), "minutes:minutes", meeting, is_page=True)
    if minutes.state == Minutes.State.FINAL or not minutes.published_on:
        return _act(_("Documents and publishing"), "publishing:documents", meeting, is_page=True)
    return None


def _act(word: str, name: str, meeting: Meeting, *, is_page: bool = False) -> Act | None:
    url = address(name, meeting.board.slug, meeting.slug)
    return Act(word, url, is_page) if url else None
