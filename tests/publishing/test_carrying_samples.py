"""What goes on from the real minutes of meeting 39 to meeting 40 (G39-14)."""

from datetime import UTC, date, datetime

import pytest

from boards.models import Board
from followups.carrying.carry import carry
from followups.models import FollowUp
from followups.status import change_status
from meetings.planning import create_next_meeting
from publishing.exchange.importing import import_record
from tests import factories
from tests.publishing.records import sample

pytestmark = pytest.mark.django_db
AT = datetime(2023, 5, 2, 6, 0, tzinfo=UTC)


def carried_to_40(board: Board, by) -> list[str]:
    """The sources that stand in meeting 40, in its order."""
    create_next_meeting(board, date(2023, 6, 15), by=by, number="40/2023")
    plan = carry(board, at=AT)
    return [entry.source for entry in [*plan.carried, *plan.already]]


@pytest.fixture
def board():
    import_record(sample("produktstyret-39-2023"))
    return Board.objects.get()


def test_g39_14_what_is_open_goes_on_and_what_is_done_does_not(board):
    sources = carried_to_40(board, factories.make_user("sekretar"))

    assert sorted(sources) == sorted(["11-36/22", "4-38/23", "6-38/23", *["3-39/23"] * 3, "6-39/23"])
    done = FollowUp.objects.filter(board=board, state="done")
    assert [one.source_normal for one in done] == ["7-39/23"]


def test_g39_14_what_the_board_closed_stays_behind(board):
    by = factories.make_user("sekretar")
    told = FollowUp.objects.get(source_normal="11-36/22")
    change_status(told, "done", text="Se e-post.", by=by, on=date(2023, 4, 25), at=AT)

    assert "11-36/22" not in carried_to_40(board, by)
