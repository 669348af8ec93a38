"""An installation as in production: web, workers and beat, or the embedded web and loop, on data of its own."""

import math
import os
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import psycopg

from reliability.installation import Installation, wait_until

QUIET = ("--loglevel=warning", "--without-gossip", "--without-mingle", "--without-heartbeat")


def free_port() -> int:
    with socket.socket() as plug:
        plug.bind(("127.0.0.1", 0))
        return plug.getsockname()[1]


class Place(Installation):
    """The whole product on a database of its own. Output of its processes goes to files in the folder, not to pipes."""

    def __init__(self, url: str, folder: Path, redis: str = "", **env: str):
        super().__init__(url, folder)
        self.port = free_port()
        self.env |= {
            "DJANGO_SETTINGS_MODULE": "boardroom.settings",
            "REDIS_URL": redis,
            "JOB_LEASE_SECONDS": "5",
            "JOB_SWEEP_SECONDS": "2",
            "JOB_TICK_SECONDS": "5",
            "SIGN_IN_LINK_MINUTES": "1440",
        } | env
        self.logs = 0

    def start(self, *words: str, program=("manage.py",), **env: str) -> subprocess.Popen:
        self.logs += 1
        with (self.folder / f"process-{self.logs}.log").open("w") as log:
            process = self.spawn(words, program, env, log)
        self.started.append(process)
        return process

    def told(self, *words: str) -> None:
        """The program of Python has ended well. RuntimeError with what it said where it did not."""
        self._ended_well(self.start(*words, program=("-m",)), words)

    def must(self, *words: str, **env: str) -> None:
        """The command has ended well. RuntimeError with what it said where it did not."""
        self._ended_well(self.start(*words, **env), words)

    def _ended_well(self, process: subprocess.Popen, words: tuple[str, ...]) -> None:
        log = self.folder / f"process-{self.logs}.log"
        if process.wait(timeout=600):
            raise RuntimeError(f"{words}: {log.read_text()[-3000:]}")

    def web(self, **env: str) -> subprocess.Popen:
        """The web process, which answers when this returns."""
        process = self.serve(**env)
        wait_until(self.answers, "the web process answers", 60)
        return process

    def serve(self, **env: str) -> subprocess.Popen:
        """The web process, which will answer."""
        words = ("--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port), "--workers", "1")
        self.serving = self.start(
            *words, "--blocking-threads", "4", "--no-ws", "--log-level", "warning", "boardroom.wsgi:application",
            program=("-m", "granian"), **env,
        )  # fmt: skip
        return self.serving

    def end_web(self) -> None:
        self.kill(self.serving)

    def kill(self, process: subprocess.Popen) -> None:
        """The process and all that it started are gone at once, as by `kill -9`."""
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def worker(self, **env: str) -> subprocess.Popen:
        return self.start("-A", "boardroom", "worker", "--pool=solo", *QUIET, program=("-m", "celery"), **env)

    def beat(self, **env: str) -> subprocess.Popen:
        self.logs += 1
        schedule = f"--schedule={self.folder / f'beat-{self.logs}'}"
        return self.start("-A", "boardroom", "beat", "--loglevel=warning", schedule, program=("-m", "celery"), **env)

    def loop(self, **env: str) -> subprocess.Popen:
        return self.start("runjobs", **env)

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/", timeout=2) as answer:
                return answer.status == 200
        except OSError:
            return False

    def execute(self, sql: str) -> None:
        if self.url.startswith("sqlite"):
            with sqlite3.connect(self.url.removeprefix("sqlite:///"), timeout=20) as connection:
                connection.execute(sql)
            return
        with psycopg.connect(self.url) as connection:
            connection.execute(sql)

    def stop(self) -> None:
        for process in self.started:
            self.kill(process)
        self.started = []

    def unfinished(self) -> int:
        """Jobs that wait, run or failed; not those that are put off to another hour, such as reminders at night."""
        late = "attempts = 0 AND state = 'queued' AND run_after IS NOT NULL"
        return self.query(f"SELECT COUNT(*) FROM jobs_job WHERE state <> 'done' AND NOT ({late})")[0][0]

    def settle(self, seconds: float = 60) -> float:
        """How many seconds it took until nothing was left to do; infinite where something still is after so many."""
        began = time.monotonic()
        while self.unfinished():
            if time.monotonic() - began > seconds:
                return math.inf
            time.sleep(0.2)
        return time.monotonic() - began

    def log(self) -> str:
        """What all processes said."""
        return "".join(path.read_text(errors="replace") for path in sorted(self.folder.glob("process-*.log")))
