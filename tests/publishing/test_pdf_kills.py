"""A PDF whose worker is really killed is made all the same, whole and once (reliability.md 3.4, F4)."""

import hashlib
import os
import signal
from pathlib import Path

import pytest

from reliability.installation import Installation

POINTS = ["before_render", "after_render", "temp_written", "renamed", "before_row", "after_row"]


class Printer(Installation):
    """The whole product on a database of its own."""

    def __init__(self, url: str, folder: Path):
        super().__init__(url, folder)
        self.env |= {"DJANGO_SETTINGS_MODULE": "boardroom.settings", "BOARDROOM_DATA": str(folder)}

    def outcome(self, *words: str, program=("manage.py",), **env: str) -> int:
        process = self.start(*words, program=program, **env)
        output, _ = process.communicate(timeout=240)
        assert process.returncode <= 0, output
        return process.returncode

    def stored(self) -> list[Path]:
        return sorted(
            path for path in (self.folder / "documents").rglob("*") if path.is_file() and len(path.name) == 64
        )


@pytest.fixture(scope="module")
def printer(tmp_path_factory):
    folder = tmp_path_factory.mktemp("printer")
    place = Printer(f"sqlite:///{folder}/printer.sqlite3", folder)
    assert place.outcome("migrate", "--verbosity=0") == 0
    yield place
    place.stop()


@pytest.mark.skipif(os.environ.get("DATABASE_URL", "").startswith("postgres"), reason="the same on every database")
@pytest.mark.parametrize("point", POINTS)
def test_a_killed_worker_loses_no_pdf_and_makes_none_twice(printer, point):
    printer.outcome(program=("-m", "tests.publishing.story"))
    assert printer.outcome("runjobs", "--once", BOARDROOM_CRASH_AT=point) == -signal.SIGKILL
    assert printer.outcome("runjobs", "--until-empty") == 0

    hashes = {sha for (sha,) in printer.query("SELECT pdf_sha256 FROM publishing_document")}
    assert "" not in hashes
    assert {path.name for path in printer.stored()} == hashes
    assert {hashlib.sha256(path.read_bytes()).hexdigest() for path in printer.stored()} == hashes
    assert printer.query("SELECT COUNT(*) FROM jobs_job WHERE state <> 'done'") == [(0,)]
