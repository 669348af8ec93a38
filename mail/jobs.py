"""Work that mail leaves to the job table: sending one letter, and the daily mail."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from jobs import schedule
from jobs.handlers import handler
from jobs.models import Job
from mail import daily, delivery


def _failed(payload: dict, error: str, again_at: datetime | None) -> None:
    delivery.failed(payload["letter"], error, again_at)


@handler("letter", transactional=False, after_failure=_failed)
def send_letter(payload: dict, job: Job):
    """The letter is with the mail server, or the reason why not stands on its row (reliability.md 3.2, F25)."""
    return delivery.deliver(payload["letter"], at=timezone.now())


@schedule.every("daily mail", daily=settings.DAILY_MAIL_AT)
def daily_mail(now: datetime) -> None:
    """What was gathered goes out on the mornings of working days."""
    daily.gather(now)
