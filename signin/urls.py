"""Addresses of signing in. allauth asks for some of them by its own names (account_…, mfa_…), so those stand here."""

from django.urls import path

from signin.views import door, factors, inviting, link, providers, security, two_steps

urlpatterns = [
    path("sign-in/", door.sign_in, name="sign_in"),
    path("sign-in/", door.sign_in, name="account_login"),
    path("sign-in/demo/", door.sign_in_as, name="sign_in_as"),
    path("sign-in/link/", link.ask, name="sign_in_by_link"),
    path("sign-in/link/sent/", link.sent, name="sign_in_link_sent"),
    path("sign-in/link/<str:token>/", link.follow, name="sign_in_link"),
    path("sign-in/with/<slug:provider_id>/", providers.go, name="openid_connect_login"),
    path("sign-in/with/<slug:provider_id>/callback/", providers.come_back, name="openid_connect_callback"),
    path("invitation/<str:token>/", inviting.follow, name="invitation"),
    path("welcome/", inviting.welcome, name="welcome"),
    path("boards/<slug:board>/people/invite/", inviting.invite_all, name="invite_all"),
    path("boards/<slug:board>/persons/<int:person>/invite/", inviting.invite, name="invite"),
    path("boards/<slug:board>/persons/<int:person>/withdraw/", inviting.withdraw, name="withdraw_invitation"),
    path("sign-in/code/", factors.SecondStep.as_view(), name="mfa_authenticate"),
    path("sign-in/passkey/", factors.SignInByPasskey.as_view(), name="mfa_login_webauthn"),
    path("my/security/two-steps/", two_steps.second, name="two_steps"),
    path("my/security/", security.overview, name="security"),
    path("my/security/password/", security.Password.as_view(), name="account_change_password"),
    path("my/security/confirm/", factors.ConfirmByPassword.as_view(), name="account_reauthenticate"),
    path("my/security/confirm/code/", factors.ConfirmByCode.as_view(), name="mfa_reauthenticate"),
    path("my/security/confirm/passkey/", factors.ConfirmByPasskey.as_view(), name="mfa_reauthenticate_webauthn"),
    path("my/security/codes/", factors.TurnOnCodes.as_view(), name="mfa_activate_totp"),
    path("my/security/codes/off/", factors.TurnOffCodes.as_view(), name="mfa_deactivate_totp"),
    path("my/security/recovery-codes/", factors.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path("my/security/recovery-codes/new/", factors.NewRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("my/security/passkeys/new/", factors.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("my/security/passkeys/<int:pk>/name/", factors.RenamePasskey.as_view(), name="mfa_edit_webauthn"),
    path("my/security/passkeys/<int:pk>/remove/", factors.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("my/security/with/<slug:provider_id>/end/", providers.disconnect, name="disconnect_provider"),
    path("my/security/sessions/end/", security.end_other, name="end_other_sessions"),
    path("my/security/sessions/<int:session>/end/", security.end_session, name="end_session"),
]
