"""The doorbell over a real Redis and Celery, and what happens when it does not ring."""

import os
import secrets
import signal
import socket
import time
from pathlib import Path

import pytest

from reliability.installation import Installation, wait_until

services = pytest.mark.services
needs_redis = pytest.mark.skipif(not os.environ.get("REDIS_URL"), reason="REDIS_URL names no Redis")


@pytest.fixture
def celery(installation):
    """Starts a Celery worker of the product on a queue that is this test's alone."""
    installation.env |= {
        "REDIS_URL": os.environ["REDIS_URL"],
        "PROBE_QUEUE": f"probe-{secrets.token_hex(4)}",
        "JOB_BELL_SECONDS": "15",
    }

    def start(*words: str, **env: str):
        return installation.start("-A", "boardroom", *words, program=("-m", "celery"), **env)

    return start


def worker(celery, **env: str):
    return celery("worker", "--pool=solo", "--loglevel=warning", "--without-gossip", "--without-mingle", **env)


@services
@needs_redis
def test_a_celery_worker_is_woken_and_does_the_job(installation, celery):
    worker(celery)

    installation.run("probe", "act", "invite")

    wait_until(lambda: installation.states() == {"invite": "done"}, "the worker does the job")
    assert installation.effects() == {"invite": (1, 1)}


@services
@needs_redis
def test_a_killed_celery_worker_is_made_good_by_beat_and_another(installation, celery):
    installation.run("probe", "act", "invite")
    killed = worker(celery, BOARDROOM_CRASH_AT="before_done")
    wait_until(lambda: killed.poll() is not None, "the worker dies in the middle")
    assert killed.returncode == -signal.SIGKILL
    assert installation.effects() == {"invite": (1, 0)}

    worker(celery)
    for _ in range(2):
        celery("beat", f"--schedule={installation.folder / secrets.token_hex(4)}", JOB_SWEEP_SECONDS="1")

    wait_until(lambda: installation.states() == {"invite": "done"}, "the sweeper finds the job")
    assert installation.effects() == {"invite": (1, 1)}


@pytest.fixture
def black_hole():
    """A broker that takes connections and never says a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(16)
        yield f"redis://127.0.0.1:{listener.getsockname()[1]}/0"


def test_a_silent_broker_does_not_keep_the_user_waiting(installation: Installation, black_hole, tmp_path: Path):
    keys = [f"invite-{number}" for number in range(20)]

    began = time.monotonic()
    installation.run("probe", "act", *keys, REDIS_URL="")
    usual = time.monotonic() - began
    began = time.monotonic()
    installation.run("probe", "act", *[f"late-{key}" for key in keys], REDIS_URL=black_hole)
    waited = time.monotonic() - began

    assert waited - usual < 2
    assert len(installation.states()) == 40


def test_a_worker_that_hears_nothing_looks_for_work_itself(installation: Installation):
    installation.env |= {"REDIS_URL": "redis://127.0.0.1:1/0", "JOB_SWEEP_SECONDS": "1"}
    installation.run("probe", "act", "invite")

    worker = installation.start("-A", "boardroom", "worker", "--pool=solo", program=("-m", "celery"))

    wait_until(lambda: installation.states() == {"invite": "done"}, "the job is done without Redis and beat")
    assert (installation.effects(), worker.poll()) == ({"invite": (1, 1)}, None)


def test_an_absent_broker_is_logged_and_forgotten(installation: Installation):
    act = installation.start("probe", "act", "invite", REDIS_URL="redis://127.0.0.1:1/0")
    output, _ = act.communicate(timeout=30)

    assert act.returncode == 0
    assert "WARNING jobs.bell" in output
    assert installation.states() == {"invite": "queued"}
