"""The compose file names what it should; the processes themselves are run by the tests of jobs/ and by the operator."""

from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
OWN = ("web", "worker", "beat")


@pytest.fixture(scope="module")
def services() -> dict:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]


def test_the_services_are_these_five(services):
    assert sorted(services) == ["beat", "db", "redis", "web", "worker"]


def test_the_images_are_these(services):
    assert {name: service["image"] for name, service in services.items()} == {
        "web": "boardroom",
        "worker": "boardroom",
        "beat": "boardroom",
        "db": "postgres:15",
        "redis": "redis:7",
    }


def test_every_service_has_a_health_check_and_is_started_again(services):
    for name, service in services.items():
        assert {"test", "interval", "timeout", "retries"} <= set(service["healthcheck"]), name
        assert service["restart"] == "unless-stopped", name


def test_our_own_processes_share_their_environment_and_their_files(services):
    expected = {
        "DATABASE_URL",
        "REDIS_URL",
        "BOARDROOM_DATA",
        "SECRET_KEY",
        "ALLOWED_HOSTS",
        "HTTPS",
        "EMAIL_URL",
        "EMAIL_FROM",
    }
    for name in OWN:
        assert expected <= set(services[name]["environment"]), name
        assert services[name]["volumes"] == ["files:/data"], name
    assert services["worker"]["environment"]["DATABASE_URL"].endswith("@db:5432/boardroom")
    assert services["worker"]["environment"]["REDIS_URL"] == "redis://redis:6379/0"


def test_secrets_have_no_default(services):
    for name in OWN:
        assert services[name]["environment"]["SECRET_KEY"].startswith("${SECRET_KEY:?"), name
    assert services["db"]["environment"]["POSTGRES_PASSWORD"].startswith("${POSTGRES_PASSWORD:?")


def test_the_web_waits_for_the_services_and_the_others_for_its_migrations(services):
    healthy = {"condition": "service_healthy"}
    assert services["web"]["depends_on"] == {"db": healthy, "redis": healthy}
    assert [services[name]["depends_on"] for name in ("worker", "beat")] == [{"web": healthy}] * 2


def test_only_the_web_is_reachable_and_only_from_this_machine(services):
    assert {name: service["ports"] for name, service in services.items() if "ports" in service} == {
        "web": ["127.0.0.1:${PORT:-8000}:8000"]
    }


def test_beat_is_a_process_of_its_own(services):
    assert services["beat"]["command"][:4] == ["celery", "--app", "boardroom", "beat"]
    assert "-B" not in services["worker"]["command"]
