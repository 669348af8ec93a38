"""What the scenarios share: a database made once and copied for each place, and a Redis of their own."""

import os
import random
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from reliability.installation import wait_until
from reliability.place import Place, free_port

SERVER = "postgres://postgres@127.0.0.1:5432"
SQLITE, POSTGRES = "SQLite", "PostgreSQL"


class Base:
    """A run: its seed, its folder, and what is to be gone when it ends."""

    def __init__(self, seed: int, *, short: bool):
        self.seed, self.short = seed, short
        named = os.environ.get("DATABASE_URL", "")
        self.server = named.rpartition("/")[0] if named.startswith("postgres") else SERVER
        self._made: dict[str, str] = {}

    def __enter__(self) -> "Base":
        self.folder = Path(tempfile.mkdtemp(prefix="boardroom-reliability-"))
        return self

    def __exit__(self, *_failure) -> None:
        if POSTGRES in self._made:
            self._drop(self._made[POSTGRES])
        shutil.rmtree(self.folder, ignore_errors=True)

    def random(self, name: str) -> random.Random:
        """The scenario's own source of chance: the same for the same seed, whatever ran before it."""
        return random.Random(f"{self.seed}:{name}")

    @contextmanager
    def place(self, database: str = POSTGRES, *, redis: str = "", **env: str) -> Iterator[Place]:
        """An installation on data of its own, with nothing in it yet; its processes are stopped and its data is gone afterwards."""
        folder = Path(tempfile.mkdtemp(dir=self.folder))
        url = self._copied(database, folder)
        place = Place(url, folder, redis, **env)
        try:
            yield place
        finally:
            place.stop()
            if database == POSTGRES:
                self._drop(url.rpartition("/")[2])

    @contextmanager
    def redis(self, *words: str) -> Iterator["Redis"]:
        server = Redis(self.folder, *words)
        try:
            server.start()
            yield server
        finally:
            server.stop()

    def _copied(self, database: str, folder: Path) -> str:
        made = self._template(database)
        if database == SQLITE:
            shutil.copytree(made, folder, dirs_exist_ok=True)
            return f"sqlite:///{folder}/boardroom.sqlite3"
        shutil.copytree(self.folder / "empty", folder, dirs_exist_ok=True)
        name = f"reliability_{secrets.token_hex(4)}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {made}")
        return f"{self.server}/{name}"

    def _template(self, database: str) -> str:
        """What every place of this kind is a copy of, made at its first use."""
        if database not in self._made:
            folder = self.folder / ("empty" if database == POSTGRES else "empty-sqlite")
            folder.mkdir()
            name, url = str(folder), f"sqlite:///{folder}/boardroom.sqlite3"
            if database == POSTGRES:
                name = f"reliability_{secrets.token_hex(4)}"
                self._execute(f"CREATE DATABASE {name}")
                url = f"{self.server}/{name}"
            self._made[database] = name
            place = Place(url, folder, "")
            place.must("migrate", "--verbosity=0")
        return self._made[database]

    def _execute(self, sql: str) -> None:
        with psycopg.connect(f"{self.server}/postgres", autocommit=True) as server:
            server.execute(sql)

    def _drop(self, name: str) -> None:
        self._execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


class Redis:
    """A redis-server of the run on a port of its own, that keeps nothing on disk."""

    def __init__(self, folder: Path, *words: str):
        self.port, self.folder, self.words = free_port(), folder, words
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """It answers when this returns; what it knew before is gone."""
        words = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen([*words, *self.words], cwd=self.folder, stdout=subprocess.DEVNULL)
        wait_until(lambda: self.ask("PING") == "PONG", "Redis answers")

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()

    def ask(self, *words: str, given: bytes | None = None, password: str = "") -> str:
        """What redis-cli answers; `given` is the last argument, read from standard input."""
        options = [
            "-p",
            str(self.port),
            *(["-x"] if given is not None else []),
            *(["-a", password] if password else []),
        ]
        words = ["redis-cli", *options, *words]
        done = subprocess.run(words, input=given, capture_output=True, timeout=10)
        return done.stdout.decode(errors="replace").strip()
