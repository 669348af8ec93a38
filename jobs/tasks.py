"""What Celery may be told: look at this row, look for forgotten rows, look at the clock."""

from celery import shared_task
from django.conf import settings

from . import queue, schedule
from . import watch as watch
from .clock import database_now

SWEEP_LIMIT = 200


@shared_task(name="jobs.run_job")
def run_job(job_id: int) -> None:
    """The job is run if it is due; a row that is gone, done or another's is let be."""
    queue.run(job_id)


@shared_task(name="jobs.sweep")
def sweep() -> None:
    """Workers are told of every row that is due, in particular those whose bell was lost or whose worker died.

    The calls expire with the next sweep: while workers are busy they do not pile up.
    """
    now = database_now()
    queue.bury(now=now)
    for job_id in queue.due_ids(now, SWEEP_LIMIT):
        run_job.apply_async((job_id,), expires=settings.JOB_SWEEP_SECONDS)


@shared_task(name="jobs.tick")
def tick() -> None:
    schedule.tick(database_now())
