"""Attendance at a press: status and intervals follow (R47-R51, P5)."""

from datetime import date, time

import pytest

from boardroom.lib.workflow import TransitionRefused
from meetings import attendance, presses
from meetings.attendance import Stay
from meetings.models import MeetingDay
from tests import factories

TEN, ELEVEN, TWELVE = time(10, 0), time(11, 0), time(12, 0)


@pytest.fixture
def meeting(board):
    return factories.make_meeting(board, state="called")


@pytest.fixture
def person(meeting, cast):
    return factories.make_attendance(meeting, cast.member.person)


def standing(one):
    one.refresh_from_db()
    return one.status, attendance.stays_of(one)


def test_one_who_leaves_has_an_interval_that_ends_and_is_there_in_part(person, cast):
    presses.leave(person, ELEVEN, by=cast.secretary)
    assert standing(person) == ("partial", [Stay(end=ELEVEN)])
    assert not presses.is_here(person)
    assert presses.has_left(person)


def test_one_who_is_back_has_a_new_interval(person, cast):
    presses.leave(person, TEN, by=cast.secretary)
    presses.arrive(person, ELEVEN, by=cast.secretary)
    presses.leave(person, TWELVE, by=cast.secretary)
    assert standing(person) == ("partial", [Stay(end=TEN), Stay(start=ELEVEN, end=TWELVE)])


def test_one_who_comes_late_has_an_interval_that_begins(person, cast):
    presses.excused(person, by=cast.secretary)
    assert not presses.is_here(person)
    presses.arrive(person, ELEVEN, by=cast.secretary)
    assert standing(person) == ("partial", [Stay(start=ELEVEN)])


def test_one_who_left_and_came_in_the_same_minute_was_there_all_the_time(person, cast):
    presses.leave(person, TEN, by=cast.secretary)
    presses.arrive(person, TEN, by=cast.secretary)
    assert standing(person) == ("present", [])


def test_a_press_twice_changes_nothing(person, cast):
    for _again in range(2):
        presses.leave(person, ELEVEN, by=cast.secretary)
    assert standing(person) == ("partial", [Stay(end=ELEVEN)])
    for _again in range(2):
        presses.arrive(person, TWELVE, by=cast.secretary)
    assert standing(person)[1] == [Stay(end=ELEVEN), Stay(start=TWELVE)]


def test_a_clock_that_was_put_back_makes_no_interval_that_ends_before_it_begins(person, cast):
    presses.excused(person, by=cast.secretary)
    presses.arrive(person, TWELVE, by=cast.secretary)
    presses.leave(person, ELEVEN, by=cast.secretary)
    assert standing(person)[1] == [Stay(start=TWELVE, end=TWELVE)]


def test_the_last_time_can_be_typed_but_not_before_the_one_it_follows(person, cast):
    presses.excused(person, by=cast.secretary)
    presses.arrive(person, TEN, by=cast.secretary)
    presses.leave(person, TWELVE, by=cast.secretary)
    presses.set_clock(person, ELEVEN, by=cast.secretary)
    assert standing(person)[1] == [Stay(start=TEN, end=ELEVEN)]
    with pytest.raises(TransitionRefused) as refusal:
        presses.set_clock(person, time(9, 0), by=cast.secretary)
    assert refusal.value.reasons == ["09.00 is before the time that comes first."]


def test_one_who_is_there_all_the_time_has_no_time_to_change(person, cast):
    with pytest.raises(TransitionRefused):
        presses.set_clock(person, TEN, by=cast.secretary)


def test_a_press_is_undone_to_what_stood_before(person, cast):
    presses.leave(person, TEN, by=cast.secretary)
    before = presses.standing(person)
    presses.arrive(person, ELEVEN, by=cast.secretary)
    presses.undo(person.meeting, presses.memory(person, before), by=cast.secretary)
    assert standing(person) == ("partial", [Stay(end=TEN)])


def test_a_press_is_not_undone_over_what_somebody_changed_since(person, cast):
    before = presses.standing(person)
    presses.leave(person, TEN, by=cast.secretary)
    remembered = presses.memory(person, before)
    presses.arrive(person, ELEVEN, by=cast.secretary)
    for memory in (remembered, "forged"):
        with pytest.raises(TransitionRefused):
            presses.undo(person.meeting, memory, by=cast.secretary)
    assert len(standing(person)[1]) == 2


def test_on_the_second_day_of_a_meeting_the_first_day_stays_whole(meeting, person, cast):
    MeetingDay.objects.create(meeting=meeting, number=2, date=date(2026, 4, 21))
    presses.leave(person, ELEVEN, by=cast.secretary, day=2, days=2)
    assert standing(person)[1] == [Stay(day=1), Stay(day=2, end=ELEVEN)]
    assert presses.is_here(person, 1)
    assert not presses.is_here(person, 2)


def test_intervals_of_cases_are_left_alone(person, cast):
    attendance.change(person, by=cast.secretary, status="partial", stays=[Stay(not_case="2-41/26")])
    assert presses.is_here(person)
    presses.leave(person, ELEVEN, by=cast.secretary)
    assert standing(person)[1] == [Stay(not_case="2-41/26"), Stay(end=ELEVEN)]


def test_a_deputy_comes_in_for_one_who_leaves(meeting, person, cast):
    deputy = presses.deputy_in(meeting, "Nora Fjeldheim", person, by=cast.secretary, at=ELEVEN)
    assert standing(person) == ("partial", [Stay(end=ELEVEN)])
    assert standing(deputy) == ("partial", [Stay(start=ELEVEN)])
    assert (deputy.role, deputy.stands_in_for) == ("deputy", "Tor Inge Sandbakk")
    assert (deputy.seat.role, deputy.organisation_name) == ("deputy", "Sundby kommune")


def test_a_deputy_for_the_whole_meeting_makes_the_member_excused(meeting, person, cast):
    deputy = presses.deputy_in(meeting, "Nora Fjeldheim", person, by=cast.secretary)
    assert standing(person) == ("apologies", [])
    assert standing(deputy) == ("present", [])


def test_a_deputy_called_again_is_not_listed_twice(meeting, person, cast):
    first = presses.deputy_in(meeting, "Nora Fjeldheim", person, by=cast.secretary, at=TEN)
    presses.leave(first, ELEVEN, by=cast.secretary)
    again = presses.deputy_in(meeting, "Nora Fjeldheim", person, by=cast.secretary, at=TWELVE)
    assert again.pk == first.pk
    assert standing(again)[1] == [Stay(start=TEN, end=ELEVEN), Stay(start=TWELVE)]


def test_deputies_are_proposed_by_rank(meeting, board, cast):
    for name, rank in [("Berit Lien", 2), ("Arne Moe", 1)]:
        factories.make_seat(board, factories.make_person(name), "deputy", deputy_rank=rank)
    assert [seat.name for seat in presses.deputies_of(meeting)] == ["Arne Moe", "Berit Lien", "Nora Fjeldheim"]


@pytest.mark.parametrize(
    "given, expected",
    [
        ({"only_case": "2-41/26", "at": TEN}, ("partial", [Stay(only_case="2-41/26")])),
        ({"at": TEN}, ("partial", [Stay(start=TEN)])),
        ({}, ("present", [])),
    ],
)
def test_a_guest_is_there_for_a_case_or_from_now_on_or_all_the_time(meeting, cast, given, expected):
    guest = presses.guest_in(meeting, "Ingvild Tangen", "Innbyggeretaten", by=cast.secretary, **given)
    assert standing(guest) == expected
    assert (guest.role, guest.organisation_name) == ("guest", "Innbyggeretaten")


def test_final_minutes_keep_who_was_there_and_a_correction_opens_it(meeting, person, cast):
    minutes = factories.make_minutes(meeting, state="final")
    for act in (presses.whole, presses.excused):
        with pytest.raises(TransitionRefused, match="The minutes are final"):
            act(person, by=cast.secretary)
    with pytest.raises(TransitionRefused, match="The minutes are final"):
        presses.guest_in(meeting, "Gro Vik", "", by=cast.secretary)
    assert list(meeting.attendance.all()) == [person]
    assert standing(person)[0] == "present"

    minutes.correction_reason = "Feil oppmøte."
    minutes.save()
    presses.excused(person, by=cast.secretary)
    assert standing(person)[0] == "apologies"


def test_a_press_on_a_page_from_before_the_meeting_was_closed_changes_nothing(meeting, person, cast):
    person.meeting = type(meeting).objects.get(pk=meeting.pk)
    type(meeting).objects.filter(pk=meeting.pk).update(state="closed")
    with pytest.raises(TransitionRefused, match="closed"):
        presses.leave(person, TEN, by=cast.secretary)
    assert standing(person) == ("present", [])
