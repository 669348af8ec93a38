"""Rows of work and of the schedule. `jobs.queue` alone moves a job; `jobs.schedule` alone stamps a run."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

STATES = ["queued", "running", "done", "failed"]


class JobQuerySet(models.QuerySet):
    def ripe_on(self, now: datetime) -> "JobQuerySet":
        """Queued, and its time has come."""
        return self.filter(Q(run_after__isnull=True) | Q(run_after__lte=now), state=Job.State.QUEUED)

    def lapsed_on(self, now: datetime) -> "JobQuerySet":
        """Running under a lease that ran out: its worker is dead, frozen or cut off."""
        return self.filter(state=Job.State.RUNNING, lease_until__lte=now)

    def undone(self) -> "JobQuerySet":
        return self.filter(state__in=[Job.State.QUEUED, Job.State.RUNNING, Job.State.FAILED])


class Job(models.Model):
    """One piece of work, written in the transaction of the act that needs it (reliability.md 3.2).

    `key` says what the work is, so that asking twice is asking once. `payload` holds ids, never content.
    """

    class State(models.TextChoices):
        QUEUED = "queued", pgettext_lazy("job", "Waiting")
        RUNNING = "running", pgettext_lazy("job", "Running")
        DONE = "done", pgettext_lazy("job", "Done")
        FAILED = "failed", pgettext_lazy("job", "Failed")

    kind = models.CharField(max_length=80)
    key = models.CharField(max_length=200, unique=True)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    run_after = models.DateTimeField(null=True, blank=True, help_text="empty: at once")
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.CharField(max_length=32, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    board = models.PositiveBigIntegerField(null=True, blank=True, help_text="id of the board it is for")
    created_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True, blank=True, help_text="when a worker last took it")
    worker = models.CharField(max_length=100, blank=True, db_default="", help_text="host and process that last took it")
    done_count = models.PositiveIntegerField(default=0, db_default=0, help_text="jobs.progress: so many of total_count")
    total_count = models.PositiveIntegerField(default=0, db_default=0, help_text="0: nothing is counted")
    done_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["state", "id"], name="jobs_job_state"),
            models.Index(fields=["lease_until"], name="jobs_job_leased", condition=Q(state="running")),
            models.Index(fields=["-done_at"], name="jobs_job_done", condition=Q(state="done")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["queued", "running", "done", "failed"]), name="jobs_job_state"
            ),
            models.CheckConstraint(
                condition=Q(state="running", lease_until__isnull=False) & ~Q(lease_token="")
                | ~Q(state="running") & Q(lease_until__isnull=True, lease_token=""),
                name="jobs_job_leased_while_running",
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False) | ~Q(state="done") & Q(done_at__isnull=True),
                name="jobs_job_done_has_a_moment",
            ),
            models.CheckConstraint(condition=~Q(key="") & ~Q(kind=""), name="jobs_job_is_named"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class ScheduleRun(models.Model):
    """When a scheduled entry last ran; compared and set, so that of two clocks one runs it."""

    name = models.CharField(max_length=100, unique=True)
    last_run_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True, db_default="", help_text="why it did not run when it last was due")

    def __str__(self) -> str:
        return self.name
