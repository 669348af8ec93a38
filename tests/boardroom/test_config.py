import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KEY = "x" * 50
ENTRA = '{"id": "entra", "name": "Entra", "issuer": "https://id.example/v2.0/", "client_id": "b", "secret": "hemmelig"}'


def start(tmp_path, **environment) -> tuple[int, str]:
    """Exit status and everything said when `manage.py check` starts with just these variables."""
    settings = {"PATH": os.environ["PATH"], "BOARDROOM_DATA": str(tmp_path), "SECRET_KEY": KEY, **environment}
    known = {name: value for name, value in settings.items() if value is not None}
    ran = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROOT, env=known, capture_output=True, text=True, check=False
    )
    return ran.returncode, ran.stdout + ran.stderr


def show(tmp_path, expression: str, **environment) -> str:
    """What `expression` is in a process that starts with just these variables."""
    settings = {"PATH": os.environ["PATH"], "BOARDROOM_DATA": str(tmp_path), "SECRET_KEY": KEY, **environment}
    settings |= {"DJANGO_SETTINGS_MODULE": "boardroom.settings"}
    code = f"from django.conf import settings; print({expression})"
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=settings, capture_output=True, text=True, check=True
    ).stdout.strip()


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("DATABASE_URL", "mysql://root@db/boardroom", "write sqlite:///path/to/file or postgres://"),
        ("DATABASE_URL", "postgres://db.example:5432/", "the address lacks the database's name"),
        ("DATABASE_URL", "postgres://db.example:abc/boardroom", "the port is not a number"),
        ("REDIS_URL", "localhost:6379", "write redis://host:6379/0"),
        ("PORT", "80a", "write a port number from 1 to 65535"),
        ("PORT", "70000", "write a port number from 1 to 65535"),
        ("TRUSTED_PROXIES", "9", "write a whole number from 0 to 5"),
        ("SIGN_IN_LINK_MINUTES", "2000", "write a whole number of minutes from 1 to 1440"),
        ("HTTPS", "perhaps", "write on or off"),
        ("DEMO", "2", "write on or off"),
        ("EMAIL_URL", "mail.example", "write smtp://user:password@host:587"),
        ("EMAIL_URL", "smtp://mail.example:post", "the port is not a number"),
        ("SECRET_KEY", "short", "a secret key has at least 32 characters"),
        ("ALLOWED_HOSTS", "https://boards.example/", "write host names only"),
        ("OIDC_PROVIDERS", "entra", "write a JSON list"),
        ("OIDC_PROVIDERS", '[{"id": "Entra ID"}]', "the id is small letters, digits and hyphens"),
        ("OIDC_PROVIDERS", '[{"id": "entra", "nmae": "Entra"}]', "nmae is not among"),
        ("OIDC_PROVIDERS", f"[{ENTRA.replace('https', 'http')}]", "the issuer is an https address"),
        ("OIDC_PROVIDERS", f"[{ENTRA}, {ENTRA}]", "each id stands for one provider only"),
        ("BOARDROOM_DATA", str(ROOT / "manage.py"), "it is a file; name a folder"),
        ("BOARDROOM_DATA", str(ROOT / "manage.py" / "data"), "this account may not write in"),
    ],
)
def test_a_nonsense_value_stops_the_start_with_one_sentence_that_names_it(tmp_path, name, value, why):
    status, said = start(tmp_path, **{name: value})

    assert status == 78
    assert said.startswith(f"Boardroom cannot start: {name}=")
    assert why in said
    assert said.count("\n") == 1


def test_a_missing_secret_key_stops_the_start(tmp_path):
    status, said = start(tmp_path, SECRET_KEY=None)

    assert status == 78
    assert said.startswith("Boardroom cannot start: SECRET_KEY is missing")
    assert said.count("\n") == 1


def test_demo_mode_makes_a_secret_key_once_and_keeps_it(tmp_path):
    assert start(tmp_path, SECRET_KEY=None, DEMO="on")[0] == 0
    made = (tmp_path / "secret-key").read_text(encoding="utf-8")

    assert start(tmp_path, SECRET_KEY=None, DEMO="on")[0] == 0
    assert (tmp_path / "secret-key").read_text(encoding="utf-8") == made


def test_a_password_in_a_refused_address_is_not_repeated(tmp_path):
    _status, said = start(tmp_path, DATABASE_URL="mysql://root:tellnobody@db/boardroom")

    assert "tellnobody" not in said


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "__Host-sess __Host-csrf True True 31536000 True"),
        ({"HTTPS": "off"}, "sess csrf False False 0 False"),
        ({"DEMO": "on"}, "sess csrf False False 0 False"),
        ({"DEMO": "on", "HTTPS": "on"}, "__Host-sess __Host-csrf True True 31536000 True"),
    ],
)
def test_https_switches_cookies_hsts_and_redirects(tmp_path, environment, expected):
    names = (
        "SESSION_COOKIE_NAME CSRF_COOKIE_NAME SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SECURE_HSTS_SECONDS "
        "SECURE_SSL_REDIRECT"
    )
    expression = "*(getattr(settings, name) for name in %r.split())" % names  # noqa: UP031
    assert show(tmp_path, expression, **environment) == expected


def test_the_embedded_database_lies_in_the_data_folder(tmp_path):
    assert show(tmp_path, 'settings.DATABASES["default"]["NAME"]') == str(tmp_path / "boardroom.sqlite3")


def test_a_postgres_address_is_taken_apart(tmp_path):
    expression = '[settings.DATABASES["default"][part] for part in ("USER", "PASSWORD", "HOST", "PORT", "NAME")]'
    shown = show(tmp_path, expression, DATABASE_URL="postgres://clerk:p%40ss@db.example:5433/boards")

    assert shown == "['clerk', 'p@ss', 'db.example', 5433, 'boards']"


def test_a_provider_is_trusted_with_addresses_and_second_factors_only_where_it_is_said(tmp_path):
    known = "settings.SOCIALACCOUNT_PROVIDERS['openid_connect']['APPS']"
    plain = f"(lambda one: (one['server_url'], one['trusts_email'], one['second_factor']))({known}[0]['settings'])"

    assert show(tmp_path, known) == "[]"
    assert show(tmp_path, plain, OIDC_PROVIDERS=f"[{ENTRA}]") == "('https://id.example/v2.0', False, [])"


def test_the_secret_of_a_provider_is_not_repeated_in_a_refusal(tmp_path):
    _status, said = start(tmp_path, OIDC_PROVIDERS=f"[{ENTRA.replace('https', 'ftp')}]")

    assert "issuer" in said and "hemmelig" not in said
