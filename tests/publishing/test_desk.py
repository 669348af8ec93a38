"""The desk: what is next and what is late on each board, for whoever writes and for whoever reads."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from followups.models import Action, FollowUp
from meetings.models import Meeting
from minutes.review import add_remark
from minutes.settling import settle
from publishing import issuing, publication
from publishing.desk import desk, words
from tests import factories

TODAY = date(2026, 4, 8)  # a Wednesday; the meeting is on Monday the 20th


def card(user, today: date = TODAY):
    return desk(user, today).cards[0]


def shown(user, today: date = TODAY) -> tuple[str, str, str, str | None]:
    """(the step that is next, what, why, the word on the button)"""
    found = card(user, today)
    here = next((step.word for step in found.steps if step.is_current), "")
    return here, found.advice.what, str(found.advice.why), found.advice.action[0] if found.advice.action else None


def strip(user, today: date = TODAY) -> dict[str, list[str]]:
    """What stands on each of the ten days, by date."""
    return {f"{day.date:%d.%m.}": [entry.word for entry in day.entries] for day in desk(user, today).days}


def test_the_secretary_is_led_through_the_whole_life_of_a_meeting(meeting, cycle, cast, now):
    me = cast.secretary
    assert shown(me) == (
        "Agenda",
        "The call has not been sent.",
        "The call goes out tomorrow, 7 working days before the meeting.",
        "Send the call",
    )
    cycle.call(meeting)
    meeting.agenda_rows.filter(title__startswith="Godkjenning").update(purpose="approval")
    assert shown(me) == (
        "Papers",
        "2 of 3 cases lack papers.",
        "The papers go out 13. april, 5 working days before the meeting.",
        "Add the papers",
    )
    meeting.agenda_rows.update(description="<p>Til drøfting.</p>")
    assert shown(me)[:3] == ("Meeting", "The call and the papers have been sent.", "The meeting is mandag 20. april.")
    assert shown(me, date(2026, 4, 20))[1::2] == ("The meeting is today, at 12.00.", "Open the live minutes")
    minutes = cycle.hold(meeting)
    assert shown(me, date(2026, 4, 21)) == (
        "Minutes",
        "The minutes are being written.",
        "The draft goes out for remarks tomorrow, 2 working days after the meeting.",
        "Write the minutes",
    )
    opened = issuing.send_for_review(minutes, deadline=date(2026, 4, 30), by=me, at=now)
    told = "0 of 4 have answered. The deadline is torsdag 30. april, in 7 working days."
    assert shown(me, date(2026, 4, 21)) == ("Review", "The draft is out for remarks.", told, "See the remarks")
    remark = add_remark(opened, text="Feil dato", at=now, by=cast.member, person=cast.member.person)
    assert shown(me, date(2026, 5, 4))[1:] == (
        "1 remark on the minutes waits for an answer.",
        "1 of 4 have answered. The deadline was torsdag 30. april, 1 working day ago.",
        "Settle the remarks",
    )
    settle(remark, "incorporated", "", at=now, by=me)
    told = "The minutes become final 6. mai, 3 working days after the deadline."
    assert shown(me, date(2026, 5, 4)) == (
        "Final",
        "The deadline for remarks has passed.",
        told,
        "Finalise the minutes",
    )
    final = issuing.finalise(minutes, by=me, at=now + timedelta(days=15))
    assert shown(me, date(2026, 5, 6))[:2] == ("Approved", "The minutes are final and not published.")
    publication.publish(final.document, by=me, at=now + timedelta(days=16))
    assert shown(me, date(2026, 5, 6))[1:] == (
        "The minutes are approved at the next meeting.",
        "No meeting is planned.",
        "Plan a meeting",
    )


def test_what_is_past_due_says_so_and_stands_on_top(meeting, cast):
    other = factories.make_board("ankerradet", name="Ankerrådet")
    factories.make_seat(other, cast.secretary.person, "secretary")
    factories.make_row(factories.make_meeting(other, date(2026, 4, 17)))
    cards = desk(cast.secretary, date(2026, 4, 9)).cards
    assert [(found.board.name, found.level) for found in cards] == [("Ankerrådet", "late"), ("Badevannsrådet", "soon")]
    assert str(cards[0].advice.why) == "The call was due yesterday, 7 working days before the meeting."
    assert (cards[0].distance, cards[1].distance) == ("in 6 working days", "in 7 working days")
    call = cards[0].steps[1]
    assert (call.word, call.detail, call.level) == ("Call", "past due 8. april", "late")


def test_an_agenda_that_is_empty_or_runs_over_is_finished_first(board, cast, meeting):
    meeting.agenda_rows.filter(title="Eventuelt").update(start=time(14, 50), end=time(15, 15))
    assert shown(cast.secretary)[1::2] == ("The agenda runs 15 minutes over the meeting's time.", "Finish the agenda")
    meeting.agenda_rows.all().delete()
    assert shown(cast.secretary)[1::2] == ("The agenda has no cases yet.", "Prepare the agenda")


def test_the_boards_own_numbers_decide_the_deadlines(board, cast, meeting):
    type(board).objects.update(call_days=10, papers_days=1)
    found = card(cast.secretary)
    assert str(found.advice.why) == "The call was due 1. april, 10 working days before the meeting."
    assert [step.detail for step in found.steps[1:3]] == ["past due 1. april", "17. april"]


def test_what_else_waits_on_a_board_stands_below_its_card(meeting, cast):
    earlier = factories.make_meeting(meeting.board, date(2026, 3, 20), sequence=40, state="held")
    factories.make_minutes(earlier)
    found = card(cast.secretary)
    assert (found.meeting, found.level) == (earlier, "late")
    assert found.also == [("Meeting 41", "The call has not been sent.", found.also[0][2])]


def test_the_strip_has_ten_working_days_with_deadlines_meetings_and_follow_ups(meeting, cast, board):
    follow_up = FollowUp.objects.create(board=board, title="Vannprøver", is_from_before=True)
    for text, day in [("Ta prøver", date(2026, 4, 17)), ("Sende dem", date(2026, 4, 18))]:
        Action.objects.create(follow_up=follow_up, text=text, due_on=day)
    found = strip(cast.secretary)
    assert list(found) == "08.04. 09.04. 10.04. 13.04. 14.04. 15.04. 16.04. 17.04. 20.04. 21.04.".split()
    assert {day: words for day, words in found.items() if words} == {
        "09.04.": ["Call"],
        "13.04.": ["Papers"],
        "17.04.": ["Follow-up", "Follow-up"],
        "20.04.": ["Meeting 41"],
    }
    days = desk(cast.secretary, TODAY).days
    assert (days[0].is_today, [day.is_today for day in days[1:]]) == (True, [False] * 9)
    saturday = days[7].entries[1]
    assert (saturday.day, saturday.lines[0]) == (date(2026, 4, 18), "lørdag 18. april")


def test_a_free_day_stands_first_when_something_falls_on_it(meeting, cast):
    assert list(strip(cast.secretary, date(2026, 4, 11)))[:2] == ["13.04.", "14.04."]
    meeting.days.update(date=date(2026, 4, 11))
    type(meeting).objects.filter(pk=meeting.pk).update(first_day=date(2026, 4, 11), state="called")
    days = desk(cast.secretary, date(2026, 4, 11)).days
    assert (days[0].date, days[0].is_today, len(days)) == (date(2026, 4, 11), True, 10)
    assert [(entry.word, entry.lines) for entry in days[0].entries if entry.kind == "meeting"] == [
        ("Meeting 41", ("Badevannsrådet,", "at 12.00"))
    ]


def test_public_holidays_are_no_days_of_the_strip(meeting, cast):
    assert list(strip(cast.secretary, date(2026, 4, 1)))[:3] == ["01.04.", "07.04.", "08.04."]


def test_the_deadlines_left_in_the_week_are_counted(meeting, cast):
    assert desk(cast.secretary, TODAY).deadlines == "One deadline this week."
    assert desk(cast.secretary, date(2026, 4, 11)).deadlines == "One deadline next week."
    assert desk(cast.secretary, date(2026, 4, 14)).deadlines == "No deadlines this week."


def test_a_member_sees_what_waits_for_an_answer(meeting, cycle, cast, now):
    assert shown(cast.member)[:2] == ("Agenda", "The call has not been sent.")
    assert card(cast.member).steps[0].detail == ""
    cycle.call(meeting)
    assert shown(cast.member)[1:] == (
        "You are called to the meeting.",
        "The meeting is mandag 20. april.",
        "Read the agenda",
    )
    assert {day: words for day, words in strip(cast.member).items() if words} == {"20.04.": ["Meeting 41"]}
    minutes = cycle.hold(meeting)
    issuing.send_for_review(minutes, deadline=date(2026, 4, 30), by=cast.secretary, at=now)
    found = desk(cast.member, date(2026, 4, 29))
    assert [answer.round.minutes for answer in found.drafts] == [minutes]
    assert shown(cast.member, date(2026, 4, 29))[1:] == (
        "The draft waits for your answer.",
        "The deadline is tomorrow.",
        "Read the draft",
    )
    assert strip(cast.member, date(2026, 4, 29))["30.04."] == ["Remarks"]


def test_remarks_are_shown_to_whoever_settles_them_only(meeting, cycle, cast):
    cycle.call(meeting)
    minutes = cycle.hold(meeting)
    sent = datetime(2026, 4, 22, 10, 0, tzinfo=ZoneInfo("Europe/Oslo"))
    opened = issuing.send_for_review(minutes, deadline=date(2026, 4, 30), by=cast.secretary, at=sent)
    block = minutes.items.get(label="2-41/26").blocks.get(type="decision")
    at = sent + timedelta(days=1, hours=5, minutes=20)
    add_remark(opened, text="Feil dato", at=at, by=cast.member, person=cast.member.person, block=block)
    day = date(2026, 4, 24)
    totals = {user: desk(getattr(cast, user), day).remarks.total for user in ("secretary", "member", "outsider")}
    assert totals == {"secretary": 1, "member": 0, "outsider": 0}
    (remark,) = desk(cast.secretary, day).remarks.shown
    assert (remark.title, remark.when, remark.url) == (
        "2-41/26, the decision",
        "yesterday at 15.20",
        block.get_absolute_url(),
    )


def test_of_many_remarks_the_oldest_are_shown_with_the_way_to_all(meeting, cycle, cast, now, signed_in):
    cycle.call(meeting)
    opened = issuing.send_for_review(cycle.hold(meeting), deadline=date(2026, 4, 30), by=cast.secretary, at=now)
    for number in range(5):
        add_remark(opened, text=f"Merknad {number}", at=now, by=cast.member, person=cast.member.person)
    page = signed_in(cast.secretary).get("/desk/").content.decode()
    assert ("«Merknad 2»" in page, "«Merknad 3»" in page, "Show all 5" in page) == (True, False, True)


def test_a_member_sees_own_follow_ups_and_the_secretary_all(board, cast):
    for user, day in ((cast.member, date(2026, 5, 1)), (cast.chair, date(2026, 4, 1))):
        follow_up = FollowUp.objects.create(board=board, title="Vannprøver", is_from_before=True)
        action = Action.objects.create(follow_up=follow_up, text=f"Oppgave {user.username}", due_on=day)
        action.owners.create(person=user.person)
    assert [due.text for due in desk(cast.member, TODAY).follow_ups.shown] == ["Oppgave member"]
    found = desk(cast.secretary, TODAY).follow_ups
    assert [(due.text, due.when, due.level) for due in found.shown] == [
        ("Oppgave chair", "Past due 1. april.", "late"),
        ("Oppgave member", "Due 1. mai.", ""),
    ]
    assert (found.late, found.coming, found.total) == ("1 past due", "1 due 1. mai", 2)


def test_a_follow_up_of_an_exempt_case_is_not_told_to_whoever_may_not_read_it(meeting, cycle, cast):
    row = meeting.agenda_rows.all()[1]
    follow_up = FollowUp.objects.create(board=meeting.board, title="Hemmelig", is_from_before=True, source_row=row)
    action = Action.objects.create(follow_up=follow_up, text="Hemmelig oppgave", due_on=date(2026, 4, 20))
    action.owners.create(person=cast.deputy.person)
    assert [due.text for due in desk(cast.deputy, TODAY).follow_ups.shown] == ["Hemmelig oppgave"]
    type(row).objects.filter(pk=row.pk).update(access_level="exempt")
    assert desk(cast.deputy, TODAY).follow_ups.shown == []
    assert desk(cast.secretary, TODAY).follow_ups.total == 1


def test_a_follow_up_due_in_a_meeting_is_due_on_its_day(meeting, cast):
    follow_up = FollowUp.objects.create(board=meeting.board, title="Vannprøver", is_from_before=True)
    Action.objects.create(follow_up=follow_up, text="Ta prøver", due_text="neste møte", due_meeting=meeting)
    assert [due.when for due in desk(cast.secretary, TODAY).follow_ups.shown] == ["Due 20. april."]


def test_who_has_no_board_is_told_what_to_do(meeting, cast, signed_in):
    assert desk(cast.administrator, TODAY).cards == []
    page = signed_in(cast.administrator).get("/desk/").content.decode()
    assert ('href="/boards/new/"' in page, "Make a board" in page) == (True, True)
    stranger = signed_in(factories.make_user("stranger")).get("/desk/", follow=True).content.decode()
    assert ("Make a board" in stranger, "Write to the secretary of your board" in stranger) == (False, True)


def test_nothing_that_waits_is_said_calmly(board, cast, signed_in):
    page = signed_in(cast.secretary).get("/desk/").content.decode()
    for sentence in ("No remarks wait.", "Nothing is due.", "No meeting is planned.", "Nothing falls on the next ten"):
        assert sentence in page


def test_the_desk_is_for_who_writes_and_leads_everybody_else_to_their_own_page(meeting, cycle, cast, signed_in):
    cycle.call(meeting)
    for user, title in (
        (cast.secretary, "Desk"),
        (cast.administrator, "Desk"),
        (cast.member, "My page"),
        (cast.observer, "My page"),
    ):
        assert f"<title>{title}" in signed_in(user).get("/desk/", follow=True).content.decode()


def test_a_new_meeting_is_one_press_away_also_with_several_boards(board, cast, signed_in):
    client = signed_in(cast.secretary)
    assert f'href="/boards/{board.slug}/meetings/new/"' in client.get("/desk/").content.decode()
    other = factories.make_board("ankerradet", name="Ankerrådet")
    factories.make_seat(other, cast.secretary.person, "secretary")
    page = client.get("/desk/").content.decode()
    assert page.count("/meetings/new/") >= 2
    assert "Which board?" in page


@pytest.mark.parametrize("state", ["planned", "called"])
@pytest.mark.parametrize("role", ["secretary", "member"])
def test_the_desk_costs_the_same_for_three_boards_and_thirty(
    cast, state, role, now, signed_in, django_assert_num_queries
):
    def boards(numbers: range) -> None:
        for number in numbers:
            board = factories.make_board(f"utvalg-{number}", name=f"Utvalg {number}")
            factories.make_seat(board, cast.secretary.person, role)
            meeting = factories.make_meeting(board, date(2026, 4, 20), state=state)
            factories.make_minutes(factories.make_meeting(board, date(2026, 3, 20), sequence=40))
            row = factories.make_row(meeting)
            reviewed = factories.make_minutes(factories.make_meeting(board, date(2026, 3, 10), sequence=39))
            factories.make_block(factories.make_item(reviewed, row))
            opened = issuing.send_for_review(reviewed, deadline=date(2026, 4, 30), by=cast.secretary, at=now)
            add_remark(opened, text="Feil", at=now, by=None, sender="Ola", item=reviewed.items.get())
            follow_up = FollowUp.objects.create(board=board, title="Vannprøver", is_from_before=True)
            Action.objects.create(follow_up=follow_up, text="Ta prøver", due_on=date(2026, 4, 10 + number % 10))

    boards(range(3))
    client = signed_in(cast.secretary)
    client.get("/desk/")
    with CaptureQueriesContext(connection) as few:
        client.get("/desk/")
    boards(range(3, 30))
    assert Meeting.objects.count() == 90
    with django_assert_num_queries(len(few)):
        assert len(client.get("/desk/").context["desk"].cards) == 31


def test_what_is_months_away_is_told_in_weeks():
    assert words.distance(date(2027, 2, 8), date(2026, 11, 22)) == "in 11 weeks"
    assert words.distance(date(2026, 12, 18), date(2026, 11, 22)) == "in 20 working days"
