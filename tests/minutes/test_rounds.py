"""Rounds by the clock: who is reminded when, of which letters, and never twice (B18, B22, P37)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from boardroom.lib.workdays import is_working_day, working_days_between
from boardroom.lib.workflow import TransitionRefused
from boards.models import Board, Seat
from jobs import queue, schedule, status
from jobs.models import Job
from mail.models import Letter
from meetings.deadlines import review_deadline
from minutes import review, rounds, settling
from minutes.models import ReviewRound

OSLO = ZoneInfo("Europe/Oslo")


def at(day: date, hour: int = 8, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=OSLO)


@pytest.fixture
def opened(minutes, cast):
    """A function: the round of remarks sent on the one day with the other as its deadline."""

    def open_one(sent_on: date, deadline: date) -> ReviewRound:
        return review.open_round(minutes, sent_on=sent_on, deadline=deadline, by=cast.secretary, at=at(sent_on))

    return open_one


def reminded() -> list[str]:
    letters = Letter.objects.filter(kind="review-reminder").order_by("made_at", "pk")
    return [f"{one.person.user.username} {one.made_at.astimezone(OSLO):%d.%m %H.%M}" for one in letters]


def tick_through(first: date, last: date, every: timedelta = timedelta(hours=3)) -> None:
    """The clock ticks as it does on a server, in UTC, across whatever the local clocks do."""
    moment = at(first, 0).astimezone(UTC)
    while moment <= at(last, 23):
        schedule.tick(moment)
        moment += every


ROUNDS = [
    # (sent, deadline, the two days somebody silent is reminded)
    (date(2026, 3, 23), date(2026, 3, 30), ["26.03", "30.03"]),  # summer time begins on Sunday 29 March
    (date(2026, 10, 19), date(2026, 10, 26), ["22.10", "26.10"]),  # and ends on Sunday 25 October
    (date(2026, 3, 24), date(2026, 4, 8), ["01.04", "08.04"]),  # Easter lies between: 2 to 6 April
    (date(2026, 12, 21), date(2027, 1, 4), ["30.12", "04.01"]),  # the new year
    (date(2028, 2, 21), date(2028, 3, 1), ["28.02", "01.03"]),  # a leap day
    (date(2026, 4, 20), date(2026, 4, 22), ["22.04"]),  # sent inside the two days
    (date(2026, 4, 22), date(2026, 4, 22), []),  # sent on the day itself
]


@pytest.mark.parametrize("sent, deadline, days", ROUNDS, ids=lambda value: str(value))
def test_who_is_silent_is_reminded_once_before_and_once_on_the_day(opened, cast, sent, deadline, days):
    one = opened(sent, deadline)
    for user in (cast.chair, cast.second_member):
        review.no_remarks(one, user.person, at=at(sent, 9), by=user)
    tick_through(sent, deadline + timedelta(days=3))
    assert [line.rsplit(" ", 1)[0] for line in reminded()] == [f"member {day}" for day in days]


def test_however_often_the_clock_runs_there_is_one_letter_an_occasion(opened):
    opened(date(2026, 4, 20), date(2026, 4, 29))
    for hour in range(7, 20):
        rounds.remind_by_the_clock(at(date(2026, 4, 27), hour))
    assert sorted(line.split()[0] for line in reminded()) == ["chair", "member", "second_member"]
    assert Job.objects.filter(kind="letter").count() == 3


def test_a_day_on_which_nothing_ran_is_caught_up_before_the_deadline_and_not_after(opened):
    opened(date(2026, 4, 20), date(2026, 4, 29))
    rounds.remind_by_the_clock(at(date(2026, 4, 28)))
    assert len(reminded()) == 3
    rounds.remind_by_the_clock(at(date(2026, 4, 30)))
    assert len(reminded()) == 3


@pytest.mark.parametrize("way", ["answered", "closed", "final", "left"])
def test_a_reminder_that_waits_is_not_sent_when_there_is_nothing_to_remind_of(opened, minutes, cast, way):
    one = opened(date(2026, 4, 20), date(2026, 4, 29))
    rounds.remind_by_the_clock(at(date(2026, 4, 27)))
    if way == "answered":
        review.no_remarks(one, cast.member.person, at=at(date(2026, 4, 27), 9), by=cast.member)
    elif way == "left":
        Seat.objects.filter(person__user=cast.member).update(ends_on=date(2026, 4, 26))
    elif way == "closed":
        review.close_round(one, by=cast.secretary)
    else:
        ReviewRound.objects.update(is_open=False)
    with time_machine.travel(at(date(2026, 4, 27), 10), tick=False):
        status.drain()
    sent = {message.to[0] for message in mail.outbox}
    rest = {"chair@example.org", "second_member@example.org"} if way in {"answered", "left"} else set()
    assert sent == rest


def test_a_reminder_says_board_day_and_deadline_and_no_word_of_the_minutes(opened, minutes):
    opened(date(2026, 4, 20), date(2026, 4, 29))
    rounds.remind_by_the_clock(at(date(2026, 4, 29)))
    status.drain()
    text = mail.outbox[0].body
    assert "/review/" in text
    for row in minutes.meeting.agenda_rows.all():
        assert row.title not in text


def test_a_press_reminds_those_who_are_silent_once_a_day(opened, cast):
    one = opened(date(2026, 4, 20), date(2026, 4, 29))
    review.no_remarks(one, cast.chair.person, at=at(date(2026, 4, 21)), by=cast.chair)
    day = date(2026, 4, 22)
    assert rounds.remind(one, by=cast.secretary, at=at(day, 9)) == 2
    assert rounds.remind(one, by=cast.secretary, at=at(day, 15)) == 0
    rounds.remind_by_the_clock(at(date(2026, 4, 27), 7))
    assert rounds.remind(one, by=cast.secretary, at=at(date(2026, 4, 27), 12)) == 0
    assert len(reminded()) == 4
    review.close_round(one, by=cast.secretary)
    with pytest.raises(TransitionRefused):
        rounds.remind(one, by=cast.secretary, at=at(date(2026, 4, 28)))


def test_a_later_deadline_is_told_to_the_silent_and_takes_away_the_word_late(opened, cast):
    one = opened(date(2026, 4, 20), date(2026, 4, 22))
    late = review.add_remark(one, text="Dato", at=at(date(2026, 4, 23)), by=cast.member, person=cast.member.person)
    assert late.is_late
    for _again in range(2):
        try:
            rounds.extend(one, date(2026, 4, 27), by=cast.secretary, at=at(date(2026, 4, 23), 10))
        except TransitionRefused as refusal:
            assert refusal.reasons == ["Choose a later day than the deadline is now."]
    late.refresh_from_db()
    assert not late.is_late
    told = Letter.objects.filter(kind="review-extended").values_list("person__user__username", flat=True)
    assert sorted(told) == ["chair", "second_member"]
    rounds.remind_by_the_clock(at(date(2026, 4, 27)))
    assert sorted(line.split()[0] for line in reminded()) == ["chair", "second_member"]


def test_what_became_of_remarks_is_one_letter_a_sender_and_again_only_for_news(opened, minutes, cast):
    one = opened(date(2026, 4, 20), date(2026, 4, 29))
    given = {"at": at(date(2026, 4, 21)), "by": cast.member, "person": cast.member.person}
    sent = [review.add_remark(one, text=text, **given) for text in ("Dato", "Navn")]
    review.add_remark(one, text="Sum", at=given["at"], by=cast.chair, person=cast.chair.person)
    for remark in sent:
        settling.settle(remark, "incorporated", "Rettet.", at=at(date(2026, 4, 22)), by=cast.secretary)
    assert rounds.tell_senders(minutes, at=at(date(2026, 4, 23))) == 1
    assert rounds.tell_senders(minutes, at=at(date(2026, 4, 24))) == 0
    settling.settle(sent[0], "not-incorporated", "Likevel ikke.", at=at(date(2026, 4, 25)), by=cast.secretary)
    assert rounds.tell_senders(minutes, at=at(date(2026, 4, 26))) == 1
    letters = Letter.objects.filter(kind="remark-settled")
    assert [letter.person.user.username for letter in letters] == ["member", "member"]


def test_a_row_an_older_release_left_becomes_the_letter_of_today_once(opened):
    one = opened(date(2026, 4, 20), date(2099, 4, 29))
    answer = one.answers.first()
    for _twice in range(2):
        queue.enqueue("review-mail", f"review-mail:{answer.pk}", {"answer": answer.pk}, again=True)
        status.drain()
    rounds.send_out(one, at=at(date(2026, 4, 20)))
    assert Letter.objects.filter(kind="review").count() == 3


@given(st.dates(date(2000, 1, 1), date(2050, 12, 31)), st.integers(0, 40))
def test_the_deadline_that_is_proposed_is_a_working_day_and_never_sooner(day, days):
    found = review_deadline(Board(review_days=days), day)
    assert is_working_day(found)
    assert found >= day + timedelta(days=days)
    assert working_days_between(day + timedelta(days=days), found) <= 1
