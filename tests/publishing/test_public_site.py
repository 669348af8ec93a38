import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from boards.models import Board
from meetings.models import AgendaRow
from minutes.review import add_remark
from publishing import issuing, public, publication
from publishing.models import Document, Publication, PublishedCase
from tests import factories

ROOT = "/public/boards/badevannsradet/"
MEETING = f"{ROOT}meetings/41-2026/"


@pytest.fixture
def published(document, cycle, now) -> Publication:
    return publication.publish(document, by=cycle.by, at=now + timedelta(days=16))


def test_published_minutes_are_read_by_anybody(published, client, work):
    work()
    page = client.get(MEETING)

    text = page.content.decode()
    assert page.status_code == 200
    assert "<h1" in text and text.count("<h1") == 1
    assert "Rådet tar saken til orientering." in text
    assert Document.objects.get(pk=published.document_id).public_pdf_sha256 in text


def test_the_pdf_is_the_stored_file_with_its_hash_as_entity_tag(published, client, work):
    work()
    answer = client.get(f"{MEETING}minutes.pdf")
    sha = Document.objects.get(pk=published.document_id).public_pdf_sha256

    assert answer.content.startswith(b"%PDF-")
    assert answer["ETag"] == f'"{sha}"'
    assert answer["Cache-Control"] == "public, no-cache"
    assert client.get(f"{MEETING}minutes.pdf", headers={"If-None-Match": f'"{sha}"'}).status_code == 304


def test_a_page_that_has_not_changed_is_not_sent_again(published, client):
    tag = client.get(MEETING)["ETag"]
    assert client.get(MEETING, headers={"If-None-Match": tag}).status_code == 304


def test_an_unpublished_meeting_is_the_same_as_none(final, client):
    unknown = client.get(f"{ROOT}meetings/99-2026/")
    for path in [
        MEETING,
        f"{MEETING}minutes/",
        f"{MEETING}minutes.pdf",
        f"{MEETING}minutes/1/",
        f"{MEETING}agenda.pdf",
    ]:
        answer = client.get(path)
        assert (answer.status_code, answer.content) == (404, unknown.content)
    assert client.get(ROOT).status_code == 404
    assert client.get(f"{ROOT}cases/2-41-26/").status_code == 404


def test_a_draft_is_not_found_by_any_public_address(meeting, cycle, now, client):
    cycle.call(meeting)
    minutes = cycle.hold(meeting)
    issuing.send_for_review(minutes, deadline=date(2026, 5, 1), by=cycle.by, at=now)
    paths = [MEETING, f"{MEETING}minutes/", f"{MEETING}minutes/1/", f"{MEETING}minutes.pdf", f"{MEETING}minutes/1.pdf"]
    assert [client.get(path).status_code for path in paths] == [404] * 5
    inside = "/boards/badevannsradet/meetings/41-2026/documents/minutes/1/"
    assert client.get(inside).status_code == 302


def test_before_the_minutes_the_agenda_is_shown(meeting, cycle, now, client):
    cycle.call(meeting)
    document = Document.objects.get(kind="agenda")
    publication.publish(document, by=cycle.by, at=now)

    text = client.get(MEETING).content.decode()
    assert "Ny badeplass ved Sundbytjern" in text
    assert "The minutes are not published yet." in text


def test_a_withdrawn_document_leaves_a_page_with_date_and_reason_only(published, cycle, client):
    publication.withdraw(published, "Navnet på en søker stod i saken.", by=cycle.by, at=timezone.now())
    for path in [
        MEETING,
        f"{MEETING}minutes/",
        f"{MEETING}minutes/1/",
        f"{MEETING}minutes.pdf",
        f"{MEETING}minutes/1.pdf",
    ]:
        answer = client.get(path)
        text = answer.content.decode()
        assert answer.status_code == 410
        assert "Navnet på en søker stod i saken." in text
        assert "Sundbytjern" not in text
    assert client.get(f"{ROOT}cases/2-41-26/").status_code == 404
    assert "Badevannsrådet" not in client.get("/").content.decode()


def test_a_new_version_takes_the_address_and_the_old_one_says_so(published, final, cycle, now, client):
    approved = issuing.approve(final, "circulation", date(2026, 5, 8), by=cycle.by, at=now + timedelta(days=28))
    publication.publish(approved, by=cycle.by, at=now + timedelta(days=29))

    assert "Version 2" in client.get(MEETING).content.decode()
    old = client.get(f"{MEETING}minutes/1/").content.decode()
    assert "This version has been replaced by version 2." in old


def test_what_is_published_does_not_follow_what_changes_afterwards(published, final, board, client):
    before = client.get(MEETING).content
    Board.objects.filter(pk=board.pk).update(name="Rådet for badevann")
    AgendaRow.objects.filter(meeting=final.meeting).update(title="Endret")
    final.items.get(label="2-41/26").blocks.update(html="<p>Endret</p>")
    assert client.get(MEETING).content == before


def test_a_case_has_a_page_with_every_treatment(published, client):
    text = client.get(f"{ROOT}cases/2-41-26/").content.decode()
    assert "2-41/26" in text and "Ny badeplass ved Sundbytjern" in text
    assert "Rådet tar saken til orientering." in text
    assert f"{MEETING}#case-2-41-26" in text


def test_the_front_page_leads_to_the_pages_of_its_cases(published, client):
    front = client.get("/").content.decode()
    addresses = re.findall(r'href="(/public/boards/[^"]+/cases/[^"]+/)"', front)
    assert addresses
    assert {client.get(address).status_code for address in addresses} == {200}


def test_the_board_and_the_year_have_pages(published, client):
    assert "Referat fra møte 41/2026" in client.get(ROOT).content.decode()
    assert client.get(f"{ROOT}years/2026/").status_code == 200
    assert client.get(f"{ROOT}years/2025/").status_code == 404


def test_minutes_are_kept_from_search_engines_unless_the_board_lets_them(published, board, client):
    closed = client.get(MEETING)
    assert (closed["X-Robots-Tag"], b'name="robots" content="noindex"' in closed.content) == ("noindex", True)
    Board.objects.filter(pk=board.pk).update(robots_allowed=True)
    opened = client.get(MEETING)
    assert ("X-Robots-Tag" in opened, b'name="robots"' in opened.content) == (False, False)


def test_contacts_with_a_persons_own_address_are_left_out(published, board, client):
    board.contacts.create(name="Sigrun Aasland Vik", role="Sekretær", email="sigrun.vik@example.org")
    board.contacts.create(name="Sigrun Aasland Vik", role="Sekretariatet", email="badevann@example.org")
    text = client.get(MEETING).content.decode()
    assert "badevann@example.org" in text and "sigrun.vik@example.org" not in text


def test_nothing_secret_is_in_any_public_answer(meeting, cycle, cast, now, client, work):
    secret = ["Kvernsteinsopp", "Luftspeiling", "Taustige", "Mosegrønn", "Nattravn"]
    row = meeting.agenda_rows.get(title="Ny badeplass ved Sundbytjern")
    exempt = {"access_level": "exempt", "access_basis": "offentleglova § 23"}
    AgendaRow.objects.filter(pk=row.pk).update(title=secret[0], description=f"<p>{secret[0]}</p>", **exempt)
    meeting.papers.create(row=row, title=secret[1], file_name=f"{secret[1]}.pdf", label="2-41/26", **exempt)
    cycle.call(meeting)
    publication.publish(Document.objects.get(kind="agenda"), by=cycle.by, at=now)
    minutes = cycle.hold(meeting)
    opened = minutes.items.get(label="3-41/26")
    factories.make_block(opened, f"<p>{secret[2]}</p>", **exempt)
    minutes.items.filter(pk=opened.pk).update(internal_note=secret[3])
    sent = issuing.send_for_review(minutes, deadline=date(2026, 5, 1), by=cycle.by, at=now)
    add_remark(sent, text=secret[4], at=now, by=cast.member, person=cast.member.person)
    document = issuing.finalise(
        minutes, by=cycle.by, at=now + timedelta(days=15), reason="Merknaden er tatt muntlig."
    ).document
    publication.publish(document, by=cycle.by, at=now + timedelta(days=16))
    work()

    paths = ["/", ROOT, f"{ROOT}years/2026/", MEETING, f"{ROOT}cases/2-41-26/", f"{ROOT}cases/3-41-26/"]
    paths += [f"{MEETING}{kind}{end}" for kind in ("agenda", "minutes") for end in ("/", ".pdf")]
    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 200, path
        found = [word for word in secret if word in answer.content.decode("latin-1") or word in pdf_text(answer)]
        assert found == [], path


def pdf_text(answer) -> str:
    if answer["Content-Type"] != "application/pdf":
        return ""
    pypdf = pytest.importorskip("pypdf")
    from io import BytesIO

    reader = pypdf.PdfReader(BytesIO(answer.content))
    return "".join(page.extract_text() for page in reader.pages) + str(reader.metadata)


def publish_many(board, document, numbers: range) -> None:
    """Published minutes of so many meetings, each of a meeting of its own."""
    for number in numbers:
        day = date(2026, 1, 1) + timedelta(days=number)
        meeting = factories.make_meeting(board, day, sequence=100 + number)
        copy = Document.objects.get(pk=document.pk)
        copy.pk, copy.meeting, copy.version = None, meeting, 1
        copy.save(force_insert=True)
        address = {"board_slug": board.slug, "board_name": board.name, "meeting_slug": meeting.slug, "meeting_on": day}
        said = {"kind": "minutes", "version": 1, "title": f"Referat {number}", "published_at": timezone.now()}
        made = Publication.objects.create(document=copy, **address, **said)
        PublishedCase.objects.create(publication=made, slug=f"1-{number}-26", label=f"1-{number}/26", title="Sak")


@pytest.mark.parametrize("path", ["/", ROOT, f"{ROOT}years/2026/", MEETING])
def test_pages_cost_the_same_for_three_and_thirty(published, board, client, path, django_assert_num_queries):
    publish_many(board, published.document, range(3))
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    publish_many(board, published.document, range(3, 30))
    with django_assert_num_queries(len(few)):
        client.get(path)


def test_a_board_is_known_by_the_name_it_printed_last(published):
    assert public.board_name("badevannsradet") == "Badevannsrådet"


def test_titles_say_which_language_they_are_in(published, client):
    Document.objects.filter(pk=published.document_id).update(content={**published.document.content, "language": "nn"})
    front, page = (client.get(path).content.decode() for path in ("/", MEETING))

    assert '<html lang="nb"' in front and '<html lang="nb"' in page
    assert f'<h1 class="ds-heading" lang="nn">{published.title}</h1>' in page
    assert f'lang="nn">{published.board_name}: {published.title}</a>' in front


def test_a_page_on_paper_says_where_it_came_from(published, client):
    text = client.get(MEETING).content.decode()

    (line,) = re.findall(r'<p class="print-address">(.*?)</p>', text)
    assert line == f"http://testserver{MEETING} · Version 1"
