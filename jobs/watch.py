"""The net below the broker: a Celery worker that is told nothing looks for work itself.

Beat's sweep comes each JOB_SWEEP_SECONDS. Where neither that nor anything else is heard for two of them, Redis or beat is
away, and the worker starts the loop of the embedded mode beside itself until it hears something again.
"""

import logging
import os
import subprocess
import sys
import threading
import time

from celery import signals
from celery.worker import state
from django.conf import settings

log = logging.getLogger(__name__)

SILENT_SWEEPS = 2


class Watch(threading.Thread):
    """Runs in a worker's main process, and looks twice a sweep whether the worker hears anything."""

    def __init__(self):
        super().__init__(daemon=True, name="watch")
        self.heard_at = time.monotonic()
        self.loop: subprocess.Popen | None = None

    def run(self) -> None:
        while True:
            time.sleep(settings.JOB_SWEEP_SECONDS / 2)
            try:
                self.look()
            except OSError:
                log.exception("The loop beside the worker could not be started.")

    def look(self) -> None:
        if state.active_requests:
            self.heard_at = time.monotonic()
        is_silent = time.monotonic() - self.heard_at > SILENT_SWEEPS * settings.JOB_SWEEP_SECONDS
        if is_silent and not self.is_looping():
            log.warning("Nothing is heard of beat or the broker: looking for work without them.")
            words = [sys.executable, "-m", "django", "runjobs", "--beside", str(os.getpid())]
            self.loop = subprocess.Popen(words)
        elif not is_silent and self.is_looping():
            log.warning("Beat and the broker are heard again.")
            self.stop()

    def is_looping(self) -> bool:
        return self.loop is not None and self.loop.poll() is None

    def stop(self) -> None:
        """The loop finishes the job it has in hand and ends."""
        if self.is_looping():
            self.loop.terminate()


_watches: list[Watch] = []


@signals.worker_init.connect
def begin(**_facts) -> None:
    _watches.append(Watch())
    _watches[-1].start()


@signals.task_received.connect
def heard(**_facts) -> None:
    for watch in _watches:
        watch.heard_at = time.monotonic()


@signals.worker_shutdown.connect
def end(**_facts) -> None:
    for watch in _watches:
        watch.stop()
