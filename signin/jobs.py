"""Work that signing in leaves to the job table: finding out who asked for a link, and sending it."""

from contextlib import suppress

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from boardroom.lib.workflow import TransitionRefused
from boards.models import Board, Person
from jobs.handlers import handler
from jobs.models import Job
from signin import invitations, links


@handler("sign-in-link", label=_("Link for signing in"))
def send_link(payload: dict, job: Job) -> None:
    """The letter with the link is on its way, if somebody has that name or address."""
    links.send(payload["link"], timezone.now())


@handler("invite", label=_("Invitation to sign in"))
def invite(payload: dict, job: Job) -> None:
    """The person whom somebody seated has an invitation on its way, where there still is somebody to invite."""
    person = Person.objects.filter(pk=payload["person"]).first()
    board = Board.objects.filter(pk=payload["board"]).first()
    by = User.objects.filter(pk=payload["by"]).first()
    if person is None or board is None or by is None:
        return
    with suppress(TransitionRefused):
        invitations.invite(person, by=by, board=board, now=timezone.now())
