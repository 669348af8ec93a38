"""One's own page of sign-in and security: the password, the second factors, and the sessions that are open."""

from allauth.account.decorators import reauthentication_required
from allauth.account.forms import ChangePasswordForm, SetPasswordForm
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.views import PasswordChangeView
from allauth.mfa.models import Authenticator
from allauth.usersessions.internal.flows.sessions import end_other_sessions, end_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from audit import trail
from signin import providers
from signin.devices import device
from signin.forms import own_words
from signin.views.factors import Typed

FRESH_SECONDS = 15 * 60


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What guards the account, and where it is signed in."""
    factors = Authenticator.objects.filter(user=request.user).order_by("created_at")
    by_type = {type_: [one for one in factors if one.type == type_] for type_ in Authenticator.Type.values}
    live = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    sessions = UserSession.objects.filter(user=request.user, session_key__in=live).order_by("-created_at")
    values = {
        "passkeys": by_type["webauthn"],
        "codes": next(iter(by_type["totp"]), None),
        "recovery": next(iter(by_type["recovery_codes"]), None),
        "providers": providers.connected(request.user),
        "sessions": [{"row": one, "device": device(one.user_agent), "is_this": one.is_current()} for one in sessions],
    }
    return render(request, "signin/security.html", values)


@require_POST
def end_session(request: HttpRequest, session: int) -> HttpResponse:
    """The browser is signed out at its next request."""
    found = get_object_or_404(UserSession, pk=session, user=request.user)
    with transaction.atomic():
        trail.record("signin.end_session", request.user, by=request.user, sessions=1)
        end_sessions(request, [found])
    if request.user.is_authenticated:
        messages.success(request, gettext("That browser is signed out."))
    return redirect("security")


@require_POST
def end_other(request: HttpRequest) -> HttpResponse:
    """Every browser but this one is signed out at its next request."""
    others = UserSession.objects.filter(user=request.user).exclude(session_key=request.session.session_key).count()
    with transaction.atomic():
        trail.record("signin.end_session", request.user, by=request.user, sessions=others)
        end_other_sessions(request, request.user)
    messages.success(request, gettext("All other browsers are signed out."))
    return redirect("security")


class Password(Typed, PasswordChangeView):
    """A new password; all other sessions end with the old one (A17).

    Asked for the old one is who has one and did not just come in by a link: forgotten is changed by a link.
    """

    template_name = "signin/password.html"

    @method_decorator(sensitive_post_parameters("oldpassword", "password1", "password2"))
    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if self.is_known(request) or request.user.has_usable_password():
            return super(PasswordChangeView, self).dispatch(request, *args, **kwargs)
        first = reauthentication_required(app="allauth.account")
        return first(super(PasswordChangeView, self).dispatch)(request, *args, **kwargs)

    def get_form_class(self):
        is_asked = self.request.user.has_usable_password() and not self.is_known(self.request)
        return own_words(ChangePasswordForm if is_asked else SetPasswordForm)

    def form_valid(self, form) -> HttpResponse:
        response = super().form_valid(form)
        end_other_sessions(self.request, self.request.user)
        return response

    @staticmethod
    def is_known(request: HttpRequest) -> bool:
        """Whether one came in by a link or code from a mail within the last quarter of an hour."""
        since = timezone.now().timestamp() - FRESH_SECONDS
        records = get_authentication_records(request, request.user)
        return any(one["method"] == "code" and one["at"] > since for one in records)
