from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from followups.models import Action, FollowUp
from meetings.models import Meeting
from minutes.review import add_remark
from publishing import issuing, publication
from publishing.desk import desk
from tests import factories

TODAY = date(2026, 4, 10)


def card(user, today: date = TODAY):
    return desk(user, today).cards[0]


def shown(user, today: date = TODAY) -> tuple[str, str, str | None]:
    """(the step that is next, the sentence, the word on the button)"""
    found = card(user, today)
    here = next((step.word for step in found.steps if step.is_current), "")
    return here, found.sentence, found.action[0] if found.action else None


def test_the_secretary_is_led_through_the_whole_life_of_a_meeting(meeting, cycle, cast, now):
    me, after = cast.secretary, date(2026, 4, 21)
    assert shown(me) == ("Agenda", "The call has not been sent.", "Send the call")
    cycle.call(meeting)
    assert shown(me) == ("Meeting", "The call has been sent.", "Go to the meeting")
    minutes = cycle.hold(meeting)
    assert shown(me, after) == ("Minutes", "The minutes are being written.", "Write the minutes")
    opened = issuing.send_for_review(minutes, deadline=date(2026, 4, 30), by=me, at=now)
    assert shown(me, after) == ("Remarks", "Out for remarks until 30. april.", "See the remarks")
    assert shown(me, date(2026, 5, 1))[1:] == ("The deadline for remarks has passed.", "Finalise the minutes")
    add_remark(opened, text="Feil dato", at=now, by=cast.member, person=cast.member.person)
    assert shown(me, after)[1:] == ("1 remark waits.", "Settle the remarks")
    final = issuing.finalise(minutes, by=me, at=now + timedelta(days=15), reason="Avklart muntlig.")
    assert shown(me, after) == ("Approved", "The minutes are final and not published.", "Publish the minutes")
    publication.publish(final.document, by=me, at=now + timedelta(days=16))
    assert shown(me, after)[1] == "The minutes are approved at the next meeting."


def test_a_member_sees_what_waits_for_an_answer(meeting, cycle, cast, now):
    assert shown(cast.member) == ("Agenda", "The call has not been sent.", None)
    assert card(cast.member).steps[0].detail == ""
    cycle.call(meeting)
    assert shown(cast.member)[1:] == ("You are called to the meeting.", "Read the agenda")
    minutes = cycle.hold(meeting)
    issuing.send_for_review(minutes, deadline=date(2026, 4, 30), by=cast.secretary, at=now)
    found = desk(cast.member, date(2026, 4, 21))
    assert found.cards[0].action[0] == "Read the draft"
    assert [answer.round.minutes for answer in found.drafts] == [minutes]


def test_remarks_are_shown_to_whoever_settles_them_only(meeting, cycle, cast, now):
    cycle.call(meeting)
    opened = issuing.send_for_review(cycle.hold(meeting), deadline=date(2026, 4, 30), by=cast.secretary, at=now)
    add_remark(opened, text="Feil dato", at=now, by=cast.member, person=cast.member.person)
    counts = {user: desk(getattr(cast, user), TODAY).remark_count for user in ("secretary", "member", "outsider")}
    assert counts == {"secretary": 1, "member": 0, "outsider": 0}


def test_a_member_sees_own_follow_ups_and_the_secretary_all(board, cast):
    texts = []
    for user, day in ((cast.member, date(2026, 5, 1)), (cast.chair, date(2026, 4, 1))):
        follow_up = FollowUp.objects.create(board=board, title="Vannprøver", is_from_before=True)
        action = Action.objects.create(follow_up=follow_up, text=f"Oppgave {user.username}", due_on=day)
        action.owners.create(person=user.person)
        texts.append(action.text)
    assert [action.text for action in desk(cast.member, TODAY).actions] == ["Oppgave member"]
    assert [action.text for action in desk(cast.secretary, TODAY).actions] == ["Oppgave chair", "Oppgave member"]


def test_an_administrator_without_a_seat_has_no_boards_on_the_desk(meeting, cast):
    assert desk(cast.administrator, TODAY).cards == []


def test_the_page_is_there_for_everybody_signed_in(meeting, cycle, cast, signed_in):
    cycle.call(meeting)
    for user in (cast.secretary, cast.member, cast.observer, cast.administrator):
        assert signed_in(user).get("/desk/").status_code == 200


@pytest.mark.parametrize("state", ["planned", "called"])
def test_the_desk_costs_the_same_for_three_boards_and_thirty(cast, state, django_assert_num_queries):
    def boards(numbers: range) -> None:
        for number in numbers:
            board = factories.make_board(f"utvalg-{number}", name=f"Utvalg {number}")
            factories.make_seat(board, cast.secretary.person, "secretary")
            meeting = factories.make_meeting(board, date(2026, 4, 20), state=state)
            factories.make_minutes(factories.make_meeting(board, date(2026, 3, 20), sequence=40))
            factories.make_row(meeting)

    boards(range(3))
    me = cast.secretary
    with CaptureQueriesContext(connection) as few:
        me.__dict__.pop("_roles", None)
        desk(me, TODAY)
    boards(range(3, 30))
    assert Meeting.objects.count() == 60
    me.__dict__.pop("_roles", None)
    with django_assert_num_queries(len(few)):
        assert len(desk(me, TODAY).cards) == 31
