"""A called meeting with three cases and its draft."""

from datetime import UTC, datetime

import pytest

from minutes.drafting import create_draft
from tests import factories
from tests.cast import board, cast, signed_in

__all__ = ["board", "cast", "signed_in"]

NOW = datetime(2026, 4, 20, 10, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def meeting(board):
    meeting = factories.make_meeting(board, place="Rådhuset")
    factories.make_row(meeting, "Faste saker", kind="section")
    factories.make_row(meeting, "Godkjenning av innkalling", item=1, type="Tilslutning")
    factories.make_row(meeting, "Pause", kind="break")
    factories.make_row(
        meeting,
        "Ny badeplass",
        item=2,
        type="Tilslutning",
        presenters_printed="Tor Inge Sandbakk, Sundby kommune",
        proposed_decision="<p>Rådet åpner badeplassen 1. juni.</p>",
    )
    factories.make_row(meeting, "Eventuelt", item=3, purpose="other-business")
    return meeting


@pytest.fixture
def minutes(meeting, cast):
    return create_draft(meeting, by=cast.secretary)


@pytest.fixture
def item(minutes):
    """The case about the new bathing place, without its taken-over decision."""
    item = minutes.items.get(label="2-41/26")
    item.blocks.all().delete()
    return item
