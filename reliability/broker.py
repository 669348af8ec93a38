"""Redis down, silent, flushed, full, and fed with hostile messages while somebody works (B7, F6-F9)."""

import json
import pickle
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from reliability.base import Base, Redis
from reliability.line import Line, counted
from reliability.place import Place
from reliability.secretary import Secretary
from reliability.work import Work

ACTS, SECONDS = 100, 2.0
QUEUE = "celery"


def run(base: Base) -> Iterator[Line]:
    """One line a fault. The short form tries Redis down and hostile messages, with few acts."""
    acts = 6 if base.short else ACTS
    faults = {"down": _down, "hostile": _hostile}
    if not base.short:
        faults = {
            "down": _down,
            "silent": _silent,
            "flushed": _flushed,
            "full": _full,
            "without a key": _locked,
        } | faults
        faults["messages several times"] = _repeated
    for name, fault in faults.items():
        with base.redis() as redis:
            yield from _under(base, name, fault, redis, acts)


def _under(base: Base, name: str, fault: Callable, redis: Redis, acts: int) -> Iterator[Line]:
    """So many acts under the fault; then Redis is well, and the backlog is done within a minute."""
    with base.place(redis=redis.url) as place:
        done = Work(place, acts // 2)
        place.web()
        workers = [place.worker(), place.worker()]
        place.beat()
        secretary = Secretary(place)
        place.settle()
        secretary.slowest = 0.0
        with fault(place, redis) as stir:
            for number in range(done.count):
                stir()
                done.make_meeting(secretary, number)
                done.send(secretary, number)
            behind = place.unfinished()
            during = place.settle(60)
        seconds = place.settle(60)
        found = done.faults()
        if secretary.slowest > SECONDS:
            found.append(f"an act took {secretary.slowest:.1f} s")
        if seconds > 60:
            found.append("not settled after 60 s")
        found += ["a worker died"] * sum(worker.poll() is not None for worker in workers)
        when = f"done after {during:.0f} s under it" if during < 61 else f"done {seconds:.0f} s after it"
        more = f"{len(done.meetings) + len(done.sent)} acts, slowest {secretary.slowest:.2f} s; {behind} jobs behind, {when}"
        yield counted("B7", f"Redis {name}", found, more)


@contextmanager
def _down(place: Place, redis: Redis):
    redis.stop()
    yield lambda: None
    redis.start()


@contextmanager
def _silent(place: Place, redis: Redis):
    """Something takes connections on its port and never says a word."""
    redis.stop()
    with socket.socket() as hole:
        hole.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        hole.bind(("127.0.0.1", redis.port))
        hole.listen(128)
        yield lambda: None
    redis.start()


@contextmanager
def _flushed(place: Place, redis: Redis):
    yield lambda: redis.ask("FLUSHALL")


@contextmanager
def _full(place: Place, redis: Redis):
    """As the compose file has it: noeviction, and no room left."""
    redis.ask("CONFIG", "SET", "maxmemory-policy", "noeviction")
    redis.ask("CONFIG", "SET", "maxmemory", "1")
    yield lambda: None
    redis.ask("CONFIG", "SET", "maxmemory", "0")


@contextmanager
def _locked(place: Place, redis: Redis):
    """Redis asks for a password that nobody was given."""
    redis.ask("CONFIG", "SET", "requirepass", "hemmelig")
    redis.ask("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes", password="hemmelig")
    yield lambda: None
    redis.ask("CONFIG", "SET", "requirepass", "", password="hemmelig")


@contextmanager
def _hostile(place: Place, redis: Redis):
    """Pickle, an unknown task, ten megabytes and rubbish lie in the queue before and between real messages."""
    hostile = [_message(task="os.system"), _message(content="application/x-python-serialize"), b"{", b"\xff\x00"]
    redis.ask("LPUSH", QUEUE, given=_message(task="x" * 10_000_000))

    def stir() -> None:
        for message in hostile:
            redis.ask("LPUSH", QUEUE, given=message)

    yield stir


@contextmanager
def _repeated(place: Place, redis: Redis):
    """Every job is named to the workers five times, newest first, again and again."""

    def stir() -> None:
        rows = place.query("SELECT id FROM jobs_job ORDER BY id DESC LIMIT 10")
        for job in [row[0] for row in rows for _time in range(5)]:
            redis.ask("LPUSH", QUEUE, given=_message(task="jobs.run_job", arguments=[[job], {}, {}]))

    yield stir


def _message(task: str = "jobs.sweep", content: str = "application/json", arguments: list | None = None) -> bytes:
    """A message as kombu lays it in Redis."""
    import base64

    arguments = arguments if arguments is not None else [[], {}, {}]
    body = pickle.dumps(arguments) if "python" in content else json.dumps(arguments).encode()
    headers = {"lang": "py", "task": task, "id": f"prøve-{time.monotonic_ns()}", "argsrepr": "", "kwargsrepr": ""}
    delivery = {"exchange": "", "routing_key": QUEUE}
    properties = {"delivery_mode": 2, "delivery_info": delivery, "priority": 0, "body_encoding": "base64"}
    properties |= {"delivery_tag": headers["id"], "correlation_id": headers["id"]}
    told = {"body": base64.b64encode(body).decode(), "content-encoding": "utf-8", "content-type": content}
    return json.dumps(told | {"headers": headers, "properties": properties}).encode()
