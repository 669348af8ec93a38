"""The issuing acts as a secretary meets them: a page that says what will happen, a press, and an answer."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobs.models import Job
from meetings.models import AgendaRow, Meeting
from minutes.models import Minutes
from publishing import issuing, publication
from publishing.freezing import freeze
from publishing.models import Document, Publication

PLACE = "/boards/badevannsradet/meetings/41-2026/"
DOCUMENTS = f"{PLACE}documents/"


@pytest.fixture
def secretary(cast, signed_in):
    return signed_in(cast.secretary)


def test_sending_the_call_shows_what_is_missing_and_who_gets_it(meeting, secretary):
    AgendaRow.objects.filter(title="Eventuelt").update(minutes=None)
    page = secretary.get(f"{PLACE}send-call/").content.decode()
    assert "«Eventuelt»" in page and "has no minutes, so the times after it are not known." in page
    assert "Tor Inge Sandbakk (member@example.org)" in page

    answer = secretary.post(f"{PLACE}send-call/", {"message": "", "persons": [p.pk for p in persons(meeting)]})
    assert (answer.status_code, answer["Location"]) == (302, f"{PLACE}call/")
    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.CALLED


def persons(meeting):
    return [seat.person for seat in meeting.board.seats.exclude(role="deputy")]


def test_a_second_call_is_answered_with_the_reason(meeting, cycle, secretary):
    cycle.call(meeting)
    answer = secretary.post(f"{PLACE}send-call/", {"message": "", "persons": []})
    assert (answer.status_code, "A call can be sent once for a planned meeting." in answer.content.decode()) == (
        409,
        True,
    )


@pytest.mark.parametrize("act", ["send-call", "send-for-review", "finalise", "correct", "documents/minutes/1/publish"])
def test_a_member_cannot_do_the_secretarys_acts(final, cast, signed_in, act):
    before = list(Document.objects.values_list("pk", flat=True))
    answer = signed_in(cast.member).post(f"{PLACE}{act}/", {"reason": "Nei"})

    assert answer.status_code == 403
    assert list(Document.objects.values_list("pk", flat=True)) == before
    assert Publication.objects.count() == 0


@pytest.mark.parametrize(
    "act", ["send-call", "finalise", "documents", "documents/minutes/1", "documents/minutes/1/publish"]
)
def test_an_outsider_finds_nothing(final, cast, signed_in, act):
    assert signed_in(cast.outsider).get(f"{PLACE}{act}/").status_code == 404


def test_a_draft_goes_out_with_a_deadline(meeting, cycle, secretary):
    cycle.call(meeting)
    minutes = cycle.hold(meeting)
    answer = secretary.post(f"{PLACE}send-for-review/", {"deadline": "i fjor", "persons": []})
    assert (answer.status_code, "is not a date" in answer.content.decode()) == (422, True)

    chosen = [seat.person_id for seat in meeting.board.seats.filter(role="member")]
    assert secretary.post(f"{PLACE}send-for-review/", {"deadline": "31.12.2099", "persons": chosen}).status_code == 302
    minutes.refresh_from_db()
    assert (minutes.state, minutes.review_rounds.get().answers.count()) == (Minutes.State.IN_REVIEW, 2)


def test_finalising_shows_the_completeness_list_and_asks_for_a_reason(meeting, cycle, secretary):
    cycle.call(meeting)
    minutes = cycle.hold(meeting)
    minutes.items.get(label="2-41/26").blocks.all().delete()
    assert (
        "Case 2-41/26 is neither treated, postponed nor withdrawn."
        in secretary.get(f"{PLACE}finalise/").content.decode()
    )
    assert secretary.post(f"{PLACE}finalise/", {"reason": ""}).status_code == 422

    assert secretary.post(f"{PLACE}finalise/", {"reason": "Saken ble ikke nådd."}).status_code == 302
    minutes.refresh_from_db()
    assert minutes.state == Minutes.State.FINAL


def test_a_chair_whose_name_is_missing_is_told_at_the_form_with_what_was_typed(final, secretary):
    form = {"how": "chair", "on": "31.12.2099", "names": "", "shown": issuing.shown_version(final)}
    answer = secretary.post(f"{PLACE}approve/", form)
    assert answer.status_code == 422
    assert "Name the chair who approved the minutes." in answer.content.decode()
    assert "31.12.2099" in answer.content.decode()


def test_approval_of_another_version_than_the_one_read_is_refused(final, secretary):
    form = {"how": "circulation", "on": "31.12.2099", "names": "", "shown": "0" * 64}
    assert secretary.post(f"{PLACE}approve/", form).status_code == 409
    form["shown"] = issuing.shown_version(final)
    assert secretary.post(f"{PLACE}approve/", form).status_code == 302
    final.refresh_from_db()
    assert final.state == Minutes.State.APPROVED


def test_a_correction_is_opened_and_issued(final, secretary):
    assert secretary.post(f"{PLACE}correct/", {"reason": "Feil dato."}).url == f"{PLACE}minutes/"
    assert secretary.post(f"{PLACE}issue-correction/").status_code == 409
    final.items.get(label="2-41/26").blocks.filter(type="text").update(html="<p>Rettet tekst.</p>")
    assert secretary.post(f"{PLACE}issue-correction/").status_code == 302
    assert "Feil dato." in secretary.get(DOCUMENTS).content.decode()


def test_an_open_correction_is_issued_or_given_up_and_not_opened_again(final, secretary):
    assert 'name="reason"' in secretary.get(f"{PLACE}correct/").content.decode()
    secretary.post(f"{PLACE}correct/", {"reason": "Feil navn"})
    page = secretary.get(f"{PLACE}correct/").content.decode()
    assert 'name="reason"' not in page
    assert "A correction is open: Feil navn" in page and "Give up the correction" in page
    assert final.get_absolute_url() in page


def test_the_page_of_an_act_is_the_last_step_of_the_way_there(final, secretary):
    for act, words in [
        ("correct", "Correct the minutes"),
        ("approve", "Approve the minutes"),
        ("documents", "Documents"),
    ]:
        assert f'<span aria-current="page">{words}</span>' in secretary.get(f"{PLACE}{act}/").content.decode()


def test_publishing_shows_the_public_variant_first(document, secretary):
    address = f"{DOCUMENTS}minutes/1/publish/"
    page = secretary.get(address).content.decode()
    assert "Rådet tar saken til orientering." in page and f'value="{document.public_sha256}"' in page
    assert Publication.objects.count() == 0

    assert secretary.post(address, {"criterion": "", "shown": "0" * 64}).status_code == 409
    assert secretary.post(address, {"criterion": "", "shown": document.public_sha256}).status_code == 302
    assert Publication.objects.live().count() == 1
    assert secretary.get(address).status_code == 409


def test_withdrawing_takes_a_reason(document, secretary, cycle, now, client):
    publication.publish(document, by=cycle.by, at=now)
    address = f"{DOCUMENTS}minutes/1/withdraw/"
    assert secretary.post(address, {"reason": ""}).status_code == 422
    assert secretary.post(address, {"reason": "Ved en feil."}).status_code == 302
    assert client.get("/public/boards/badevannsradet/meetings/41-2026/").status_code == 410


def test_a_draft_is_read_by_those_it_was_sent_to_and_nobody_else(meeting, cycle, cast, signed_in, now):
    cycle.call(meeting)
    minutes = cycle.hold(meeting)
    freeze(meeting, "minutes", "draft", issued_on=now.date())
    address = f"{DOCUMENTS}minutes/1/"
    assert [signed_in(user).get(address).status_code for user in (cast.secretary, cast.member)] == [200, 404]
    assert "Minutes, version 1" not in signed_in(cast.member).get(DOCUMENTS).content.decode()

    issuing.send_for_review(minutes, deadline=date(2026, 5, 1), by=cycle.by, at=now)
    assert signed_in(cast.member).get(address).status_code == 200


def test_who_may_not_read_exempt_text_reads_the_variant_without_it(meeting, cycle, cast, signed_in, now):
    exempt = {"access_level": "exempt", "access_basis": "offentleglova § 23", "public_title": "Anskaffelse"}
    AgendaRow.objects.filter(title="Ny badeplass ved Sundbytjern").update(title="Kvernsteinsopp", **exempt)
    cycle.call(meeting)
    for path in ("agenda/1/", "agenda/1/html/"):
        shown = {
            user: signed_in(getattr(cast, user)).get(DOCUMENTS + path).content.decode()
            for user in ("member", "observer")
        }
        assert ["Kvernsteinsopp" in shown["member"], "Kvernsteinsopp" in shown["observer"]] == [True, False]
        assert "Anskaffelse" in shown["observer"]


def test_the_html_alone_allows_its_own_style_and_nothing_else(document, secretary):
    answer = secretary.get(f"{DOCUMENTS}minutes/1/html/")
    assert answer["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert answer.content.startswith(b"<!doctype html>")


def test_a_pdf_that_failed_says_why_and_can_be_tried_again(document, secretary):
    Job.objects.filter(key=f"pdf:{document.pk}:full").update(
        state=Job.State.FAILED, last_error="OSError: [Errno 28] No space left on device"
    )
    page = secretary.get(DOCUMENTS).content.decode()
    assert "There is no room left on the disk." in page and "Try again" in page
    assert secretary.post(f"{DOCUMENTS}minutes/1/run-again/").status_code == 302
    assert Job.objects.get(key=f"pdf:{document.pk}:full").state == Job.State.QUEUED


def test_the_preview_is_the_present_state_and_stores_nothing(meeting, secretary, cast, signed_in):
    page = secretary.get(f"{DOCUMENTS}preview/agenda/").content.decode()
    assert "Ny badeplass ved Sundbytjern" in page
    assert Document.objects.count() == 0
    assert signed_in(cast.member).get(f"{DOCUMENTS}preview/agenda/").status_code == 403
    assert secretary.get(f"{DOCUMENTS}preview/minutes/").status_code == 404


def test_the_list_costs_the_same_for_few_and_many_versions(document, secretary, django_assert_num_queries, now):
    with CaptureQueriesContext(connection) as few:
        secretary.get(DOCUMENTS)
    for _number in range(9):
        freeze(document.meeting, "minutes", "final", issued_on=now.date())
    with django_assert_num_queries(len(few)):
        secretary.get(DOCUMENTS)


def test_failed_work_is_shown_to_the_board_it_belongs_to(document, cast, signed_in):
    failed = Job.objects.get(key=f"pdf:{document.pk}:full")
    Job.objects.filter(pk=failed.pk).update(
        state=Job.State.FAILED, last_error="OSError: No space left on device", attempts=8
    )
    seen = {
        name: signed_in(getattr(cast, name)).get("/jobs/") for name in ("secretary", "administrator", "other_secretary")
    }
    told = "There is no room left on the disk."
    assert {name: told in page.content.decode() for name, page in seen.items()} == {
        "secretary": True,
        "administrator": True,
        "other_secretary": False,
    }
    assert signed_in(cast.member).get("/jobs/").status_code == 403

    again = f"/jobs/{failed.pk}/run-again/"
    assert signed_in(cast.other_secretary).post(again).status_code == 404
    assert signed_in(cast.secretary).post(again).status_code == 302
    assert Job.objects.get(pk=failed.pk).state == Job.State.QUEUED
    assert signed_in(cast.secretary).post(again).status_code == 409
