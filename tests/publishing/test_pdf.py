"""The PDF: conformant, the same text as the HTML, the same bytes every time, and nothing fetched."""

import hashlib
import re
import subprocess
import threading

import page
import pypdf
import pytest

from publishing import press
from publishing.pdf import RenderingFailed, render_pdf
from publishing.printing.content import compose
from publishing.printing.rendering import render_html, render_text

from . import wide_record
from .printed import squeezed, tagged_text

FOOTER = "Godkjent møtebok, 2. februar 2026"


def html(**changes) -> str:
    record = wide_record.record(**changes)
    meeting = record["meetings"][0]
    facts = {
        "board": record["board"],
        "layout": {**record["board"]["layout"], **meeting.get("layout", {})},
        "memberships": record["memberships"],
        "calendar": record["calendar"],
        "meeting": meeting,
        "as_written": True,
    }
    return render_html(compose(facts, "minutes", version={"kind": "approved", "on": "2026-02-02", "footer": FOOTER}))


def long_minutes(style: str) -> str:
    sentence = "Utvalget drøftet saken og ba om at den ble lagt fram på nytt med et anslag over kostnadene. "
    blocks = [{"type": "text", "html": f"<p>{sentence * 4}</p>" * 5}]
    items = [{"label": f"PS {n}/26", "title": f"Sak nummer {n}", "blocks": blocks} for n in range(1, 9)]
    minutes = {**wide_record.MEETING["minutes"], "items": items}
    return html(
        agenda=[], attendance=[], papers=[], minutes=minutes, layout={"minutes_style": style}, treatment_order=[]
    )


@pytest.fixture
def file(tmp_path):
    def made(source: str):
        path = tmp_path / "document.pdf"
        path.write_bytes(render_pdf(source))
        return path

    return made


def failures(pdf) -> list[str]:
    profiles = (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1)
    results = [page.validate_pdf_bytes(pdf.read_bytes(), profile=profile) for profile in profiles]
    return [failure.rule_id for result in results for failure in result.failures]


def info(pdf) -> dict[str, str]:
    answer = subprocess.run(["pdfinfo", "-isodates", pdf], capture_output=True, text=True, check=True).stdout
    return {key: value.strip() for key, _, value in (line.partition(":") for line in answer.splitlines())}


def pages(pdf) -> list[str]:
    answer = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    return answer.split("\f")[:-1]


def test_is_archivable_and_accessible_at_once(file):
    pdf = file(html())
    assert failures(pdf) == []
    assert "No syntax or stream encoding errors" in subprocess.check_output(["qpdf", "--check", pdf], text=True)


def test_carries_the_text_of_the_html_in_its_order(file):
    source = html()
    assert squeezed(tagged_text(file(source))) == squeezed(render_text(source))


def test_same_html_gives_the_same_bytes():
    source = html()
    assert len({hashlib.sha256(render_pdf(source)).hexdigest() for _ in range(2)}) == 1


def test_dates_title_and_language_are_those_of_the_document(file):
    pdf = file(html())
    shown = info(pdf)
    assert shown["Title"] == "Referat fra møte 1/2026 – Fjordutvalget"
    assert shown["CreationDate"].startswith("2026-02-02T")
    assert pypdf.PdfReader(pdf).trailer["/Root"]["/Lang"] == "nb"


def test_every_page_has_footer_number_and_page_of_pages(file):
    shown = pages(file(long_minutes("table")))
    assert len(shown) > 2
    for number, text in enumerate(shown, 1):
        assert f"{FOOTER} · Møte 1/2026" in text
        assert f"Side {number} av {len(shown)}" in text


def test_table_heads_repeat_and_no_number_stands_without_its_title(file):
    shown = pages(file(long_minutes("table")))
    table = [text for text in shown if "PS " in text]
    assert [("Saks ID" in text) for text in table] == [True] * len(table)
    for text in shown:
        for number in range(1, 9):
            assert (f"PS {number}/26" in text) == (f"Sak nummer {number}" in text)


def test_no_heading_stands_alone_at_the_foot_of_a_page(file):
    for text in pages(file(long_minutes("headings"))):
        body = [line for line in text.splitlines() if line.strip() and "Side " not in line]
        assert "Sak nummer" not in body[-1]


def test_sami_letters_and_characters_without_a_glyph_keep_the_standard(file):
    minutes = {"state": "draft", "items": [{"title": "Č đ ŋ Š ŧ ž – « » § • 漢 😀", "blocks": []}]}
    pdf = file(html(agenda=[], minutes=minutes))
    assert failures(pdf) == []
    assert "Č đ ŋ Š ŧ ž – « » § •" in tagged_text(pdf)


def test_nothing_is_fetched(file):
    link = "<img src='file:///etc/hostname' alt='x'><img src='http://127.0.0.1:1/x' alt='x'>"
    pdf = file(html().replace("</article>", f"{link}</article>"))
    assert b"/Subtype /Image" not in pdf.read_bytes()


def test_long_addresses_wrap_and_stay_clickable(file):
    pdf = file(html())
    address = (
        "https://fjord.example/en/veldig/lang/adresse/som/ikke/faar/plass/paa/en/linje/i/et/vanlig/dokument?a=1&b=2"
    )
    assert address in subprocess.check_output(["pdfinfo", "-url", pdf], text=True)


def test_renders_beside_other_threads():
    source, results = html(), []
    threads = [threading.Thread(target=lambda: results.append(render_pdf(source)[:5])) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [b"%PDF-", b"%PDF-"]


def test_a_text_nested_too_deeply_fails_in_words_and_the_next_document_is_made():
    source = html()
    with pytest.raises(RenderingFailed, match="nested too deeply"):
        render_pdf(source.replace("</article>", "<div>" * 600 + "x" + "</div>" * 600 + "</article>"))
    assert render_pdf(source).startswith(b"%PDF-")


def test_a_process_that_stops_is_a_failure_in_words(settings):
    broken = press.Press("raise SystemExit(3)")
    with pytest.raises(RenderingFailed, match="has stopped"):
        broken.render("<p>x</p>", folder=settings.BASE_DIR, environment={})


def test_a_missing_library_is_named_in_the_failure(settings):
    program = (
        "from publishing.press import RenderingFailed, attend\n"
        "def warm(): raise RenderingFailed('Install the package libpangoft2-1.0-0.')\n"
        "attend(warm, str.encode)"
    )
    without = press.Press(program)
    with pytest.raises(RenderingFailed, match="libpangoft2"):
        without.render("<p>x</p>", folder=settings.BASE_DIR, environment={})


def test_bookmarks_name_the_cases(file):
    pdf = file(long_minutes("headings"))
    outline = subprocess.check_output(["pdftohtml", "-xml", "-i", "-stdout", pdf], text=True)
    names = re.findall(r"<item[^>]*>(PS [^<]+)</item>", outline)
    assert names == [f"PS {number}/26 Sak nummer {number}" for number in range(1, 9)]
