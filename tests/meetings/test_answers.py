"""Coming or not, deputies in ranked order, and what nobody but the secretariat may read (P36, P40, R50)."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.models import Entry
from boardroom.lib.workflow import TransitionRefused
from boards.models import Seat
from meetings import answers, attendance, deputies
from meetings.models import Attendance, DeputyCall, Meeting, Reply
from meetings.recipients import recipients_of
from tests import factories

OSLO = ZoneInfo("Europe/Oslo")
DAY = date(2026, 12, 3)
BEFORE = datetime(2026, 11, 25, 9, 0, tzinfo=OSLO)
STARTED = datetime(2026, 12, 3, 12, 0, tzinfo=OSLO)
COMING, NOT_COMING = Reply.Answer.COMING, Reply.Answer.NOT_COMING
SECRET = "Skal opereres den dagen"


@pytest.fixture
def world(cast):
    """A called meeting, two more deputies than the cast's, and what the tests press."""
    found = SimpleNamespace(cast=cast, board=cast.board)
    found.meeting = factories.make_meeting(cast.board, DAY, state=Meeting.State.CALLED)
    found.first = cast.deputy.person
    Seat.objects.filter(person=found.first).update(deputy_rank=1)
    found.second = seat_deputy(cast.board, "Oddrun Sletta", 2)
    found.third = seat_deputy(cast.board, "Pål Myhre", 3)
    found.member, found.other = cast.member.person, cast.second_member.person
    return found


def seat_deputy(board, name: str, rank: int):
    user = factories.make_user(name.split()[0].lower(), name=name, email=f"{name.split()[0].lower()}@example.org")
    person = factories.make_person(name, organisation="Sundby kommune", user=user, email=user.email)
    factories.make_seat(board, person, "deputy", deputy_rank=rank)
    return person


def say(world, person, said, at=BEFORE, **more):
    return answers.answer(world.meeting, person, said, at=at, by=person.user, **more)


def call(world, absent, deputy):
    return deputies.call(world.meeting, absent, deputy, at=BEFORE, by=world.cast.secretary)


def standing(world) -> list[tuple[str, str]]:
    """(deputy, for whom) of the calls that stand."""
    calls = world.meeting.deputy_calls.filter(ending="")
    return list(calls.values_list("person__name", "stands_in_for__name"))


def test_the_same_answer_twice_is_one_and_a_mind_can_be_changed_until_the_meeting_begins(world):
    say(world, world.member, COMING)
    say(world, world.member, COMING)
    assert Entry.objects.filter(act="meetings.answer_call").count() == 1

    say(world, world.member, NOT_COMING, at=STARTED - timedelta(minutes=1))
    assert world.meeting.replies.get().answer == NOT_COMING
    with pytest.raises(TransitionRefused, match="The meeting has begun"):
        say(world, world.member, COMING, at=STARTED)
    assert world.meeting.replies.get().answer == NOT_COMING


@pytest.mark.parametrize("state", ["planned", "cancelled", "held"])
def test_nobody_answers_a_meeting_that_is_not_called(world, state):
    Meeting.objects.filter(pk=world.meeting.pk).update(state=state, state_reason="Sykdom")
    with pytest.raises(TransitionRefused):
        say(world, world.member, COMING)
    assert not Reply.objects.exists()


def test_a_deputy_who_was_not_called_is_not_asked(world):
    with pytest.raises(TransitionRefused, match="not called"):
        say(world, world.first, COMING)


def test_the_first_deputy_is_proposed_and_called_with_a_letter(world, django_capture_on_commit_callbacks):
    say(world, world.member, NOT_COMING)
    [proposal] = answers.answers_of(world.meeting).proposals
    assert proposal.absent.person == world.member
    assert [seat.person for seat in proposal.deputies] == [world.first, world.second, world.third]

    call(world, world.member, world.first)
    call(world, world.member, world.first)
    assert standing(world) == [("Nora Fjeldheim", "Tor Inge Sandbakk")]
    assert [letter.kind for letter in world.first.letters.all()] == ["deputy-called"]
    assert world.first in recipients_of(world.meeting, DAY)
    assert answers.answers_of(world.meeting).proposals == []


def test_two_who_do_not_come_get_two_deputies(world):
    say(world, world.member, NOT_COMING)
    say(world, world.other, NOT_COMING)
    proposals = answers.answers_of(world.meeting).proposals
    assert [one.deputies[0].person for one in proposals] == [world.first, world.second]

    call(world, world.other, world.second)
    call(world, world.member, world.first)
    with pytest.raises(TransitionRefused, match="has been called for"):
        call(world, world.member, world.third)
    assert len(standing(world)) == 2


def test_nobody_is_called_for_one_who_comes(world):
    say(world, world.member, COMING)
    with pytest.raises(TransitionRefused, match="has not said no"):
        call(world, world.member, world.first)


def test_a_deputy_who_declines_makes_room_for_the_next(world):
    say(world, world.member, NOT_COMING)
    call(world, world.member, world.first)
    say(world, world.first, NOT_COMING)
    [proposal] = answers.answers_of(world.meeting).proposals
    assert [seat.person for seat in proposal.deputies] == [world.second, world.third]

    say(world, world.first, COMING)
    assert standing(world) == [("Nora Fjeldheim", "Tor Inge Sandbakk")]
    say(world, world.first, NOT_COMING)
    call(world, world.member, world.second)
    with pytest.raises(TransitionRefused, match="Somebody else comes now"):
        say(world, world.first, COMING)
    assert world.meeting.replies.get(person=world.first).answer == NOT_COMING
    assert standing(world) == [("Oddrun Sletta", "Tor Inge Sandbakk")]


def test_a_board_can_have_the_first_deputy_called_at_once(world):
    type(world.board).objects.update(calls_deputies_at_once=True)
    world.meeting.board.refresh_from_db()
    say(world, world.member, NOT_COMING)
    say(world, world.other, NOT_COMING)
    say(world, world.first, NOT_COMING)
    assert sorted(standing(world)) == [("Oddrun Sletta", "Amira Haddad"), ("Pål Myhre", "Tor Inge Sandbakk")]
    say(world, world.third, NOT_COMING)
    assert standing(world) == [("Oddrun Sletta", "Amira Haddad")]


def test_one_who_comes_after_all_leaves_the_deputy_to_the_secretary(world):
    say(world, world.member, NOT_COMING)
    made = call(world, world.member, world.first)
    say(world, world.first, COMING)
    say(world, world.member, COMING)
    told = answers.answers_of(world.meeting)
    assert [one.person for one in told.surplus] == [world.first]
    assert told.forecast.coming == 1

    deputies.release(made, at=BEFORE, by=world.cast.secretary)
    deputies.release(made, at=BEFORE, by=world.cast.secretary)
    assert standing(world) == []
    assert sorted(letter.kind for letter in world.first.letters.all()) == ["deputy-called", "deputy-released"]
    assert world.first not in recipients_of(world.meeting, DAY)
    assert not world.meeting.replies.filter(person=world.first).exists()


def test_the_attendance_list_begins_as_the_answers_say(world):
    say(world, world.member, NOT_COMING)
    call(world, world.member, world.first)
    attendance.prepare(world.meeting, by=world.cast.secretary)
    rows = {one.name: (one.status, one.role, one.stands_in_for) for one in world.meeting.attendance.all()}
    assert rows["Tor Inge Sandbakk"] == ("apologies", "member", "")
    assert rows["Nora Fjeldheim"] == ("present", "deputy", "Tor Inge Sandbakk")
    assert rows["Amira Haddad"] == ("present", "member", "")
    assert "Oddrun Sletta" not in rows


def test_a_list_that_is_made_follows_but_what_was_taken_by_hand_stays(world):
    attendance.prepare(world.meeting, by=world.cast.secretary)
    by_hand = world.meeting.attendance.get(person=world.other)
    by_hand.meeting = world.meeting
    attendance.change(by_hand, by=world.cast.secretary, status=Attendance.Status.ABSENT)
    for person in (world.member, world.other):
        say(world, person, NOT_COMING)
    call(world, world.member, world.first)
    found = dict(world.meeting.attendance.values_list("name", "status"))
    assert found["Tor Inge Sandbakk"] == "apologies"
    assert found["Amira Haddad"] == "absent"
    assert found["Nora Fjeldheim"] == "present"

    say(world, world.member, COMING)
    deputies.release(DeputyCall.objects.get(), at=BEFORE, by=world.cast.secretary)
    found = dict(world.meeting.attendance.values_list("name", "status"))
    assert found["Tor Inge Sandbakk"] == "present"
    assert "Nora Fjeldheim" not in found


def test_the_forecast_counts_deputies_and_says_when_the_board_is_quorate(world):
    assert answers.answers_of(world.meeting).forecast == answers.Forecast(coming=0, silent=3, seats=3, needed=2)
    say(world, world.cast.chair.person, COMING)
    say(world, world.member, NOT_COMING)
    assert not answers.answers_of(world.meeting).forecast.is_reached
    call(world, world.member, world.first)
    say(world, world.first, COMING)
    forecast = answers.answers_of(world.meeting).forecast
    assert (forecast.coming, forecast.silent, forecast.is_reached) == (2, 1, True)


# --- The order of deputies, from anything a register may hold ---

PLACES = st.sampled_from(["", "nord", "Sør"])


@st.composite
def registers(draw):
    """Members who do not come, deputies in their ranked order, and persons who are taken."""
    number, fleet = draw(st.integers(1, 5)), draw(st.integers(0, 7))
    organisation = st.one_of(st.none(), st.integers(1, 3))
    members = [
        Seat(pk=key, person_id=key, role="member", constituency=draw(PLACES), organisation_id=draw(organisation))
        for key in range(1, number + 1)
    ]
    reserve = [
        Seat(
            pk=100 + key, person_id=draw(st.one_of(st.none(), st.integers(1, 12))), role="deputy", deputy_rank=key,
            constituency=draw(PLACES), organisation_id=draw(organisation),
        )
        for key in range(fleet)
    ]  # fmt: skip
    absent = draw(st.lists(st.sampled_from(members), unique_by=lambda seat: seat.pk))
    return members, reserve, absent, draw(st.sets(st.integers(1, 12)))


@settings(max_examples=300, deadline=None)
@given(registers())
def test_no_deputy_is_proposed_for_two_and_the_order_of_each_list_is_kept(found):
    members, reserve, absent, taken = found
    proposed = deputies.assign(absent, reserve, members, taken)
    assert list(proposed) == [seat.pk for seat in absent]
    first = [possible[0].person_id for possible in proposed.values() if possible]
    assert len(first) == len(set(first))
    barred = taken | {seat.person_id for seat in members} | {None}
    organisations = {seat.organisation_id for seat in members}
    for seat in absent:
        possible = proposed[seat.pk]
        assert not barred & {one.person_id for one in possible}
        own = [one for one in possible if one.constituency or one.organisation_id in organisations - {None}]
        assert possible[: len(own)] == own
        for part in (own, possible[len(own) :]):
            assert [one.deputy_rank for one in part] == sorted(one.deputy_rank for one in part)
        for one in own:
            assert one.constituency.casefold() == seat.constituency.casefold()
            assert one.constituency or one.organisation_id == seat.organisation_id


def test_a_seat_that_has_ended_is_nobodys_deputy(world):
    Seat.objects.filter(person=world.first).update(ends_on=DAY - timedelta(days=1))
    say(world, world.member, NOT_COMING)
    [proposal] = answers.answers_of(world.meeting).proposals
    assert [seat.person for seat in proposal.deputies] == [world.second, world.third]
