import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from accounts.models import User
from boardroom import urls
from boardroom.lib.route import Route
from boardroom.routes import table

pytestmark = pytest.mark.django_db


def closed(request):
    return HttpResponse("inside")


def broken(request):
    raise RuntimeError("quoting a closed title")


def unreachable(request):
    from django.db import OperationalError

    raise OperationalError("server closed the connection unexpectedly")


def behind(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM a_table_of_the_next_release")


urlpatterns = [
    *urls.urlpatterns,
    path("unknown-row/", closed, name="unknown_row"),
    path("inside/", closed, name="inside"),
    path("broken/", broken, name="broken"),
    path("behind/", behind, name="behind"),
    path("unreachable/", unreachable, name="unreachable"),
]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500


@pytest.fixture(autouse=True)
def addresses(settings, monkeypatch):
    settings.ROOT_URLCONF = __name__
    monkeypatch.setitem(table(), "inside", Route("signed-in"))
    monkeypatch.setitem(table(), "broken", Route("public"))
    monkeypatch.setitem(table(), "behind", Route("public"))
    monkeypatch.setitem(table(), "unreachable", Route("public"))


@pytest.fixture
def member():
    return User.objects.create_user("member", password="a long enough password", language="nn")


HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
DIRECTIVES = {
    "default-src 'self'",
    "script-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/sign-in/", 200),
        ("GET", "/inside/", 302),
        ("GET", "/nothing-here/", 404),
        ("POST", "/accessibility/", 405),
        ("GET", "/static/css/base.css", 200),
        ("GET", "/health/?q=%00", 400),
        ("GET", "/broken/", 500),
        ("GET", "/unreachable/", 503),
    ],
)
def test_every_class_of_answer_carries_the_security_headers(method, address, status):
    answer = Client(raise_request_exception=False).generic(method, address)

    assert answer.status_code == status
    assert {name: answer.get(name) for name in HEADERS} == HEADERS
    policy = set(answer["Content-Security-Policy"].split("; "))
    assert {directive for directive in policy if not directive.startswith("style-src")} == DIRECTIVES
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "camera=()" in answer["Permissions-Policy"]


def test_a_visitor_is_sent_to_sign_in_and_back(client):
    assert client.get("/inside/?page=2")["Location"] == "/sign-in/?next=/inside/%3Fpage%3D2"


def test_a_route_without_a_row_is_closed(client):
    assert client.get("/unknown-row/").status_code == 302


def test_a_fragment_is_never_the_sign_in_page(client):
    answer = client.get("/inside/", headers={"HX-Request": "true"})

    assert (answer.status_code, answer.text) == (401, "You are signed out. Sign in in a new tab.")


def test_pages_of_someone_signed_in_are_kept_nowhere(client, member):
    client.force_login(member)
    answer = client.get("/inside/")

    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex, noarchive"


def test_a_method_outside_the_row_is_answered_in_words(client, member):
    client.force_login(member)
    answer = client.delete("/inside/")

    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert "Error 405" in answer.text


def test_a_body_that_is_too_large_is_refused_before_it_is_read(client):
    answer = client.post("/sign-in/", CONTENT_LENGTH="209715200")

    assert answer.status_code == 413
    assert "It is 200 MB. The largest that can be sent is 25 MB." in answer.text


@pytest.mark.parametrize(
    "odd",
    [
        {"CONTENT_LENGTH": "many"},
        {"CONTENT_LENGTH": "-1"},
        {"CONTENT_TYPE": "text/plain; charset=bogus"},
        {"QUERY_STRING": "q=%00"},
        {"HTTP_HOST": "evil.example"},
    ],
)
def test_what_cannot_be_read_is_a_bad_request(client, odd):
    answer = client.get("/accessibility/", **odd)

    assert answer.status_code == 400
    assert "Error 400" in answer.text
    assert "evil" not in answer.text


def test_a_fault_of_ours_tells_a_number_and_nothing_else(caplog):
    answer = Client(raise_request_exception=False).get("/broken/")

    assert "Error 500" in answer.text
    assert "closed title" not in answer.text
    incident = answer.text.split("<strong>")[1].split("</strong>")[0]
    assert f"Incident {incident}: GET /broken/" in caplog.text


def test_an_unreachable_database_says_when_to_come_back():
    answer = Client(raise_request_exception=False).get("/unreachable/")

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "Error 503" in answer.text


def test_a_database_of_an_older_release_is_not_a_fault_of_the_page():
    assert Client(raise_request_exception=False).get("/behind/").status_code == 503


def test_error_pages_need_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        Client(raise_request_exception=False).get("/broken/")
        Client(raise_request_exception=False).get("/unreachable/")


def test_an_absent_page_is_the_same_for_every_address(client):
    first, second = client.get("/nothing/1/"), client.get("/nothing/2/")

    assert (first.status_code, first.content) == (404, second.content)
    assert first.headers == second.headers


@pytest.mark.parametrize(
    ("cookie", "signed_in", "language"),
    [(None, False, "nb"), ("en", False, "en"), ("xx", False, "nb"), (None, True, "nn"), ("en", True, "nn")],
)
def test_the_language_is_the_accounts_then_the_devices_then_bokmal(client, member, cookie, signed_in, language):
    if cookie:
        client.cookies["language"] = cookie
    if signed_in:
        client.force_login(member)
    answer = client.get("/accessibility/")

    assert answer["Content-Language"] == language
    assert f'<html lang="{language}"' in answer.text


@pytest.mark.parametrize(("receipt", "comes_back"), [("abc123", "abc123"), ("", None), ("a;b", None), ("x" * 61, None)])
def test_a_form_that_was_taken_says_so_to_the_browser_that_kept_it(client, member, receipt, comes_back):
    client.force_login(member)
    answer = client.post("/language/", {"language": "nn", "keep_receipt": receipt})

    assert answer.status_code == 302
    assert (answer.cookies["kept"].value if "kept" in answer.cookies else None) == comes_back


def test_a_form_that_was_refused_stays_in_the_browser(client, member):
    client.force_login(member)

    assert "kept" not in client.post("/language/", {"language": "xx", "keep_receipt": "abc"}).cookies
    assert "kept" not in Client().post("/inside/", {"keep_receipt": "abc"}).cookies
