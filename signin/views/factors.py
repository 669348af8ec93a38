"""Second factors and passkeys: allauth's views with our pages, addresses and answers."""

import base64

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import ReauthenticateView as ReauthenticateByPasswordView
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    EditWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext

from accounts import held, throttle
from signin import security, two_steps
from signin.adapter import too_often
from signin.views.door import sign_in_page


class Typed:
    """A form that is not right keeps what was typed and answers 422."""

    def form_invalid(self, form) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422 if response.status_code == 200 else response.status_code
        return response


class SecondStep(Typed, AuthenticateView):
    """The second step of signing in: a code, a recovery code or a passkey."""

    template_name = "signin/second_step.html"

    def get_context_data(self, **kwargs) -> dict:
        types = set(Authenticator.objects.filter(user=self.stage.login.user).values_list("type", flat=True))
        return {**super().get_context_data(**kwargs), "types": types, "without_navigation": True}


class SignInByPasskey(LoginWebAuthnView):
    """Coming in with a passkey alone, which is two factors in one. GET gives a script the challenge."""

    def post(self, request, *args, **kwargs) -> HttpResponse:
        address, now = request.META.get("REMOTE_ADDR", ""), timezone.now()
        if throttle.is_blocked("passkey", address, now):
            return too_often(request)
        held.keep(request)
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form) -> HttpResponse:
        throttle.record_failure("passkey", self.request.META.get("REMOTE_ADDR", ""), timezone.now())
        security.log("passkey refused", self.request, account="")
        messages.error(self.request, gettext("That passkey is not known here. Choose another way."))
        return sign_in_page(self.request, status=422)


class Confirm(Typed):
    """Showing once more who one is, before something is changed; who can show nothing is led back."""

    template_name = "signin/confirm.html"

    def _check_reauthentication_method_available(self, request):
        if not get_adapter(request).get_reauthentication_methods(request.user):
            return redirect("security")
        return super()._check_reauthentication_method_available(request)


class ConfirmByPassword(Confirm, ReauthenticateByPasswordView):
    pass


class ConfirmByCode(Confirm, ReauthenticateView):
    pass


class ConfirmByPasskey(Confirm, ReauthenticateWebAuthnView):
    def form_invalid(self, form) -> HttpResponse:
        super().form_invalid(form)
        return redirect(self.request.get_full_path())


class Added(Typed):
    """A second factor of one's own; who just showed it need not show it again to see the recovery codes."""

    def form_valid(self, form) -> HttpResponse:
        response = super().form_valid(form)
        record_authentication(self.request, self.request.user, method="mfa", reauthenticated=True)
        return response

    def get_success_url(self) -> str:
        return (
            reverse("mfa_view_recovery_codes") if self.did_generate_recovery_codes else two_steps.onwards(self.request)
        )


class TurnOnCodes(Added, ActivateTOTPView):
    """One-time codes from an app: a picture to photograph, the same key in letters, and a first code as the test of both."""

    template_name = "signin/codes_on.html"

    def get_context_data(self, **kwargs) -> dict:
        values = super().get_context_data(**kwargs)
        secret = values["form"].secret
        grouped = " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))
        return {**values, "key": grouped}


class TurnOffCodes(Typed, DeactivateTOTPView):
    template_name = "signin/codes_off.html"
    success_url = reverse_lazy("security")

    def get_form_kwargs(self) -> dict:
        return {**super().get_form_kwargs(), "data": {}}


class RecoveryCodes(ViewRecoveryCodesView):
    """The codes, the one time they can be seen."""

    template_name = "signin/recovery_codes.html"

    def get(self, request, *args, **kwargs) -> HttpResponse:
        if not Authenticator.objects.filter(user=request.user, type=Authenticator.Type.RECOVERY_CODES).exists():
            return redirect("security")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs) -> dict:
        values = super().get_context_data(**kwargs)
        text = "\n".join(["Boardroom", *values["unused_codes"], ""])
        file = base64.b64encode(text.encode()).decode()
        return {**values, "file": file, "onwards": two_steps.onwards(self.request)}


class NewRecoveryCodes(Typed, GenerateRecoveryCodesView):
    template_name = "signin/new_recovery_codes.html"


class AddPasskey(Added, AddWebAuthnView):
    """A new passkey, kept by the device itself, which asks who is holding it."""

    template_name = "signin/passkey_add.html"

    def get_context_data(self, **kwargs) -> dict:
        values = super().get_context_data(**kwargs)
        values["js_data"] = {"creation_options": auth.begin_registration(self.request.user, True)}
        return values


class RenamePasskey(Typed, EditWebAuthnView):
    template_name = "signin/passkey_name.html"
    success_url = reverse_lazy("security")


class RemovePasskey(RemoveWebAuthnView):
    template_name = "signin/passkey_remove.html"
    success_url = reverse_lazy("security")
