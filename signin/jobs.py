"""Work that signing in leaves to the job table: finding out who asked for a link, and sending it."""

from django.utils import timezone

from jobs.handlers import handler
from jobs.models import Job
from signin import links


@handler("sign-in-link")
def send_link(payload: dict, job: Job) -> None:
    """The letter with the link is on its way, if somebody has that name or address."""
    links.send(payload["link"], timezone.now())
