"""The rows of signin in the route table."""

from boardroom.lib.route import Route

BOTH = ("GET", "POST")

ROUTES: dict[str, Route] = {
    "sign_in": Route("public", methods=BOTH),
    "account_login": Route("public", methods=BOTH),
    "sign_in_as": Route("public", methods=("POST",)),
    "sign_in_by_link": Route("public", methods=BOTH),
    "sign_in_link_sent": Route("public", methods=BOTH),
    "sign_in_link": Route("public", methods=BOTH),
    "mfa_authenticate": Route("public", methods=BOTH),
    "mfa_login_webauthn": Route("public", methods=BOTH),
    "openid_connect_login": Route("public", methods=("POST",)),
    "openid_connect_callback": Route("public"),
    "invitation": Route("public", methods=BOTH),
    "welcome": Route("signed-in"),
    "invite_all": Route("board", "boards.edit_people", "board", ("POST",)),
    "invite": Route("board", "boards.edit_people", "person", ("POST",)),
    "withdraw_invitation": Route("board", "boards.edit_people", "person", ("POST",)),
    "two_steps": Route("signed-in"),
    "security": Route("signed-in"),
    "account_change_password": Route("signed-in", methods=BOTH),
    "account_reauthenticate": Route("signed-in", methods=BOTH),
    "mfa_reauthenticate": Route("signed-in", methods=BOTH),
    "mfa_reauthenticate_webauthn": Route("signed-in", methods=BOTH),
    "mfa_activate_totp": Route("signed-in", methods=BOTH),
    "mfa_deactivate_totp": Route("signed-in", object="factor", methods=BOTH),
    "mfa_view_recovery_codes": Route("signed-in"),
    "mfa_generate_recovery_codes": Route("signed-in", methods=BOTH),
    "mfa_add_webauthn": Route("signed-in", methods=BOTH),
    "mfa_edit_webauthn": Route("signed-in", object="factor", methods=BOTH),
    "mfa_remove_webauthn": Route("signed-in", object="factor", methods=BOTH),
    "disconnect_provider": Route("signed-in", object="factor", methods=("POST",)),
    "end_other_sessions": Route("signed-in", methods=("POST",)),
    "end_session": Route("signed-in", object="session", methods=("POST",)),
}
