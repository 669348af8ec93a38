"""The live minutes: the case that runs, actual times, who else is writing, and what the page costs."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetings import running
from meetings.models import Meeting
from minutes import progress
from minutes.drafting import create_draft
from minutes.models import Presence
from tests import factories
from tests.minutes.live.pages import HTMX, begin, is_before, shown_case, text, words


def test_the_meeting_is_started_from_its_page_with_draft_and_attendance(secretary, meeting, address):
    start = address.replace("/minutes/", "/start-meeting/")
    assert f'action="{start}"' in text(secretary.get(address))
    assert secretary.post(start).url == address
    meeting.refresh_from_db()
    assert running.is_running(meeting)
    assert meeting.attendance.count() == 5
    assert "The meeting is going on" in words(secretary.get(address))


def test_a_meeting_on_another_day_is_not_offered_its_start(secretary, meeting, address):
    Meeting.objects.filter(pk=meeting.pk).update(first_day=date(2026, 4, 20))
    meeting.days.update(date=date(2026, 4, 20))
    start = address.replace("/minutes/", "/start-meeting/")
    assert start not in text(secretary.get(address))
    assert secretary.post(start).status_code == 409


def test_the_next_case_begins_it_and_shows_it(secretary, cases, address):
    for case in cases[:2]:
        page = secretary.get(address)
        assert f"{address}cases/{case.pk}/begin/" in text(page)
        answer = begin(secretary, case)
        assert answer.url == case.get_absolute_url()
    page = secretary.get(address)
    assert shown_case(page) == str(cases[1].pk)
    assert "0 of 30 min" in words(page)
    first, second = (case.row for case in cases[:2])
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.ended_at == second.started_at


def test_a_break_begins_while_its_case_before_stays_in_the_middle(secretary, cases, pause):
    begin(secretary, cases[1])
    answer = begin(secretary, pause, case=cases[1].pk)
    assert answer.url == cases[1].get_absolute_url()
    page = words(secretary.get(answer.url))
    assert "Pause · 0 of 10 min" in page
    assert f"Next case: {cases[2].label}" in page


def test_for_htmx_the_answer_is_the_panes_and_the_address_of_the_case(secretary, cases, address):
    answer = secretary.post(f"{address}cases/{cases[0].pk}/begin/", headers=HTMX)
    page = text(answer)
    assert "<html" not in page
    assert all(f'id="{pane}"' in page for pane in ("case-pane", "cases-pane", "present-pane", "live-acts"))
    assert answer["HX-Push-Url"] == cases[0].get_absolute_url()
    assert "changed" in answer["HX-Trigger"]
    assert f"{cases[0].label} began at" in page


def test_a_wrong_press_is_taken_back(secretary, cases, address):
    begin(secretary, cases[0])
    begin(secretary, cases[1])
    secretary.post(f"{address}cases/{cases[1].pk}/take-back/")
    page = secretary.get(address)
    assert shown_case(page) == str(cases[0].pk)
    cases[1].row.refresh_from_db()
    assert cases[1].row.started_at is None


def test_the_last_case_leads_to_the_end_and_the_meeting_was_held(secretary, cases, meeting, address):
    begin(secretary, cases[2])
    begin(secretary, cases[0])
    begin(secretary, cases[1])
    page = words(secretary.get(address))
    assert "Next case:" not in page
    secretary.post(f"{address}end/")
    meeting.refresh_from_db()
    assert meeting.state == "held"
    assert meeting.ended_at is not None
    page = secretary.get(address)
    assert "The meeting is going on" not in words(page)
    secretary.post(f"{address}resume/")
    assert "The meeting is going on" in words(secretary.get(address))


@pytest.mark.parametrize("started, ended", [("12.06", "12.51"), ("12:06", "12:51"), ("kl. 12.06", "1251")])
def test_actual_times_are_typed_in_any_form(secretary, cases, address, started, ended):
    begin(secretary, cases[1])
    url = f"{address}cases/{cases[0].pk}/times/"
    assert secretary.post(url, {"started": started, "ended": ended}).status_code == 302
    page = words(secretary.get(address))
    assert "12.06–12.51" in page


@pytest.mark.parametrize(
    "started, ended, said", [("tolv", "12.51", "tolv"), ("12.51", "12.06", "It ends before it begins.")]
)
def test_a_time_that_cannot_be_stays_on_the_page_with_the_reason(secretary, cases, address, started, ended, said):
    url = f"{address}cases/{cases[0].pk}/times/"
    for headers in ({}, HTMX):
        answer = secretary.post(url, {"started": started, "ended": ended}, headers=headers)
        assert answer.status_code == 422
        assert f'value="{started}"' in text(answer)
        assert said in words(answer)
    assert answer["HX-Retarget"] == "#times-form"


def test_a_time_that_is_not_touched_keeps_its_seconds(secretary, cases, address):
    begin(secretary, cases[0])
    cases[0].row.refresh_from_db()
    began = cases[0].row.started_at
    begin(secretary, cases[1])
    clock = f"{timezone.localtime(began):%H.%M}"
    secretary.post(f"{address}cases/{cases[0].pk}/times/", {"started": clock, "ended": "23.59"})
    cases[0].row.refresh_from_db()
    assert cases[0].row.started_at == began


def test_the_list_says_what_is_done_what_goes_on_and_when_the_rest_may_come(secretary, cases, address, meeting):
    noon = timezone.make_aware(datetime.combine(meeting.first_day, time(12, 0)))
    first, second = (case.row for case in cases[:2])
    for row in (first, second):
        row.meeting = meeting
    running.correct(first, noon, noon + timedelta(minutes=16), by=None)
    running.correct(second, noon + timedelta(minutes=16), None, by=None)
    seen = progress.progress_of(cases[0].minutes, noon + timedelta(minutes=20))
    assert seen.delay == 6
    assert seen.done == 1
    expected = {line.title: f"{timezone.localtime(line.expected):%H.%M}" for line in seen.lines if line.expected}
    assert expected == {"Pause": "12.46", "Sak 3": "12.56"}
    assert f"{timezone.localtime(seen.forecast.end):%H.%M}" == "13.16"


def test_a_proposal_taken_over_is_no_case_done_before_the_first_has_begun(secretary, cases, address):
    factories.make_decision(cases[0], "<p>Rådet vedtar budsjettet.</p>")
    assert "0 of 3 done" in words(secretary.get(address))


def test_a_reader_of_the_list_hears_each_state_in_a_word(secretary, cases, address):
    cases[2].row.outcome, cases[2].row.outcome_reason = "withdrawn", "Trukket"
    cases[2].row.save()
    begin(secretary, cases[0])
    begin(secretary, cases[1])
    page = words(secretary.get(address))
    assert is_before(page, "Sak 1 , done", "Sak 2 , going on now")
    assert "Sak 3 , Withdrawn" in page


def test_another_writer_is_seen_at_the_case_for_a_moment(secretary, cases, address, cast, board, signed_in):
    other = factories.make_user("lars", name="Lars Moe")
    factories.make_seat(board, factories.make_person("Lars Moe", user=other), "secretary")
    signed_in(other).post(f"{address}here/?case={cases[1].pk}", headers=HTMX)
    page = words(secretary.get(address))
    assert "Lars Moe is writing here" in page
    assert is_before(page, "Sak 2", "Lars Moe is writing here")
    assert "is writing here" not in words(signed_in(other).get(address))
    Presence.objects.update(seen_at=timezone.now() - timedelta(seconds=41))
    assert "Lars Moe" not in words(secretary.get(address))


def test_one_who_goes_to_another_case_is_no_longer_at_the_first(secretary, cases, address, cast):
    for case in cases[:2]:
        secretary.post(f"{address}here/?case={case.pk}", headers=HTMX)
        secretary.post(f"{address}here/?case={case.pk}", headers=HTMX)
    assert [one.item for one in Presence.objects.all()] == [cases[1]]


def test_the_page_and_its_poll_cost_the_same_for_ten_and_for_a_hundred_cases(
    secretary, cases, meeting, going_on, address, cast
):
    for one in range(20):
        factories.make_attendance(meeting, factories.make_person(f"Person {one}"))
    factories.make_block(cases[1])

    def cost(method, path, **data):
        with CaptureQueriesContext(connection) as queries:
            assert getattr(secretary, method)(path, data, headers=HTMX).status_code == 200
        return len(queries)

    def costs():
        case = cases[1]
        return [
            cost("get", case.get_absolute_url()),
            cost("post", f"{address}here/?case={case.pk}"),
            cost("post", f"{address}cases/{case.pk}/begin/"),
            cost("post", f"{address}people/{meeting.attendance.last().pk}/press/", press="leave", case=case.pk),
        ]

    costs()
    few = costs()
    for item in range(4, 94):
        factories.make_row(meeting, f"Sak {item}", item=item, minutes=5)
    create_draft(meeting, by=cast.secretary)
    for item in going_on.items.filter(section=""):
        factories.make_block(item)
    assert costs() == few
