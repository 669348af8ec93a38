import logging
import os
import signal
import threading
import time

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections, connection

from jobs import handlers, queue, schedule
from jobs.clock import database_now
from jobs.models import Job

log = logging.getLogger(__name__)
POLL_SECONDS = 1


class Command(BaseCommand):
    help = "Do the work of the job table, without Celery and Redis: look each second, and at the clock each minute."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="one look at the clock and the table, then stop")
        parser.add_argument("--until-empty", action="store_true", help="stop when no job is due or running")
        parser.add_argument("--beside", type=int, metavar="PID", help="stop when that parent process is gone")

    def handle(self, *, once: bool, until_empty: bool, beside: int | None, **options):
        self.stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop.set())
        self.next_tick = 0.0
        while not self.stop.is_set() and (beside is None or os.getppid() == beside):
            try:
                self.round()
                if once or (until_empty and not self.busy()):
                    break
            except DatabaseError:
                log.exception("The database does not answer; trying again.")
                connection.close()
                if once:
                    raise
            self.stop.wait(POLL_SECONDS)

    def round(self) -> None:
        """What is due has been done. A stop takes effect between two jobs, never within one."""
        close_old_connections()
        if time.monotonic() >= self.next_tick:
            schedule.tick(database_now())
            self.next_tick = time.monotonic() + settings.JOB_TICK_SECONDS
        queue.bury()
        while not self.stop.is_set() and queue.run():
            pass

    def busy(self) -> bool:
        running = Job.objects.filter(kind__in=handlers.kinds(), state=Job.State.RUNNING)
        return running.exists() or bool(queue.due_ids(database_now(), 1))
