"""Beat doubled, beat dead and back after a day, and a worker frozen past its lease (F5, F10)."""

import signal
import time
from collections.abc import Iterator
from functools import partial

from reliability.base import POSTGRES, SQLITE, Base
from reliability.installation import wait_until
from reliability.line import Line, counted
from reliability.place import Place
from reliability.secretary import Secretary
from reliability.work import Work


def run(base: Base) -> Iterator[Line]:
    """The short form freezes a worker of the embedded mode only."""
    yield from _frozen(base, SQLITE if base.short else POSTGRES, 1 if base.short else 5)
    if not base.short:
        yield from _doubled(base)
        yield from _dead_for_a_day(base)


def _frozen(base: Base, database: str, times: int) -> Iterator[Line]:
    """The worker stops in the middle of a PDF for longer than its lease; another does it; the first goes on, too late."""
    with base.place(database) as place:
        done = Work(place, times)
        place.web()
        secretary = Secretary(place)
        for number in range(times):
            done.finalise(secretary, number)
            worker = place.start("runjobs", "--until-empty")
            wait_until(partial(_is_rendering, place), "a PDF is begun", 60)
            worker.send_signal(signal.SIGSTOP)
            place.must("runjobs", "--until-empty")
            worker.send_signal(signal.SIGCONT)
            worker.wait(timeout=60)
        faults, late = done.faults(times), place.log().count("was taken over by another worker")
        if late != times:
            faults.append(f"{late} of {times} workers came too late")
        yield counted("F5", f"frozen workers on {database}", faults, f"{times} workers frozen past their lease")


def _is_rendering(place: Place) -> bool:
    return bool(place.query("SELECT COUNT(*) FROM jobs_job WHERE kind = 'pdf' AND state = 'running'")[0][0])


def _doubled(base: Base) -> Iterator[Line]:
    """Two clocks and two workers: every entry of the schedule runs once."""
    with base.redis() as redis, base.place(redis=redis.url) as place:
        done = Work(place, 10)
        place.web()
        for start in (place.worker, place.worker, place.beat, place.beat, place.beat):
            start(JOB_SWEEP_SECONDS="1", JOB_TICK_SECONDS="1")
        secretary = Secretary(place)
        for number in range(10):
            done.finalise(secretary, number)
        time.sleep(10)
        seconds = place.settle()
        faults = done.faults()
        twice = place.query("SELECT kind, COUNT(*) FROM jobs_job WHERE key LIKE '%+' GROUP BY kind")
        faults += [f"{count} {kind} asked for twice" for kind, count in twice]
        yield counted("F10", "three beats and two workers", faults, f"10 acts; settled after {seconds:.0f} s")


def _dead_for_a_day(base: Base) -> Iterator[Line]:
    """No beat at all, and nothing but lost calls: the workers hear nothing and look for themselves. Then beat is back."""
    with base.redis() as redis, base.place(redis=redis.url) as place:
        done = Work(place, 10)
        place.web(REDIS_URL="redis://127.0.0.1:1/0")
        worker = place.worker()
        secretary = Secretary(place)
        for number in range(10):
            done.make_meeting(secretary, number)
            done.send(secretary, number)
        without = place.settle()
        yesterday = "UPDATE jobs_schedulerun SET last_run_at = last_run_at - INTERVAL '1 day'"
        place.execute(yesterday)
        place.beat()
        late = "SELECT COUNT(*) FROM jobs_schedulerun WHERE last_run_at < now() - INTERVAL '1 hour' AND name <> 'clock'"
        wait_until(lambda: not place.query(late)[0][0], "what was missed is caught up", 60)
        place.settle()
        faults = done.faults()
        if without > 60:
            faults.append("not settled without beat and calls after 60 s")
        if worker.poll() is not None:
            faults.append("the worker died")
        yield counted(
            "F10", "no beat and no calls, then beat after a day", faults, f"20 acts; settled after {without:.0f} s"
        )
