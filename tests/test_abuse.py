"""What a hostile or careless person of another role, another board or none tries, and what stays as it was (reliability.md 2.5)."""

import json
import re
from http.cookies import SimpleCookie

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from lxml import html

from accounts.models import User
from audit.models import Entry
from boardroom.routes import named_paths, table
from boards.models import Board, Person, Seat
from cases.models import StoredFile
from followups.models import FollowUp
from meetings.models import Call, Meeting, Paper
from publishing.models import Document, Publication
from tests.demo import demo  # noqa: F401
from tests.test_access_matrix import PARAMETER, Writes, cells, values_of
from tests.test_bad_input import Form

# Parts of an address that name the shared register, where the board only says whose secretary asks.
SHARED = {"boards:person", "boards:merge", "boards:organisation"}
OWN_BOARD = {"board", "meeting", "kind", "type", "version", "year", "language", "phrase"}
PRESSED = ("planned", "draft", "in review", "approved")
ISSUED = (Document, Publication, Call, Paper, StoredFile, FollowUp)
# Rows that are no part of the record: signing in, messages to the one who pressed, the work list.
NO_RECORD = (
    "django_session",
    "jobs_job",
    "accounts_",
    "signin_signinlink",
    "usersessions_",
    "audit_entry",
    "followups_carrying",
    "followups_savedview",
)
# Allowed by their signed link, and by nothing else (RFC 8058; decision 0013).
BY_LINK = {"mail:off", "followups:link", "followups:link-withdraw", "followups:link-renew"}
LOCKS = re.compile(r'UPDATE "(\w+)" SET "(\w+)" = "\1"\."\2" WHERE')
ELSEWHERE = [
    "//evil.example",
    "https:evil.example",
    "\\evil.example",
    "/\\evil.example",
    "/%0d%0aX: 1",
    "javascript:alert(1)",
    "https://evil.example/",
    "/\t/evil.example",
]


@pytest.fixture
def sign_in(demo, db):  # noqa: F811
    def client_of(username: str, **options) -> Client:
        client = Client(raise_request_exception=False, **options)
        client.force_login(User.objects.get(username=username))
        return client

    return client_of


def test_things_of_one_board_are_not_found_under_another(demo, sign_in):  # noqa: F811
    """The secretary of the nynorsk board asks under that board's addresses for rows, papers, blocks … of the first."""
    client = sign_in("sekretar-nn")
    own = Board.objects.get(slug="kulturutvalet-oyane").meetings.filter(minutes__isnull=False).first()
    wrong, asked = [], set()
    for name, path in named_paths():
        parameters = [parameter for _converter, parameter in PARAMETER.findall(path)]
        if "board" not in parameters or not set(parameters) - OWN_BOARD or name in SHARED:
            continue
        for state in ("draft", "in review", "approved"):
            values = values_of(name, parameters, demo.meetings[state])
            if values is None or name.startswith("publishing:public"):
                continue
            values |= {"board": own.board.slug} | ({"meeting": own.slug} if "meeting" in values else {})
            writes = Writes()
            for method in table()[name].methods:
                with transaction.atomic(), connection.execute_wrapper(writes):
                    answer = client.generic(method, reverse(name, kwargs=values))
                    transaction.set_rollback(True)
                asked.add(name)
                if answer.status_code != 404 or writes.found:
                    wrong.append(f"{method} {name}: {answer.status_code} {writes.found[:1]}")
    assert wrong == []
    assert len(asked) > 30


def test_nothing_is_done_without_the_token_of_the_form(demo, sign_in):  # noqa: F811
    client, wrong, asked = sign_in("sekretar", enforce_csrf_checks=True), [], 0
    for name, _row, address, _state, method in cells(demo, ("draft", "approved")):
        if method == "POST" and name not in BY_LINK:
            asked += 1
            if (answer := client.post(address, {"reason": "x"})).status_code != 403:
                wrong.append(f"{name}: {answer.status_code}")
    assert wrong == []
    assert asked > 80


def presses(client: Client, demo):  # noqa: F811
    """Every form of every page of the first board's meetings, with each of its buttons, once a kind and state."""
    seen = set()
    for _name, _row, address, state, method in cells(demo, PRESSED):
        answer = client.get(address) if method == "GET" else None
        if answer is None or answer.status_code != 200 or "html" not in answer["Content-Type"]:
            continue
        page = html.fromstring(answer.content.decode())
        loose = [(one.get("formaction"), one) for one in page.xpath("//button[@formaction]")]
        for element in page.xpath("//form[@method='post']"):
            form = Form(element, address)
            for button in form.buttons or [None]:
                key = (form.key, button and button[0], state)
                if key not in seen:
                    seen.add(key)
                    yield form.action, data_of(form, button)
        for action, one in loose:
            key = (action.rstrip("/").rsplit("/", 1)[-1], one.get("name"), state)
            if key not in seen:
                seen.add(key)
                yield action, {one.get("name"): one.get("value", "")} if one.get("name") else {}


def data_of(form: Form, button) -> dict:
    data: dict[str, list[str]] = {}
    for name, kind, value in form.fields:
        if kind not in {"file", "unchecked"}:
            data.setdefault(name, []).append(value)
    for name, kind, _value in form.fields:
        if kind == "textarea" and name in {"reason", "text"} and data[name] == [""]:
            data[name] = ["Det var feil."]
    if button:
        data.setdefault(button[0], []).append(button[1])
    return data


class Changes(Writes):
    """The writes that concern the record. To set a column to itself takes the row's lock and changes nothing."""

    def __call__(self, execute, sql, params, many, context):
        if not any(table_name in sql for table_name in NO_RECORD) and not LOCKS.search(sql):
            return super().__call__(execute, sql, params, many, context)
        return execute(sql, params, many, context)


def test_every_button_leaves_a_line_in_the_trail_and_takes_nothing_issued_away(demo, sign_in):  # noqa: F811
    client = sign_in("sekretar")
    signed_in = client.cookies.output(header="")
    before = {model: set(model.objects.values_list("pk", flat=True)) for model in ISSUED}
    wrong, pressed, changed = [], 0, 0
    for action, data in list(presses(client, demo)):
        if action.startswith(("/sign-out/", "/language/")):
            continue
        writes, lines = Changes(), Entry.objects.count()
        with transaction.atomic():
            with connection.execute_wrapper(writes):
                answer = client.post(action, data)
            pressed += 1
            changed += bool(writes.found)
            if answer.status_code >= 500:
                wrong.append(f"{action}: {answer.status_code}")
            if answer.status_code < 400 and writes.found and Entry.objects.count() == lines:
                wrong.append(f"{action} {sorted(data)}: no line for {writes.found[0][:80]}")
            for model, known in before.items():
                gone = known - set(model.objects.values_list("pk", flat=True))
                if gone and not may_go(model, gone):
                    wrong.append(f"{action}: {model.__name__} {gone} gone")
            transaction.set_rollback(True)
        client.cookies = SimpleCookie(signed_in)
    assert wrong == [], "\n".join(wrong)
    assert (pressed > 100, changed > 40) == (True, True)


def may_go(model, gone: set) -> bool:
    """Follow-ups of a draft and papers of a meeting that was not called may be taken out; issued things never."""
    return model in {FollowUp, Paper}


def test_nobody_is_led_elsewhere_after_signing_in(demo, db):  # noqa: F811
    user = User.objects.create_user("leder2", password="en lang setning til prøver")
    for goal in ELSEWHERE:
        for address in ("/sign-in/", f"/sign-in/?next={goal}"):
            client = Client()
            answer = client.post(
                address, {"username": user.username, "password": "en lang setning til prøver", "next": goal}
            )
            assert (goal, answer.status_code, is_own(answer["Location"])) == (goal, 302, True)
        assert is_own(client.post("/language/", {"language": "nn", "next": goal})["Location"])
        assert is_own(client.get("/language/nn/", {"next": goal})["Location"])


def is_own(address: str) -> bool:
    """A path of this site, on one line, that no browser reads as another site's."""
    return address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()


def test_who_leaves_the_board_is_out_at_the_next_request(demo, sign_in):  # noqa: F811
    client, address = sign_in("medlem"), demo.board.get_absolute_url()
    with transaction.atomic():
        assert client.get(address).status_code == 200
        Seat.objects.filter(person__user__username="medlem").update(has_ended=True)
        assert (client.get(address).status_code, client.get("/boards/")["Cache-Control"]) == (404, "private, no-store")
        transaction.set_rollback(True)
    with transaction.atomic():
        User.objects.filter(username="medlem").update(is_active=False)
        assert client.get(address)["Location"].startswith("/sign-in/")
        transaction.set_rollback(True)


def test_nobody_comes_to_another_board_by_the_shared_register(demo, sign_in):  # noqa: F811
    """The secretary of another board neither renames, readdresses, merges nor invites persons of this one."""
    client, kept = sign_in("sekretar-nn"), Person.objects.get(user__username="sekretar-nn")
    register = "/boards/kulturutvalet-oyane/persons/"
    for person in (
        Person.objects.filter(seats__board=demo.board).exclude(seats__board__slug="kulturutvalet-oyane").distinct()
    ):
        stolen = {"name": person.name, "email": "evil@example.org", "phone": "", "aliases": ""}
        answers = [
            client.post(f"{register}{person.pk}/", stolen),
            client.post(f"{register}{kept.pk}/merge/{person.pk}/"),
            client.post(f"{register}{person.pk}/merge/{kept.pk}/"),
            client.post(f"{register}{person.pk}/invite/"),
        ]
        assert [answer.status_code for answer in answers] == [409, 409, 409, 404], person
        assert Person.objects.filter(pk=person.pk, email=person.email, user=person.user).exists()


def test_what_is_not_published_looks_like_what_never_was(demo, db):  # noqa: F811
    draft, planned = demo.meetings["draft"].slug, demo.meetings["planned"].slug
    base = f"/public/boards/{demo.board.slug}/"
    ends = ["minutes/", "minutes.pdf", "minutes/1/", "minutes/1.pdf", "agenda/7/"]
    hidden = [f"{draft}/{end}" for end in ends] + [f"{planned}/", f"{planned}/agenda/", f"{planned}/agenda.pdf"]
    pairs = [(f"{base}meetings/{path}", f"{base}meetings/999-2026/{path.split('/', 1)[1]}") for path in hidden]
    pairs.append((f"{base}cases/99-43-26/", f"{base}cases/99-99-26/"))
    pairs.append(("/public/boards/finnes-ikke/", "/public/boards/finnes-heller-ikke/"))
    visitor = Client()
    for there, nowhere in pairs:
        first, second = visitor.get(there), visitor.get(nowhere)
        assert (first.status_code, second.status_code) == (404, 404), there
        assert (first.content, first.headers) == (second.content, second.headers), there


def test_the_archivist_reads_no_exempt_text_by_way_of_an_export(demo, sign_in):  # noqa: F811
    with transaction.atomic():
        Seat.objects.filter(person__user__username="observator").update(role=Seat.Role.ARCHIVIST)
        client = sign_in("observator")
        assert client.get(f"/boards/{demo.board.slug}/export/").status_code == 403
        words = [one["word"] for one in demo.told["canaries"] if one["lowest_role"] != "observer"]
        for name, _row, address, _state, method in cells(demo, ("called", "approved")):
            if method == "GET" and not name.endswith("-pdf"):
                body = client.get(address).getvalue().decode("utf-8", "replace")
                assert [word for word in words if word in body] == [], address
        transaction.set_rollback(True)


def test_an_export_is_json_and_carries_no_account(demo, sign_in):  # noqa: F811
    answer = sign_in("sekretar").get(f"/boards/{demo.board.slug}/export/")
    assert answer["Content-Disposition"] == f'attachment; filename="{demo.board.slug}.json"'
    assert "password" not in json.dumps(answer.json())
    assert Meeting.objects.filter(board=demo.board).count() == len(answer.json()["meetings"])
