"""What the letters about signing in say. They come at once, and nobody can turn them off."""

from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from audit.models import Entry
from mail.delivery import absolute
from mail.kinds import Content, kind
from mail.models import Letter
from signin.models import Invitation, SignInLink
from signin.security import TOLD


@kind("sign-in", label=_("Link for signing in"), essential=True, key=True)
def sign_in(letter: Letter, at: datetime) -> Content | None:
    """The link and the code, as long as they can be used."""
    link = SignInLink.objects.filter(pk=letter.about, user=letter.user_id).first()
    if link is None or not link.is_open(at):
        return None
    minutes = int((link.ends_at - link.asked_at).total_seconds() // 60)
    return Content(
        gettext("Sign in to Boardroom"),
        [
            gettext("You asked to sign in. Open the link and press «Sign in». It works once, for %d minutes.")
            % minutes,
            gettext("Where you asked for the link you can type this code instead: %s")
            % f"{link.code[:3]} {link.code[3:]}",
        ],
        address=absolute(reverse("sign_in_link", args=[link.token])),
        action=gettext("Sign in"),
        small_print=[
            gettext(
                "Was it not you? Then do nothing: without this mail nobody gets in. Pass the link and the code on to nobody."
            )
        ],
    )


@kind("invitation", label=_("Invitation to sign in"), essential=True, anyone=True, key=True)
def invitation(letter: Letter, at: datetime) -> Content | None:
    """Which board it is, who asks, and the link, as long as it works."""
    found = Invitation.objects.select_related("person__user", "board").filter(pk=letter.about).first()
    if found is None or not found.is_open(at):
        return None
    board = found.board.name
    return Content(
        gettext("You are invited to %s in Boardroom") % board,
        [
            gettext("%s uses Boardroom for calls, papers and minutes. You are on the board, and can sign in now.")
            % board,
            gettext("Open the link and press «Sign in». You need no password."),
            gettext("The link works once, and until %s. Later you can get a new one yourself on the sign-in page.")
            % date_format(localtime(found.ends_at), "DATETIME_FORMAT"),
        ],
        address=absolute(reverse("invitation", args=[found.token])),
        action=gettext("Open the invitation"),
        small_print=[gettext("The link is yours alone. Pass it on to nobody.")],
    )


@kind("security", label=_("Changes to how you sign in"), essential=True)
def changed(letter: Letter, at: datetime) -> Content | None:
    """What was changed and when, so that its owner can tell whether it was they (A16)."""
    entry = Entry.objects.filter(pk=letter.about).first()
    if entry is None or letter.user is None or not letter.user.is_active:
        return None
    when = date_format(localtime(entry.at), "DATETIME_FORMAT")
    return Content(
        gettext("Signing in to Boardroom was changed"),
        [
            str(TOLD[entry.act]),
            gettext("It happened on %s. If it was you, you need do nothing.") % when,
            gettext(
                "If it was not you: sign in, end all other sessions and choose a new password, and tell your secretary."
            ),
        ],
        address=absolute(reverse("security")),
        action=gettext("Look at sign-in and security"),
    )
