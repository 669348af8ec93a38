"""Whether the parts Boardroom stands on answer, and how much work waits."""

import socket
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Count

from boardroom import VERSION

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


def broker_state() -> str | bool:
    """ "none" in the embedded mode, else whether the broker's port takes a connection within a second."""
    if not settings.REDIS_URL:
        return "none"
    parts = urlsplit(settings.REDIS_URL)
    try:
        if parts.scheme == "unix":
            with socket.socket(socket.AF_UNIX) as plug:
                plug.settimeout(1)
                plug.connect(parts.path)
        else:
            socket.create_connection((parts.hostname or "localhost", parts.port or 6379), timeout=1).close()
    except OSError:
        return False
    return True
