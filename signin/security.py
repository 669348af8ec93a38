"""What changes how one signs in: it stands in the trail, and the owner gets a letter. Signing in itself is a line in the log."""

import logging

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit import trail
from mail import post

logger = logging.getLogger("boardroom.security")

# What allauth calls it, and the act it is.
ACTS = {
    "account/email/password_changed": "signin.change_password",
    "account/email/password_set": "signin.change_password",
    "mfa/email/totp_activated": "signin.add_codes",
    "mfa/email/totp_deactivated": "signin.remove_codes",
    "mfa/email/webauthn_added": "signin.add_passkey",
    "mfa/email/webauthn_removed": "signin.remove_passkey",
    "mfa/email/recovery_codes_generated": "signin.make_recovery_codes",
    "socialaccount/email/account_connected": "signin.connect_provider",
    "socialaccount/email/account_disconnected": "signin.disconnect_provider",
}
# What the letter says of it.
TOLD = {
    "signin.change_password": _("The password was changed."),
    "signin.add_codes": _("One-time codes from an app were turned on."),
    "signin.remove_codes": _("One-time codes from an app were turned off."),
    "signin.add_passkey": _("A passkey was added."),
    "signin.remove_passkey": _("A passkey was removed."),
    "signin.forget_factors": _("Whoever runs Boardroom removed your passkeys, one-time codes and recovery codes."),
    "signin.make_recovery_codes": _("New recovery codes were made. The old ones no longer work."),
    "signin.connect_provider": _("Your account was connected to another way of signing in, such as ID-porten."),
    "signin.disconnect_provider": _("Your account was disconnected from another way of signing in, such as ID-porten."),
}
# What the page says afterwards.
SENTENCES = {
    "account/messages/password_changed.txt": _("The password is changed, and all other browsers are signed out."),
    "account/messages/password_set.txt": _("The password is set, and all other browsers are signed out."),
    "mfa/messages/totp_activated.txt": _("One-time codes are turned on."),
    "mfa/messages/totp_deactivated.txt": _("One-time codes are turned off."),
    "mfa/messages/webauthn_added.txt": _("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
    "usersessions/messages/sessions_logged_out.txt": _("All other browsers are signed out."),
}


@transaction.atomic
def changed(what: str, user: User, request: HttpRequest) -> None:
    """The act stands in the trail, and a letter about it is on its way."""
    entry = trail.record(ACTS[what], user, by=user)
    post.send("security", f"security:{entry.seq}", at=entry.at, user=user, about=entry.pk)
    log(ACTS[what], request, account=user.username)


def log(what: str, request: HttpRequest, *, account: str) -> None:
    """One line for those who watch (V16): what, for which account, from where. Nothing that was typed as a password."""
    address = request.META.get("REMOTE_ADDR", "")
    logger.info(
        "%s account=%r address=%s at=%s", what, account[:150], address, timezone.now().isoformat("T", "seconds")
    )
