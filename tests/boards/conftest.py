"""The fixed cast, for every test here, and sentences in the language of the code."""

import pytest
from django.utils import translation

from tests.cast import board, cast, signed_in

__all__ = ["board", "cast", "signed_in"]


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield
