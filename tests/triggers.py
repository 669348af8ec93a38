"""Emptying sealed tables between tests that really commit.

PostgreSQL empties by TRUNCATE, which the row triggers let pass. SQLite knows only DELETE, so there the triggers that
refuse it are taken away for the moment of the flush and put back as they were.
"""

from contextlib import ExitStack, contextmanager

from django.db import connections
from django.test import TransactionTestCase


@contextmanager
def lifted(connection):
    """Within the block no trigger of this SQLite database refuses anything; afterwards all do again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE(%'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for _, sql in triggers:
                cursor.execute(sql)


def lift_for_the_flush() -> None:
    """From now on the flush after a transactional test goes through."""
    flush = TransactionTestCase._fixture_teardown
    if getattr(flush, "lifts_triggers", False):
        return

    def teardown(self):
        with ExitStack() as stack:
            for alias in self._databases_names(include_mirrors=False):
                if connections[alias].vendor == "sqlite":
                    stack.enter_context(lifted(connections[alias]))
            flush(self)

    teardown.lifts_triggers = True
    TransactionTestCase._fixture_teardown = teardown
