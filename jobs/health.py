"""What an administrator sees of the machinery: the broker, the clock, and what runs by it."""

import socket
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings

from . import schedule
from .models import ScheduleRun

MISSED = 3  # looks at the clock


@dataclass(frozen=True)
class Health:
    """When somebody last looked at the clock, whether that is too long ago, and how the broker is."""

    clock_seen_at: datetime | None
    is_clock_silent: bool
    broker: str | bool

    @property
    def has_broker(self) -> bool:
        return self.broker != "none"


@dataclass(frozen=True)
class Planned:
    """One entry of the schedule: when it ran last and runs next, and why not where it failed."""

    entry: schedule.Scheduled
    last_run_at: datetime | None
    next_run_at: datetime
    last_error: str

    @property
    def label(self) -> str:
        return str(self.entry.label or self.entry.name)


def examine(now: datetime) -> Health:
    seen = ScheduleRun.objects.filter(name=schedule.CLOCK).values_list("last_run_at", flat=True).first()
    patience = timedelta(seconds=MISSED * settings.JOB_TICK_SECONDS)
    return Health(seen, seen is None or now - seen > patience, broker_state())


def schedule_of(now: datetime) -> list[Planned]:
    """Every entry, in the order in which they run next."""
    runs = {run.name: run for run in ScheduleRun.objects.all()}
    found = []
    for entry in schedule.entries():
        run = runs.get(entry.name, ScheduleRun(name=entry.name))
        found.append(Planned(entry, run.last_run_at, entry.next_on(run.last_run_at, now), run.last_error))
    return sorted(found, key=lambda one: one.next_run_at)


def broker_state() -> str | bool:
    """ "none" in the embedded mode, else whether the broker says anything within a second. One that is full does."""
    if not settings.REDIS_URL:
        return "none"
    parts = urlsplit(settings.REDIS_URL)
    try:
        with _plugged(parts) as plug:
            plug.settimeout(1)
            if parts.scheme == "rediss":
                return True
            plug.sendall(b"PING\r\n")
            return bool(plug.recv(1))
    except OSError:
        return False


def _plugged(parts) -> socket.socket:
    if parts.scheme != "unix":
        return socket.create_connection((parts.hostname or "localhost", parts.port or 6379), timeout=1)
    plug = socket.socket(socket.AF_UNIX)
    plug.settimeout(1)
    plug.connect(parts.path)
    return plug
