"""A meeting that is ready to be called, and the acts that bring it as far as a test needs."""

from datetime import UTC, datetime, timedelta

import pytest

from followups.drafting import start_minutes
from jobs.status import drain
from meetings import workflow as meeting_workflow
from meetings.models import Meeting
from minutes.models import Minutes
from publishing import calling, issuing
from publishing.models import Document
from tests import factories
from tests.cast import board, cast, signed_in

__all__ = ["board", "cast", "signed_in"]

NOW = datetime(2026, 4, 10, 10, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    """Stored files of one test are not those of another."""
    settings.BOARDROOM_DATA = tmp_path
    return tmp_path


@pytest.fixture
def meeting(board, cast) -> Meeting:
    """Planned, with a place and three cases."""
    meeting = factories.make_meeting(board, place="Rådhuset")
    titles = ["Godkjenning av innkalling og dagsorden", "Ny badeplass ved Sundbytjern", "Eventuelt"]
    for title in titles:
        factories.make_row(meeting, title, type="Tilslutning", minutes=10, presenters_printed="Tor Inge Sandbakk")
    return meeting


class Cycle:
    """Takes a meeting through its life, each step by the product's own act."""

    def __init__(self, by):
        self.by = by

    def call(self, meeting: Meeting, at: datetime = NOW) -> Meeting:
        calling.send_call(meeting, by=self.by, at=at)
        return meeting

    def hold(self, meeting: Meeting) -> Minutes:
        """Held, with everybody present, a text and a decision in every case."""
        meeting_workflow.hold(meeting, by=self.by)
        for seat in meeting.board.seats.filter(person__isnull=False):
            factories.make_attendance(meeting, seat.person, seat=seat, role=seat.role, group="Til stede")
        minutes = start_minutes(meeting, self.by)
        for item in minutes.items.filter(row__kind="case"):
            item.blocks.all().delete()
            factories.make_block(item, "<p>Rådet drøftet saken.</p>")
            factories.make_decision(item)
        return minutes

    def finalise(self, meeting: Meeting, at: datetime | None = None) -> Minutes:
        self.call(meeting)
        minutes = self.hold(meeting)
        issuing.finalise(minutes, by=self.by, at=at or NOW + timedelta(days=15))
        return minutes


@pytest.fixture
def cycle(cast) -> Cycle:
    return Cycle(cast.secretary)


@pytest.fixture
def final(meeting, cycle) -> Minutes:
    """Final minutes of the meeting."""
    return cycle.finalise(meeting)


@pytest.fixture
def document(final) -> Document:
    """The frozen version of the final minutes."""
    return Document.objects.get(meeting=final.meeting, kind="minutes", stage="final")


@pytest.fixture
def work():
    """A function that does every job that waits."""
    return drain
