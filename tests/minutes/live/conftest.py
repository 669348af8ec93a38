"""A meeting of today with three cases and a break, before its start and going on."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from followups.drafting import start_meeting
from tests import factories


@pytest.fixture
def meeting(board):
    """A meeting today with two cases, a break and a third, all timed."""
    meeting = factories.make_meeting(board, timezone.localdate(), place="Rådhuset", state="called")
    factories.make_row(meeting, "Faste saker", kind="section")
    for item, (start, end) in enumerate([((12, 0), (12, 10)), ((12, 10), (12, 40))], 1):
        factories.make_row(
            meeting, f"Sak {item}", item=item, start=time(*start), end=time(*end), minutes=10 if item == 1 else 30
        )
    factories.make_row(meeting, "Pause", kind="break", minutes=10, start=time(12, 40), end=time(12, 50))
    factories.make_row(meeting, "Sak 3", item=3, minutes=20, start=time(12, 50), end=time(13, 10))
    return meeting


@pytest.fixture
def address(meeting):
    return f"/boards/{meeting.board.slug}/meetings/{meeting.slug}/minutes/"


@pytest.fixture
def secretary(cast, signed_in):
    return signed_in(cast.secretary)


@pytest.fixture
def going_on(meeting, cast):
    """The meeting has started; its minutes."""
    return start_meeting(meeting, cast.secretary, at=timezone.now() - timedelta(minutes=30))


@pytest.fixture
def cases(going_on):
    return list(going_on.items.filter(section=""))


@pytest.fixture
def pause(going_on):
    return going_on.items.get(section="Pause")


@pytest.fixture
def member(going_on, cast):
    return going_on.meeting.attendance.get(person=cast.member.person)
