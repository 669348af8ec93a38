"""Signing in by a link or a code from a mail: asked for alike by anybody, sent to who has an account, used once (A16, B21)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from accounts.models import User
from jobs import queue
from mail import post
from signin.models import SignInLink

LETTERS = 5
KEPT = timedelta(days=1)


@transaction.atomic
def ask(typed: str, goal: str, now: datetime) -> SignInLink:
    """A link was asked for. The same is done, in the same time, whether anybody has that name or address or not."""
    typed = typed.strip().replace("\x00", "")[:254]
    link = SignInLink.objects.create(asked_for=typed, goal=goal[:2000], asked_at=now)
    queue.enqueue("sign-in-link", f"sign-in-link:{link.pk}", {"link": link.pk})
    return link


def send(number: int, now: datetime) -> None:
    """The link belongs to whom it was asked for, and a letter is on its way; to nobody, and none, where there is no such account.

    No account has more than a few links that work, whoever asks for them: so no stranger fills a mailbox, and none keeps
    the owner out, who has a mail that lets them in. Links of another day are gone.
    """
    SignInLink.objects.filter(asked_at__lt=now - KEPT).delete()
    link = SignInLink.objects.filter(pk=number, user=None).first()
    user = User.known_as(link.asked_for) if link else None
    if user is None or not user.is_active or not user.email:
        return
    since = now - timedelta(minutes=settings.SIGN_IN_LINK_MINUTES)
    if user.sign_in_links.filter(asked_at__gt=since, used_at=None).count() >= LETTERS:
        return
    SignInLink.objects.filter(pk=link.pk).update(user=user)
    post.send("sign-in", f"sign-in:{link.pk}", at=now, user=user, about=link.pk)


def use(link: SignInLink, now: datetime) -> User | None:
    """Its owner, who may come in by it this once; None where it was used, is too old, or the account is closed."""
    if not link.is_open(now) or not link.user.is_active:
        return None
    taken = SignInLink.objects.filter(pk=link.pk, used_at=None).update(used_at=now)
    return link.user if taken else None


def use_code(number: int | None, typed: str, now: datetime) -> User | None:
    """As `use`, for the code that goes with the link this browser asked for; a few tries, right or wrong."""
    tried = SignInLink.objects.filter(pk=number, used_at=None, tries__lt=SignInLink.TRIES).update(tries=F("tries") + 1)
    link = SignInLink.objects.select_related("user").filter(pk=number).first() if tried else None
    return use(link, now) if link and link.has_code(typed) else None
