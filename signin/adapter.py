"""Where allauth asks us: how often one may try, where one lands, what is told to whom, and in which words."""

import base64
import hashlib

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import held, throttle
from accounts.models import User
from boardroom.lib.errors import error_page
from signin import security
from signin.devices import device

WRONG_CODE = _("That code is not right, or no longer. Wait for the next one and try again.")
TOO_OFTEN = _("There have been too many attempts to sign in. Wait %(minutes)d minutes and try again.")


class AccountAdapter(DefaultAccountAdapter):
    """Signing in with the counters, pages and letters of Boardroom."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "incorrect_password": _("That password is not right."),
        "enter_current_password": _("That password is not right."),
        "too_many_login_attempts": _("There have been too many attempts. Wait a quarter of an hour and try again."),
        "rate_limited": _("There have been too many attempts. Wait a quarter of an hour and try again."),
    }

    def authenticate(self, request: HttpRequest, **credentials) -> User | None:
        """Whose name and password these are. Past the limits the answer is 429, also to the right password (B21)."""
        account, address, now = credentials.get("username", ""), request.META.get("REMOTE_ADDR", ""), timezone.now()
        if throttle.is_blocked(account, address, now):
            raise ImmediateHttpResponse(too_often(request))
        user = authenticate(request, username=account, password=credentials.get("password"))
        if user is None:
            throttle.record_failure(account, address, now)
            security.log("refused", request, account=account)
        else:
            throttle.forget(account, address)
        return user

    def reauthenticate(self, user: User, password: str) -> bool:
        return self.authenticate(self.request, username=user.username, password=password) == user

    def post_login(self, request: HttpRequest, user: User, **known) -> HttpResponse:
        """On to where one was going; where a form had come too late, to a page that holds what was typed in it (F21)."""
        onwards = super().post_login(request, user, **known)
        security.log("sign-in", request, account=user.username)
        found = held.taken(request)
        if found is None:
            return onwards
        page = render(request, "accounts/resend.html", {"held": found})
        add_never_cache_headers(page)
        return page

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        return error_page(request, 403, [gettext("This account is closed.")])

    def get_client_ip(self, request: HttpRequest) -> str:
        return request.META.get("REMOTE_ADDR") or "0.0.0.0"

    def add_message(self, request, level, message_template=None, message_context=None, extra_tags="", message=None):
        """Only sentences of our own; what allauth would say for itself is left unsaid."""
        sentence = message or security.SENTENCES.get(message_template or "")
        if sentence:
            messages.add_message(request, level, sentence, extra_tags=extra_tags)

    def send_notification_mail(self, template_prefix: str, user: User, context=None, email=None) -> None:
        """What changed stands in the trail, and its owner gets a letter about it."""
        security.changed(template_prefix, user, self.request)

    def get_reauthentication_methods(self, user) -> list[dict]:
        words = {
            "reauthenticate": _("Use your password"),
            "mfa_reauthenticate": _("Use a one-time code"),
            "mfa_reauthenticate:webauthn": _("Use a passkey"),
        }
        return [{**one, "description": words[one["id"]]} for one in super().get_reauthentication_methods(user)]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("security")


class FactorAdapter(DefaultMFAAdapter):
    """Second factors: kept encrypted, named in the reader's words."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "cannot_generate_recovery_codes": _(
            "Recovery codes come with a passkey or one-time codes. Add one of them first."
        ),
    }

    def encrypt(self, text: str) -> str:
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; one that no code fits where the key of the installation is another since."""
        try:
            return _keys().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(
                hashlib.sha256(encrypted_text.encode() + settings.SECRET_KEY.encode()).digest()
            ).decode()

    def generate_authenticator_name(self, user, type) -> str:
        return device(context.request.META.get("HTTP_USER_AGENT", "")) or gettext("Passkey")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Boardroom"}


def _keys() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"signin.factors" + secret.encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def too_often(request: HttpRequest) -> HttpResponse:
    minutes = settings.SIGN_IN_LIMITS["minutes"]
    return error_page(request, 429, [TOO_OFTEN % {"minutes": minutes}], retry_after=minutes * 60)
