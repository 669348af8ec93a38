"""How often signing in may be tried: counted per account and address, so that a stranger locks nobody out (A16, B21)."""

from datetime import datetime, timedelta

from django.conf import settings

from accounts.models import SignInFailure


def is_blocked(account: str, address: str, now: datetime) -> bool:
    """Whether this address has used up its attempts, for this account or altogether."""
    failures = SignInFailure.objects.filter(address=address, at__gt=now - window())
    limits = settings.SIGN_IN_LIMITS
    accounts = list(failures.values_list("account", flat=True)[: limits["per_address"]])
    return len(accounts) >= limits["per_address"] or accounts.count(known_as(account)) >= limits["per_account"]


def record_failure(account: str, address: str, now: datetime) -> None:
    """One more attempt counts; those that no longer do are gone."""
    SignInFailure.objects.filter(at__lte=now - window()).delete()
    SignInFailure.objects.create(account=known_as(account), address=address[:45], at=now)


def forget(account: str, address: str) -> None:
    """A successful sign-in clears what this address tried for this account."""
    SignInFailure.objects.filter(account=known_as(account), address=address).delete()


def window() -> timedelta:
    return timedelta(minutes=settings.SIGN_IN_LIMITS["minutes"])


def known_as(account: str) -> str:
    return account.casefold().replace("\x00", "")[:150]
