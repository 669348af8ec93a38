"""Work whose effect can be counted: one line in the trail each time it is done."""

import time
from pathlib import Path

from audit import trail
from jobs.handlers import handler
from jobs.progress import Part


@handler("probe")
def leave_a_line(payload, job):
    trail.record("probe.done", job, by=None)


@handler("slow-probe", transactional=False)
def wait_then_leave_a_line(payload, job):
    """Says that it began, and goes on when the test removes the file."""
    gate = Path(payload["gate"])
    gate.with_suffix(".begun").touch()
    deadline = time.monotonic() + 20
    while gate.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    return lambda: trail.record("probe.done", job, by=None)


@handler("parts-probe")
def leave_four_lines(payload, job):
    """A line for each of four parts."""
    number = payload.get("after", 0) + 1
    trail.record("probe.done", job, by=None, part=number)
    return Part(number, 4, number) if number < 4 else None
