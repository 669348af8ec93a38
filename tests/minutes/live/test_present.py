"""The live minutes: those present at a case, and the presses that say so."""

import re
from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from audit.models import Entry
from meetings import attendance, running
from meetings.models import Attendance, Interval
from minutes import attending
from minutes.drafting import create_draft
from minutes.models import Block, Disqualification
from tests import factories
from tests.minutes.live.pages import HTMX, begin, is_before, press, text, words


def test_one_press_writes_that_a_member_left_and_the_quorum_is_counted_anew(secretary, member, cases, address):
    begin(secretary, cases[0])
    assert "3 of 3 with a vote. 2 are needed." in words(secretary.get(address))
    answer = press(secretary, address, member, "leave")
    now = f"{timezone.localtime():%H.%M}"
    assert f"Left {now}" in words(answer)
    assert "2 of 3 with a vote." in words(answer)
    assert "Tor Inge Sandbakk: has left." in words(answer)
    member.refresh_from_db()
    assert member.status == "partial"
    answer = press(secretary, address, member, "arrive")
    assert "3 of 3 with a vote." in words(answer)


def test_too_few_is_a_word_and_a_sentence_and_no_lock(secretary, cases, address, going_on):
    for one in going_on.meeting.attendance.filter(role__in=["member", "chair"])[:2]:
        answer = press(secretary, address, one, "leave")
    assert "Not quorate" in words(answer)
    assert "1 of 3 with a vote. 2 are needed. What is decided now may be void." in words(answer)
    assert begin(secretary, cases[0]).status_code == 302


def test_a_press_is_undone(secretary, member, address):
    answer = press(secretary, address, member, "leave")
    memory = re.search(r'name="undo" value="([^"]+)"', text(answer))[1]
    secretary.post(f"{address}people/undo/", {"undo": memory})
    member.refresh_from_db()
    assert (member.status, list(member.intervals.all())) == ("present", [])


@pytest.mark.parametrize("case", ["9" * 5000, "-1", "x\x00"])
def test_a_press_from_a_case_that_is_not_there_leads_to_the_minutes(secretary, member, address, case):
    answer = secretary.post(f"{address}people/{member.pk}/press/", {"press": "leave", "case": case})
    assert answer["Location"] == f"{address}#present-pane"


def test_the_time_of_a_press_is_typed_anew(secretary, member, address):
    press(secretary, address, member, "leave")
    url = f"{address}people/{member.pk}/time/"
    assert "Left 11.21" in words(secretary.post(url, {"clock": "kl. 11.21"}, headers=HTMX))
    answer = secretary.post(url, {"clock": "halv tolv"}, headers=HTMX)
    assert answer.status_code == 422
    assert 'value="halv tolv"' in text(answer)
    assert "halv tolv is not a clock time." in words(answer)


def test_before_the_start_a_member_is_present_or_sends_apologies(secretary, meeting, address, cast):
    attendance.prepare(meeting, by=cast.secretary)
    create_draft(meeting, by=cast.secretary)
    one = meeting.attendance.get(person=cast.member.person)
    assert "2 of 3 with a vote." in words(press(secretary, address, one, "excused"))
    assert "3 of 3 with a vote." in words(press(secretary, address, one, "whole"))
    assert not Interval.objects.exists()


def test_a_deputy_comes_in_for_a_member_in_one_act(secretary, member, cases, address):
    page = text(secretary.get(address))
    assert '<option value="Nora Fjeldheim">' in page
    answer = secretary.post(f"{address}people/deputy/", {"name": "Nora Fjeldheim", "absent": member.pk}, headers=HTMX)
    assert "Deputy for Tor Inge Sandbakk" in words(answer)
    assert "3 of 3 with a vote." in words(answer)
    refused = secretary.post(f"{address}people/deputy/", {"name": "", "absent": member.pk}, headers=HTMX)
    assert refused.status_code == 422
    assert "Write something here." in words(refused)


def test_a_guest_of_one_case_is_there_in_that_case_alone(secretary, cases, address):
    data = {"name": "Ingvild Tangen", "organisation": "Innbyggeretaten", "only_case": "on", "case": cases[0].pk}
    secretary.post(f"{address}people/guest/", data)
    there, elsewhere = (words(secretary.get(case.get_absolute_url())) for case in cases[:2])
    assert is_before(there, "Without a vote", "Ingvild Tangen")
    assert is_before(elsewhere, "Not in this case", "Ingvild Tangen")


def test_a_disqualified_member_is_not_in_this_case_and_the_quorum_leaves_out(secretary, member, cases, address):
    block = factories.make_block(cases[0], "", type=Block.Type.DISQUALIFICATION)
    Disqualification.objects.create(block=block, name=member.name, outcome="disqualified", left_at=time(12, 6))
    this, other = (words(secretary.get(case.get_absolute_url())) for case in cases[:2])
    assert "2 of 3 with a vote. 2 are needed." in this
    assert "Disqualified, left 12.06" in this
    assert "3 of 3 with a vote." in other


def test_a_disqualified_member_leaves_the_table_and_is_back_at_a_press(secretary, member, cases, address):
    begin(secretary, cases[0])
    block = factories.make_block(cases[0], "", type=Block.Type.DISQUALIFICATION)
    found = Disqualification.objects.create(block=block, name=member.name, outcome="disqualified")
    url, data = f"{address}people/blocks/{block.pk}/", {"case": cases[0].pk}
    assert "Disqualified, left" in words(secretary.post(url, {"press": "leave", **data}, headers=HTMX))
    assert "Disqualified, back" in words(secretary.post(url, {"press": "back", **data}, headers=HTMX))
    found.refresh_from_db()
    block.refresh_from_db()
    assert found.left_at <= found.back_at
    assert block.version == 3
    member.refresh_from_db()
    assert member.status == "present"


def test_those_at_a_case_that_is_over_are_those_who_were_there_then(secretary, member, cases, meeting, going_on, cast):
    begin(secretary, cases[0])
    begin(secretary, cases[1])
    noon = timezone.make_aware(datetime.combine(meeting.first_day, time(12, 0)))
    row = cases[0].row
    row.meeting = meeting
    running.correct(row, noon, noon + timedelta(minutes=20), by=None)
    attendance.change(member, by=cast.secretary, status="partial", stays=[attendance.Stay(end=time(12, 10))])
    page = words(secretary.get(cases[0].get_absolute_url()))
    assert "part of the case" in page
    assert "2 of 3 with a vote." in page


def test_what_was_pressed_is_what_is_printed(secretary, member, address):
    press(secretary, address, member, "leave")
    secretary.post(f"{address}people/{member.pk}/time/", {"clock": "11.21"})
    preview = secretary.get(address.replace("/minutes/", "/documents/preview/minutes/"))
    assert "11.21" in words(preview)


@pytest.mark.parametrize("who", ["member", "observer", "outsider", "administrator"])
def test_nobody_else_runs_the_meeting_or_takes_attendance(cast, signed_in, cases, member, address, who):
    client = signed_in(getattr(cast, who))
    before = Entry.objects.count()
    for path in (f"cases/{cases[0].pk}/begin/", "end/", "here/", f"people/{member.pk}/press/"):
        assert client.post(f"{address}{path}", {"press": "leave"}).status_code == 404
    assert Entry.objects.count() == before


def test_without_javascript_every_press_leads_back_to_its_case(secretary, member, cases, address):
    answer = secretary.post(f"{address}people/{member.pk}/press/", {"press": "leave", "case": cases[1].pk})
    assert answer.url == f"{cases[1].get_absolute_url()}#present-pane"
    answer = secretary.post(f"{address}people/{member.pk}/time/", {"clock": "x", "case": cases[1].pk})
    assert answer.status_code == 422
    assert 'value="x"' in text(answer)
    assert "<html" in text(answer)


def test_the_initials_are_those_of_the_first_and_the_last_name():
    one = Attendance(name="Per Olav Nygård")
    assert attending.Person(one, True, "").initials == "PN"
    assert attending.Person(Attendance(name="Ada"), True, "").initials == "A"
