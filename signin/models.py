"""What signing in keeps between two steps: a link that was asked for, an invitation, and a code that was used."""

import hmac
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.models import User
from boards.models import Board, Person, Seat
from mail.models import Letter
from mail.overview import Delivery


def fresh() -> str:
    return secrets.token_urlsafe(24)


class SignInLink(models.Model):
    """Somebody asked for a link by e-mail. Whose it is, if anybody's, is found out by the job that sends it (B21).

    Neither the link nor the code is stored: both are made from `nonce` with the key of the installation.
    """

    TRIES = 5

    nonce = models.CharField(max_length=40, unique=True, default=fresh)
    asked_for = models.CharField(max_length=254, help_text="What was typed.")
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sign_in_links")
    goal = models.CharField(max_length=2000, blank=True, help_text="The page one was on the way to.")
    asked_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.pk} {self.asked_at:%Y-%m-%d %H:%M}"

    @property
    def token(self) -> str:
        """What stands in the link."""
        return Signer(salt="signin.link", sep=".").sign(self.nonce)

    @property
    def code(self) -> str:
        """Six digits to type where the link was asked for."""
        number = int(salted_hmac("signin.code", self.nonce, algorithm="sha256").hexdigest(), 16)
        return f"{number % 1_000_000:06}"

    @classmethod
    def of_token(cls, token: str) -> "SignInLink | None":
        try:
            nonce = Signer(salt="signin.link", sep=".").unsign(token)
        except BadSignature:
            return None
        return cls.objects.select_related("user").filter(nonce=nonce).first()

    def is_open(self, now: datetime) -> bool:
        """Whether it still lets its owner in."""
        return self.user_id is not None and self.used_at is None and now < self.ends_at

    @property
    def ends_at(self) -> datetime:
        return self.asked_at + timedelta(minutes=settings.SIGN_IN_LINK_MINUTES)

    def has_code(self, typed: str) -> bool:
        digits = "".join(letter for letter in typed if letter.isascii() and letter.isdigit())
        return hmac.compare_digest(digits, self.code)


class InvitationQuerySet(models.QuerySet):
    def open(self):
        return self.filter(used_at=None, withdrawn_at=None)

    def newest(self, persons) -> dict[int, "Invitation"]:
        """The newest invitation of each of the persons, by the person's number."""
        found = self.filter(person__in=persons).select_related("letter", "person__user").order_by("pk")
        return {one.person_id: one for one in found}


class Invitation(models.Model):
    """A person of the register is asked to come in for the first time, by a link to one address, once and within a day (B21).

    The link is not stored: it is made from `nonce` with the key of the installation. It is dead once the address in the
    register is another, or the person has no seat on the board any more.
    """

    LASTS = timedelta(hours=24)

    nonce = models.CharField(max_length=40, unique=True, default=fresh)
    person = models.ForeignKey(Person, models.CASCADE, related_name="invitations")
    board = models.ForeignKey(Board, models.CASCADE, related_name="invitations")
    letter = models.OneToOneField(Letter, models.SET_NULL, null=True, related_name="invitation")
    address = models.EmailField()
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.pk} {self.made_at:%Y-%m-%d %H:%M}"

    @property
    def token(self) -> str:
        """What stands in the link."""
        return Signer(salt="signin.invitation", sep=".").sign(self.nonce)

    @classmethod
    def of_token(cls, token: str) -> "Invitation | None":
        try:
            nonce = Signer(salt="signin.invitation", sep=".").unsign(token)
        except BadSignature:
            return None
        return cls.objects.select_related("person__user", "board").filter(nonce=nonce).first()

    @property
    def ends_at(self) -> datetime:
        return self.made_at + self.LASTS

    @property
    def is_unanswered(self) -> bool:
        return self.used_at is None and self.withdrawn_at is None

    def is_open(self, now: datetime) -> bool:
        """Whether it still lets the person in."""
        user, is_here = self.person.user, self.address == self.person.email
        if not (self.is_unanswered and now < self.ends_at and is_here and user and user.is_active and user.is_unused):
            return False
        return Seat.objects.not_over_on(timezone.localdate(now)).filter(board=self.board, person=self.person).exists()

    def standing(self, now: datetime) -> tuple[str, str]:
        """How it stands, in words for who sent it, and the colour of that."""
        delivery = Delivery(self.letter) if self.letter else None
        if self.withdrawn_at:
            return gettext("Invitation withdrawn"), "neutral"
        if self.address != self.person.email:
            return gettext("The address was changed after the invitation"), "warning"
        if delivery and delivery.did_not_arrive:
            return f"{delivery.word}: {delivery.problem}" if delivery.problem else delivery.word, "danger"
        if now >= self.ends_at:
            return gettext("The invitation ran out"), "warning"
        if delivery and delivery.letter.state == Letter.State.SENT:
            when = date_format(timezone.localtime(delivery.letter.sent_at), "DATETIME_FORMAT")
            return gettext("Invited %s") % when, "neutral"
        return gettext("The invitation is on its way"), "neutral"

    @property
    def now_standing(self) -> dict:
        word, colour = self.standing(timezone.now())
        return {"word": word, "colour": colour}


class SpentCode(models.Model):
    """A one-time code that was used, kept for as long as it could be used again. Shared by all processes."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    code = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "code"], name="spentcode_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.at:%Y-%m-%d %H:%M}"
