from tests.cast import board, cast, signed_in
from tests.jobs.conftest import installation, migrated

__all__ = ["board", "cast", "installation", "migrated", "signed_in"]
