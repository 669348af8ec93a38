"""What runs by the clock. Entries stand in code, registered by the apps; the database keeps only when each last ran."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from .models import ScheduleRun

log = logging.getLogger(__name__)

CLOCK = "clock"  # the row that says when somebody last looked at the schedule


@dataclass(frozen=True)
class Scheduled:
    """`act(now)` each `minutes`, or once a day from the local clock time `daily`."""

    name: str
    act: Callable[[datetime], object]
    minutes: int | None
    daily: time | None
    label: str = ""

    def is_due(self, last: datetime | None, now: datetime) -> bool:
        if last is None:
            return True
        if self.minutes is not None:
            return now - last >= timedelta(minutes=self.minutes)
        return last < latest_daily(self.daily, now)

    def next_on(self, last: datetime | None, now: datetime) -> datetime:
        """When it is due next; `now` where it is due already."""
        if self.is_due(last, now):
            return now
        if self.minutes is not None:
            return last + timedelta(minutes=self.minutes)
        return latest_daily(self.daily, now + timedelta(days=1))


_entries: dict[str, Scheduled] = {}


def every(name: str, *, minutes: int | None = None, daily: str | None = None, label: str = ""):
    """Schedule the decorated `act(now)`, each so many minutes or daily at a local time such as "05:00".

    `label` is what people read (gettext_lazy).
    It runs in one transaction with the stamp of its run, so it should only write job rows. What was missed while
    nothing ran is caught up once. ValueError unless exactly one rhythm is given and the name is new.
    """
    if (minutes is None) == (daily is None):
        raise ValueError(f"Schedule {name!r} either each so many minutes or daily at a time.")
    at = time.fromisoformat(daily) if daily else None

    def register(act):
        known = _entries.get(name)
        if known and (known.act.__module__, known.act.__qualname__) != (act.__module__, act.__qualname__):
            raise ValueError(f"Two scheduled entries are called {name!r}.")
        _entries[name] = Scheduled(name, act, minutes, at, label)
        return act

    return register


def entries() -> list[Scheduled]:
    """Everything that runs by the clock, in the order of the apps."""
    return list(_entries.values())


def tick(now: datetime) -> list[str]:
    """Every entry that was due at `now` has run once, however many clocks tick; the names of those run by this one.

    An entry that raises is logged, leaves nothing behind but why, and is tried at the next tick.
    """
    ScheduleRun.objects.update_or_create(name=CLOCK, defaults={"last_run_at": now})
    ran = []
    for entry in list(_entries.values()):
        try:
            if _run_once(entry, now):
                ran.append(entry.name)
        except Exception as fault:
            log.exception("The scheduled entry %s failed.", entry.name)
            why = f"{type(fault).__name__}: {fault}".replace("\x00", "")[:4000]
            ScheduleRun.objects.filter(name=entry.name).update(last_error=why)
    return ran


def latest_daily(at: time, now: datetime) -> datetime:
    """The newest moment at or before `now` when local clocks showed `at`, as UTC.

    A time that the change to summer time skips counts at the change; one that autumn shows twice counts the first time.
    """
    zone = ZoneInfo(settings.TIME_ZONE)
    today = now.astimezone(zone).date()
    for days in (0, 1, 2):
        moment = datetime.combine(today - timedelta(days=days), at, tzinfo=zone).astimezone(UTC)
        if moment <= now:
            return moment
    raise AssertionError("A clock time comes round within two days.")


def _run_once(entry: Scheduled, now: datetime) -> bool:
    seen, _ = ScheduleRun.objects.get_or_create(name=entry.name)
    if not entry.is_due(seen.last_run_at, now):
        return False
    with transaction.atomic():
        mine = ScheduleRun.objects.filter(pk=seen.pk, last_run_at=seen.last_run_at)
        if seen.last_run_at is None:
            mine = ScheduleRun.objects.filter(pk=seen.pk, last_run_at__isnull=True)
        if not mine.update(last_run_at=now, last_error=""):
            return False
        entry.act(now)
    return True
