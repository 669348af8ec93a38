"""Every named crash point, five times: the process that comes there is killed, and another makes it good (3.4, F1-F4, B6)."""

import signal
from collections.abc import Iterator

from reliability.base import POSTGRES, SQLITE, Base
from reliability.installation import wait_until
from reliability.line import Line, counted
from reliability.place import Place
from reliability.secretary import Secretary
from reliability.work import ROOT, Work

REQUEST = ["in_transaction", "before_commit", "after_commit", "before_wake"]
PUBLISH = ["snapshot_written", "after_publish"]
# What a worker comes by, and the act that leaves it such work.
MAIL = ["before_send", "after_send_before_mark", "marked"]
CARRY = ["before_insert", "mid_insert"]
ANY = ["claimed_uncommitted", "claimed", "before_done", "done_uncommitted", "after_done"]
PDF = ["before_render", "after_render", "temp_written", "renamed", "before_row", "after_row"]
TIMES = {POSTGRES: 5, SQLITE: 1}


def run(base: Base) -> Iterator[Line]:
    """One line a database: five times with Celery, once embedded. The short form passes one point of each kind, on SQLite."""
    for database, times in ({SQLITE: 1} if base.short else TIMES).items():
        yield from _points(base, database, times)


def _points(base: Base, database: str, times: int) -> Iterator[Line]:
    web = ["after_commit", "snapshot_written"] if base.short else REQUEST + PUBLISH
    if database == SQLITE:  # without Redis nobody is woken
        web = [point for point in web if point != "before_wake"]
    work = ["claimed", "mid_insert", "renamed"] if base.short else ANY + CARRY + PDF + MAIL
    with base.redis() as redis, base.place(database, redis=redis.url if database == POSTGRES else "") as place:
        done = Work(place, times * (len(web) + len(work)))
        numbers = iter(range(done.count))
        kills = 0
        place.web()
        secretary = Secretary(place)
        for point in [one for one in web for _time in range(times)]:
            kills += _web_dies(place, secretary, done, next(numbers), point)
        place.must("runjobs", "--until-empty")
        for turn, point in enumerate(one for one in work for _time in range(times)):
            kills += _worker_dies(place, secretary, done, next(numbers), point, with_celery=bool(turn % 2))
        place.must("runjobs", "--until-empty")
        asked = times * (len(web) + len(work))
        name = f"named crash points on {database}, {len(web) + len(work)} x {times}"
        faults = done.faults(kills)
        if kills != asked:
            faults.append(f"{kills} of {asked} processes died")
        yield counted("B6", name, faults, f"{kills} kills; after each the next process made it good")


def _web_dies(place: Place, secretary: Secretary, done: Work, number: int, point: str) -> int:
    """The web process dies in the act; started again, the same form sent again succeeds once."""
    is_publishing = point in PUBLISH
    if is_publishing:
        done.finalise(secretary, number)
    path = f"{ROOT}/meetings/m{number}/" + ("documents/minutes/1/publish/" if is_publishing else "finalise/")
    form = secretary.form(path) if is_publishing else secretary.form(path, reason="Prøve.")
    place.end_web()
    doomed = place.web(BOARDROOM_CRASH_AT=point)
    secretary.press_once(path, form)
    wait_until(lambda: doomed.poll() is not None, f"the web process dies at {point}", 60)
    place.web()
    secretary.press(path, form)
    (done.published if is_publishing else done.final).append(number)
    return 1


def _worker_dies(place: Place, secretary: Secretary, done: Work, number: int, point: str, with_celery: bool) -> int:
    """The worker dies at the point, which leaves no half of the work; the next one does it."""
    if point in MAIL:
        done.send(secretary, number)
    else:
        done.finalise(secretary, number)
    uses_celery = with_celery and bool(place.env["REDIS_URL"])
    env = {"BOARDROOM_CRASH_AT": point}
    worker = place.worker(**env) if uses_celery else place.start("runjobs", "--until-empty", **env)
    wait_until(lambda: worker.poll() is not None, f"the worker dies at {point}", 60)
    return worker.returncode == -signal.SIGKILL
