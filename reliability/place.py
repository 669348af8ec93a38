"""An installation as in production: web, workers and beat, or the embedded web and loop, on data of its own."""

import signal
import socket
import sqlite3
import subprocess
import urllib.request
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
        } | env
        self.logs = 0

    def start(self, *words: str, program=("manage.py",), **env: str) -> subprocess.Popen:
        self.logs += 1
        with (self.folder / f"process-{self.logs}.log").open("w") as log:
            process = self.spawn(words, program, env, log)
        self.started.append(process)
        return process

    def must(self, *words: str, **env: str) -> None:
        """The command has ended well. RuntimeError with what it said where it did not."""
        process = self.start(*words, **env)
        log = self.folder / f"process-{self.logs}.log"
        if process.wait(timeout=600):
            raise RuntimeError(f"{words}: {log.read_text()[-3000:]}")

    def web(self, **env: str) -> subprocess.Popen:
        """The web process, which answers when this returns."""
        words = ("--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port), "--workers", "1")
        process = self.start(
            *words, "--blocking-threads", "4", "--no-ws", "--log-level", "warning", "boardroom.wsgi:application",
            program=("-m", "granian"), **env,
        )  # fmt: skip
        wait_until(self.answers, "the web process answers", 60)
        return process

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
            if process.poll() is None:
                process.send_signal(signal.SIGCONT)
                process.kill()
            process.wait()
        self.started = []

    def unfinished(self) -> int:
        """Jobs that wait, run or failed."""
        return self.query("SELECT COUNT(*) FROM jobs_job WHERE state <> 'done'")[0][0]
