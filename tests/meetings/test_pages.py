"""The pages of boards, cases and meetings: who sees what, and that a long list costs no more than a short one."""

from datetime import date, time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from boards.models import Person
from cases import files, queue
from meetings import agenda, attendance, papers, planning, workflow
from tests import factories
from tests.meetings.test_agenda import NOW

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n"


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def meeting(cast):
    factories.add_standing_items(cast.board)
    meeting = planning.create_next_meeting(cast.board, date(2026, 4, 20), by=cast.secretary, place="Rådhuset")
    named = [agenda.Named("Amira Haddad", "Sundby kommune")]
    row = agenda.add_row(meeting, by=cast.secretary, title="Stupetårn", minutes=30, presenters=named)
    upload = SimpleUploadedFile("tegning.pdf", PDF)
    papers.add(meeting, by=cast.secretary, row=row, upload=upload, title="Tegning", kind="case-paper")
    attendance.prepare(meeting, by=cast.secretary)
    return meeting


def page(name, meeting, *args):
    return reverse(f"meetings:{name}", args=[meeting.board.slug, meeting.slug, *args])


def status_of(signed_in, user, url):
    return signed_in(user).get(url).status_code


def test_every_page_opens_for_the_secretary(cast, meeting, signed_in):
    client = signed_in(cast.secretary)
    slug, row, person = cast.board.slug, meeting.agenda_rows.first(), meeting.attendance.first()
    seat, someone = cast.board.seats.first(), Person.objects.first()
    case = queue.create_case(cast.board, by=cast.secretary, title="Badevakt")
    other = factories.make_person("Amira Hadad")
    section = agenda.add_row(meeting, by=cast.secretary, kind="section", title="Faste saker")
    addresses = [
        *(reverse(name) for name in ("boards:boards", "meetings:meetings", "meetings:calendar", "cases:cases")),
        *(
            reverse(f"boards:{name}", args=[slug])
            for name in ("board", "edit", "layouts", "new-layout", "people", "add-seat", "persons", "organisations")
        ),
        *(
            reverse("boards:list", args=[slug, kind])
            for kind in ("case-types", "standing-items", "phrases", "contacts", "series")
        ),
        reverse("boards:seat", args=[slug, seat.pk]),
        reverse("boards:end-seat", args=[slug, seat.pk]),
        reverse("boards:person", args=[slug, someone.pk]),
        reverse("boards:merge", args=[slug, someone.pk, other.pk]),
        reverse("boards:organisation", args=[slug, seat.organisation_id]),
        reverse("meetings:numbers", args=[slug]),
        reverse("meetings:replace-holder", args=[slug, seat.pk]),
        reverse("meetings:board-meetings", args=[slug]),
        reverse("meetings:create", args=[slug]),
        *(
            page(name, meeting)
            for name in (
                "meeting",
                "edit",
                "move",
                "cancel",
                "postpone",
                "agenda",
                "add-paper",
                "attendance",
                "add-person",
            )
        ),
        *(page(name, meeting, row.pk) for name in ("row", "withdraw-row", "postpone-row")),
        page("row", meeting, section.pk),
        page("person", meeting, person.pk),
        page("edit-paper", meeting, meeting.papers.get().pk),
        *(reverse(f"cases:{name}", args=[slug]) for name in ("board-cases", "create")),
        *(reverse(f"cases:{name}", args=[slug, case.pk]) for name in ("case", "edit")),
    ]
    assert [(url, status) for url in addresses if (status := client.get(url).status_code) != 200] == []


@pytest.mark.parametrize("who, before, after", [("member", 404, 200), ("observer", 404, 200), ("outsider", 404, 404)])
def test_the_agenda_is_read_by_the_board_once_it_is_called(cast, meeting, signed_in, who, before, after):
    user, paper = getattr(cast, who), meeting.papers.get()
    addresses = [page("agenda", meeting), page("attendance", meeting), page("paper", meeting, paper.pk)]
    assert [status_of(signed_in, user, url) for url in addresses] == [before] * 3
    workflow.call(meeting, by=cast.secretary, at=NOW)
    assert [status_of(signed_in, user, url) for url in addresses] == [after] * 3
    edit = status_of(signed_in, user, page("row", meeting, meeting.agenda_rows.first().pk))
    assert edit == (404 if after == 404 else 403)


def test_a_member_reads_text_and_papers_but_finds_no_form(cast, meeting, signed_in):
    row = meeting.agenda_rows.get(title="Stupetårn")
    agenda.change_row(
        row, by=cast.secretary, version=1, proposed_decision="<p>Tårnet bygges.</p>", internal_note="Hemmelig"
    )
    workflow.call(meeting, by=cast.secretary, at=NOW)
    text = signed_in(cast.member).get(page("agenda", meeting)).content.decode()
    for shown in [row.label, "Stupetårn", "Tårnet bygges.", "Tegning", "Amira Haddad"]:
        assert shown in text
    for hidden in ["Hemmelig", "add-row", "move/"]:
        assert hidden not in text


def test_a_shielded_case_shows_an_observer_its_public_title_only(cast, meeting, signed_in):
    row = meeting.agenda_rows.get(title="Stupetårn")
    shield = {"access_level": "exempt", "access_basis": "offl. § 13", "public_title": "Personalsak"}
    agenda.change_row(row, by=cast.secretary, version=1, description="<p>Navnet</p>", **shield)
    workflow.call(meeting, by=cast.secretary, at=NOW)
    seen = {
        who: signed_in(getattr(cast, who)).get(page("agenda", meeting)).content.decode()
        for who in ("observer", "member")
    }
    assert ("Personalsak" in seen["observer"], "Stupetårn" in seen["observer"], "Navnet" in seen["observer"]) == (
        True,
        False,
        False,
    )
    assert ("Stupetårn" in seen["member"], "Navnet" in seen["member"]) == (True, True)
    assert "Tegning" not in seen["observer"]
    paper = page("paper", meeting, meeting.papers.get().pk)
    assert [status_of(signed_in, getattr(cast, who), paper) for who in ("observer", "member")] == [404, 200]


def test_a_paper_is_served_as_a_download_with_its_own_bytes(cast, meeting, signed_in):
    paper = meeting.papers.get()
    answer = signed_in(cast.secretary).get(page("paper", meeting, paper.pk))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="tegning.pdf"'
    assert (answer["X-Content-Type-Options"], answer["Content-Type"]) == ("nosniff", "application/pdf")
    files.path_of(paper.sha256).write_bytes(b"x")
    assert status_of(signed_in, cast.secretary, page("paper", meeting, paper.pk)) == 410


def test_papers_of_the_whole_meeting_stand_below_its_cases(cast, meeting, signed_in):
    papers.add(meeting, by=cast.secretary, title="Årsplan", url="https://example.org/plan")
    papers.add(meeting, by=cast.secretary, title="Lønnsliste", access_level="exempt", access_basis="offl. § 13")
    workflow.call(meeting, by=cast.secretary, at=NOW)
    shown = {who: signed_in(getattr(cast, who)).get(page("agenda", meeting)) for who in ("observer", "member")}
    assert [paper.title for paper in shown["observer"].context["papers"]] == ["Årsplan"]
    assert [paper.title for paper in shown["member"].context["papers"]] == ["Årsplan", "Lønnsliste"]
    assert "https://example.org/plan" in shown["observer"].content.decode()


def test_the_administrator_sees_boards_and_no_meetings(cast, meeting, signed_in):
    addresses = [reverse("boards:board", args=[cast.board.slug]), reverse("boards:create"), page("meeting", meeting)]
    assert [status_of(signed_in, cast.administrator, url) for url in addresses] == [200, 200, 403]
    assert "41/2026" not in signed_in(cast.administrator).get(reverse("meetings:meetings")).content.decode()


def queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def fill(cast, meeting, numbers):
    """For each number a case with papers and presenters, persons on the list, meetings, seats and queued cases."""
    for count in numbers:
        name = f"Person {count} Hagen{count}"
        person = factories.make_person(name, organisation=f"Etat {count}")
        named = [agenda.Named(name, "Sundby kommune")]
        row = factories.make_row(meeting, f"Sak {count}", item=count + 20, start=time(12), end=time(13))
        agenda.set_presenters(row, named)
        papers.add(meeting, by=cast.secretary, row=row, title=f"Notat {count}", upload=SimpleUploadedFile("a.pdf", PDF))
        factories.make_attendance(meeting, person, status="present")
        factories.make_seat(cast.board, person)
        factories.make_meeting(cast.board, meeting.first_day + timedelta(days=count + 1), sequence=100 + count)
        queue.create_case(cast.board, by=cast.secretary, title=f"Venter {count}")


@pytest.mark.parametrize("who", ["secretary", "member"])
def test_lists_and_details_cost_the_same_for_few_and_many(cast, meeting, signed_in, who):
    workflow.call(meeting, by=cast.secretary, at=NOW)
    client, slug = signed_in(getattr(cast, who)), cast.board.slug
    addresses = [
        *(reverse(name) for name in ("boards:boards", "meetings:meetings", "meetings:calendar", "cases:cases")),
        *(
            reverse(name, args=[slug])
            for name in ("boards:board", "boards:people", "meetings:board-meetings", "cases:board-cases")
        ),
        *(page(name, meeting) for name in ("meeting", "agenda", "attendance")),
    ]
    if who == "secretary":
        addresses += [reverse("boards:persons", args=[slug]), reverse("boards:organisations", args=[slug])]
    fill(cast, meeting, range(3))
    few = {url: queries(client, url) for url in addresses}
    fill(cast, meeting, range(3, 30))
    assert {url: queries(client, url) for url in addresses} == few
