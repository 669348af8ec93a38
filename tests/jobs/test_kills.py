"""Real processes, really killed: nothing is lost and nothing is done twice (reliability.md F3-F6)."""

import signal

import pytest

from reliability.installation import ended, wait_until

WORK_POINTS = ["claimed_uncommitted", "claimed", "before_done", "done_uncommitted", "after_done"]


def test_a_worker_killed_at_any_point_leaves_work_that_is_done_exactly_once(installation):
    installation.run("probe", "act", *WORK_POINTS)
    killed = [installation.start("probe", "work", point, BOARDROOM_CRASH_AT=point) for point in WORK_POINTS]
    assert [ended(process) for process in killed] == [-signal.SIGKILL] * len(WORK_POINTS)

    assert installation.run("runjobs", "--until-empty") == 0

    assert installation.effects() == {point: (1, 1) for point in WORK_POINTS}
    assert set(installation.states().values()) == {"done"}


@pytest.mark.parametrize("point", ["in_transaction", "before_commit"])
def test_an_act_killed_before_its_commit_leaves_nothing(installation, point):
    assert installation.run("probe", "act", "invite", BOARDROOM_CRASH_AT=point) == -signal.SIGKILL

    assert installation.effects() == {}
    assert installation.query("SELECT COUNT(*) FROM audit_entry") == [(0,)]


@pytest.mark.parametrize("point", ["after_commit", "before_wake"])
def test_an_act_killed_after_its_commit_is_followed_by_its_work_without_a_bell(installation, point):
    killed = installation.run("probe", "act", "invite", BOARDROOM_CRASH_AT=point, REDIS_URL="redis://127.0.0.1:1/0")
    assert killed == -signal.SIGKILL
    assert installation.effects() == {"invite": (1, 0)}

    assert installation.run("runjobs", "--once") == 0

    assert installation.effects() == {"invite": (1, 1)}


def test_workers_at_once_do_each_job_once_and_keep_one_chain(installation):
    keys = [f"race-{number}" for number in range(30)]
    actors = [installation.start("probe", "act", *keys[part::2]) for part in range(2)]
    assert [ended(actor) for actor in actors] == [0, 0]

    racers = [installation.start("runjobs", "--until-empty") for _ in range(2)]
    racers.append(installation.start("probe", "work", *keys))
    assert [ended(racer) for racer in racers] == [0, 0, 0]

    assert installation.effects() == {key: (1, 1) for key in keys}
    assert installation.run("probe", "verify") == 0


def test_a_worker_frozen_past_its_lease_cannot_finish_what_another_did(installation, tmp_path):
    gate = tmp_path / "gate"
    gate.touch()
    installation.run("probe", "act", "minutes", "--kind", "slow-probe", "--gate", str(gate))
    frozen = installation.start("runjobs", "--once")
    wait_until(gate.with_suffix(".begun").exists, "the first worker begins")
    frozen.send_signal(signal.SIGSTOP)
    gate.unlink()

    assert installation.run("runjobs", "--until-empty") == 0
    frozen.send_signal(signal.SIGCONT)

    assert ended(frozen) == 0
    assert installation.effects() == {"minutes": (1, 1)}
    assert installation.states() == {"minutes": "done"}


def test_a_slow_job_keeps_its_lease_for_as_long_as_it_takes(installation, tmp_path):
    gate = tmp_path / "gate"
    gate.touch()
    installation.run("probe", "act", "minutes", "--kind", "slow-probe", "--gate", str(gate))
    worker = installation.start("runjobs", "--once")
    wait_until(gate.with_suffix(".begun").exists, "the worker begins")
    first = installation.query("SELECT lease_until, attempts FROM jobs_job")[0]
    wait_until(lambda: installation.query("SELECT lease_until FROM jobs_job")[0][0] > first[0], "the lease is renewed")

    assert installation.run("probe", "work", "minutes") == 0
    assert installation.query("SELECT state, attempts FROM jobs_job") == [("running", 1)]

    gate.unlink()
    assert ended(worker) == 0
    assert installation.effects() == {"minutes": (1, 1)}


def test_long_work_goes_on_after_the_part_that_stands(installation):
    installation.run("probe", "act", "all boards", "--kind", "parts-probe")

    for point in ("part_done", "before_done", "done_uncommitted"):
        wait_until(lambda point=point: dies_at(installation, point), f"the worker dies at {point}")
    assert installation.query("SELECT done_count, total_count FROM jobs_job") == [(1, 4)]
    assert installation.run("runjobs", "--until-empty") == 0

    assert installation.effects() == {"all boards": (1, 4)}
    assert installation.states() == {"all boards": "done"}


def dies_at(installation, point: str) -> bool:
    """Once the lease of the one before has run out."""
    return installation.run("runjobs", "--once", BOARDROOM_CRASH_AT=f"{point}:1") == -signal.SIGKILL


def test_a_loop_that_is_asked_to_stop_ends_cleanly(installation):
    installation.run("probe", "act", "first")
    loop = installation.start("runjobs")
    wait_until(lambda: installation.states() == {"first": "done"}, "the loop works")

    loop.send_signal(signal.SIGTERM)

    assert ended(loop) == 0
