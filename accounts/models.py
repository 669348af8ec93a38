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

    @property
    def display_name(self) -> str:
        return self.get_full_name() or self.username
