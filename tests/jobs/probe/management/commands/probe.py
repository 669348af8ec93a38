import sys

from django.core.management.base import BaseCommand
from django.db import transaction

from audit import trail
from jobs import queue, tasks
from jobs.models import Job


class Command(BaseCommand):
    help = "One step of the story a test tells, in a process of its own."

    def add_arguments(self, parser):
        parser.add_argument("step", choices=["act", "work", "sweep", "verify"])
        parser.add_argument("keys", nargs="*")
        parser.add_argument("--kind", default="probe")
        parser.add_argument("--gate")

    def handle(self, *, step, keys, kind, gate, **options):
        if step == "sweep":
            return tasks.sweep()
        if step == "verify":
            return "\n".join(trail.verify()) and sys.exit("The chain is broken.")
        for key in keys:
            if step == "work":
                queue.run(Job.objects.get(key=key).pk)
                continue
            with transaction.atomic():
                job = queue.enqueue(kind, key, {"gate": gate} if gate else {})
                trail.record("probe.act", job, by=None)
