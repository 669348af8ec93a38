"""OpenID Connect: what a provider must show before it is believed, and whose account somebody who comes from it has.

Nobody gets an account this way, and of what a provider tells only who it is (`iss`, `sub`) is kept.
"""

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest

from accounts.models import User

ADDRESSES = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
CLOCKS_APART_SECONDS = 60
SUBJECT_MAX = 191


class Handshake(OpenIDConnectOAuth2Adapter):
    """allauth's exchange with the provider, which believes nothing that is not signed for us by the issuer in the settings."""

    @property
    def openid_config(self) -> dict:
        """What the issuer says of itself. Raises OAuth2Error where it is another issuer, or leads from https to http."""
        found, issuer = super().openid_config, self.get_provider().app.settings["server_url"]
        if not isinstance(found, dict) or str(found.get("issuer", "")).rstrip("/") != issuer:
            raise OAuth2Error("The configuration is that of another issuer.")
        scheme = issuer.partition(":")[0]
        if not all(str(found.get(name, "")).startswith(f"{scheme}://") for name in ADDRESSES):
            raise OAuth2Error("The configuration lacks an address.")
        return found

    def complete_login(self, request: HttpRequest, app, token, **kwargs) -> SocialLogin:
        """Who came, with `claims`: those of the signed token first. Raises OAuth2Error where anything does not fit."""
        if not kwargs["response"].get("id_token"):
            raise OAuth2Error("There is no ID token.")
        try:
            told = self._fetch_user_info(token.token)
            signed = self._decode_id_token(app, kwargs["response"]["id_token"])
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise OAuth2Error("The ID token cannot be read.") from error
        subject = signed.get("sub")
        if not isinstance(subject, str) or not 0 < len(subject) <= SUBJECT_MAX or told.get("sub") != subject:
            raise OAuth2Error("It does not say who came.")
        login = self.get_provider().sociallogin_from_response(request, {"id_token": {"sub": subject}})
        login.account.extra_data = {"iss": signed["iss"], "sub": subject}
        login.claims = {**told, **signed}
        return login

    def _decode_id_token(self, app, id_token: str) -> dict:
        """The claims, signed by a key of the issuer's, for us, and not too old. allauth checks less of what came over TLS."""
        config = self.openid_config
        with get_adapter().get_requests_session() as session:
            answer = session.get(config["jwks_uri"])
            answer.raise_for_status()
        try:
            named = jwt.get_unverified_header(id_token).get("kid")
            keys = [key for key in jwt.PyJWKSet.from_dict(answer.json()).keys if named in (None, key.key_id)]
            if len(keys) != 1:
                raise OAuth2Error("No key is the one it is signed with.")
            return jwt.decode(
                id_token,
                key=keys[0],
                algorithms=ALGORITHMS,
                audience=app.client_id,
                issuer=config["issuer"],
                leeway=CLOCKS_APART_SECONDS,
                options={"require": ["iss", "aud", "exp", "iat", "sub"]},
            )
        except jwt.PyJWTError as error:
            raise OAuth2Error("The ID token is not valid.") from error


def offered() -> list[dict]:
    """Id and name of each provider in the settings."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return [{"id": one["provider_id"], "name": one["name"]} for one in apps]


def connected(user: User) -> list[dict]:
    """Each provider in the settings, and since when the account is connected to it."""
    since = dict(SocialAccount.objects.filter(user=user).values_list("provider", "date_joined"))
    return [{**one, "since": since.get(one["id"])} for one in offered()]


def find(request: HttpRequest, provider_id: str) -> OpenIDConnectProvider:
    """The provider of that id. Raises Http404 where the settings have none."""
    if all(one["id"] != provider_id for one in offered()):
        raise Http404
    provider = get_adapter(request).get_provider(request, provider=provider_id)
    provider.oauth2_adapter_class = Handshake
    return provider


def owner_by_address(login: SocialLogin) -> User | None:
    """The one open account with the address the provider vouches for; nobody where it is not one we believe in that.

    Entra ID says `xms_edov`, that the owner of the domain was verified, where others say `email_verified`.
    """
    address, claims = login.claims.get("email"), login.claims
    is_verified = claims.get("email_verified") is True or claims.get("xms_edov") in (True, 1, "1", "true")
    if not login.provider.app.settings["trusts_email"] or not is_verified or not isinstance(address, str):
        return None
    found = list(User.objects.filter(email__iexact=address.strip(), email__contains="@", is_active=True)[:2])
    return found[0] if len(found) == 1 else None


def is_second_factor(login: SocialLogin) -> bool:
    """Whether the provider says it asked for as much as the settings count as two factors."""
    return login.claims.get("acr") in login.provider.app.settings["second_factor"]
