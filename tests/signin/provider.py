"""A provider of OpenID Connect run here: its own server with discovery, a page to sign in on, and signed tokens."""

from contextlib import contextmanager

from oidc_provider_mock import User, run_server_in_thread

PEOPLE = (
    User(sub="eli", claims={"email": "eli@EXAMPLE.org", "email_verified": True, "pid": "01017012345", "name": "Eli"}),
    User(sub="nobody", claims={"email": "ingen@example.org", "email_verified": True}),
    User(sub="unverified", claims={"email": "eli@example.org", "email_verified": False}),
    User(sub="no-address", claims={}),
    User(sub="strong", claims={"email": "eli@example.org", "email_verified": True, "acr": "high"}),
)


@contextmanager
def running():
    """The address of a provider that runs until the end."""
    with run_server_in_thread(require_nonce=True, user_claims=PEOPLE) as server:
        yield f"http://localhost:{server.server_port}"


def offer(settings, issuer: str, *ids: str, **more) -> None:
    """Boardroom's settings have the provider, under each of the ids."""
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [_app(one, issuer, **more) for one in ids]}}


def _app(provider_id: str, issuer: str, **more) -> dict:
    own = {"server_url": issuer, "oauth_pkce_enabled": True, "scope": ["openid", "email"], "auth_params": {}}
    names = {"porten": "Folkeporten", "kommune": "Lyngvær kommune"}
    return {
        "provider_id": provider_id,
        "name": names[provider_id],
        "client_id": "boardroom",
        "secret": "hemmelig",
        "settings": {**own, "trusts_email": True, "second_factor": [], **more},
    }
