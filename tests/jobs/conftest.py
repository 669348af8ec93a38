"""The installation that the tests of this folder start and kill processes on."""

import os
import secrets

import psycopg
import pytest

from reliability.installation import Installation, empty


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """The address of a migrated database of the kind that DATABASE_URL names, gone after the tests."""
    folder = tmp_path_factory.mktemp("installation")
    named = os.environ.get("DATABASE_URL", "")
    if not named.startswith("postgres"):
        built = Installation(f"sqlite:///{folder}/jobs.sqlite3", folder)
        assert built.run("migrate", "--verbosity=0") == 0
        yield built.url
        return
    name = f"boardroom_probe_{secrets.token_hex(4)}"
    with psycopg.connect(named.rpartition("/")[0] + "/postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        built = Installation(f"{named.rpartition('/')[0]}/{name}", folder)
        try:
            assert built.run("migrate", "--verbosity=0") == 0
            yield built.url
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def installation(migrated, tmp_path):
    place = Installation(migrated, tmp_path)
    yield place
    place.stop()
    empty(place)
