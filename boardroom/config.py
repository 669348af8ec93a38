"""Configuration by environment: one function a variable, each of which refuses nonsense with a sentence."""

import json
import os
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def refuse(name: str, value: str, why: str) -> ImproperlyConfigured:
    """The sentence that stops the start; a password in an address is not repeated in it."""
    shown = re.sub(r"(//[^:/@]*:)[^@]*@", r"\1…@", value)
    return ImproperlyConfigured(f"{name}={shown!r} cannot be used: {why}")


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def switch(name: str, default: bool) -> bool:
    """True for on/1/true/yes, False for off/0/false/no; anything else stops the start."""
    value = text(name)
    if not value:
        return default
    if value.lower() in {"on", "1", "true", "yes"}:
        return True
    if value.lower() in {"off", "0", "false", "no"}:
        return False
    raise refuse(name, value, "write on or off.")


def hosts(name: str, default: str) -> list[str]:
    """Host names divided by commas; a leading dot means every name below it."""
    names = [host.strip() for host in text(name, default).split(",") if host.strip()]
    if wrong := [host for host in names if not re.fullmatch(r"\.?[\w.-]+|\[[0-9a-fA-F:]+\]", host)]:
        raise refuse(name, wrong[0], "write host names only, divided by commas, without https:// and port.")
    return names


def port(name: str, default: int) -> int:
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= 65535:
        raise refuse(name, value, "write a port number from 1 to 65535.")
    return int(value)


def seconds(name: str, default: int) -> int:
    """A whole number of seconds, from one to a day."""
    return _whole(name, default, 1, 86400, "a whole number of seconds")


def minutes(name: str, default: int, most: int) -> int:
    """A whole number of minutes, from one up to the most."""
    return _whole(name, default, 1, most, "a whole number of minutes")


def days(name: str, default: int) -> int:
    """A whole number of days, from one to ten years."""
    return _whole(name, default, 1, 3650, "a whole number of days")


def count(name: str, default: int, most: int) -> int:
    """How many there are of something, from none up to the most."""
    return _whole(name, default, 0, most, "a whole number")


def _whole(name: str, default: int, least: int, most: int, what: str) -> int:
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise refuse(name, value, f"write {what} from {least} to {most}.")
    return int(value)


def folder(name: str, default: Path) -> Path:
    """An absolute path that is a folder one may write in, or can become one."""
    path = Path(text(name, str(default))).expanduser().resolve()
    if path.exists() and not path.is_dir():
        raise refuse(name, str(path), "it is a file; name a folder.")
    standing = next(place for place in (path, *path.parents) if place.exists())
    if not standing.is_dir() or not os.access(standing, os.W_OK | os.X_OK):
        raise refuse(name, str(path), f"this account may not write in {standing}.")
    return path


def database(name: str, data: Path) -> dict:
    """Django's settings for `sqlite:///path`, `sqlite://` (in the data folder) or `postgres://user:password@host:port/name`."""
    url = text(name)
    if not url or url in {"sqlite", "sqlite://"}:
        return sqlite(data / "boardroom.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path)[1:] if parts.path.startswith("//") else unquote(parts.path)))
    if parts.scheme in {"postgres", "postgresql"}:
        if len(parts.path) < 2:
            raise refuse(name, url, "the address lacks the database's name, as in postgres://user@host:5432/boardroom.")
        try:
            number = parts.port or 5432
        except ValueError:
            raise refuse(name, url, "the port is not a number.") from None
        return postgres(parts, number)
    raise refuse(name, url, "write sqlite:///path/to/file or postgres://user:password@host:5432/name.")


def sqlite(path: Path) -> dict:
    """Measured settings without «database is locked»: WAL, IMMEDIATE, a long timeout, FULL synchronous.

    Connections stay open for a minute: the last one to close would write the whole log into the file each time.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }


def postgres(parts, number: int) -> dict:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": number,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "options": "-c lock_timeout=5000 -c statement_timeout=15000 -c idle_in_transaction_session_timeout=30000 -c jit=off"
        },
    }


def redis(name: str) -> str:
    """The broker's address, or the empty text for the embedded mode."""
    url = text(name)
    if url and urlsplit(url).scheme not in {"redis", "rediss", "unix"}:
        raise refuse(name, url, "write redis://host:6379/0, or leave it out for the embedded mode.")
    return url


def email(name: str, data: Path) -> dict:
    """Django's e-mail settings for `smtp://`, `smtps://` or `folder:///path`; without a value mail lands in the data folder."""
    url = text(name)
    parts = urlsplit(url)
    if not url or parts.scheme == "folder":
        target = unquote(parts.path) if url else str(data / "mail")
        return {"EMAIL_BACKEND": "mail.folder.Backend", "EMAIL_FILE_PATH": target}
    if parts.scheme not in {"smtp", "smtps", "smtp+tls"} or not parts.hostname:
        raise refuse(name, url, "write smtp://user:password@host:587, smtps://… or folder:///path.")
    try:
        number = parts.port
    except ValueError:
        raise refuse(name, url, "the port is not a number.") from None
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": number or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_TIMEOUT": 10,
    }


def clock(name: str, default: str) -> str:
    """A time of day as `07:00`."""
    value = text(name, default)
    if not re.fullmatch(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]", value):
        raise refuse(name, value, "write a time of day such as 07:00.")
    return value


def bounces(name: str) -> str:
    """Where mail that came back is read: `imaps://`, `imap://`, `maildir:///` or `mbox:///`; empty for nowhere."""
    url = text(name)
    parts = urlsplit(url)
    is_server = parts.scheme in {"imap", "imaps"} and parts.hostname and parts.username
    is_file = parts.scheme in {"maildir", "mbox"} and len(parts.path) > 1
    if url and not is_server and not is_file:
        raise refuse(name, url, "write imaps://user:password@host/INBOX, maildir:///path or mbox:///path.")
    return url


def oidc_providers(name: str) -> list[dict]:
    """The OpenID Connect providers in a JSON list, as allauth wants them; no value of theirs but the id is repeated."""
    try:
        given = json.loads(text(name, "[]"))
    except ValueError:
        raise refuse(name, "…", "write a JSON list (docs/operations.md).") from None
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise refuse(name, "…", "write a JSON list of objects (docs/operations.md).")
    providers = [_provider(name, one) for one in given]
    ids = [one["provider_id"] for one in providers]
    if twice := [one for one in ids if ids.count(one) > 1]:
        raise refuse(name, twice[0], "each id stands for one provider only.")
    return providers


def _provider(name: str, given: dict) -> dict:
    slug = given.get("id")
    if not isinstance(slug, str) or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) or len(slug) > 40:
        raise refuse(name, str(slug), "the id is small letters, digits and hyphens, as in entra-id.")
    known = {"id", "name", "issuer", "client_id", "secret", "trusts_email", "scopes", "second_factor"}
    if unknown := sorted(set(given) - known):
        raise refuse(name, slug, f"{unknown[0]} is not among {', '.join(sorted(known))}.")
    for field in ("name", "issuer", "client_id", "secret"):
        if not isinstance(given.get(field), str) or not given[field].strip():
            raise refuse(name, slug, f"{field} is missing.")
    for field in ("scopes", "second_factor"):
        if not isinstance(given.get(field, []), list) or not all(isinstance(one, str) for one in given.get(field, [])):
            raise refuse(name, slug, f"{field} is a list of texts.")
    if not isinstance(given.get("trusts_email", False), bool):
        raise refuse(name, slug, "trusts_email is true or false.")
    issuer = urlsplit(given["issuer"])
    is_here = issuer.scheme == "http" and issuer.hostname in {"localhost", "127.0.0.1"}
    if not issuer.hostname or (issuer.scheme != "https" and not is_here):
        raise refuse(name, slug, "the issuer is an https address.")
    scopes = given.get("scopes", ["openid", "email"])
    if "openid" not in scopes:
        raise refuse(name, slug, "openid is among the scopes.")
    second = given.get("second_factor", [])
    return {
        "provider_id": slug,
        "name": given["name"].strip(),
        "client_id": given["client_id"],
        "secret": given["secret"],
        "settings": {
            "server_url": given["issuer"].rstrip("/"),
            "oauth_pkce_enabled": True,
            "scope": scopes,
            "auth_params": {"acr_values": " ".join(second)} if second else {},
            "trusts_email": given.get("trusts_email", False),
            "second_factor": second,
        },
    }


def secret_key(name: str, demo: bool, data: Path) -> str:
    """The given key; in demo mode a random one kept in the data folder; otherwise the start is stopped."""
    value = text(name)
    if value:
        if len(value) < 32:
            raise refuse(name, value[:3] + "…", "a secret key has at least 32 characters.")
        return value
    if not demo:
        raise ImproperlyConfigured(
            "SECRET_KEY is missing: set a random text of at least 50 characters. (DEMO=on makes its own.)"
        )
    from django.core.management.utils import get_random_secret_key

    path = data / "secret-key"
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        path.write_text(get_random_secret_key(), encoding="utf-8")
        path.chmod(0o600)
    return path.read_text(encoding="utf-8").strip()
