"""The fixed cast, a secretary and a meeting with the standing items, and sentences in the language of the code."""

from datetime import date

import pytest
from django.utils import translation

from meetings import planning
from tests import factories
from tests.cast import board, cast, signed_in

__all__ = ["board", "cast", "signed_in"]


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def client(cast, signed_in):
    return signed_in(cast.secretary)


@pytest.fixture
def meeting(cast):
    factories.add_standing_items(cast.board)
    return planning.create_next_meeting(cast.board, date(2026, 4, 20), by=cast.secretary)
