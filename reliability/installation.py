"""An installation of its own, whose real processes are started, frozen and killed."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[1]


class Installation:
    """A migrated database that processes share; who tests looks into it by plain SQL. pytest shows what is printed."""

    def __init__(self, url: str, folder: Path):
        self.url, self.folder, self.started = url, folder, []
        self.env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.jobs.probe.settings",
            "DATABASE_URL": url,
            "BOARDROOM_DATA": str(folder),
            "BOARDROOM_TEST_HOOKS": "1",
            "JOB_LEASE_SECONDS": "1",
            "DEMO": "on",
            "REDIS_URL": "",
            "PYTHONPATH": str(ROOT),
        }

    def start(self, *words: str, program=("manage.py",), **env: str) -> subprocess.Popen:
        process = self.spawn(words, program, env, subprocess.PIPE)
        self.started.append(process)
        return process

    def spawn(self, words, program, env: dict[str, str], output) -> subprocess.Popen:
        words = [sys.executable, *program, *words]
        told = {"stdout": output, "stderr": subprocess.STDOUT, "text": True, "start_new_session": True}
        return subprocess.Popen(words, cwd=ROOT, env=self.env | env, **told)

    def run(self, *words: str, **env: str) -> int:
        """The command has ended; its exit status, negative for the signal that killed it."""
        return ended(self.start(*words, **env))

    def query(self, sql: str) -> list[tuple]:
        if self.url.startswith("sqlite"):
            with sqlite3.connect(self.url.removeprefix("sqlite:///"), timeout=20) as connection:
                return connection.execute(sql).fetchall()
        with psycopg.connect(self.url) as connection:
            return connection.execute(sql).fetchall()

    def effects(self) -> dict[str, tuple[int, int]]:
        """For each key: how often the act stands in the trail, and how often the work does."""
        rows = self.query(
            "SELECT j.key, SUM(CASE e.act WHEN 'probe.act' THEN 1 ELSE 0 END), "
            "SUM(CASE e.act WHEN 'probe.done' THEN 1 ELSE 0 END) "
            "FROM jobs_job j LEFT JOIN audit_entry e ON e.object_id = CAST(j.id AS varchar(20)) GROUP BY j.key"
        )
        return {key: (acts, works) for key, acts, works in rows}

    def states(self) -> dict[str, str]:
        return dict(self.query("SELECT key, state FROM jobs_job"))

    def stop(self) -> None:
        for process in self.started:
            if process.poll() is None:
                process.send_signal(signal.SIGCONT)
                process.kill()
            output, _ = process.communicate()
            print(process.args, process.returncode, output)
        self.started = []


def ended(process: subprocess.Popen) -> int:
    output, _ = process.communicate(timeout=30)
    print(output)
    if process.returncode > 0:
        raise AssertionError(output)
    return process.returncode


def wait_until(holds, what: str, seconds: float = 20) -> None:
    """Returns as soon as `holds()`; fails after the deadline."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"not in {seconds} seconds: {what}"
        time.sleep(0.05)


def empty(place: Installation) -> None:
    """No jobs and no trail: TRUNCATE on PostgreSQL; SQLite has none, so there the seal is lifted for the moment."""
    if not place.url.startswith("sqlite"):
        with psycopg.connect(place.url) as connection:
            connection.execute("TRUNCATE audit_entry, jobs_job CASCADE")
        return
    with sqlite3.connect(place.url.removeprefix("sqlite:///"), timeout=20) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("DELETE FROM audit_entry")
        connection.execute("DELETE FROM jobs_job")
        for _, sql in triggers:
            connection.execute(sql)
