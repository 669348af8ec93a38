"""The fixed cast, for every test here."""

from tests.cast import board, cast, signed_in  # noqa: F401
