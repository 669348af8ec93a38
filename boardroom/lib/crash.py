"""Named places where a test may kill the process, to show that nothing is lost or done twice (reliability.md 3.4)."""

import os
import signal
from collections import Counter

_passed: Counter[str] = Counter()


def crash_point(name: str) -> None:
    """Kill this process like `kill -9` when BOARDROOM_CRASH_AT says `name` or, at the n-th passing, `name:n`.

    Does nothing unless BOARDROOM_TEST_HOOKS is switched on.
    """
    wanted = os.environ.get("BOARDROOM_CRASH_AT", "")
    if not wanted or os.environ.get("BOARDROOM_TEST_HOOKS", "").lower() not in {"1", "on", "true", "yes"}:
        return
    place, _, times = wanted.partition(":")
    if place != name:
        return
    _passed[name] += 1
    if _passed[name] >= int(times or 1):
        os.kill(os.getpid(), signal.SIGKILL)
