"""Nonsense words planted in what must not leak are found nowhere they must not be (reliability.md A2, A6, B4)."""

import html
import json
import re
import shutil
import subprocess

import pytest
from django.test import Client

from accounts.models import User
from boardroom.routes import route_of
from meetings.models import AgendaRow
from publishing.models import Document, Publication
from publishing.pdf import render_pdf
from publishing.printing.rendering import render_html

LINK = re.compile(r'(?:href|src|action|content)="(/[^"]*)"')
PAGES_MAX = 400
RANK = ("anonymous", "observer", "member", "secretary")
OTHER_BOARDS = {"another board": "havnestyret-lyngvaer", "the nynorsk board": "kulturutvalet-oyane"}


def crawl(client: Client, start: str) -> dict[str, bytes]:
    """Every page of this site that can be reached by links, with its bytes."""
    found, waiting = {}, [start]
    while waiting and len(found) < PAGES_MAX:
        address = waiting.pop(0)
        if address in found or address.startswith(("/language", "/static/")):
            continue
        response = client.get(address, follow=False)
        body = response.getvalue() if response.streaming else response.content
        found[address] = body + repr(sorted(response.items())).encode()
        links = LINK.findall(body.decode("utf-8", "replace"))
        if location := response.get("Location"):
            links.append(location)
        waiting += [html.unescape(link).split("#")[0] for link in links if not link.startswith("//")]
    return found


def words_in(pages: dict[str, bytes], words: list[str]) -> list[str]:
    return [f"{word} at {address}" for address, body in pages.items() for word in words if word.encode() in body]


@pytest.fixture
def words(demo, db) -> dict[str, list[str]]:
    """The words that a role of the first board must not meet anywhere."""

    def hidden_from(role: str) -> list[str]:
        canaries = demo.told["canaries"]
        return [
            one["word"]
            for one in canaries
            if RANK.index(one["lowest_role"]) > RANK.index(role) or any(other in one["where"] for other in OTHER_BOARDS)
        ]

    return {role: hidden_from(role) for role in RANK}


def test_a_visitor_meets_none_of_the_words(words):
    pages = crawl(Client(), "/")

    assert len(pages) > 40
    assert len(words["anonymous"]) == 18
    assert words_in(pages, words["anonymous"]) == []


@pytest.mark.parametrize("username, role", [("observator", "observer"), ("deputy", "observer"), ("medlem", "member")])
def test_a_role_meets_only_the_words_it_may_read(words, username, role):
    client = Client()
    client.force_login(User.objects.get(username=username))
    pages = crawl(client, "/my/")

    assert len(pages) > 60
    found = words_in(pages, words[role])
    assert found == [], "\n" + "\n".join(found)


@pytest.mark.parametrize("username, role", [("observator", "observer"), ("medlem", "member")])
def test_the_command_box_neither_tells_a_role_a_hidden_word_nor_answers_to_it(demo, words, username, role):
    client = Client()
    client.force_login(User.objects.get(username=username))

    def box(typed: str) -> bytes:
        return client.get("/find/", {"q": typed}, headers={"HX-Request": "true"}).content

    labels = AgendaRow.objects.exclude(label="").values_list("label", flat=True).distinct()
    told = {typed: box(typed) for typed in [*labels, "sak", "møte", "a", "e", "", "2026", "produktrådet", "referat"]}
    found = words_in(told, words[role])
    answered = [word for word in words[role] if b"Nothing is found" not in box(word)]

    assert len(told) > 40
    assert found == [], "\n".join(found)
    assert answered == []


def test_a_member_does_meet_the_words_meant_for_members(demo, words):
    client = Client()
    client.force_login(User.objects.get(username="medlem"))
    pages = b"".join(crawl(client, "/my/").values())
    places = {"title of an exempt case of a meeting that was called", "draft of minutes sent for remarks"}

    assert {one["where"] for one in demo.told["canaries"] if one["word"].encode() in pages} >= places


def test_what_the_secretary_sees_leads_a_visitor_to_signing_in(words):
    secretary, visitor = Client(), Client()
    secretary.force_login(User.objects.get(username="sekretar"))
    addresses = crawl(secretary, "/desk/")
    wrong = []
    for address in addresses:
        response = visitor.get(address)
        route = route_of(response.resolver_match.view_name) if response.resolver_match else None
        is_public = route is not None and route.audience == "public"
        body = response.getvalue() if response.streaming else response.content
        if any(word.encode() in body for word in words["anonymous"]):
            wrong.append(f"{address}: a word")
        if not is_public and not (response.status_code == 302 and response["Location"].startswith("/sign-in/")):
            wrong.append(f"{address}: {response.status_code}")
    assert len(addresses) > 150
    assert wrong == []


def test_no_published_content_holds_a_word(words):
    published = Document.objects.filter(publications__in=Publication.objects.live())
    texts = [json.dumps(document.public_content, ensure_ascii=False) for document in published]

    assert len(texts) > 15
    assert [word for word in words["anonymous"] for text in texts if word in text] == []


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_no_stream_of_a_public_pdf_holds_a_word(words, tmp_path):
    """Only those documents are set whose whole holds words: text, properties, bookmarks and addresses are all looked at."""
    found, looked_at = [], 0
    for publication in Publication.objects.live().select_related("document"):
        document = publication.document
        if not any(word in json.dumps(document.content, ensure_ascii=False) for word in words["anonymous"]):
            continue
        looked_at += 1
        path = tmp_path / f"{document.pk}.pdf"
        path.write_bytes(render_pdf(render_html(document.public_content)))
        flat = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", path, "-"], capture_output=True, check=True)
        read = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True)
        found += [word for word in words["anonymous"] if word.encode() in flat.stdout + read.stdout]
    assert looked_at >= 3
    assert found == []
