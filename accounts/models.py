"""Who can sign in. A person of a board need not have an account, and an account need not be a person of a board."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """An account. `is_superuser` is the administrator: makes boards and appoints secretaries, but reads nothing closed."""

    class Language(models.TextChoices):
        NB = "nb", "Bokmål"
        NN = "nn", "Nynorsk"
        EN = "en", "English"

    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.NB)
    is_demo = models.BooleanField(
        _("demo role"), default=False, help_text=_("Offered on the sign-in page, in demo mode only.")
    )
    demo_role = models.CharField(
        _("what the demo role shows"), max_length=200, blank=True, help_text=_("For example: secretary of two boards.")
    )

    @classmethod
    def known_as(cls, typed: str) -> "User | None":
        """The account of that name or e-mail address; of several with the address, the one that was last used."""
        typed = typed.strip().replace("\x00", "")
        found = cls.objects.filter(models.Q(username=typed) | models.Q(email__iexact=typed, email__contains="@"))
        by_name = models.Case(models.When(username=typed, then=0), default=1)
        return found.order_by(by_name, models.F("last_login").desc(nulls_last=True), "pk").first()

    @property
    def is_unused(self) -> bool:
        """Whether nobody has come in by it, nor could with a password."""
        return self.last_login is None and not self.has_usable_password()

    @property
    def display_name(self) -> str:
        return self.get_full_name() or self.username

    @property
    def initials(self) -> str:
        words = self.display_name.split()
        return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()


class SignInFailure(models.Model):
    """A refused attempt to sign in, kept for as long as it counts. Shared by all processes, unlike a cache (B21)."""

    account = models.CharField(max_length=150)
    address = models.CharField(max_length=45)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["address", "at"], name="signinfailure_address"),
            models.Index(fields=["at"], name="signinfailure_at"),
        ]

    def __str__(self) -> str:
        return f"{self.address} {self.at:%Y-%m-%d %H:%M}"


class FormToken(models.Model):
    """A form that was taken: sent again, it leads to the same result (F20). Swept when it no longer matters."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    token = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    mark = models.CharField(max_length=16)
    address = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "token"], name="formtoken_once")]
        indexes = [models.Index(fields=["user", "made_at"], name="formtoken_user_made_at")]

    def __str__(self) -> str:
        return f"{self.address} {self.made_at:%Y-%m-%d %H:%M}"
