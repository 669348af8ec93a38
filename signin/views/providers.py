"""Signing in with an OpenID Connect provider: the way there, the way back, connecting and disconnecting."""

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.adapter import _build_apps_from_settings as apps_in_settings
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.crypto import constant_time_compare, get_random_string
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from accounts import held
from signin import providers, security
from signin.views import door


@never_cache
@require_POST
def go(request: HttpRequest, provider_id: str) -> HttpResponse:
    """A page that leads on to the provider: a redirect in answer to a form is stopped by `form-action` (B16)."""
    provider = providers.find(request, provider_id)
    is_connecting = "connect" in request.POST
    if request.user.is_authenticated != is_connecting:
        return redirect("security" if is_connecting else door.goal_of(request))
    if is_connecting:
        raise_if_reauthentication_required(request, app="allauth.socialaccount")
    held.keep(request)
    nonce = get_random_string(32)
    asked = {**provider.get_auth_params(), "nonce": nonce, "ui_locales": get_language() or "nb"}
    process, known = (AuthProcess.CONNECT, request.user.pk) if is_connecting else (AuthProcess.LOGIN, None)
    goal = door.goal_of(request)
    try:
        there = provider.redirect(request, process, goal, auth_params=asked, nonce=nonce, user=known)
    except (RequestException, OAuth2Error) as error:
        return refused(request, provider, error=error)
    return render(request, "signin/going_on.html", {"address": there.url, "name": provider.name})


@never_cache
@require_safe
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the provider: in, connected, or at a page that tells why not."""
    provider = providers.find(request, provider_id)
    try:
        return OAuth2CallbackView.adapter_view(providers.Handshake(request, provider_id))(request)
    except (RequestException, OAuth2Error) as error:
        return refused(request, provider, error=error)


@require_POST
@transaction.atomic
def disconnect(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The provider no longer opens the account; a link by e-mail does, as always."""
    raise_if_reauthentication_required(request, app="allauth.socialaccount")
    account = get_object_or_404(SocialAccount, user=request.user, provider=provider_id)
    account.delete()
    security.changed("socialaccount/email/account_disconnected", request.user, request)
    messages.success(request, gettext("The connection is removed."))
    return redirect("security")


class Arrival(DefaultSocialAccountAdapter):
    """Whom allauth has found at the provider goes through our own door; allauth's way on from there is never taken."""

    def list_apps(self, request, provider=None, client_id=None) -> list:
        """Those in the settings; none is read from the database."""
        found = apps_in_settings(provider=provider, client_id=client_id)
        return [app for apps in found.values() for app in apps]

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if not constant_time_compare(sociallogin.state["nonce"], str(sociallogin.claims.get("nonce"))):
            raise OAuth2Error("The nonce is not that of the request.")
        is_connecting = sociallogin.state["process"] == AuthProcess.CONNECT
        raise ImmediateHttpResponse((connect if is_connecting else arrive)(request, sociallogin))

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None) -> None:
        is_stale = "state" not in (extra_context or {})
        if request.GET.get("error") == "access_denied":  # some send no state with it
            error = AuthError.CANCELLED
        raise ImmediateHttpResponse(refused(request, provider, code=error, error=exception, is_stale=is_stale))


def arrive(request: HttpRequest, login: SocialLogin) -> HttpResponse:
    """In, by the account that is connected or by the address the provider vouches for; else at a page that tells how."""
    if not login.is_existing:
        owner = providers.owner_by_address(login)
        if owner is None or SocialAccount.objects.filter(user=owner, provider=login.account.provider).exists():
            security.log("provider refused", request, account="")
            return page(request, 403, gettext("You are not known here"), unknown(login.provider.name))
        with transaction.atomic():
            login.connect(request, owner)
    method = "mfa" if providers.is_second_factor(login) else "socialaccount"
    return door.come_in(request, login.user, method, login.state["next"])


def connect(request: HttpRequest, login: SocialLogin) -> HttpResponse:
    """The account one is signed in with is connected to the one at the provider, unless another has that one."""
    if not request.user.is_authenticated or request.user.pk != login.state["user"]:
        return redirect("sign_in")
    if login.is_existing and login.user != request.user:
        text = gettext("Your account with %(name)s is connected to another account here. Disconnect it there first.")
        return page(request, 409, gettext("It was not connected"), text % {"name": login.provider.name})
    if not SocialAccount.objects.filter(user=request.user, provider=login.account.provider).exists():
        with transaction.atomic():
            login.connect(request, request.user)
    messages.success(
        request,
        gettext("The connection is made. From now on you can sign in with %(name)s.") % {"name": login.provider.name},
    )
    return redirect("security")


def unknown(name: str) -> str:
    return gettext(
        "No account here is connected to you at %(name)s. Ask the secretary of your board for an invitation; or sign in "
        "with a link by e-mail, and connect %(name)s under «Sign-in and security»."
    ) % {"name": name}


def refused(request: HttpRequest, provider, code=None, error=None, is_stale: bool = False) -> HttpResponse:
    """The page of an attempt that failed, with what to do now. The log has the reason, and nothing that was told of a person."""
    security.log(
        f"provider failed ({provider.app.provider_id}, {type(error).__name__ if error else code})", request, account=""
    )
    name = {"name": provider.name}
    if isinstance(error, RequestException):
        text = gettext(
            "%(name)s does not answer now. Wait a little and try again, or choose another way of signing in."
        )
        return page(request, 503, gettext("No answer from %(name)s") % name, text % name)
    if code == AuthError.CANCELLED:
        text = gettext("You broke off at %(name)s, and nothing has changed. Try again, or choose another way.")
        return page(request, 403, gettext("You are not signed in with %(name)s") % name, text % name)
    if is_stale and error is None:
        text = gettext("This attempt was begun in another browser, or too long ago. Begin anew.")
        return page(request, 400, gettext("You are not signed in with %(name)s") % name, text)
    text = gettext("What %(name)s answered could not be trusted. Try again, or choose another way of signing in.")
    return page(request, 403, gettext("You are not signed in with %(name)s") % name, text % name)


def page(request: HttpRequest, status: int, heading: str, text: str) -> HttpResponse:
    return render(request, "signin/not_signed_in.html", {"heading": heading, "text": text}, status=status)
