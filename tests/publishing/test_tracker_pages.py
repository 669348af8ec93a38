"""The public tracker's pages, table and JSON: what anybody reads, and what no closed act ever changes (B5)."""

import csv
import io
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from followups.models import FollowUp, OwnerReport, Status
from followups.status import change_status
from minutes.models import Block
from publishing import publication, tracking
from publishing.models import Publication, PublishedFollowUp, ResponsibleName
from tests import factories
from tests.publishing.tracked import EXEMPT, TODAY, april, june, keep_up, story, told

__all__ = ["april", "june", "story", "told"]
pytestmark = pytest.mark.django_db
WATER = "/tracker/badevannsradet/2-41-26/1/"
MEETING = "/public/boards/badevannsradet/meetings/41-2026/"
PAGES = [
    "/", "/tracker/", "/tracker/?status=&sort=newest", "/tracker/badevannsradet/", WATER, "/tracker/badevannsradet/2-41-26/2/",
    "/tracker/badevannsradet/3-41-26/1/", "/tracker/tracker.csv", "/tracker/tracker.json", MEETING,
    "/public/boards/badevannsradet/cases/2-41-26/", "/public/boards/badevannsradet/",
]  # fmt: skip


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


def everything(client) -> dict[str, tuple[int, bytes]]:
    answers = {path: client.get(path) for path in PAGES}
    return {path: (answer.status_code, answer.content) for path, answer in answers.items()}


def test_the_page_counts_lists_and_says_in_words_what_is_late(told, client):
    page = client.get("/tracker/").content.decode()

    assert "<strong>3</strong> Open" in page and "<strong>1</strong> Past the due date" in page
    assert "Not done, 3 follow-ups" in page
    assert "Passed by 16 days" in page
    assert page.index("Måle vannet hver uke") < page.index("=Skilte stien")
    assert "Not reported since 20. april 2026" in page
    assert "<script" not in page and " style=" not in page


def test_no_word_of_what_is_closed_is_on_any_page(story, told, june, client):
    story.report(june, told[0], "Zqutkast", status="done")
    change_status(told[1], Status.WAITING, text="Zqmerknad", by=story.by, on=date(2026, 5, 4), at=TODAY)
    tracking.refresh_boards([story.board.pk])
    found = everything(client)

    assert {path for path, (status, _body) in found.items() if status != 200} == {"/tracker/badevannsradet/3-41-26/1/"}
    assert [path for path, (_status, body) in found.items() if b"Zq" in body] == []
    assert b"Waiting" in found["/tracker/badevannsradet/"][1]


def test_closed_acts_change_not_one_public_byte(story, told, june, client):
    """Drafts, exempt cases, remarks, words and dates of the register, minutes that are final and not published (B5)."""
    keep_up()
    before = everything(client)
    exempt = FollowUp.objects.get(pk=told[3].pk)
    story.report(june, told[0], "Alle prøver er tatt.", status="done", due_text="1. desember 2026")
    story.promise(june, "2-42/26", *[])
    factories.make_block(june.items.get(label="2-42/26"), "<p>Zqkladd</p>", type=Block.Type.DECISION)
    FollowUp.objects.filter(pk=told[1].pk).update(title="Zqny tittel")
    told[1].actions.update(text="Zqny tekst", responsible=["Zqnoen"], note="Zqnotat", due_text="1. juli 2026")
    change_status(exempt, Status.DONE, text="Zqlukket", by=story.by, on=date(2026, 6, 1), at=TODAY)
    OwnerReport.objects.create(follow_up=told[0], kind="done", text="Zqfra ansvarlig", said_at=TODAY)
    row = story.plan(43, date(2026, 9, 1), "Zqplanlagt", **EXEMPT).agenda_rows.last()
    row.title = "Zqomdøpt"
    row.save()
    story.finalise(june)
    keep_up()
    tracking.rebuild()

    assert everything(client) == before


def test_a_published_report_shows_on_its_page_and_beside_the_promise(story, told, june, client):
    story.report(june, told[0], "Alle prøver er tatt.", status="done")
    story.publish(story.finalise(june), criterion="Rådet vedtok å publisere.")
    page = client.get(WATER).content.decode()
    assert "Alle prøver er tatt." in page and f'href="{MEETING}#case-2-41-26"' in page
    assert "Rådet vedtok å publisere." in page and "15. juni 2026" in page

    record = client.get(MEETING).content.decode()
    note = record[record.index('class="note-beside"') :]
    assert record.index("Måle vannet hver uke") < record.index('class="note-beside"')
    assert "How it stands 26. juni 2026" in note and ">Done</span>" in note
    assert record.count('class="note-beside"') == 1
    assert client.get("/public/boards/badevannsradet/meetings/42-2026/").content.count(b'class="note-beside"') == 3


def test_it_is_searched_by_what_a_reader_chooses(told, client):
    def listed(query: str) -> list[str]:
        rows = csv.DictReader(
            io.StringIO(client.get(f"/tracker/tracker.csv?{query}").content.decode("utf-8-sig")), delimiter=";"
        )
        return [one["What was promised"] for one in rows]

    assert listed("due=overdue") == ["Måle vannet hver uke"]
    assert listed("responsible=Badelaget") == ["Spørre Badelaget om vakter"]
    assert listed("text=SPØRRE") == ["Spørre Badelaget om vakter"]
    assert listed("status=done") == [] and len(listed("text=2-41%2F26")) == 3
    assert "=Skilte" not in [text[:7] for text in listed("")] and "'=Skilte stien til badeplassen" in listed("")
    assert "ds-validation-message" in client.get("/tracker/?status=tull").content.decode()


def test_programs_read_the_same(told, client):
    said = client.get("/tracker/tracker.json").json()

    assert (said["count"], said["next"], len(said["follow_ups"])) == (3, None, 3)
    first = said["follow_ups"][0]
    assert first["url"] == f"http://testserver{WATER}" and first["source"] == f"http://testserver{MEETING}#case-2-41-26"
    assert first["due"] == {"kind": "day", "on": "2026-06-10", "by": "2026-06-10", "words": None}
    assert (first["status"], first["responsible"], first["report"]) == ("open", ["Sundby kommune"], None)


def test_a_page_is_sent_once_and_kept_from_search_engines(told, client):
    for path in PAGES[1:6]:
        answer = client.get(path)
        assert answer["X-Robots-Tag"] == "noindex" and "script-src" in answer["Content-Security-Policy"]
        assert client.get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_a_follow_up_that_is_withdrawn_says_when_and_why_and_nothing_else(story, told, client):
    publication.withdraw(Publication.objects.get(), "Navnet på en søker sto i saken.", by=story.by, at=TODAY)
    answer = client.get(WATER)

    assert answer.status_code == 410
    assert "26. juni 2026" in answer.content.decode() and "Navnet på en søker" in answer.content.decode()
    assert [path for path in PAGES if "Måle vannet" in client.get(path).content.decode()] == []


def test_many_rows_cost_no_more_queries_than_few(told, client):
    def queries() -> list[int]:
        counts = []
        for path in (
            "/tracker/",
            "/tracker/badevannsradet/",
            "/tracker/tracker.csv",
            "/tracker/tracker.json",
            WATER,
            MEETING,
        ):
            with CaptureQueriesContext(connection) as captured:
                client.get(path)
            counts.append(len(captured))
        return counts

    few = queries()
    like = PublishedFollowUp.objects.get(register_number=told[0].pk)
    for number in range(300):
        like.pk, like.register_number, like.number = None, 10_000 + number, 10 + number
        like.save(force_insert=True)
        ResponsibleName.objects.create(follow_up=like, name=f"Lag {number % 7}")
    assert queries() == few
    assert "Shows 1–25 of 303" in client.get("/tracker/").content.decode()
