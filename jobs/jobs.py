"""Work of the job table itself."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from . import queue, schedule


@schedule.every("old jobs", minutes=60, label=_("Rows of work done long ago are removed"))
def remove_old(now: datetime) -> None:
    """What was done more than JOB_KEEP_DAYS ago is gone, so that the table stays small."""
    queue.prune(now)
