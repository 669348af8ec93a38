from datetime import timedelta

import pytest

from jobs.models import Job
from meetings.models import AgendaRow
from publishing import issuing, publication, store
from publishing.models import Document
from publishing.printing import rendering


def test_a_frozen_document_gets_its_pdf_and_where_all_is_open_one_file_serves_both(document, work):
    work()
    document.refresh_from_db()

    data = store.get(document.pdf_sha256)
    assert data.startswith(b"%PDF-") and len(data) == document.pdf_size
    assert document.public_pdf_sha256 == document.pdf_sha256
    assert not Job.objects.exclude(state=Job.State.DONE).exists()


def test_a_stored_pdf_is_never_made_again(document, work, board, monkeypatch):
    work()
    document.refresh_from_db()
    before = (document.pdf_sha256, store.get(document.pdf_sha256))

    board.name = "Rådet for badevann"
    board.save()
    monkeypatch.setattr(rendering, "_SHEETS", ("document.css",))
    from publishing.freezing import order_pdfs

    order_pdfs(document, again=True)
    work()
    document.refresh_from_db()
    assert (document.pdf_sha256, store.get(document.pdf_sha256)) == before


def test_the_public_file_holds_no_exempt_byte(meeting, cycle, now, work):
    row = meeting.agenda_rows.get(title="Ny badeplass ved Sundbytjern")
    basis = {"access_level": "exempt", "access_basis": "offentleglova § 23 tredje ledd", "public_title": "Anskaffelse"}
    AgendaRow.objects.filter(pk=row.pk).update(title="Kvernsteinsopp", **basis)
    cycle.call(meeting)
    minutes = cycle.hold(meeting)
    document = issuing.finalise(minutes, by=cycle.by, at=now + timedelta(days=15)).document
    work()
    document.refresh_from_db()

    assert document.public_pdf_sha256 != document.pdf_sha256
    assert "Kvernsteinsopp" in str(document.content) and "Kvernsteinsopp" not in str(document.public_content)
    text = text_of(store.get(document.public_pdf_sha256))
    assert "Kvernsteinsopp" not in text and "Anskaffelse" in text
    assert "Kvernsteinsopp" in text_of(store.get(document.pdf_sha256))


def test_withdrawing_while_a_pdf_is_made_shows_nothing(document, cycle, now, work, client):
    made = publication.publish(document, by=cycle.by, at=now)
    publication.withdraw(made, "Ved en feil.", by=cycle.by, at=now)
    work()
    assert Document.objects.get(pk=document.pk).public_pdf_sha256
    assert client.get(made.get_absolute_url() + "minutes.pdf").status_code == 410


def text_of(data: bytes) -> str:
    pypdf = pytest.importorskip("pypdf")
    from io import BytesIO

    reader = pypdf.PdfReader(BytesIO(data))
    return "".join(page.extract_text() for page in reader.pages) + str(reader.metadata) + data.decode("latin-1")
