"""Work that mail leaves to the job table: sending one letter, the daily mail, and reading what came back."""

from datetime import datetime
from functools import partial

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs import queue, schedule
from jobs.handlers import handler
from jobs.models import Job
from mail import bounces, daily, delivery, mailboxes


def _failed(payload: dict, error: str, again_at: datetime | None) -> None:
    delivery.failed(payload["letter"], error, again_at)


@handler("letter", label=_("Mail"), transactional=False, after_failure=_failed)
def send_letter(payload: dict, job: Job):
    """The letter is with the mail server, or the reason why not stands on its row (reliability.md 3.2, F25)."""
    return delivery.deliver(payload["letter"], at=timezone.now())


@schedule.every("daily mail", daily=settings.DAILY_MAIL_AT, label=_("The daily mails are made"))
def daily_mail(now: datetime) -> None:
    """What was gathered goes out on the mornings of working days."""
    daily.gather(now)


@handler("bounces", label=_("Reading mail that came back"), transactional=False)
def read_bounces(payload: dict, job: Job) -> None:
    """Every report that waited is read. Read twice, it changes nothing more."""
    mailboxes.read(settings.BOUNCES_URL, partial(bounces.record, at=timezone.now()))


@schedule.every("bounces", minutes=15, label=_("Mail that came back is looked for"))
def look_for_bounces(now: datetime) -> None:
    """One job at a time, where BOUNCES_URL says where to look."""
    if settings.BOUNCES_URL:
        queue.enqueue("bounces", "bounces", {}, again=True)
