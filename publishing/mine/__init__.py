"""My page: what waits for one's own answer, one's next meetings, what was decided lately, and what one is to do."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from boards.models import Board
from boards.roles import roles_of
from minutes import approving, review
from publishing.mine.follow_ups import Promise, promises_of
from publishing.mine.lately import Issued, issued_lately
from publishing.mine.meetings import Ahead, meetings_ahead
from publishing.mine.waiting import Waiting, of_approval, of_call, of_draft, of_promise

SHOWN_MEETINGS, SHOWN_PROMISES = 5, 5


@dataclass
class MyPage:
    """Everything the page shows; `has_seat` is false for one who sits on no board."""

    has_seat: bool
    waiting: list[Waiting]
    meetings: list[Ahead]
    more_meetings: int
    lately: list[Issued]
    promises: list[Promise]
    more_promises: int

    @property
    def next_meeting(self) -> Ahead | None:
        return next((one for one in self.meetings if not one.is_off), None)


def my_page(user, at: datetime) -> MyPage:
    """Of all the user's boards, in the same number of queries for three meetings and for thirty."""
    today = timezone.localdate(at)
    boards = [board for board in Board.objects.visible_to(user, today) if roles_of(user, board, today)]
    meetings = meetings_ahead(user, at) if boards else []
    promises = promises_of(user, today) if boards else []
    return MyPage(
        bool(boards),
        _waiting(user, today, meetings, promises),
        meetings[:SHOWN_MEETINGS],
        max(len(meetings) - SHOWN_MEETINGS, 0),
        issued_lately(user, today) if boards else [],
        promises[:SHOWN_PROMISES],
        max(len(promises) - SHOWN_PROMISES, 0),
    )


def _waiting(user, today: date, meetings: list[Ahead], promises: list[Promise]) -> list[Waiting]:
    """What is past due first, then by its day."""
    found = [of_call(one, today) for one in meetings if one.waits]
    found += [of_draft(one, today) for one in review.waiting_for(user, today)]
    found += [of_approval(one, today) for one in approving.waiting_for(user, today)]
    found += [of_promise(one, today) for one in promises if one.is_pressing(today)]
    return sorted(found, key=lambda one: one.due or date.max)
