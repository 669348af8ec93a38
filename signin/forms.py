"""Forms of signing in. What allauth has is taken from it; here stand our words and our counters."""

from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
    _BaseAddWebAuthnForm,
)
from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import throttle
from signin import security
from signin.adapter import too_often
from signin.models import SpentCode


class PasswordForm(AuthenticationForm):
    """Name or e-mail address, and password."""

    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": _("The name or the password is not right. Capital and small letters count in the password."),
    }

    def __init__(self, request=None, *args, **kwargs):
        super().__init__(request, *args, **kwargs)
        self.fields["username"].label = _("E-mail or username")
        self.fields["username"].widget.attrs.pop("autofocus", None)

    def clean(self) -> dict:
        name, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if name and password:
            self.user_cache = get_adapter().authenticate(self.request, username=name, password=password)
            if self.user_cache is None:
                raise self.get_invalid_login_error()
        return self.cleaned_data


class LinkForm(forms.Form):
    """Where to send a link for signing in."""

    email = forms.CharField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class TypedCodeForm(forms.Form):
    """The six digits of the mail."""

    code = forms.CharField(
        label=_("Code from the mail"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class OwnCode:
    """A code of one's own: counted for the account from wherever (one has shown a password), and good for once."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code")
        self.fields["code"].max_length = 40
        self.fields["code"].widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}

    def clean_code(self) -> str:
        counted, now = f"second:{self.user.pk}", timezone.now()
        if throttle.is_spent(counted, now):
            raise ImmediateHttpResponse(too_often(context.request))
        try:
            code = super().clean_code()
            self.spend(code, now)
        except (forms.ValidationError, IntegrityError):
            throttle.record_failure(counted, context.request.META.get("REMOTE_ADDR", ""), now)
            security.log("second factor refused", context.request, account=self.user.username)
            raise get_adapter().validation_error("incorrect_code") from None
        return code

    def spend(self, code: str, now) -> None:
        """No code can be used again, also not twice at once; IntegrityError where it was."""
        SpentCode.objects.filter(user=self.user, at__lt=now - throttle.window()).delete()
        with transaction.atomic():
            SpentCode.objects.create(user=self.user, code="".join(filter(str.isdigit, code))[:64], at=now)


class CodeForm(OwnCode, AuthenticateForm):
    """The second step of signing in: a code from the app, or a recovery code."""


class ConfirmCodeForm(OwnCode, ReauthenticateForm):
    """The same, before something is changed."""


class ActivateCodesForm(ActivateTOTPForm):
    """The first code from the app, which shows that it was set up right."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code from the app")
        self.fields["code"].widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}


class CredentialField(forms.JSONField):
    """What a passkey answered. What has another shape is refused before allauth takes it apart."""

    def __init__(self, answers: frozenset[str]):
        super().__init__(widget=forms.HiddenInput)
        self.answers = answers

    def to_python(self, value):
        try:
            found = super().to_python(value)
        except RecursionError:
            found = {}
        response = found.get("response") if isinstance(found, dict) else None
        if isinstance(response, dict):
            texts = [found.get(name) for name in ("id", "rawId", "type")] + [
                response.get(name) for name in self.answers
            ]
            if all(isinstance(text, str) for text in texts):
                return found
        raise get_adapter().validation_error("incorrect_code")


class Answered:
    """A form with the answer of a passkey that is known already."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["credential"] = CredentialField(frozenset({"clientDataJSON", "authenticatorData", "signature"}))


class PasskeySignInForm(Answered, LoginWebAuthnForm):
    """Coming in with a passkey alone."""


class SecondPasskeyForm(Answered, AuthenticateWebAuthnForm):
    """A passkey as the second step."""


class ConfirmPasskeyForm(Answered, ReauthenticateWebAuthnForm):
    """The same, before something is changed."""


class PasskeyForm(_BaseAddWebAuthnForm):
    """A new passkey. It always asks who holds it (face, finger or PIN), so it counts as two factors."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["credential"] = CredentialField(frozenset({"clientDataJSON", "attestationObject"}))
        self.fields["name"].label = _("Name of the passkey")
        self.fields["name"].max_length = 100
        self.fields["name"].help_text = _("For example «My phone», so that you know it again.")


def own_words(form_class):
    """allauth's form for a new password, with our labels and what a password must be in one sentence."""

    class Worded(form_class):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            words = {
                "oldpassword": _("Current password"),
                "password1": _("New password"),
                "password2": _("New password again"),
            }
            for name, field in self.fields.items():
                field.label = words[name]
                field.widget.attrs.pop("placeholder", None)
            self.fields["password1"].help_text = _(
                "At least 15 characters, and not one that many use. A sentence is easy to remember."
            )
            if "oldpassword" in self.fields:
                self.fields["oldpassword"].help_text = ""

    return Worded
