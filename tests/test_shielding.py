"""What is shielded stays shielded whatever is done to its row, paper or follow-up, and a script stays text (P10-P12, A15)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from lxml import html

from boardroom.lib.workflow import TransitionRefused
from followups.models import FollowUp
from followups.register import edits
from meetings import agenda, attendance, papers, planning, waiting
from meetings.models import AgendaRow, Meeting
from minutes.models import Block, Minutes
from publishing import calling, issuing, publication
from publishing.models import Document, Publication
from tests import factories
from tests.cast import board, cast, signed_in

__all__ = ["board", "cast", "signed_in"]

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 10, 10, 0, tzinfo=UTC)
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SECRET = "Zqhemmelig"
EXEMPT = {"access_level": "exempt", "access_basis": "offl. § 13", "public_title": "Personalsak"}
CLOSED = {"is_closed": True, "closed_basis": "koml. § 11-5"}
PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<svg/onload=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<form action=//evil><input name=x autofocus onfocus=alert(1)></form>",
    "<p style='background:url(//evil)' onclick=alert(1)>x</p>",
    "</textarea></script><script>alert(1)</script>",
    "\"'><script>alert(1)</script>",
]


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.BOARDROOM_DATA = tmp_path


@pytest.fixture
def meeting(cast):
    return factories.make_meeting(cast.board, place="Rådhuset")


def row_of(meeting, cast, **fields):
    return agenda.add_row(meeting, by=cast.secretary, title=f"{SECRET} tilsetting", **fields)


def upload(name="Notat.pdf"):
    return SimpleUploadedFile(name, PDF)


def at(meeting, path=""):
    return f"/boards/{meeting.board.slug}/meetings/{meeting.slug}/{path}"


@pytest.mark.parametrize("shield", [EXEMPT, CLOSED])
def test_another_part_of_a_case_is_as_shielded_as_the_first(meeting, cast, shield):
    part = agenda.split_row(row_of(meeting, cast, **shield), by=cast.secretary)
    assert {name: getattr(part, name) for name in shield} == shield


def test_an_open_part_opens_no_case(meeting, cast):
    row = row_of(meeting, cast, **EXEMPT)
    part = agenda.split_row(row, by=cast.secretary)
    agenda.change_row(part, by=cast.secretary, version=part.version, title="Åpen del", access_level="", access_basis="")
    row.case.refresh_from_db()
    assert row.case.access_level == "exempt"


@pytest.mark.parametrize("shield, basis", [(EXEMPT, "offl. § 13"), (CLOSED, "koml. § 11-5")])
def test_papers_of_a_removed_case_are_not_opened(meeting, cast, signed_in, shield, basis):
    row = row_of(meeting, cast, **shield)
    paper = papers.add(meeting, by=cast.secretary, row=row, upload=upload(), title=SECRET)
    agenda.remove_row(row, by=cast.secretary)
    agenda.add_row(meeting, by=cast.secretary, title="En sak")
    calling.send_call(meeting, by=cast.secretary, at=NOW)
    paper.refresh_from_db()
    assert (paper.row_id, paper.access_level, paper.access_basis) == (None, "exempt", basis)
    observer = signed_in(cast.observer)
    assert observer.get(at(meeting, f"papers/{paper.pk}/")).status_code == 404
    assert SECRET not in observer.get(at(meeting, "agenda/")).content.decode()


def test_a_replaced_file_is_no_longer_read_under_its_old_address(meeting, cast, signed_in):
    agenda.add_row(meeting, by=cast.secretary, title="En sak")
    paper = papers.add(meeting, by=cast.secretary, upload=upload(), title="Notat")
    calling.send_call(meeting, by=cast.secretary, at=NOW)
    member, address = signed_in(cast.member), at(meeting, f"papers/{paper.pk}/")
    assert member.get(address).status_code == 200
    papers.change(paper, by=cast.secretary, upload=upload("Nytt.pdf"))
    assert (member.get(address).status_code, signed_in(cast.secretary).get(address).status_code) == (404, 200)


def test_a_case_shielded_in_the_queue_is_shielded_on_the_next_agenda(meeting, cast):
    row = row_of(meeting, cast)
    waiting.postpone_row(row, by=cast.secretary, reason="Mangler underlag")
    row.case.access_level, row.case.access_basis, row.case.public_title = "exempt", "offl. § 13", "Personalsak"
    row.case.save()
    later = factories.make_meeting(cast.board, date(2026, 6, 1), sequence=42)
    taken = waiting.take_case(later, row.case, by=cast.secretary)
    assert (taken.access_level, taken.public_title) == ("exempt", "Personalsak")


@pytest.fixture
def closed_minutes(meeting, cast):
    """Final minutes with a case behind closed doors."""
    row = agenda.add_row(meeting, by=cast.secretary, title="Orientering", **CLOSED)
    calling.send_call(meeting, by=cast.secretary, at=NOW)
    Meeting.objects.filter(pk=meeting.pk).update(state="held")
    minutes = factories.make_minutes(Meeting.objects.get(pk=meeting.pk))
    row.refresh_from_db()
    item = factories.make_item(minutes, row)
    factories.make_block(item, f"<p>{SECRET}</p>")
    issuing.finalise(minutes, by=cast.secretary, at=NOW, reason="Prøve")
    return minutes


def test_what_was_said_behind_closed_doors_is_in_no_public_variant(closed_minutes, cast, signed_in):
    document = Document.objects.get(kind="minutes")
    assert (SECRET in str(document.content), SECRET in str(document.public_content)) == (True, False)
    assert "koml. § 11-5" in str(document.public_content)
    page = at(closed_minutes.meeting, "documents/minutes/1/")
    assert SECRET in signed_in(cast.member).get(page).content.decode()
    assert SECRET not in signed_in(cast.deputy).get(page).content.decode()


def test_remarks_on_hidden_text_are_hidden_too(meeting, cast, signed_in):
    cast.board.remarks_shown_to_members = True
    cast.board.save()
    row = factories.make_row(meeting, "Tilsetting", item=1, **EXEMPT)
    Meeting.objects.filter(pk=meeting.pk).update(state="held")
    minutes = factories.make_minutes(Meeting.objects.get(pk=meeting.pk))
    item = factories.make_item(minutes, row)
    factories.make_block(item)
    block = factories.make_block(item, "<p>Innstilt.</p>")
    issuing.send_for_review(minutes, deadline=date(2099, 1, 1), by=cast.secretary, at=NOW)
    sent = signed_in(cast.member).post(at(meeting, "review/remark/"), {f"block-{block.pk}": SECRET})
    assert sent.status_code == 302
    page = at(meeting, "review/")
    assert SECRET in signed_in(cast.second_member).get(page).content.decode()
    assert SECRET not in signed_in(cast.deputy).get(page).content.decode()
    signed_in(cast.deputy).post(at(meeting, "review/remark/"), {f"block-{block.pk}": "From a deputy"})
    assert [remark.text for remark in block.remarks.all()] == [SECRET]


def assert_inert(answer) -> None:
    """Nothing of the page runs but the product's own scripts, and nothing leads to a script."""
    page = html.fromstring(answer.content.decode())
    assert not page.xpath("//script[not(@src) and not(@nonce)][contains(., 'alert')]"), answer.request["PATH_INFO"]
    assert not page.xpath("//iframe|//svg[@onload]|//form[contains(@action, 'evil')]|//img[@src='x']")
    assert not page.xpath(
        "//@*[starts-with(name(), 'on')]|//@href[starts-with(., 'javascript:')]|//@src[starts-with(., 'javascript:')]|//@action[starts-with(., 'javascript:')]"
    )
    assert "unsafe" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_script_typed_anywhere_is_never_run(meeting, cast, signed_in, payload):
    secretary, member, visitor = signed_in(cast.secretary), signed_in(cast.member), Client()
    assert secretary.post(at(meeting, "agenda/add/"), {"kind": "case", "title": f"T {payload}"}).status_code == 302
    row = AgendaRow.objects.get()
    forms = {"presenters-TOTAL_FORMS": "1", "presenters-INITIAL_FORMS": "0", "presenters-0-name": f"N {payload}"}
    data = {
        "title": row.title,
        "version": row.version,
        "description": f"<p>ok</p>{payload}",
        "questions": payload,
        **forms,
    }
    data |= {"proposed_decision": f"<p>ok</p>{payload}", "internal_note": payload}
    assert secretary.post(at(meeting, f"agenda/rows/{row.pk}/"), data).status_code == 302
    papers.add(meeting, by=cast.secretary, row=row, upload=upload(), title=f"P {payload}")
    for path in ("agenda/", f"agenda/rows/{row.pk}/", "send-call/", "documents/preview/agenda/"):
        assert_inert(secretary.get(at(meeting, path)))
    calling.send_call(meeting, by=cast.secretary, at=NOW)
    secretary.post(at(meeting, "hold/"))
    secretary.post(at(meeting, "start-minutes/"))
    minutes = Minutes.objects.get()
    item = minutes.items.get(row=row)
    secretary.post(at(meeting, f"minutes/cases/{item.pk}/text/add/"))
    block = Block.objects.filter(item=item, type="text").last()
    text = {"version": block.version, "label": f"L {payload}", "html": f"<p>ok</p>{payload}"}
    assert secretary.post(at(meeting, f"minutes/blocks/{block.pk}/edit/"), text).status_code == 302
    issuing.send_for_review(minutes, deadline=date(2099, 1, 1), by=cast.secretary, at=NOW, note=payload)
    member.post(at(meeting, "review/remark/"), {f"block-{block.pk}": f"R {payload}"})
    for client, path in [
        (secretary, "minutes/"),
        (secretary, "review/remarks/"),
        (member, "review/"),
        (member, "agenda/"),
    ]:
        assert_inert(client.get(at(meeting, path)))
    issuing.finalise(minutes, by=cast.secretary, at=NOW, reason="Prøve")
    document = Document.objects.filter(kind="minutes").last()
    publication.publish(document, by=cast.secretary, at=NOW)
    assert_inert(member.get(at(meeting, f"documents/minutes/{document.version}/")))
    assert_inert(secretary.get(at(meeting, f"documents/minutes/{document.version}/html/")))
    assert_inert(visitor.get(f"/public/boards/{meeting.board.slug}/meetings/{meeting.slug}/"))
    assert_inert(visitor.get("/"))
    assert_inert(secretary.get("/desk/"))


def at_once(*acts):
    """What each act gave or raised, all begun at the same moment."""
    start = Barrier(len(acts))

    def run(act):
        start.wait(timeout=20)
        try:
            return act()
        except Exception as fault:
            return fault
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.django_db(transaction=True)
def test_an_issuing_act_pressed_twice_at_once_is_done_once_and_the_other_is_told(cast):
    planning_meeting = planning.create_next_meeting(cast.board, date(2026, 4, 20), by=cast.secretary)
    agenda.add_row(planning_meeting, by=cast.secretary, title="En sak")

    def meeting():
        return Meeting.objects.select_related("board").get(pk=planning_meeting.pk)

    def minutes():
        return Minutes.objects.select_related("meeting__board").get(meeting=planning_meeting)

    def document():
        return Document.objects.select_related("board", "meeting").get(kind="minutes", stage="final")

    once("call", lambda: calling.send_call(meeting(), by=cast.secretary, at=NOW))
    assert Document.objects.filter(kind="agenda").count() == 1
    Meeting.objects.filter(pk=planning_meeting.pk).update(state="held")
    draft = factories.make_minutes(meeting())
    factories.make_block(factories.make_item(draft, AgendaRow.objects.filter(kind="case").first()))
    once("finalise", lambda: issuing.finalise(minutes(), by=cast.secretary, at=NOW, reason="Prøve"))
    assert Document.objects.filter(kind="minutes").count() == 1
    once("publish", lambda: publication.publish(document(), by=cast.secretary, at=NOW))
    assert Publication.objects.live().count() == 1
    shown = Publication.objects.get()
    once(
        "withdraw",
        lambda: publication.withdraw(Publication.objects.get(pk=shown.pk), "Feil.", by=cast.secretary, at=NOW),
    )
    assert Publication.objects.live().count() == 0


def once(name: str, act) -> None:
    answers = at_once(act, act, act)
    refusals = [answer for answer in answers if isinstance(answer, Exception)]
    assert [type(refusal) for refusal in refusals] == [TransitionRefused] * 2, (name, refusals)
    assert all(refusal.reasons for refusal in refusals)


def test_a_case_made_from_a_promise_behind_closed_doors_is_exempt(meeting, cast):
    row = factories.make_row(meeting, item=1, **CLOSED)
    follow_up = FollowUp.objects.create(board=cast.board, title=SECRET, source_row=row, source_meeting=meeting)
    case = edits.create_case(follow_up, by=cast.secretary, at=NOW)
    assert (case.access_level, case.access_basis) == ("exempt", "koml. § 11-5")


def test_final_minutes_are_not_approved_with_what_was_changed_after_they_were_read(meeting, cast):
    """A13: attendance takes nothing more after the final version, and a title changed since is not approved unread."""
    row = agenda.add_row(meeting, by=cast.secretary, title="En sak")
    calling.send_call(meeting, by=cast.secretary, at=NOW)
    Meeting.objects.filter(pk=meeting.pk).update(state="held")
    minutes = factories.make_minutes(Meeting.objects.get(pk=meeting.pk))
    row.refresh_from_db()
    factories.make_block(factories.make_item(minutes, row))
    there = factories.make_attendance(minutes.meeting, cast.member.person)
    issuing.finalise(minutes, by=cast.secretary, at=NOW, reason="Prøve")
    with pytest.raises(TransitionRefused, match="put right by a correction"):
        attendance.change(there, by=cast.secretary, status="absent")
    row.refresh_from_db()
    agenda.change_row(row, by=cast.secretary, version=row.version, title="En annen sak")
    with pytest.raises(TransitionRefused, match="The text was changed"):
        issuing.approve(minutes, "circulation", date(2026, 5, 1), by=cast.secretary, at=NOW)
    row.refresh_from_db()
    agenda.change_row(row, by=cast.secretary, version=row.version, title="En sak")
    assert issuing.approve(minutes, "circulation", date(2026, 5, 1), by=cast.secretary, at=NOW).stage == "approved"


def test_a_closed_meeting_keeps_its_facts(meeting, cast, signed_in):
    Meeting.objects.filter(pk=meeting.pk).update(state="closed")
    assert signed_in(cast.secretary).post(at(meeting, "edit/"), {"number": "99/2026"}).status_code == 409
    assert Meeting.objects.get().number == "41/2026"
