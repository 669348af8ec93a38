"""`make bench`: one line a benchmark, on the database that DATABASE_URL names (a temporary SQLite file where it names none).

Everything stands in a temporary folder and in test databases, and is gone when this ends.
"""

import os
import sys
import tempfile

# Each module has `run(base)` that yields its lines. The import goes first: its floor is for an otherwise empty database.
BENCHMARKS = ("importing", "published", "working", "saving", "carrying", "printing")


def main(wanted: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="boardroom-bench-") as folder:
        os.environ.update(BOARDROOM_DATA=folder, DEMO="off", HTTPS="off", DJANGO_SETTINGS_MODULE="bench.settings")
        os.environ.setdefault("SECRET_KEY", "for-benchmarks-only-and-therefore-no-secret-at-all-0123456789")
        from bench.base import Base

        with Base() as base:
            for name in wanted or BENCHMARKS:
                for line in base.module(name).run(base):
                    print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
