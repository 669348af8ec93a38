"""How the table stands, and emptying it on the spot."""

from datetime import datetime

from django.db.models import Count

from . import queue
from .models import Job


def counts() -> dict[str, int]:
    """`{"queued": n, "running": n, "failed": n}` for the health page (reliability.md 6.1)."""
    found = dict(Job.objects.undone().order_by().values_list("state").annotate(Count("pk")))
    return {
        state: found.get(state, 0)
        for state in (Job.State.QUEUED.value, Job.State.RUNNING.value, Job.State.FAILED.value)
    }


def drain(now: datetime | None = None) -> int:
    """Nothing that was due at `now` (by default: now) is left; the number of jobs run, which may have made new ones."""
    queue.bury(now=now)
    ran = 0
    while queue.run(now=now):
        ran += 1
    return ran
