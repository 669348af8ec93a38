from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from boardroom.lib.workflow import TransitionRefused
from minutes import review, settling
from minutes.models import Answer, Minutes, Remark

OSLO = ZoneInfo("Europe/Oslo")
SENT, DEADLINE = date(2026, 4, 22), date(2026, 4, 29)
LAST_MOMENT = datetime(2026, 4, 29, 23, 59, 59, 900_000, tzinfo=OSLO)


@pytest.fixture
def sent(minutes, cast):
    return review.open_round(minutes, sent_on=SENT, deadline=DEADLINE, by=cast.secretary)


def test_members_are_asked_and_observers_and_deputies_are_not(sent, cast):
    asked = {answer.person.user.username for answer in Answer.objects.filter(round=sent)}
    assert asked == {"chair", "member", "second_member"}
    assert Minutes.objects.get().state == "in-review"


def test_a_deadline_before_the_sending_is_refused(minutes, cast):
    with pytest.raises(TransitionRefused):
        review.open_round(minutes, sent_on=SENT, deadline=SENT - timedelta(days=1), by=cast.secretary)
    assert Minutes.objects.get().state == "draft"


@pytest.mark.parametrize("after, late", [(timedelta(0), False), (timedelta(milliseconds=200), True)])
def test_the_servers_clock_in_norway_decides_what_is_late(sent, cast, after, late):
    remark = review.add_remark(sent, text="Dato", at=LAST_MOMENT + after, by=cast.member, person=cast.member.person)
    assert remark.is_late is late
    assert remark.received_on == (LAST_MOMENT + after).date()


def test_a_remark_sent_twice_is_one(sent, cast, now):
    given = {"text": "Dato", "at": now, "by": cast.member, "person": cast.member.person}
    assert review.add_remark(sent, **given) == review.add_remark(sent, **given)
    assert Remark.objects.count() == 1


def test_a_closed_round_takes_no_remark(sent, cast, now):
    review.close_round(sent, by=cast.secretary)
    assert Minutes.objects.get().state == "draft"
    with pytest.raises(TransitionRefused):
        review.add_remark(sent, text="Dato", at=now, by=cast.member, person=cast.member.person)
    assert Remark.objects.count() == 0
    with pytest.raises(TransitionRefused):
        review.close_round(sent, by=cast.secretary)


def test_a_new_round_gets_the_next_number(sent, minutes, cast):
    review.close_round(sent, by=cast.secretary)
    minutes.refresh_from_db()
    second = review.open_round(minutes, sent_on=DEADLINE, deadline=DEADLINE, by=cast.secretary)
    assert (second.number, second.is_open) == (2, True)


def test_no_remarks_is_an_answer_and_is_refused_to_who_has_remarked(sent, cast, now):
    review.no_remarks(sent, cast.member.person, at=now, by=cast.member)
    answer = Answer.objects.get(person=cast.member.person)
    assert (answer.has_no_remarks, answer.answered_at) == (True, now)
    review.add_remark(sent, text="Likevel", at=now, by=cast.member, person=cast.member.person)
    with pytest.raises(TransitionRefused):
        review.no_remarks(sent, cast.member.person, at=now, by=cast.member)
    assert Answer.objects.get(person=cast.member.person).has_no_remarks is False


def test_a_remark_is_settled_and_opened_again(sent, cast, now):
    remark = review.add_remark(sent, text="Dato", at=now, by=cast.member, person=cast.member.person)
    settling.settle(remark, "incorporated", "Rettet.", at=now, by=cast.secretary)
    assert (remark.status, remark.answer, remark.settled_by) == ("incorporated", "Rettet.", cast.secretary)
    settling.settle(remark, "received", "", at=now, by=cast.secretary)
    assert (remark.settled_at, remark.settled_by) == (None, None)


def test_members_see_each_others_remarks_only_where_the_board_says_so(sent, cast, now):
    for user in (cast.member, cast.second_member):
        review.add_remark(sent, text=user.username, at=now, by=user, person=user.person)
    settling.write_outside_note(sent, sender="Fylket", text="Brev", received_on=SENT, by=cast.secretary)

    def seen(user):
        minutes = Minutes.objects.select_related("meeting__board").get()
        return [remark.text for remark in review.visible_remarks(minutes, user)]

    assert seen(cast.secretary) == ["member", "second_member", "Brev"]
    assert seen(cast.member) == ["member"]
    assert seen(cast.observer) == []
    type(cast.board).objects.update(remarks_shown_to_members=True)
    assert seen(cast.member) == ["member", "second_member"]
    assert seen(cast.observer) == []
