import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def encrypted(settings):
    """The settings that HTTPS=on gives."""
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31536000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


def test_a_plain_request_is_led_to_the_encrypted_address(client, encrypted):
    answer = client.get("/sign-in/?next=/a/")

    assert (answer.status_code, answer["Location"]) == (301, "https://testserver/sign-in/?next=/a/")


@pytest.mark.django_db
def test_the_health_check_of_the_same_machine_needs_no_encryption(client, encrypted):
    assert client.get("/health/").status_code == 200


def test_an_encrypted_answer_asks_for_encryption_for_a_year(client, encrypted):
    answer = client.get("/accessibility/", headers={"X-Forwarded-Proto": "https"})

    assert answer.status_code == 200
    assert answer["Strict-Transport-Security"].startswith("max-age=31536000")


def test_django_finds_nothing_to_warn_of_in_production(tmp_path):
    environment = {
        "PATH": os.environ["PATH"],
        "HTTPS": "on",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "boards.example",
        "BOARDROOM_DATA": str(tmp_path),
    }
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stderr
