"""Signing in by name and password as Django does, and the account of a request read with SQL that is made once."""

from django.contrib.auth.backends import ModelBackend
from django.db.models import BigAutoField

from accounts.models import User
from boardroom.lib.prepared import prepared


@prepared(pk=BigAutoField())
def _accounts(pk):
    return User.objects.filter(pk=pk)


class Backend(ModelBackend):
    """As Django's; the name may also be an e-mail address."""

    def authenticate(self, request, username=None, password=None, **other):
        account = User.known_as(username) if username else None
        return super().authenticate(request, account.username if account else username, password, **other)

    def get_user(self, user_id: int) -> User | None:
        return next((user for user in _accounts(pk=user_id) if self.user_can_authenticate(user)), None)
