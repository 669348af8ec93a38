"""How often signing in may be tried: counted per account and address, so that a stranger locks nobody out (A16, B21)."""

import ipaddress
from datetime import datetime, timedelta

from django.conf import settings

from accounts.models import SignInFailure


def is_blocked(account: str, address: str, now: datetime) -> bool:
    """Whether this address has used up its attempts, for this account or altogether."""
    failures = SignInFailure.objects.filter(address=network_of(address), at__gt=now - window())
    limits = settings.SIGN_IN_LIMITS
    accounts = list(failures.values_list("account", flat=True)[: limits["per_address"]])
    return len(accounts) >= limits["per_address"] or accounts.count(known_as(account)) >= limits["per_account"]


def is_spent(account: str, now: datetime) -> bool:
    """Whether the account's attempts are used up, from wherever: where the one who tries has shown a password already."""
    failures = SignInFailure.objects.filter(account=known_as(account), at__gt=now - window())
    return failures.count() >= settings.SIGN_IN_LIMITS["per_account"]


def record_failure(account: str, address: str, now: datetime) -> None:
    """One more attempt counts; those that no longer do are gone."""
    SignInFailure.objects.filter(at__lte=now - window()).delete()
    SignInFailure.objects.create(account=known_as(account), address=network_of(address), at=now)


def forget(account: str, address: str) -> None:
    """A successful sign-in clears what this address tried for this account."""
    SignInFailure.objects.filter(account=known_as(account), address=network_of(address)).delete()


def network_of(address: str) -> str:
    """What one sender cannot change at will: the address, or of IPv6 the network that a subscriber gets."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address[:45]
    return str(known if known.version == 4 else ipaddress.ip_network((known, 64), strict=False).network_address)


def window() -> timedelta:
    return timedelta(minutes=settings.SIGN_IN_LIMITS["minutes"])


def known_as(account: str) -> str:
    return account.casefold().replace("\x00", "")[:150]
