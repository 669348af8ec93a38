"""Doing a claimed job: the slow part under a renewed lease, then effect and «done» in one transaction."""

import logging
import threading
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from boardroom.lib.crash import crash_point

from . import handlers, queue
from .models import Job
from .progress import Later, Part

log = logging.getLogger(__name__)


def do(job: Job, *, now: datetime | None = None) -> None:
    """The effect stands and the job is done, or neither. Raises what the handler raises, and LeaseLost.

    Work that says `Part` stands part by part: each in a transaction of its own, with how far it has come. Work that says
    `Later` waits.
    """
    handler = handlers.find(job.kind)
    while _do_part(handler, job, now):
        crash_point("part_done")
    crash_point("after_done")


def _do_part(handler: handlers.Handler, job: Job, now: datetime | None) -> bool:
    """One part, or the whole where the work has none, stands; whether there is more."""
    outcome = None
    if not handler.transactional:
        with kept_lease(job):
            outcome = handler.work(job.payload, job)
    with transaction.atomic():
        queue.hold(job, now=now)
        if handler.transactional:
            outcome = handler.work(job.payload, job)
        if callable(outcome):
            outcome = outcome()
        crash_point("before_done")
        if isinstance(outcome, Part):
            queue.go_on(job, outcome.done, outcome.total, outcome.after, now=now)
        elif isinstance(outcome, Later):
            queue.put_off(job, outcome.until)
        else:
            queue.finish(job, now=now)
        crash_point("done_uncommitted")
    return isinstance(outcome, Part)


@contextmanager
def kept_lease(job: Job):
    """While the block runs, a thread renews the lease three times in its length, by a connection of its own."""
    stop = threading.Event()
    keeper = threading.Thread(target=_renew, args=(job, stop), daemon=True, name=f"lease-{job.pk}")
    keeper.start()
    try:
        yield
    finally:
        stop.set()
        keeper.join(timeout=settings.JOB_LEASE_SECONDS)


def _renew(job: Job, stop: threading.Event) -> None:
    try:
        while not stop.wait(settings.JOB_LEASE_SECONDS / 3):
            try:
                queue.hold(job)
            except queue.LeaseLost:
                return
            except DatabaseError:
                log.warning("The lease of job %s could not be renewed.", job.pk, exc_info=True)
                connection.close()
    finally:
        connection.close()
