"""Workers really killed while a mail server refuses, breaks off and delays: nobody is left out, and what comes twice can
be told by its Message-ID (reliability.md B22, 3.2, 3.4).

KILL_LETTERS and KILLS set the size: 500 letters and 30 kills by hand, fewer among the other tests.
"""

import os
import random
import signal
import sqlite3
import time

import pytest

from tests.jobs.probe.installation import Installation
from tests.mail.server import Server

LETTERS, KILLS = int(os.environ.get("KILL_LETTERS", "24")), int(os.environ.get("KILLS", "4"))
POINTS = ["before_send", "after_send_before_mark", "marked"]


class Post(Installation):
    """The whole product on a database of its own, with a mail server."""

    def __init__(self, url: str, folder, port: int):
        super().__init__(url, folder)
        self.env |= {"DJANGO_SETTINGS_MODULE": "tests.mail.kill_settings", "PROBE_SMTP_PORT": str(port)}

    def outcome(self, *words: str, program=("manage.py",), **env: str) -> int:
        process = self.start(*words, program=program, **env)
        output, _ = process.communicate(timeout=600)
        assert process.returncode <= 0, output
        return process.returncode

    def states(self) -> dict[str, int]:
        return dict(self.query("SELECT state, COUNT(*) FROM mail_letter GROUP BY state"))

    def hurry(self) -> None:
        """What was put off is due now, and its attempts are counted anew: there are more faults here than in a night."""
        with self.connected() as connection:
            connection.execute("UPDATE jobs_job SET run_after = NULL, attempts = 0 WHERE state = 'queued'")

    def connected(self):
        return sqlite3.connect(self.url.removeprefix("sqlite:///"), timeout=20)


@pytest.fixture
def post(tmp_path):
    with Server() as server:
        place = Post(f"sqlite:///{tmp_path}/post.sqlite3", tmp_path, server.port)
        assert place.outcome("migrate", "--verbosity=0") == 0
        place.server = server
        yield place
        place.stop()


@pytest.mark.skipif(os.environ.get("DATABASE_URL", "").startswith("postgres"), reason="the same on every database")
def test_under_kills_and_faults_everybody_gets_the_letter_and_a_second_copy_has_the_same_id(post):
    chosen = random.Random(20260422)
    assert post.outcome(str(LETTERS), program=("-m", "tests.mail.story")) == 0
    post.server.answers = {f"m{number}@example.org": "451 4.3.0 Later" for number in range(0, LETTERS, 11)}
    killed = 0
    for number in range(KILLS):
        post.server.breaks = chosen.choice([0, 1])
        killed += kill_once(post, POINTS[number % 3], chosen) == -signal.SIGKILL
    post.server.answers, post.server.breaks = {}, 0
    time.sleep(1.1)  # the lease of the last one killed
    post.hurry()
    assert post.outcome("runjobs", "--until-empty") == 0
    assert post.states() == {"sent": LETTERS}

    copies = post.server.recipients
    assert set(copies) == {f"m{number}@example.org" for number in range(LETTERS)}
    assert all(len(set(post.server.ids(address))) == 1 for address in copies)
    assert killed == KILLS
    assert copies.total() - LETTERS <= killed
    assert all(one["Bcc"] is None and len(one.get_all("To")) == 1 for one in post.server.taken)


def kill_once(post: Post, point: str, chosen: random.Random) -> int:
    """A worker that dies at the named point, after having passed it some times."""
    post.hurry()
    return post.outcome("runjobs", "--until-empty", BOARDROOM_CRASH_AT=f"{point}:{chosen.randint(1, 4)}")
