"""The table as a queue, one step at a time, at moments the test chooses."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from jobs import handlers, progress, queue, status, words
from jobs.models import Job

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def done(monkeypatch):
    """What was done, by payload; a handler of kind "note" that does as the payload says."""
    monkeypatch.setattr(handlers, "_handlers", {})
    lines = []

    @handlers.handler("note")
    def note(payload, job):
        Job.objects.create(kind="effect", key=f"effect:{job.key}:{job.attempts}", created_at=NOON)
        if payload.get("fails"):
            raise RuntimeError("the printer is out of ink")
        if payload.get("asks_again"):
            lines.append("asked")
            if len(lines) == 1:
                queue.enqueue("note", job.key, payload, again=True)
        lines.append(job.key)

    @handlers.handler("draw", transactional=False)
    def draw(payload, job):
        lines.append("drawn")
        return lambda: lines.append("stored")

    return lines


def ask(key="note:1", kind="note", **payload) -> Job:
    return queue.enqueue(kind, key, payload)


def test_asking_twice_for_the_same_is_asking_once(done):
    first, second = ask(), ask()

    assert first == second
    assert status.drain(NOON) == 1
    assert done == ["note:1"]


def test_a_job_that_is_done_stays_done_until_it_is_asked_for_again(done):
    ask()
    status.drain(NOON)
    ask()
    assert status.drain(NOON) == 0

    queue.enqueue("note", "note:1", {"copy": 2}, again=True)
    Job.objects.filter(kind="effect").delete()

    assert status.drain(NOON) == 1
    assert Job.objects.get(key="note:1").payload == {"copy": 2}


def test_a_job_asked_for_again_while_it_runs_runs_once_more(done):
    job = ask(asks_again=True)

    assert status.drain(NOON) == 2

    assert done == ["asked", "note:1", "asked", "note:1+"]
    job.refresh_from_db()
    assert (job.state, job.done_at) == (Job.State.DONE, NOON)


def test_a_payload_with_more_than_ids_is_refused(done):
    with pytest.raises(ValueError):
        queue.enqueue("note", "note:1", {"text": {"body": "the whole minutes"}})
    with pytest.raises(ValueError):
        queue.enqueue("note", "note:1", {"text": "x" * 201})

    assert not Job.objects.exists()


def test_work_is_not_taken_before_its_time(done):
    queue.enqueue("note", "note:1", {}, run_after=NOON + timedelta(hours=1))

    assert status.drain(NOON) == 0
    assert status.drain(NOON + timedelta(hours=1)) == 1


def test_work_nobody_knows_stays_queued(done):
    job = ask(kind="from-a-newer-release")

    assert status.drain(NOON) == 0
    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.QUEUED, 0)


def test_a_claimed_job_is_nobody_elses_until_the_lease_runs_out(done, settings):
    settings.JOB_LEASE_SECONDS = 30
    job = ask()
    first = queue.claim(now=NOON)

    assert queue.claim(now=NOON + timedelta(seconds=29)) is None
    second = queue.claim(now=NOON + timedelta(seconds=30))

    assert first.pk == second.pk == job.pk
    assert second.attempts == 2


def test_a_worker_that_lost_its_lease_can_neither_finish_nor_fail_the_job(done):
    ask()
    late = queue.claim(now=NOON)
    mine = queue.claim(now=NOON + timedelta(hours=1))

    with pytest.raises(queue.LeaseLost):
        queue.hold(late, now=NOON)
    with pytest.raises(queue.LeaseLost):
        queue.finish(late, now=NOON)
    queue.fail(late, "too late", now=NOON)

    now = Job.objects.get(pk=mine.pk)
    assert (now.state, now.lease_token, now.last_error) == (Job.State.RUNNING, mine.lease_token, "")


def test_what_fails_leaves_no_effect_and_waits_longer_each_time(done):
    job = ask(fails=True)
    now, waits = NOON, []
    for _ in range(7):
        assert status.drain(now) == 1
        job.refresh_from_db()
        assert job.state == Job.State.QUEUED
        waits.append(job.run_after - now)
        now = job.run_after

    assert [wait.total_seconds() / 60 for wait in waits] == [1, 5, 15, 45, 120, 240, 360]
    status.drain(now)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.FAILED, 8)
    assert job.last_error == "RuntimeError: the printer is out of ink"
    assert not Job.objects.filter(kind="effect").exists()
    assert status.counts() == {"queued": 0, "running": 0, "failed": 1}


def test_a_failed_job_can_be_tried_again_and_only_a_failed_one(done):
    job = ask(fails=True)
    assert not queue.retry(job)
    Job.objects.filter(pk=job.pk).update(state=Job.State.FAILED, attempts=8, payload={})

    assert queue.retry(job)

    assert status.drain(NOON) == 1
    assert done == ["note:1"]


def test_a_job_that_kills_its_worker_eight_times_is_failed(done):
    job = ask()
    for hour in range(8):
        assert queue.claim(now=NOON + timedelta(hours=hour))

    assert status.drain(NOON + timedelta(hours=9)) == 0

    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.FAILED, 8)


def test_work_in_parts_says_how_far_it_is_and_counts_its_tries_anew_with_each_part(done):
    said = []

    @handlers.handler("long", label="Long work")
    def long(payload, job):
        said.append((payload.get("after", 0), job.attempts))
        number = payload.get("after", 0) + 1
        if len(said) == 2:
            raise RuntimeError("cut off")
        return progress.Part(number, 3, number) if number < 3 else None

    job = ask(kind="long")
    status.drain(NOON)
    job.refresh_from_db()
    assert (job.state, job.done_count, job.total_count) == (Job.State.QUEUED, 1, 3)
    status.drain(NOON + timedelta(hours=1))
    job.refresh_from_db()

    assert said == [(0, 1), (1, 1), (1, 2), (2, 1)]
    assert (job.state, job.done_count) == (Job.State.DONE, 2)


def test_how_far_it_is_can_be_told_only_by_who_has_the_job(done):
    ask()
    late = queue.claim(now=NOON)
    mine = queue.claim(now=NOON + timedelta(hours=1))

    progress.told(mine, 5, 20)
    with pytest.raises(queue.LeaseLost):
        progress.told(late, 19, 20)

    mine.refresh_from_db()
    assert (mine.done_count, mine.total_count) == (5, 20)


def test_what_was_done_long_ago_is_removed_and_nothing_else(done, settings):
    settings.JOB_KEEP_DAYS = 90
    _old, new, failed = (ask(f"note:{number}") for number in range(3))
    status.drain(NOON)
    Job.objects.filter(kind="effect").delete()
    Job.objects.filter(pk=new.pk).update(done_at=NOON + timedelta(days=1))
    Job.objects.filter(pk=failed.pk).update(state=Job.State.FAILED, done_at=None)

    assert queue.prune(NOON + timedelta(days=90, seconds=1)) == 1

    assert set(Job.objects.values_list("pk", flat=True)) == {new.pk, failed.pk}


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("", ""),
        (queue.DIED, "The process that did it was stopped in the middle, eight times."),
        ("OSError: [Errno 28] No space left on device: 'x'", "There is no room left on the disk."),
        ("OperationalError: server closed the connection", "The database did not answer."),
        ("KeyError: 'x'", "Something unexpected went wrong. Tell who runs Boardroom."),
    ],
)
def test_why_work_failed_is_told_in_words(error, told):
    assert words.in_words(error) == told


def test_slow_work_is_done_before_the_transaction_that_stores_it(done):
    ask(kind="draw")

    status.drain(NOON)

    assert done == ["drawn", "stored"]


def test_the_database_refuses_a_running_job_without_a_lease(done):
    job = ask()

    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING)
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(state="lost")
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(state=Job.State.DONE)


def test_two_handlers_for_one_kind_are_refused(done):
    with pytest.raises(ValueError):
        handlers.handler("note")(lambda payload, job: None)
