"""`make reliability`: real processes, really killed; one line a figure, exit status 1 when one does not hold.

    python -m reliability [module …] [--seed N] [--short]

PostgreSQL is the server that DATABASE_URL names (default: the local one); databases, Redis servers and folders are made
for the run and gone when it ends. `--short` is the size for a test suite.
"""

import argparse
import importlib
import os
import random
import signal
import sys
import time

from reliability.base import Base

# Each module has `run(base)` that yields its lines.
SCENARIOS = ("points", "kills", "broker", "clocks", "mail")


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m reliability")
    parser.add_argument("scenarios", nargs="*")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument("--short", action="store_true")
    asked = parser.parse_args(words)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that nothing is left running
    print(f"seed {asked.seed}, {os.cpu_count()} cores", flush=True)
    fine = True
    with Base(asked.seed, short=asked.short) as base:
        for name in asked.scenarios or SCENARIOS:
            began = time.monotonic()
            for line in importlib.import_module(f"reliability.{name}").run(base):
                print(line, flush=True)
                fine &= line.holds
            print(f"     {name}: {time.monotonic() - began:.0f} s", flush=True)
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
