"""What a password must be besides long: nothing that is guessed from the account, or that is only long (A16).

Django's list of common passwords holds short ones, of which the long ones that people choose are made.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

DIFFERENT, OWN = 6, 8


class MoreThanLong:
    """At least six different characters, no repetition, and eight characters besides the account's own names."""

    def validate(self, password: str, user=None) -> None:
        plain = password.casefold()
        if len(set(plain)) < DIFFERENT or re.fullmatch(r"(.+?)\1+", plain):
            raise ValidationError(gettext("The password repeats itself. Choose a sentence of several words."))
        for name in sorted(self.names(user), key=len, reverse=True):
            plain = plain.replace(name, "")
        if len(plain) < OWN:
            raise ValidationError(
                gettext("The password is made of your name or address. Choose a sentence of other words.")
            )

    def get_help_text(self) -> str:
        return ""

    @staticmethod
    def names(user) -> set[str]:
        fields = [getattr(user, name, "") for name in ("username", "email", "first_name", "last_name")]
        return {word for text in ["boardroom", *fields] for word in re.split(r"\W+", text.casefold()) if len(word) > 2}
