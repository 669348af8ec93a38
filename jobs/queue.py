"""The job table as a queue: put in, claim under a lease, do, mark done. Nobody else writes `Job.state`.

Exactly once is at least once, plus a unique key, plus «done» in the transaction of the effect (reliability.md 0, 3.2).
"""

import logging
import os
import socket
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from boardroom.lib.crash import crash_point

from . import bell, handlers
from .clock import database_now
from .models import Job

log = logging.getLogger(__name__)

ATTEMPTS = 8
BACKOFF = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 45, 120, 240, 360)]
UNLEASED = {"lease_until": None, "lease_token": ""}
ANEW = {"state": Job.State.QUEUED, "attempts": 0, "done_at": None, "last_error": "", "run_after": None}
DIED = "The worker stopped in the middle, eight times."
PRUNED = 20_000
UNCOUNTED = {"done_count": 0, "total_count": 0}


class LeaseLost(Exception):
    """The lease ran out and another worker has the job; what this one did is rolled back."""


def enqueue(
    kind: str,
    key: str,
    payload: dict,
    *,
    run_after: datetime | None = None,
    again: bool = False,
    board: int | None = None,
) -> Job:
    """The job with this key stands in the table when the caller's transaction is committed, and a worker is told.

    The same key returns the row that is there. With `again`, that row is queued anew with this payload; where it is
    running, or held by somebody else, a row with the key and a "+" is queued to run after this transaction.
    `board` is the id of the board it is for, where it is for one; `payload["board"]` if left out.
    ValueError if `payload` holds more than ids.
    """
    _check_ids_only(payload)
    crash_point("in_transaction")
    board = board or payload.get("board")
    fresh = {"kind": kind, "payload": payload, "run_after": run_after, "board": board, "created_at": timezone.now()}
    job, made = Job.objects.get_or_create(key=key, defaults=fresh)
    if not made and again:
        if not _queue_anew(job, payload=payload, run_after=run_after, **UNCOUNTED):
            return enqueue(kind, f"{key}+", payload, run_after=run_after, again=True, board=board)
        job.refresh_from_db()
    if made or again:
        bell.ring_on_commit(job.pk)
    crash_point("before_commit")
    return job


def enqueue_many(kind: str, payloads: dict[str, dict], *, run_after: datetime | None = None) -> None:
    """As `enqueue` for each key with its payload, in one statement for many of them; the sweeper finds them."""
    for payload in payloads.values():
        _check_ids_only(payload)
    fresh = {"kind": kind, "run_after": run_after, "created_at": timezone.now()}
    rows = [Job(key=key, payload=payload, board=payload.get("board"), **fresh) for key, payload in payloads.items()]
    Job.objects.bulk_create(rows, ignore_conflicts=True)


def retry(job: Job) -> bool:
    """A failed job is queued for another eight attempts; False, and nothing changed, if it was not failed."""
    moved = Job.objects.filter(pk=job.pk, state=Job.State.FAILED).update(**ANEW)
    if moved:
        bell.ring_on_commit(job.pk)
    return bool(moved)


def claim(job_id: int | None = None, *, now: datetime | None = None) -> Job | None:
    """One due job (that one, if named) is this worker's for JOB_LEASE_SECONDS; None if there is none to have.

    Who waits longest comes first, and before that what another worker left lying.
    """
    now = now or database_now()
    with transaction.atomic():
        job = _take(Job.objects.lapsed_on(now), job_id, now) or _take(Job.objects.ripe_on(now), job_id, now)
        if job is None:
            return None
        crash_point("claimed_uncommitted")
    crash_point("claimed")
    return job


def _take(due, job_id: int | None, now: datetime) -> Job | None:
    """The first of the due jobs that nobody else holds, leased; two short queries, each by an index of its own."""
    known = due.filter(kind__in=handlers.kinds(), attempts__lt=ATTEMPTS).order_by("id")
    job = _unlocked(known if job_id is None else known.filter(pk=job_id)).first()
    leased = {
        "state": Job.State.RUNNING,
        "lease_until": now + timedelta(seconds=settings.JOB_LEASE_SECONDS),
        "lease_token": uuid4().hex,
        "attempts": F("attempts") + 1,
        "begun_at": now,
        "worker": f"{socket.gethostname()[:80]}:{os.getpid()}",
    }
    if job is None or not due.filter(pk=job.pk, lease_token=job.lease_token).update(**leased):
        return None
    job.refresh_from_db()
    return job


def due_ids(now: datetime, limit: int) -> list[int]:
    """Work that this release can do and nobody has begun on, or that was left lying; at most so many."""
    both = (Job.objects.lapsed_on(now), Job.objects.ripe_on(now))
    found = [due.filter(kind__in=handlers.kinds()).order_by("id").values_list("pk", flat=True)[:limit] for due in both]
    return [pk for ids in found for pk in ids][:limit]


def run(job_id: int | None = None, *, now: datetime | None = None) -> bool:
    """Claim one due job and do it. True if one was claimed, whatever came of it; False if there was none to have."""
    from .work import do

    job = claim(job_id, now=now)
    if job is None:
        return False
    try:
        do(job, now=now)
    except LeaseLost:
        log.warning("Job %s (%s) was taken over by another worker; what this one did is undone.", job.pk, job.key)
    except Exception as fault:
        log.exception("Job %s (%s) failed at attempt %s.", job.pk, job.key, job.attempts)
        fail(job, f"{type(fault).__name__}: {fault}", now=now)
    return True


def hold(job: Job, *, now: datetime | None = None) -> None:
    """The lease is renewed from `now`, and inside a transaction nobody else can claim the job until it ends.

    Raises LeaseLost when another worker has it.
    """
    until = (now or database_now()) + timedelta(seconds=settings.JOB_LEASE_SECONDS)
    if not _mine(job).update(lease_until=until):
        raise LeaseLost(job.key)


def go_on(job: Job, done: int, total: int, after: int | str, *, now: datetime | None = None) -> None:
    """A part of the job stands with the transaction; the next begins after `after`, in whichever worker.

    The lease is renewed, and the attempts are counted from here. Raises LeaseLost when another worker has it.
    """
    until = (now or database_now()) + timedelta(seconds=settings.JOB_LEASE_SECONDS)
    payload = job.payload | {"after": after}
    part = {"payload": payload, "done_count": done, "total_count": total, "attempts": 1}
    if not _mine(job).update(lease_until=until, **part):
        raise LeaseLost(job.key)
    for name, value in part.items():
        setattr(job, name, value)


def put_off(job: Job, until: datetime) -> None:
    """The job waits until then, as if it had not been tried. Raises LeaseLost when another worker has it."""
    if not _mine(job).update(state=Job.State.QUEUED, run_after=until, attempts=0, **UNLEASED):
        raise LeaseLost(job.key)


def finish(job: Job, *, now: datetime | None = None) -> None:
    """The job is done. Raises LeaseLost when another worker has it."""
    now = now or database_now()
    if not _mine(job).update(state=Job.State.DONE, done_at=now, last_error="", run_after=None, **UNLEASED):
        raise LeaseLost(job.key)


def fail(job: Job, error: str, *, now: datetime | None = None) -> None:
    """The job waits for its next attempt, 1 minute to 6 hours away, or is failed after the eighth."""
    now = now or database_now()
    error = error.replace("\x00", "")[:4000]
    if job.attempts >= ATTEMPTS:
        _put(_mine(job), job, error, None, state=Job.State.FAILED)
        return
    again_at = now + BACKOFF[min(job.attempts, len(BACKOFF)) - 1]
    _put(_mine(job), job, error, again_at, state=Job.State.QUEUED, run_after=again_at)


def bury(*, now: datetime | None = None) -> int:
    """Jobs whose workers died eight times in the middle are failed, and said to be; how many. It waits for nobody."""
    now = now or database_now()
    buried = 0
    with transaction.atomic():
        for job in _unlocked(Job.objects.lapsed_on(now).filter(attempts__gte=ATTEMPTS)):
            buried += _put(_mine(job), job, DIED, None, state=Job.State.FAILED)
    return buried


def prune(now: datetime) -> int:
    """Jobs that were done before the last JOB_KEEP_DAYS are gone, so many at most that the turn is short; how many.

    Who asks for such a piece of work again gets it done again: what it writes is protected by its own keys.
    """
    old = Job.objects.filter(state=Job.State.DONE, done_at__lt=now - timedelta(days=settings.JOB_KEEP_DAYS))
    gone, _ = Job.objects.filter(pk__in=list(old.order_by("done_at").values_list("pk", flat=True)[:PRUNED])).delete()
    return gone


@transaction.atomic
def _put(held, job: Job, error: str, again_at: datetime | None, **changes) -> int:
    """The job is put off or given up, and its kind's handler has said so where it shows; 0 where another has it."""
    moved = held.update(last_error=error, **changes, **UNLEASED)
    handler = handlers.find(job.kind) if job.kind in handlers.kinds() else None
    if moved and handler and handler.after_failure:
        handler.after_failure(job.payload, error, again_at)
    return moved


def _unlocked(jobs):
    """The rows that no other worker holds at this moment; on SQLite nobody else writes while we do."""
    return jobs.select_for_update(skip_locked=True) if connection.features.has_select_for_update_skip_locked else jobs


def _mine(job: Job):
    return Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, lease_token=job.lease_token)


def _queue_anew(job: Job, **changes) -> bool:
    """Queue a job that nobody has in hand; False if somebody has.

    It never waits for a worker: the worker may in turn wait for this transaction's place in the trail.
    """
    with transaction.atomic():
        idle = Job.objects.filter(pk=job.pk).exclude(state=Job.State.RUNNING)
        held = not list(_unlocked(idle).values_list("pk"))
        return not held and bool(idle.update(**ANEW | changes))


def _check_ids_only(payload: dict) -> None:
    for name, value in payload.items():
        items = value if isinstance(value, list) else [value]
        if not all(item is None or (isinstance(item, bool | int | str) and len(str(item)) <= 200) for item in items):
            raise ValueError(f"A job's payload holds ids, and {name!r} is more than that.")
