"""The doorbell: tells a worker that a row waits. Nothing depends on it being heard."""

import logging
import threading
import time
from functools import partial

from django.conf import settings
from django.db import transaction

from boardroom.lib.crash import crash_point

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 1.0
QUIET_SECONDS = 10.0
_quiet_until = 0.0


def ring_on_commit(job_id: int) -> None:
    """Ring once the surrounding transaction is committed; if that fails it is logged, and the sweeper finds the row."""
    if settings.REDIS_URL:
        transaction.on_commit(partial(ring, job_id), robust=True)


def ring(job_id: int) -> None:
    """A worker is told of the job, or the caller goes on after a second at most.

    The client library has waits of its own (name look-up, retries) that its time-outs do not bound; hence the thread.
    After a failure nobody rings for ten seconds, so that an act with forty jobs does not wait forty times.
    """
    global _quiet_until
    crash_point("before_wake")
    if time.monotonic() < _quiet_until:
        return
    heard = threading.Event()
    threading.Thread(target=_publish, args=(job_id, heard), daemon=True, name="bell").start()
    if not heard.wait(PATIENCE_SECONDS):
        _quiet_until = time.monotonic() + QUIET_SECONDS
        log.warning("The broker did not answer in time; the sweeper will find job %s.", job_id)


def _publish(job_id: int, heard: threading.Event) -> None:
    from .tasks import run_job

    try:
        run_job.apply_async((job_id,), retry=False)
        heard.set()
    except Exception as fault:
        log.warning("The broker could not be told of job %s: %s", job_id, fault)
