"""Random kills of web, workers and beat while a secretary works (B6): nothing lost, doubled or half done, settled in 60 s."""

import threading
import time
from collections.abc import Callable, Iterator
from random import Random

from reliability.base import POSTGRES, SQLITE, Base
from reliability.line import Line, counted
from reliability.place import Place
from reliability.secretary import Secretary
from reliability.work import Work

KILLS, ACTS = {POSTGRES: 200, SQLITE: 60}, 100
PAUSE = (0.3, 1.5)  # seconds between two kills


def run(base: Base) -> Iterator[Line]:
    for database, kills in ({SQLITE: 4} if base.short else KILLS).items():
        yield from _killing(base, database, kills, 8 if base.short else ACTS)


def _killing(base: Base, database: str, kills: int, acts: int) -> Iterator[Line]:
    with base.redis() as redis, base.place(database, redis=redis.url if database == POSTGRES else "") as place:
        done = Work(place, acts // 4)
        starts = _starts(place)
        living = {name: start() for name, start in starts.items()}
        typist = Typist(place, done, base.random(f"acts {database}"))
        typist.start()
        chance, before = base.random(f"kills {database}"), 0
        for number in range(kills):
            typist.may_do(acts * (number + 1) // kills)
            time.sleep(chance.uniform(*PAUSE))
            names = sorted(living)
            if typist.answers == before:  # a web process that has answered nothing yet is not worth killing
                names.remove("web")
            name = chance.choice(names)
            place.kill(living[name])
            living[name] = starts[name]()
            before = typist.answers if name == "web" else before
        typist.join(timeout=120)
        seconds = place.settle()
        faults = [*typist.faults, *done.faults(kills)]
        if seconds > 60:
            faults.append("not settled after 60 s")
        more = f"{kills} kills, {typist.number} acts, {typist.broken} of which were met by a kill; settled after {seconds:.0f} s"
        yield counted("B6", f"random kills on {database}", faults, more)


def _starts(place: Place) -> dict[str, Callable]:
    """What an installation of this kind consists of."""
    if not place.env["REDIS_URL"]:
        return {"web": place.serve, "loop": place.loop}
    return {"web": place.serve, "worker 1": place.worker, "worker 2": place.worker, "beat": place.beat}


class Typist(threading.Thread):
    """A secretary who does one act after the other, as many as are allowed so far, and never the same twice."""

    def __init__(self, place: Place, done: Work, chance: Random):
        super().__init__(daemon=True, name="typist")
        self.place, self.done = place, done
        self.number, self.broken, self.faults = 0, 0, []
        self.allowed = threading.Semaphore(0)
        self.given = 0
        self.secretary: Secretary | None = None
        self.acts = _plan(done, chance)

    @property
    def answers(self) -> int:
        return self.secretary.answered if self.secretary else 0

    def may_do(self, number: int) -> None:
        for _act in range(number - self.given):
            self.allowed.release()
        self.given = max(self.given, number)

    def run(self) -> None:
        try:
            self.secretary = secretary = Secretary(self.place)
            for act in self.acts:
                self.allowed.acquire()
                act(secretary)
                self.number += 1
                self.broken = secretary.broken
        except Exception as fault:
            self.faults.append(f"act {self.number + 1} failed: {type(fault).__name__}: {fault}"[:600])


def _plan(done: Work, chance: Random) -> list[Callable]:
    """Four acts for each meeting, in an order that differs with the seed; what is published is final by then."""
    found = []
    for number in range(done.count):
        for act, place in ((done.finalise, 0), (done.publish, 4), (done.make_meeting, 2), (done.send, 2)):
            found.append((number * 4 + place + chance.uniform(0, 3), number, act))
    return [
        lambda by, act=act, number=number: act(by, number) for _at, number, act in sorted(found, key=lambda one: one[0])
    ]
