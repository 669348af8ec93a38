"""What the benchmarks share: databases for the run, clocks, and lines."""

import importlib
import time
from collections.abc import Callable
from statistics import median

import django


class FloorIsEmpty:
    """The floor's database has tables only: migrations of data are for the product's."""

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints) -> bool | None:
        return False if db == "floor" and model_name is None else None


class Base:
    """A run's databases, made on entering and gone on leaving."""

    def __enter__(self) -> "Base":
        django.setup()
        from django.db import connections

        for alias in ("default", "floor"):
            connections[alias].creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        self.vendor = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connections["default"].vendor]
        return self

    def __exit__(self, *_failure) -> None:
        from django.db import connections

        for alias in ("default", "floor"):
            connections[alias].creation.destroy_test_db(str(connections[alias].settings_dict["NAME"]), verbosity=0)

    def module(self, name: str):
        return importlib.import_module(f"bench.{name}")


def line(number: str, what: str, ratio: float, floor: str, goal: str, more: str = "") -> str:
    return f"{number} {what}: {ratio:.1f}x of {floor} (goal {goal})" + (f"; {more}" if more else "")


def cpu(act: Callable[[], object], times: int) -> float:
    """Seconds of this process's CPU for one of so many calls."""
    start = time.process_time()
    for _once in range(times):
        act()
    return (time.process_time() - start) / times


def in_turns(acts: dict[str, Callable[[], object]], *, times: int, rounds: int = 7) -> dict[str, float]:
    """The median CPU seconds of each act, measured in turns so that a busy moment of the machine meets all of them."""
    for act in acts.values():
        cpu(act, max(1, times // 4))
    found = {name: [] for name in acts}
    for _round in range(rounds):
        for name, act in acts.items():
            found[name].append(cpu(act, times))
    return {name: median(values) for name, values in found.items()}
