"""For who lost the phone and the recovery codes: the account has no second factor any more, and its owner is told."""

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import User
from audit import trail
from mail import post


class Command(BaseCommand):
    help = "Removes passkeys, one-time codes and recovery codes of an account, after you made sure who asks."

    def add_arguments(self, parser):
        parser.add_argument("account", help="user name or e-mail address")

    @transaction.atomic
    def handle(self, *, account: str, **options):
        user = User.known_as(account)
        if user is None:
            raise CommandError(f"There is no account {account!r}.")
        number, _kinds = Authenticator.objects.filter(user=user).delete()
        entry = trail.record("signin.forget_factors", user, by=None, factors=number)
        post.send("security", f"security:{entry.seq}", at=entry.at, user=user, about=entry.pk)
        self.stdout.write(f"{user.username}: {number} removed.")
