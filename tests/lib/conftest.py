import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english():
    """The sentences are compared as they are written in the code."""
    with translation.override("en"):
        yield
