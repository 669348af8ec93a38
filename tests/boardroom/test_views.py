import pytest

from accounts.models import User
from boardroom.lib.errors import page_before

pytestmark = pytest.mark.django_db


def test_health_tells_what_answers_and_what_waits(client):
    assert client.get("/health/").json() == {
        "ok": True,
        "database": True,
        "broker": client.get("/health/").json()["broker"],
        "jobs": {"queued": 0, "running": 0, "failed": 0},
        "version": "0.4.0",
    }


def test_health_says_when_the_broker_is_away_but_stays_well(client, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    answer = client.get("/health/")

    assert (answer.status_code, answer.json()["ok"], answer.json()["broker"]) == (200, True, False)


def test_a_visitor_chooses_the_language_of_this_device(client):
    answer = client.get("/language/nn/?next=/accessibility/")

    assert (answer["Location"], client.cookies["language"].value) == ("/accessibility/", "nn")
    assert client.get("/accessibility/")["Content-Language"] == "nn"


def test_someone_signed_in_chooses_the_language_of_the_account(client):
    member = User.objects.create_user("member")
    client.force_login(member)
    answer = client.post("/language/", {"language": "en", "next": "/accessibility/"})
    member.refresh_from_db()

    assert (answer["Location"], member.language) == ("/accessibility/", "en")


@pytest.mark.parametrize("goal", ["//evil.example", "https:evil.example", "\\evil.example", "/a\r\nSet-Cookie: b=c"])
def test_after_choosing_a_language_nobody_leaves_the_site(client, goal):
    assert client.get("/language/nn/", {"next": goal})["Location"] == "/"


def test_an_unknown_language_is_an_absent_page(client):
    assert client.get("/language/xx/").status_code == 404


@pytest.mark.parametrize(
    ("came", "back"),
    [
        ("http://testserver/desk/?a=1", "/desk/"),
        ("http://elsewhere.example/desk/", ""),
        ("http://testserver//x.example/", ""),
    ],
)
def test_a_refused_form_leads_back_to_its_page(rf, came, back):
    request = rf.post("/boards/", HTTP_REFERER=came, HTTP_HOST="testserver")
    assert page_before(request) == back
