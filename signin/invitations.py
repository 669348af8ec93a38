"""Inviting a person of the register to sign in for the first time, by a link that works once and for a day (B21)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from accounts.models import User
from audit import trail
from boardroom.lib.workflow import TransitionRefused
from boards.models import Board, Person, Seat
from boards.people import account_of
from mail import post
from signin.models import Invitation


@transaction.atomic
def invite(person: Person, *, by, board: Board, now: datetime) -> Invitation:
    """A letter with a link is on its way to the person, and earlier links are dead.

    Raises TransitionRefused for who has signed in already, has no seat there, or no address of their own.
    """
    if not Seat.objects.not_over_on(timezone.localdate(now)).filter(board=board, person=person).exists():
        raise TransitionRefused([gettext("Only who has a seat on the board can be invited.")])
    if not account_of(person, by=by, board=board).is_unused:
        raise TransitionRefused([gettext("This person can sign in already.")])
    person.invitations.open().update(withdrawn_at=now)
    made = Invitation.objects.create(person=person, board=board, address=person.email, made_at=now)
    made.letter = post.send("invitation", f"invitation:{made.pk}", at=now, person=person, board=board, about=made.pk)
    made.save(update_fields=["letter"])
    trail.record("signin.invite", person, by=by, board=board, name=person.name)
    return made


@transaction.atomic
def invite_all(board: Board, *, by, now: datetime) -> tuple[list[Person], list[str]]:
    """Everybody who can be invited and is not; with a sentence about each who cannot."""
    invited, left = [], []
    for person in uninvited(board, now):
        try:
            invite(person, by=by, board=board, now=now)
            invited.append(person)
        except TransitionRefused as refusal:
            left.append(f"{person.name}: {refusal.reasons[0]}")
    return invited, left


def uninvited(board: Board, now: datetime) -> list[Person]:
    """Those on the board who never signed in and have no invitation that works, by name."""
    seats = Seat.objects.not_over_on(timezone.localdate(now)).filter(board=board)
    persons = Person.objects.filter(pk__in=seats.values("person")).select_related("user").order_by("name")
    waiting = Invitation.objects.open().filter(made_at__gt=now - Invitation.LASTS, person__in=persons)
    invited = set(waiting.values_list("person", "address"))
    outside = [person for person in persons if person.user is None or person.user.is_unused]
    return [person for person in outside if (person.pk, person.email) not in invited]


@transaction.atomic
def withdraw(person: Person, *, by, board: Board, now: datetime) -> None:
    """No invitation of the person to this board works any more."""
    if person.invitations.open().filter(board=board).update(withdrawn_at=now):
        trail.record("signin.withdraw_invitation", person, by=by, board=board, name=person.name)


@transaction.atomic
def use(invitation: Invitation, now: datetime) -> User | None:
    """Whom it lets in, this once; None where it is used, withdrawn or too old."""
    if not invitation.is_open(now) or not Invitation.objects.open().filter(pk=invitation.pk).update(used_at=now):
        return None
    person = invitation.person
    trail.record("signin.use_invitation", person, by=person.user, board=invitation.board, name=person.name)
    return person.user


def come_for_the_first_time(user: User, now: datetime) -> bool:
    """Whether the user was invited and has not been in before; whichever way they came, the invitations are used."""
    if user.last_login:
        return False
    mine = Invitation.objects.filter(person__user=user, withdrawn_at=None)
    mine.filter(used_at=None).update(used_at=now)
    return mine.exists()
