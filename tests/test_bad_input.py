"""No value in any field, query or address brings the product down, shows its inside, or loses what was typed (reliability.md B1)."""

import os
import random
import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve
from lxml import html

from accounts.models import User
from boardroom.routes import named_paths, table
from tests import bad_values
from tests.demo import demo  # noqa: F401
from tests.test_access_matrix import PARAMETER, cells, values_of

SEED = int(os.environ.get("BAD_INPUT_SEED", "20261121"))
# A short round, of half of the fields, for every run; BAD_INPUT=100 puts every value into every field.
PER_FIELD = int(os.environ.get("BAD_INPUT", "1"))
STATES = ("planned", "draft", "in review", "approved")
INTERNALS = re.compile(bad_values.INTERNALS)
WRITTEN = {
    "text",
    "textarea",
    "email",
    "url",
    "search",
    "tel",
    "number",
    "date",
    "time",
    "",
}  # a password is never sent back
# The parameters that some page reads, and one that none does.
PARAMETERS = [
    "page",
    "show",
    "q",
    "year",
    "meeting",
    "row",
    "next",
    "status",
    "board",
    "due",
    "person",
    "state",
    "nothing",
    "case",
    "view",
    "month",
    "here",
    "of",
    "seen",
    "open",
    "moved",
    "field",
    "kind",
]
# What a page's own script sends beside the fields of a form.
UNSEEN = [
    "unanswered",
    "case",
    "open",
    "seen",
    "go",
    "after",
    "before",
    "steps",
    "undo",
    "row",
    "base",
    "key",
    "topic",
    "year",
    "form_token",
    "keep_receipt",
    "held_address",
]


@pytest.fixture
def secretary(demo, db):  # noqa: F811
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(username="sekretar"))
    return client


class Form:
    """A form as a browser would send it."""

    def __init__(self, element, page: str):
        self.action = (element.get("action") or page).split("#")[0]
        self.fields: list[tuple[str, str, str]] = []  # name, kind, value
        self.buttons: list[tuple[str, str]] = []
        for one in element.xpath(".//input[@name]|.//textarea[@name]|.//select[@name]|.//button[@name]"):
            self.add(one)

    def add(self, one) -> None:
        name, kind = one.get("name"), one.get("type", "text") if one.tag == "input" else one.tag
        if name == "csrfmiddlewaretoken":
            return
        if one.tag == "button":
            self.buttons.append((name, one.get("value", "")))
        elif kind == "textarea":
            self.fields.append((name, kind, (one.text or "").removeprefix("\n")))
        elif kind == "select":
            chosen = one.xpath(".//option[@selected]/@value") or one.xpath("(.//option)[1]/@value")
            self.fields.append((name, kind, chosen[0] if chosen else ""))
        elif kind not in {"checkbox", "radio"} or one.get("checked") is not None:
            self.fields.append((name, kind, one.get("value", "")))
        else:
            self.fields.append((name, "unchecked", one.get("value", "on")))

    @property
    def key(self):
        view = resolve(self.action.split("?")[0]).view_name
        return view, tuple(sorted({name for name, *_rest in self.fields}))

    def sent(self, changed: str, value) -> bytes:
        """The body with one field changed."""
        pairs = [(n, v) for n, kind, v in self.fields if n != changed and kind not in {"file", "unchecked"}]
        return "&".join(f"{quote(n)}={quote(v)}" for n, v in [*pairs, (changed, value)]).encode()


def forms_of(client: Client, demo) -> list[Form]:  # noqa: F811
    """One of every kind of form that a secretary meets."""
    found, pages = {}, set()
    for _name, _row, address, _state, method in cells(demo, STATES):
        if method != "GET" or address in pages:
            continue
        pages.add(address)
        response = client.get(address)
        if response.status_code != 200 or "html" not in response.get("Content-Type", ""):
            continue
        for element in html.fromstring(response.content.decode()).xpath("//form"):
            if (element.get("method") or "get").lower() == "post":
                form = Form(element, address)
                found.setdefault(form.key, form)
    return list(found.values())


def text_in(body: bytes, name: str, action: str) -> str | None:
    """What stands in the field of an answered page, in the form that was sent where the page has several."""
    page = html.fromstring(body.decode("utf-8", "replace"))
    for one in sorted(
        page.xpath("//input[@name=$n]|//textarea[@name=$n]|//select[@name=$n]", n=name),
        key=lambda one: not one.xpath("ancestor::form[@action=$a]", a=action),
    ):
        if one.tag == "textarea":
            return (one.text or "").removeprefix("\n")
        return one.get("value", "")
    return None


def has_message(body: bytes) -> bool:
    return b"ds-validation-message" in body or b'data-color="danger"' in body or b"ds-alert" in body


def blame(response) -> str:
    """What is wrong with the answer, or nothing."""
    if response.status_code >= 500:
        return f"{response.status_code}"
    body = b"" if response.streaming else response.content
    text = body.decode("utf-8", "replace")
    if shown := INTERNALS.search(text):
        return f"shows {text[max(0, shown.start() - 40) : shown.end() + 60]!r}"
    return ""


def lost(response, action: str, name: str, kind: str, value) -> str:
    """Whether a refused form kept what was typed, with a word at the field."""
    if response.status_code != 422:
        return ""
    if kind not in WRITTEN:
        return ""  # nobody types here; the answer is only not to be a fault of ours
    if not has_message(response.content):
        return "422 without a word"
    if isinstance(value, bytes):
        return ""
    kept = text_in(response.content, name, action)
    if kept is None:
        return "422 without the field"
    same = kept.split() == value.replace("\x00", "\ufffd").split() or kept.strip() == value.strip()
    harmless = re.sub(r"[\x00-\x20\x7f-\xa0\ufffd\u200b\ufeff\uffff]", "", kept) == re.sub(
        r"[\x00-\x20\x7f-\xa0\ufffd\u200b\ufeff\uffff]", "", value
    )
    return "" if same or harmless else f"422 lost the text: {kept[:60]!r}"


def tell(value) -> str:
    return ascii(value)[:70]


def test_no_field_of_any_form_can_be_broken(demo, secretary):  # noqa: F811
    forms, chance, wrong, probes = forms_of(secretary, demo), random.Random(SEED), [], 0
    for form in forms:
        for name, kind, _value in form.fields:
            if kind == "file" or (PER_FIELD == 1 and chance.random() < 0.5):
                continue
            for value in chance.sample(bad_values.ALL, min(PER_FIELD, len(bad_values.ALL))):
                probes += 1
                with transaction.atomic():
                    answer = secretary.post(
                        form.action,
                        form.sent(name, value),
                        content_type="application/x-www-form-urlencoded",
                    )
                    transaction.set_rollback(True)
                if problem := blame(answer) or lost(answer, form.action, name, kind, value):
                    wrong.append(f"{form.key[0]} {name} ({kind}) {tell(value)}: {problem}")
    assert wrong == [], f"seed {SEED}\n" + "\n".join(wrong)
    assert len(forms) >= 60
    assert probes >= 150


def test_nothing_sent_beside_the_fields_can_break_a_form(demo, secretary):  # noqa: F811
    chance, wrong, probes = random.Random(SEED), [], 0
    for form in forms_of(secretary, demo):
        if form.action.startswith("/sign-out/"):
            continue
        for name in chance.sample(UNSEEN, min(len(UNSEEN), 2 * PER_FIELD)):
            value = chance.choice(["9" * 5000, "Sak\x00", str(2**63), "-1", "[[[1,2]]]", bad_values.LONE_SURROGATE])
            probes += 1
            with transaction.atomic():
                answer = secretary.post(
                    form.action,
                    form.sent(name, value),
                    content_type="application/x-www-form-urlencoded",
                    headers={"HX-Request": "true"} if chance.random() < 0.5 else {},
                )
                transaction.set_rollback(True)
            if problem := blame(answer):
                wrong.append(f"{form.key[0]} {name} {tell(value)}: {problem}")
    assert wrong == [], f"seed {SEED}\n" + "\n".join(wrong)
    assert probes > 100


def addresses_of(name: str, path: str, demo) -> Iterator[str]:  # noqa: F811
    """The address of the route with one part after the other replaced by nonsense."""
    parameters = [parameter for _kind, parameter in PARAMETER.findall(path)]
    values = next((found for state in STATES if (found := values_of(name, parameters, demo.meetings[state]))), None)
    for parameter in parameters if values else []:
        for bad in bad_values.IN_PATH:
            parts = {**values, parameter: bad}
            yield PARAMETER.sub(lambda match, parts=parts: str(parts[match[2]]), path)


# A link that nobody was sent says what one that was used says; asking for a new one says the same to everybody.
GONE = {"sign_in_link": {410}, "invitation": {404, 410}, "followups:link-renew": {200, 400, 404}}
GONE |= {name: {400, 404, 410} for name in ("followups:link", "followups:link-withdraw")}


def test_nonsense_in_an_address_is_a_page_that_is_not_there(demo, secretary):  # noqa: F811
    chance, wrong, probes = random.Random(SEED), [], 0
    for name, path in named_paths():
        addresses = list(addresses_of(name, path, demo))
        for address in chance.sample(addresses, min(len(addresses), 4 * PER_FIELD)):
            probes += 1
            method = table()[name].methods[-1]
            with transaction.atomic():
                answer = secretary.generic(method, address)
                transaction.set_rollback(True)
            absent = GONE.get(name, {400, 404})
            if answer.status_code not in absent or blame(answer):
                wrong.append(f"{method} {name} {address[:120]}: {answer.status_code} {blame(answer)}")
    assert wrong == [], f"seed {SEED}\n" + "\n".join(wrong)
    assert probes > 250


def test_nonsense_in_a_query_is_left_aside(demo, secretary):  # noqa: F811
    chance, wrong = random.Random(SEED), []
    for name, _row, address, _state, method in cells(demo, ("approved",)):
        if method != "GET" or name.endswith("-pdf"):  # the files are not made here
            continue
        for parameter in PARAMETERS if PER_FIELD > 1 else chance.sample(PARAMETERS, 2):
            value = quote(chance.choice(bad_values.QUERIES))
            answer = secretary.get(f"{address}?{parameter}={value}")
            if problem := blame(answer):
                wrong.append(f"{name} ?{parameter}={value[:60]}: {problem}")
            elif "evil" in answer.get("Location", ""):
                wrong.append(f"{name} leads to {answer['Location']}")
    assert wrong == [], f"seed {SEED}\n" + "\n".join(wrong)


@pytest.mark.parametrize(
    "method, address, more, right",
    [
        ("POST", "/sign-in/", {"CONTENT_TYPE": "application/x-www-form-urlencoded; charset=bogus"}, {400}),
        ("POST", "/sign-in/", {"CONTENT_TYPE": "multipart/form-data"}, {400, 403}),
        ("POST", "/sign-in/", {"CONTENT_TYPE": "multipart/form-data; boundary=" + "x" * 400}, {400, 403}),
        ("POST", "/sign-in/", {"CONTENT_TYPE": "application/json"}, {403, 422}),
        ("POST", "/sign-in/", {"CONTENT_LENGTH": "x"}, {400}),
        ("GET", "/", {"HTTP_RANGE": "bytes=9999999999999-"}, {200, 416}),
        ("GET", "/", {"HTTP_HOST": "evil.example"}, {400}),
        ("GET", "/", {"HTTP_IF_MODIFIED_SINCE": "yesterday", "HTTP_IF_NONE_MATCH": "\udcff"}, {200}),
        ("GET", "/", {"HTTP_COOKIE": "sess=%00; csrf=\x1b; language=<script>"}, {200}),
        ("GET", "/", {"HTTP_ACCEPT_LANGUAGE": "x," * 10_000}, {200}),
        ("TRACE", "/", {}, {405}),
        ("PUT", "/", {}, {403, 405}),
        ("DELETE", "/sign-in/", {}, {403, 405}),
        ("PATCH", "/health/", {}, {403, 405}),
        ("GET", "/public/boards/%ff/", {}, {400, 404}),
    ],
)
def test_a_malformed_request_is_answered_and_echoes_nothing(db, method, address, more, right):
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    answer = client.generic(method, address, "next=x" if method == "POST" else "", **more)

    assert answer.status_code in right
    assert blame(answer) == ""
    assert b"evil.example" not in answer.content
