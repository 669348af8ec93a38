"""What is pasted from other programs, as it is stored: the clipboards lie in tests/browser/paste, with what they become."""

import re
from pathlib import Path

import pytest

from accounts.models import User
from cases.models import Case
from tests import factories
from tests.browser.journey import Member

pytestmark = pytest.mark.django_db(transaction=True)
CLIPBOARDS = Path(__file__).with_name("paste")
PASTE = """([kinds, file]) => {
    const data = new DataTransfer();
    for (const [kind, text] of Object.entries(kinds)) data.setData(kind, text);
    if (file) data.items.add(new File(["x"], file, {type: "image/png"}));
    const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
    document.querySelector(".ProseMirror").dispatchEvent(event);
}"""
SAID = {
    "word.html": ["Comments in the margin", "Pictures cannot stand", "Deleted and struck-out text"],
    "libreoffice.html": ["Deleted and struck-out text"],
    "google-docs.html": ["Deleted and struck-out text"],
    "web-page.html": ["Pictures cannot stand", "Video and other embedded content"],
}


@pytest.fixture
def writer(browser, live_server, transactional_db):
    """A secretary with a new case open, whose browser complains of nothing."""
    board = factories.make_board()
    user = factories.make_user("skriver", name="Sigrun Aasland Vik", language=User.Language.EN)
    person = factories.make_person("Sigrun Aasland Vik", organisation="Sundby kommune", user=user)
    factories.make_seat(board, person, "secretary")
    member = Member(browser, live_server.url, user)
    member.go(f"/boards/{board.slug}/cases/new/")
    member.page.get_by_role("textbox", name="Title", exact=True).fill("Limt inn")
    member.page.locator(".ProseMirror").click()
    yield member
    assert member.complaints == []
    member.context.close()


def paste(writer: Member, text: str, kind: str = "text/html", file: str = "") -> None:
    writer.page.evaluate(PASTE, [{kind: text} if text else {}, file])


def stored(writer: Member) -> str:
    writer.press("Save")
    writer.page.wait_for_url(re.compile(r"/cases/(?!new)"))
    return Case.objects.get(title="Limt inn").description


def said(writer: Member) -> str:
    return writer.page.locator(".editor-said").inner_text()


@pytest.mark.parametrize(
    "clipboard", sorted(path.name for path in CLIPBOARDS.glob("*.html") if ".clean" not in path.name)
)
def test_what_another_program_copies_becomes_clean_text(writer, clipboard):
    paste(writer, (CLIPBOARDS / clipboard).read_text())
    sentences = said(writer)
    assert all(start in sentences for start in SAID.get(clipboard, []))
    assert bool(sentences) == (clipboard in SAID)
    expected = (CLIPBOARDS / clipboard.replace(".html", ".clean.html")).read_text().replace("\n", "")
    assert stored(writer) == expected


def test_lines_of_a_pdf_become_paragraphs_and_lists(writer):
    paste(writer, (CLIPBOARDS / "pdf.txt").read_text(), "text/plain")
    assert stored(writer) == (CLIPBOARDS / "pdf.clean.html").read_text().replace("\n", "")


def test_a_pasted_word_stays_in_its_sentence(writer):
    writer.page.keyboard.type("Se sak ")
    paste(writer, "6‑39/26", "text/plain")
    writer.page.keyboard.type(" først.")
    assert stored(writer) == "<p>Se sak 6‑39/26 først.</p>"


def test_a_pasted_picture_is_refused_with_a_sentence(writer):
    writer.page.keyboard.type("Kartet: ")
    paste(writer, "", file="kart.png")
    assert "Pictures cannot stand in the text" in said(writer)
    assert stored(writer) == "<p>Kartet: </p>"


def test_what_the_editor_copies_itself_is_pasted_unchanged(writer):
    table = "<table><tbody><tr><th><p>Post</p></th></tr><tr><td><p><em>Drift</em></p></td></tr></tbody></table>"
    paste(writer, f'<meta charset="utf-8"><div data-pm-slice="0 0 []">{table}</div>')
    assert table in stored(writer)
