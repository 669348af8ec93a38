"""`manage.py printdocument` (print-and-exchange, Commands)."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobs.models import Job
from publishing.models import Document
from publishing.printing.facts import assemble

from . import wide_record
from .printed import imported, meeting_on

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    settings.BOARDROOM_DATA = tmp_path
    return tmp_path


def printed(*arguments: str) -> str:
    out = io.StringIO()
    call_command("printdocument", "fjordutvalget", *arguments, stdout=out)
    return out.getvalue()


def test_prints_the_newest_issued_version_or_the_one_that_is_asked_for():
    versions = [
        {"kind": "draft", "on": "2026-01-30", "footer": "Utkast"},
        {"kind": "final", "on": "2026-02-01", "footer": "Endelig"},
    ]
    imported(wide_record.record(minutes={**wide_record.MEETING["minutes"], "versions": versions}))
    newest = printed("1/2026", "--kind", "minutes", "--format", "html")
    first = printed("2026-01-28", "--kind", "minutes", "--format", "html", "--version", "1")
    assert ("Godkjent referat, 2. februar 2026" in newest, ">Utkast<" in first) == (True, True)


def test_prints_the_present_state_where_nothing_is_issued():
    imported(wide_record.record())
    assert Document.objects.filter(kind="call").count() == 0
    assert printed("1/2026", "--kind", "call", "--format", "text").splitlines()[2:4] == ["Fjordutvalget", "Vintermøtet"]


def test_a_changed_text_does_not_change_an_issued_document():
    imported(wide_record.record())
    before = printed("1/2026", "--kind", "minutes", "--format", "text")
    meeting = meeting_on("2026-01-28")
    meeting.agenda_rows.update(title="Noe annet")
    type(meeting.board).objects.update(name="Nytt navn")
    assert printed("1/2026", "--kind", "minutes", "--format", "text") == before


def test_an_issued_pdf_is_rendered_once_and_read_from_the_store(data):
    imported(wide_record.record())
    files = [data / name for name in ("one.pdf", "two.pdf")]
    for file in files:
        printed("1/2026", "--kind", "minutes", "--format", "pdf", "-o", str(file))
    document = Document.objects.get(kind="minutes")
    stored = data / "documents" / document.pdf_sha256[:2] / document.pdf_sha256
    assert files[0].read_bytes() == files[1].read_bytes() == stored.read_bytes()
    assert Job.objects.filter(kind="pdf").exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("9/2026", "--kind", "minutes", "--format", "text"), "fjordutvalget has no meeting “9/2026”."),
        (("1/2026", "--kind", "minutes", "--format", "text", "--version", "7"), "There is no version 7; issued: 1."),
        (
            ("1/2026", "--kind", "review", "--format", "text"),
            "The minutes of this meeting were never sent for remarks.",
        ),
    ],
)
def test_what_cannot_be_printed_is_said_in_a_sentence(arguments, sentence):
    from django.utils import translation

    imported(wide_record.record())
    with translation.override("en"), pytest.raises(CommandError) as refused:
        printed(*arguments)
    assert str(refused.value) == sentence


def test_a_long_meeting_takes_as_many_queries_as_a_short_one():
    imported(wide_record.record())

    def queries() -> int:
        meeting = meeting_on("2026-01-28")
        with CaptureQueriesContext(connection) as captured:
            assemble(meeting, "minutes")
        return len(captured)

    few = queries()
    minutes = meeting_on("2026-01-28").minutes
    for item in list(minutes.items.all()):
        for block in list(item.blocks.all()):
            block.pk = None
            block.save()
        for number in range(10):
            minutes.items.create(order=100 + number, title="Til", label=f"PS {number + 50}/26")
    assert queries() == few
