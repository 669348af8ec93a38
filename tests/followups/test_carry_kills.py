"""Carry-forward in real processes, at once and really killed: every open follow-up once (issue 2; reliability.md F4)."""

import json
import os
import secrets
import signal
import threading
from functools import partial

import psycopg
import pytest
from django.db import connection, connections

from followups.carrying.carry import carry
from followups.models import Report
from reliability.installation import Installation, wait_until
from tests.followups.build import AT, coming_meeting, follow_up, held_meeting, on_agenda

DEADLINE = 240  # seconds
MANY = 510
JOB_POINTS = ["claimed", "before_insert", "mid_insert", "before_done", "done_uncommitted", "after_done"]
needs_redis = pytest.mark.skipif(not os.environ.get("REDIS_URL"), reason="REDIS_URL names no Redis")


def outcome(process) -> int:
    """Its exit status, negative for the signal that killed it. The deadline is for a busy machine."""
    output, _ = process.communicate(timeout=DEADLINE)
    assert process.returncode <= 0, output
    return process.returncode


class Carriers(Installation):
    """The whole product on a database of its own, with one board that has something to carry."""

    def __init__(self, url, folder):
        super().__init__(url, folder)
        self.env |= {"DJANGO_SETTINGS_MODULE": "boardroom.settings", "BOARDROOM_DATA": str(folder)}
        self.slug = f"rad-{secrets.token_hex(4)}"

    def run(self, *words: str, **env: str) -> int:
        return outcome(self.start(*words, **env))

    def story(self, *words: str) -> None:
        assert outcome(self.start(*words, program=("-m", "tests.followups.story"))) == 0

    def carried(self) -> tuple[int, int]:
        """How many reports stand in the board's meetings, and how many follow-ups they are of."""
        return self.query(
            "SELECT COUNT(*), COUNT(DISTINCT r.follow_up_id) FROM followups_report r "
            "JOIN meetings_meeting m ON m.id = r.meeting_id JOIN boards_board b ON b.id = m.board_id "
            f"WHERE b.slug = '{self.slug}' AND m.state = 'planned'"
        )[0]

    def told(self) -> list[int]:
        """How many follow-ups each line of the trail tells of: one line for all that were carried together."""
        sql = f"SELECT payload FROM audit_entry WHERE act = 'followups.carry' AND board = '{self.slug}'"
        told = [json.loads(line) if isinstance(line, str) else line for (line,) in self.query(sql)]
        return [len(line["follow_ups"]) for line in told]

    def worker_dies_at(self, point: str) -> bool:
        return self.run("runjobs", "--once", BOARDROOM_CRASH_AT=point) == -signal.SIGKILL

    def unfinished(self) -> int:
        sql = f"SELECT COUNT(*) FROM jobs_job WHERE state <> 'done' AND key LIKE '{self.slug}%'"
        return self.query(sql)[0][0]


@pytest.fixture(scope="session")
def whole_product(tmp_path_factory):
    """The address of a migrated database of the whole product."""
    folder = tmp_path_factory.mktemp("carriers")
    named = os.environ.get("DATABASE_URL", "")
    if not named.startswith("postgres"):
        built = Carriers(f"sqlite:///{folder}/boardroom.sqlite3", folder)
        assert built.run("migrate", "--verbosity=0") == 0
        yield built.url
        return
    server_url, _, _ = named.rpartition("/")
    name = f"boardroom_carry_{secrets.token_hex(4)}"
    with psycopg.connect(f"{server_url}/postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            built = Carriers(f"{server_url}/{name}", folder)
            assert built.run("migrate", "--verbosity=0") == 0
            yield built.url
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def carriers(whole_product, tmp_path):
    place = Carriers(whole_product, tmp_path)
    place.story("make", place.slug, str(MANY))
    yield place
    place.stop()


@pytest.mark.parametrize("point", ["before_insert", "mid_insert", "before_done"])
def test_a_command_killed_in_the_middle_leaves_nothing_and_the_next_one_carries_all_once(carriers, point):
    killed = carriers.run("carry_followups", "--board", carriers.slug, BOARDROOM_CRASH_AT=point)
    assert killed == -signal.SIGKILL
    assert carriers.carried() == (0, 0)

    assert carriers.run("carry_followups", "--board", carriers.slug) == 0
    assert carriers.run("carry_followups", "--board", carriers.slug) == 0

    assert carriers.carried() == (MANY, MANY)
    assert carriers.told() == [MANY]


def test_a_worker_killed_at_any_point_is_made_good_by_the_next(carriers):
    carriers.story("ask", carriers.slug, "minutes")
    for point in JOB_POINTS:
        wait_until(partial(carriers.worker_dies_at, point), f"a worker dies at {point}", DEADLINE)

    assert carriers.run("runjobs", "--until-empty") == 0

    assert carriers.unfinished() == 0
    assert carriers.carried() == (MANY, MANY)
    assert carriers.told() == [MANY]


def test_two_workers_at_once_on_two_jobs_of_one_board_carry_once(carriers):
    carriers.story("ask", carriers.slug, "minutes", "daily")

    workers = [carriers.start("runjobs", "--until-empty") for _ in range(2)]
    workers.append(carriers.start("carry_followups", "--board", carriers.slug))
    assert [outcome(worker) for worker in workers] == [0, 0, 0]

    assert carriers.carried() == (MANY, MANY)
    assert carriers.told() == [MANY]


@pytest.mark.services
@needs_redis
def test_a_celery_worker_carries_when_it_is_woken_and_after_one_was_killed(carriers):
    carriers.env |= {"REDIS_URL": os.environ["REDIS_URL"], "CARRY_TEST_QUEUE": f"carry-{secrets.token_hex(4)}"}
    carriers.env["DJANGO_SETTINGS_MODULE"] = "tests.followups.celery_settings"

    def celery(*words, **env):
        return carriers.start("-A", "boardroom", *words, program=("-m", "celery"), **env)

    quiet = ("worker", "--pool=solo", "--loglevel=warning", "--without-gossip", "--without-mingle")
    carriers.story("ask", carriers.slug, "minutes", "daily")
    killed = celery(*quiet, BOARDROOM_CRASH_AT="mid_insert")
    wait_until(lambda: killed.poll() is not None, "the worker dies in the middle", DEADLINE)
    assert (killed.returncode, carriers.carried()) == (-signal.SIGKILL, (0, 0))

    for _ in range(2):
        celery(*quiet)
    celery("beat", f"--schedule={carriers.folder / 'beat'}", JOB_SWEEP_SECONDS="1")

    wait_until(lambda: not carriers.unfinished(), "the jobs are done", DEADLINE)
    assert carriers.carried() == (MANY, MANY)
    assert carriers.told() == [MANY]


def test_the_command_prints_in_out_and_why_as_json(carriers):
    dry = carriers.start("carry_followups", "--board", carriers.slug, "--dry-run", "--json")
    would = json.loads(dry.communicate(timeout=DEADLINE)[0])
    assert carriers.carried() == (0, 0)

    done = json.loads(
        carriers.start("carry_followups", "--board", carriers.slug, "--json").communicate(timeout=DEADLINE)[0]
    )
    again = json.loads(
        carriers.start("carry_followups", "--board", carriers.slug, "--json").communicate(timeout=DEADLINE)[0]
    )

    assert would == done
    assert list(done[0]) == ["board", "meeting", "carried", "already", "left_out"]
    assert done[0]["carried"][0] == {"source": "3-41/26", "title": "Oppgave 0"}
    assert (again[0]["carried"], len(again[0]["already"])) == ([], MANY)


def test_an_unknown_board_is_a_sentence_and_exit_1(carriers):
    unknown = carriers.start("carry_followups", "--board", "finnes-ikke")
    output, _ = unknown.communicate(timeout=DEADLINE)
    assert unknown.returncode == 1
    (sentence,) = output.strip().splitlines()
    assert "finnes-ikke" in sentence and "Traceback" not in sentence


@pytest.mark.django_db(transaction=True)
def test_four_threads_at_once_carry_each_follow_up_once(board):
    held = held_meeting(board)
    titles = [follow_up(held, f"Oppgave {item}", item=item).title for item in range(1, 9)]
    coming = coming_meeting(board)
    barrier, faults = threading.Barrier(4), []

    def run():
        try:
            barrier.wait()
            carry(board, at=AT)
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert on_agenda(coming) == titles
    assert Report.objects.count() == len(titles)
    assert coming.agenda_rows.count() == 1
    connection.close()
