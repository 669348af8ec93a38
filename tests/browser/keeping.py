"""The product's own server on a database of its own, to be killed and started again while someone types."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STORY = """
import json
from tests import factories
board = factories.make_board(slug="badevannsradet")
secretary = factories.make_user("secretary", name="Sigrun Aasland Vik", language="en")
factories.make_seat(board, factories.make_person("Sigrun Aasland Vik", user=secretary), "secretary")
meeting = factories.make_meeting(board)
row = factories.make_row(meeting, "Ny badeplass", item=1)
item = factories.make_item(factories.make_minutes(meeting), row)
block = factories.make_block(item, "<p>Rådet drøftet saken.</p>")
print(json.dumps({"minutes": item.minutes.get_absolute_url(), "item": item.pk, "block": block.pk}))
"""


class Server:
    """Granian on SQLite in `folder`; it can be killed and started as often as one likes."""

    def __init__(self, folder: Path):
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
        self.environment = kept | {
            "BOARDROOM_DATA": str(folder),
            "DEMO": "off",
            "HTTPS": "off",
            "DJANGO_SETTINGS_MODULE": "boardroom.settings",
            "SECRET_KEY": "for-tests-only-and-therefore-no-secret-at-all-0123456789",
            "SQLITE_SYNCHRONOUS": "OFF",
        }
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen | None = None

    def prepare(self, tables: sqlite3.Connection | None = None) -> dict:
        """The tables, copied where there are some, and a secretary with minutes to write: their addresses."""
        if tables:
            with closing(sqlite3.connect(self.folder / "boardroom.sqlite3")) as own:
                tables.backup(own)
        else:
            self.manage("migrate", "-v0")
        return json.loads(self.manage("shell", "-v0", "-c", STORY).splitlines()[-1])

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def texts(self) -> list[str]:
        with closing(sqlite3.connect(self.folder / "boardroom.sqlite3")) as own:
            return [html for (html,) in own.execute("SELECT html FROM minutes_block ORDER BY id")]

    def start(self) -> None:
        granian = [str(Path(sys.executable).parent / "granian"), "--interface", "wsgi", "--port", str(self.port)]
        self.process = subprocess.Popen(
            [*granian, "boardroom.wsgi:application"],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(f"{self.url}/sign-in/", timeout=5).close()
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("The server did not start.")

    def kill(self) -> None:
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None
