"""The doorbell: tells a worker that a row waits. Nothing depends on it being heard."""

import logging
import threading
import time
from functools import partial

from django.conf import settings
from django.db import transaction

from boardroom.lib.crash import crash_point

log = logging.getLogger(__name__)

QUIET_SECONDS = 10.0
_quiet_until = 0.0


def ring_on_commit(job_id: int) -> None:
    """Ring once the surrounding transaction is committed; if that fails it is logged, and the sweeper finds the row."""
    transaction.on_commit(partial(_committed, job_id), robust=True)


def _committed(job_id: int) -> None:
    crash_point("after_commit")
    if settings.REDIS_URL:
        ring(job_id)


def ring(job_id: int) -> None:
    """A worker is told of the job, or the caller goes on after JOB_BELL_SECONDS at most.

    The client library has waits of its own (name look-up, retries) that its time-outs do not bound; hence the thread.
    After a failure nobody rings for ten seconds, so that an act with forty jobs does not wait forty times.
    """
    global _quiet_until
    crash_point("before_wake")
    if time.monotonic() < _quiet_until:
        return
    told = threading.Event()
    hand = threading.Thread(target=_publish, args=(job_id, told), daemon=True, name="bell")
    hand.start()
    hand.join(settings.JOB_BELL_SECONDS)
    if not told.is_set():
        _quiet_until = time.monotonic() + QUIET_SECONDS
        log.warning("The broker could not be told of job %s in time; the sweeper will find it.", job_id)


def _publish(job_id: int, told: threading.Event) -> None:
    from .tasks import run_job

    try:
        run_job.apply_async((job_id,), retry=False)
        told.set()
    except Exception as fault:
        log.warning("The broker refused the bell for job %s: %s", job_id, fault)
