"""How far a long job has come, where a person waits for it.

What a handler writes in its transaction nobody sees before the commit. A long job therefore works in parts: each part
is a transaction with its effect, its place and its count, so that a killed job goes on where it was and does nothing
twice. Work outside a transaction (`transactional=False`) says how far it is with `told`.
"""

from dataclasses import dataclass
from datetime import datetime

from .models import Job


@dataclass(frozen=True)
class Part:
    """What a handler returns when a part stands and there is more: it is called again, at once, for the next.

    `after` is the id (or other short mark) the next part begins after: `payload["after"]`, absent at the first part.
    `done` of `total` is what a person reads; a `total` of 0 shows no number.
    """

    done: int
    total: int
    after: int | str


@dataclass(frozen=True)
class Later:
    """What a handler returns where nothing is to be done before `until`: the job waits, and nothing counts as a failure."""

    until: datetime


def told(job: Job, done: int, total: int) -> None:
    """`done` of `total` stands on the job's row, seen by others when the caller's transaction, if any, is committed.

    Raises jobs.queue.LeaseLost when another worker has the job: there is no use in going on.
    """
    from .queue import LeaseLost

    mine = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, lease_token=job.lease_token)
    if not mine.update(done_count=done, total_count=total):
        raise LeaseLost(job.key)
