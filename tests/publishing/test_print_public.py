"""The public variant: nothing exempt in any byte, a visible mark with its basis in its place (P10-P12, GP-11)."""

import re
import subprocess
from datetime import date

import pytest

from meetings.models import AgendaRow, Paper
from minutes.models import Block, Minutes, MinutesItem
from publishing.pdf import render_pdf
from publishing.printing.content import canonical
from publishing.printing.exempting import is_personal
from publishing.printing.facts import assemble
from publishing.printing.rendering import render_html, render_text
from tests.factories import make_board

from .printed import text_of

pytestmark = pytest.mark.django_db
CANARY = "Hemmelitt"
BASIS = "offl. § 13"


@pytest.fixture
def meeting():
    from meetings.models import Meeting, MeetingDay

    board = make_board()
    board.contacts.create(name="Ola Viken", email="ola.viken@vann.example", role="Sekretær")
    board.contacts.create(name="Kari Li", email="post@vann.example", role="Leder")
    meeting = Meeting.objects.create(
        board=board, slug="7-2026", number="7/2026", sequence=7, first_day=date(2026, 5, 4)
    )
    MeetingDay.objects.create(meeting=meeting, number=1, date=meeting.first_day)
    shielded = {"access_level": "exempt", "access_basis": BASIS}
    hidden = AgendaRow.objects.create(
        meeting=meeting,
        order=1,
        label="1-7/26",
        title=f"{CANARY} tittel",
        presenters_printed=CANARY,
        description=f"<p>{CANARY}</p>",
        proposed_decision=f"<p>{CANARY}</p>",
        questions=[CANARY],
        public_title="Personalsak",
        **shielded,
    )
    open_row = AgendaRow.objects.create(meeting=meeting, order=2, label="2-7/26", title="Åpen sak")
    Paper.objects.create(
        meeting=meeting,
        row=hidden,
        order=1,
        label="1-7/26",
        title=CANARY,
        file_name=CANARY,
        url=f"https://x.example/{CANARY}",
    )
    Paper.objects.create(meeting=meeting, row=open_row, order=2, label="2-7/26", title=CANARY, **shielded)
    minutes = Minutes.objects.create(meeting=meeting)
    first = MinutesItem.objects.create(
        minutes=minutes, order=1, row=hidden, label="1-7/26", title=CANARY, presenters_printed=CANARY
    )
    second = MinutesItem.objects.create(minutes=minutes, order=2, row=open_row, label="2-7/26")
    Block.objects.create(item=first, order=1, html=f"<p>{CANARY}</p>")
    Block.objects.create(item=first, order=2, html="<p>Vedtaket er åpent.</p>", access_level="open")
    Block.objects.create(item=second, order=1, html="<p>Åpen tekst.</p>")
    Block.objects.create(item=second, order=2, label=CANARY, html=f"<p>{CANARY}</p>", **shielded)
    return meeting


@pytest.mark.parametrize("kind", ["call", "agenda", "minutes"])
def test_no_exempt_byte_is_in_content_html_or_pdf(meeting, kind, tmp_path):
    content = assemble(meeting, kind, variant="public")
    html = render_html(content)
    file = tmp_path / "public.pdf"
    file.write_bytes(render_pdf(html))
    pdf = subprocess.check_output(["qpdf", "--qdf", "--object-streams=disable", file, "-"])
    text = subprocess.check_output(["pdftotext", file, "-"])
    for data in (canonical(content), html.encode(), pdf, text):
        assert re.search(CANARY.encode(), data, re.IGNORECASE) is None
    assert CANARY in text_of(meeting, kind)


def test_marks_stand_where_something_was_taken_out(meeting):
    lines = render_text(render_html(assemble(meeting, "minutes", variant="public"))).splitlines()
    cases = lines[lines.index("1-7/26 Personalsak") :]
    assert cases == [
        "1-7/26 Personalsak",
        f"Unntatt offentlighet, {BASIS}",
        "Vedtaket er åpent.",
        "2-7/26 Åpen sak",
        "Åpen tekst.",
        f"Unntatt offentlighet, {BASIS}",
        "Saksdokumenter",
        "1-7/26",
        "Unntatt offentlighet",
        "2-7/26",
        f"Unntatt offentlighet, {BASIS}",
    ]


def test_a_contact_shows_a_role_address_and_no_personal_one(meeting):
    lines = text_of(meeting, "call", variant="public").splitlines()
    assert ("post@vann.example" in lines, "ola.viken@vann.example" in lines) == (True, False)


@pytest.mark.parametrize(
    ("address", "person", "personal"),
    [
        ("Jan.Lofgren@x.example", "Jan Löfgren", True),
        ("bjorn@x.example", "Bjørn Ås", True),
        ("postmottak@x.example", "Bjørn Ås", False),
    ],
)
def test_an_address_made_of_the_name_is_personal(address, person, personal):
    assert is_personal(address, person) is personal


def test_where_nothing_is_exempt_both_variants_are_the_same(meeting):
    meeting.agenda_rows.update(access_level="")
    meeting.papers.update(access_level="")
    Block.objects.update(access_level="")
    assert canonical(assemble(meeting, "minutes")) == canonical(assemble(meeting, "minutes", variant="public"))
