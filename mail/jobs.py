"""Work that mail leaves to the job table: sending one letter."""

from django.utils import timezone

from jobs.handlers import handler
from jobs.models import Job
from mail import delivery


@handler("letter", transactional=False)
def send_letter(payload: dict, job: Job):
    """The letter is with the mail server, or the reason why not stands on its row (reliability.md 3.2, F25)."""
    return delivery.deliver(payload["letter"], at=timezone.now())
