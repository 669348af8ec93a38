"""Work that signing in leaves to the job table: finding out who asked for a link, and sending it."""

from django.utils import timezone

from accounts.models import User
from boards.models import Board, Person
from jobs.handlers import handler
from jobs.models import Job
from signin import invitations, links


@handler("sign-in-link")
def send_link(payload: dict, job: Job) -> None:
    """The letter with the link is on its way, if somebody has that name or address."""
    links.send(payload["link"], timezone.now())


@handler("invite")
def invite(payload: dict, job: Job) -> None:
    """The person whom somebody seated has an invitation on its way."""
    person, board = Person.objects.get(pk=payload["person"]), Board.objects.get(pk=payload["board"])
    invitations.invite(person, by=User.objects.get(pk=payload["by"]), board=board, now=timezone.now())
