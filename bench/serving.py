"""Real servers in processes of their own, what they answer, and how much CPU an answer costs them."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

TICK = os.sysconf("SC_CLK_TCK")
ROUNDS = 5
# A round asks for so long that the clock's ticks of ten milliseconds do not matter.
SECONDS = 1.0


@dataclass
class Server:
    """A running server: where it listens, and the process that all of its workers come from."""

    port: int
    pid: int

    def cpu(self) -> float:
        """Seconds of CPU that the process and all below it have used."""
        return sum(ticks for _pid, ticks in _family(self.pid)) / TICK


@dataclass
class Ask:
    """One request, asked again and again; `values` are posted. `fresh` gives the values anew for every request."""

    server: Server
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    values: dict | None = None
    fresh: Callable[["Ask", bytes, dict], None] | None = None
    last: tuple[int, dict, bytes] = (0, {}, b"")

    def __call__(self) -> tuple[int, dict, bytes]:
        """Status, headers and the whole body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        headers, body = dict(self.headers), None
        if self.values is not None:
            body = urlencode(self.values)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request("GET" if body is None else "POST", self.path, body, headers)
        answer = connection.getresponse()
        self.last = answer.status, dict(answer.getheaders()), answer.read()
        connection.close()
        if self.fresh:
            self.fresh(self, self.last[2], self.last[1])
        return self.last


def in_turns(asks: dict[str, Ask], rounds: int = ROUNDS) -> dict[str, float]:
    """The server's median CPU seconds for one answer to each, measured in turns so that a busy moment meets all of them."""
    found = {name: [] for name in asks}
    for ask in asks.values():
        _cost(ask, SECONDS / 2)
    for _round in range(rounds):
        for name, ask in asks.items():
            found[name].append(_cost(ask, SECONDS))
    return {name: median(values) for name, values in found.items()}


def _cost(ask: Ask, seconds: float) -> float:
    before, count, until = ask.server.cpu(), 0, time.monotonic() + seconds
    while time.monotonic() < until:
        status = ask()[0]
        assert status < 400, f"{ask.path} answers {status}"
        count += 1
    return (ask.server.cpu() - before) / count


@contextmanager
def reference() -> Iterator[Server]:
    """The reference of the goals: bare Django under gunicorn with two workers."""
    command = [*_module("gunicorn"), "--workers", "2", "--log-level", "error", "bench.reference:application"]
    with _running(command, ["--bind", "127.0.0.1:{port}"], {}) as server:
        yield server


@contextmanager
def plain() -> Iterator[Server]:
    """The same views under the product's own server."""
    with _running([*_granian(), "bench.reference:application"], ["--port", "{port}"], {}) as server:
        yield server


@contextmanager
def product() -> Iterator[Server]:
    """The product as it runs in earnest, on the database of this run."""
    from django.db import connection

    environment = {"BENCH_DATABASE": str(connection.settings_dict["NAME"]), "DJANGO_SETTINGS_MODULE": "bench.settings"}
    with _running([*_granian(), "boardroom.wsgi:application"], ["--port", "{port}"], environment) as server:
        yield server


def _module(name: str) -> list[str]:
    return [sys.executable, "-m", name]


def _granian() -> list[str]:
    return [*_module("granian"), *"--interface wsgi --workers 1 --blocking-threads 4 --no-ws --log-level error".split()]


@contextmanager
def _running(command: list[str], where: list[str], environment: dict) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [*command, *(part.format(port=port) for part in where)]
    process = subprocess.Popen(command, env={**os.environ, **environment}, start_new_session=True)
    try:
        _wait_for(port, process)
        yield Server(port, process.pid)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait_for(port: int, process: subprocess.Popen) -> None:
    until = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"{' '.join(process.args)} does not listen")


def _family(pid: int) -> Iterator[tuple[int, int]]:
    """The process and all below it, each with the ticks it has used."""
    known = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            parts = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        known[int(entry.parent.name)] = int(parts[1]), int(parts[11]) + int(parts[12])
    wanted = {pid}
    while more := {one for one, (parent, _ticks) in known.items() if parent in wanted} - wanted:
        wanted |= more
    for one in wanted & known.keys():
        yield one, known[one][1]
