"""Whether this session was opened in two steps, which a board may ask of its secretaries or of everybody (A16)."""

from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest
from django.urls import reverse

from boards.roles import two_steps_for

GOAL = "two_steps_goal"


def are_missing(request: HttpRequest) -> bool:
    """Whether some board of the user's asks for two steps, and the session has not shown them."""
    return not are_shown(request) and bool(two_steps_for(request.user))


def are_shown(request: HttpRequest) -> bool:
    """Whether a code, a recovery code or a passkey was used; a passkey asks who holds it, and so counts as two."""
    return any(one["method"] == "mfa" for one in get_authentication_records(request, request.user))


def onwards(request: HttpRequest) -> str:
    """Where one goes when a second step is set up: to what one was on the way to, else back to one's own page of security."""
    return reverse("two_steps" if GOAL in request.session else "security")
