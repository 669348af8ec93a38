"""Whether the parts Boardroom stands on answer, and how much work waits."""

from django.apps import apps
from django.db import DatabaseError, connection
from django.db.models import Count

from boardroom import VERSION
from jobs.health import broker_state

STATES = ("queued", "running", "failed")


def examine() -> dict:
    """`{"ok", "database", "broker", "jobs": {"queued", "running", "failed"}, "version"}`.

    The broker is only a doorbell: `broker` tells whether it answers ("none" without one), `ok` is the database alone.
    """
    try:
        jobs, database = job_counts(), True
    except DatabaseError:
        jobs, database = dict.fromkeys(STATES), False
    return {"ok": database, "database": database, "broker": broker_state(), "jobs": jobs, "version": VERSION}


def job_counts() -> dict[str, int]:
    """How many jobs stand in each unfinished state. Raises DatabaseError when the database does not answer."""
    connection.ensure_connection()
    job = apps.get_app_config("jobs").get_model("Job")
    found = dict(job.objects.filter(state__in=STATES).values_list("state").annotate(Count("pk")).order_by())
    return {state: found.get(state, 0) for state in STATES}
