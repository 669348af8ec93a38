"""What signing in keeps between two steps: a link that was asked for, and a code that was used."""

import hmac
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.utils.crypto import salted_hmac

from accounts.models import User


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


class SpentCode(models.Model):
    """A one-time code that was used, kept for as long as it could be used again. Shared by all processes."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    code = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "code"], name="spentcode_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.at:%Y-%m-%d %H:%M}"
