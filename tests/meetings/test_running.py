"""Running a meeting: the forecast of what is to come, and when its cases began and ended."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.models import Entry
from boardroom.lib.workflow import TransitionRefused
from meetings import forecast, roster, running
from meetings.forecast import Leg
from meetings.models import Attendance, Interval, Meeting
from tests import factories

NOON = datetime(2026, 4, 20, 10, 0, tzinfo=UTC)  # twelve in Norway


def after(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def leg(key: int, planned: int, length: int | None, *, started=None, ended=None, **fields) -> Leg:
    moments = {
        name: None if value is None else after(value) for name, value in (("started", started), ("ended", ended))
    }
    return Leg(key, after(planned), None if length is None else timedelta(minutes=length), **moments, **fields)


def told(legs, now):
    """(minutes after noon at which each coming one may begin, the end, the delay)."""
    found = forecast.forecast(legs, after(now))
    starts = {key: (at - NOON) / timedelta(minutes=1) for key, at in found.starts.items()}
    return starts, (found.end - NOON) / timedelta(minutes=1), found.delay / timedelta(minutes=1)


def test_a_case_begun_six_minutes_late_moves_all_that_follows_by_six_minutes():
    legs = [leg(1, 0, 45, started=6), leg(2, 45, 30), leg(3, 75, 15)]
    assert told(legs, 14) == ({2: 51, 3: 81}, 96, 6)


def test_a_fixed_time_takes_up_the_delay_and_is_never_begun_before_its_time():
    legs = [leg(1, 0, 30, started=10), leg(2, 45, 15, is_fixed=True), leg(3, 60, 10)]
    assert told(legs, 12) == ({2: 45, 3: 60}, 70, 0)


def test_a_case_that_takes_longer_than_planned_pushes_the_rest_minute_by_minute():
    legs = [leg(1, 0, 10, started=0), leg(2, 10, 20)]
    assert told(legs, 25) == ({2: 25}, 45, 15)


def test_a_break_that_was_passed_by_is_dropped_and_a_case_is_not():
    legs = [leg(1, 0, 10), leg(2, 10, 20, is_break=True), leg(3, 30, 10, started=5)]
    assert set(told(legs, 6)[0]) == {1}
    assert forecast.next_of(legs).key == 1


def test_the_next_one_comes_after_the_running_one_also_out_of_order():
    legs = [leg(1, 0, 10, started=30, ended=40), leg(2, 10, 10), leg(3, 20, 10, started=5, ended=30), leg(4, 30, 10)]
    assert forecast.next_of(legs).key == 2
    assert forecast.next_of([leg(1, 0, 10), leg(2, 10, 10, started=1), leg(3, 20, 5)]).key == 3


def test_after_a_case_of_unknown_length_nothing_is_foretold():
    legs = [leg(1, 0, 10, started=0), leg(2, 10, None), leg(3, 20, 10)]
    found = forecast.forecast(legs, after(3))
    assert set(found.starts) == {2}
    assert found.end is None


@st.composite
def meetings(draw):
    """A plan with breaks and fixed times, of which the first have been, and a moment in it."""
    lengths = draw(st.lists(st.integers(0, 90), min_size=1, max_size=12))
    begun = draw(st.integers(0, len(lengths)))
    legs, planned, at = [], 0, draw(st.integers(-10, 30))
    for key, length in enumerate(lengths):
        fields = {"is_fixed": draw(st.booleans()), "is_break": draw(st.booleans())}
        if key < begun:
            took = draw(st.integers(0, 120))
            fields |= {"started": at, "ended": at + took if key < begun - 1 else None}
            at += took
        legs.append(leg(key, planned, length, **fields))
        planned += length
    return legs, draw(st.integers(-60, 600))


@given(meetings())
def test_what_is_to_come_comes_in_order_and_never_before_now(meeting):
    legs, now = meeting
    found = forecast.forecast(legs, after(now))
    starts = list(found.starts.values())
    assert starts == sorted(starts)
    assert all(start >= after(now) for start in starts)
    assert found.end >= max(starts, default=after(now))
    assert all(found.starts[one.key] >= one.planned for one in legs if one.is_fixed and one.key in found.starts)


@given(meetings(), st.integers(0, 200))
def test_time_that_passes_never_brings_anything_nearer(meeting, later):
    legs, now = meeting
    before, then = (forecast.forecast(legs, after(minutes)) for minutes in (now, now + later))
    assert all(then.starts[key] >= start for key, start in before.starts.items())
    assert then.end >= before.end


@given(meetings())
def test_no_case_ever_took_less_than_no_time(meeting):
    legs, now = meeting
    assert all(one.spent(after(now)) >= timedelta(0) for one in legs)


@pytest.fixture
def meeting(board):
    meeting = factories.make_meeting(board, state="called")
    for item, minutes in [(1, 10), (2, 30), (3, 20)]:
        factories.make_row(meeting, f"Sak {item}", item=item, minutes=minutes)
    return meeting


@pytest.fixture
def rows(meeting):
    rows = list(meeting.agenda_rows.all())
    for row in rows:
        row.meeting = meeting
    return rows


@pytest.fixture
def going_on(meeting, cast):
    running.start(meeting, by=cast.secretary, at=NOON)
    return meeting


def spans(meeting):
    """Minutes after noon at which each case began and ended."""
    return [
        tuple(None if at is None else (at - NOON) / timedelta(minutes=1) for at in (row.started_at, row.ended_at))
        for row in meeting.agenda_rows.all()
    ]


def test_the_next_case_ends_the_one_before_and_the_end_ends_the_last(going_on, rows, cast):
    for row, minutes in zip(rows, [1, 12, 40], strict=True):
        running.begin(row, by=cast.secretary, at=after(minutes))
    running.end(going_on, by=cast.secretary, at=after(65))
    assert spans(going_on) == [(1, 12), (12, 40), (40, 65)]
    assert going_on.state == Meeting.State.HELD
    acts = Entry.objects.order_by("seq").values_list("act", flat=True)
    assert list(acts) == ["meetings.start", *["meetings.begin_case"] * 3, "meetings.end", "meetings.hold"]


def test_a_press_twice_changes_nothing(going_on, rows, cast):
    running.begin(rows[0], by=cast.secretary, at=after(1))
    running.begin(rows[0], by=cast.secretary, at=after(2))
    running.start(going_on, by=cast.secretary, at=after(3))
    assert spans(going_on)[0] == (1, None)
    assert going_on.started_at == NOON


def test_a_wrong_press_is_taken_back_and_the_case_before_goes_on(going_on, rows, cast):
    running.begin(rows[0], by=cast.secretary, at=after(1))
    running.begin(rows[1], by=cast.secretary, at=after(5))
    running.take_back(rows[1], by=cast.secretary)
    assert spans(going_on) == [(1, None), (None, None), (None, None)]


def test_a_case_can_be_taken_up_again_with_its_first_start(going_on, rows, cast):
    running.begin(rows[0], by=cast.secretary, at=after(1))
    running.begin(rows[1], by=cast.secretary, at=after(5))
    running.begin(rows[0], by=cast.secretary, at=after(9))
    assert spans(going_on)[:2] == [(1, None), (5, 9)]


def test_an_end_pressed_too_early_is_undone_with_its_last_case(going_on, rows, cast):
    running.begin(rows[0], by=cast.secretary, at=after(1))
    running.end(going_on, by=cast.secretary, at=after(5))
    running.resume(going_on, by=cast.secretary)
    assert running.is_running(going_on)
    assert spans(going_on)[0] == (1, None)


def test_a_clock_that_was_put_back_makes_no_negative_duration(going_on, rows, cast):
    running.begin(rows[0], by=cast.secretary, at=after(20))
    running.begin(rows[1], by=cast.secretary, at=after(5))
    running.end(going_on, by=cast.secretary, at=after(-30))
    assert spans(going_on)[:2] == [(20, 20), (5, 5)]
    assert going_on.ended_at >= going_on.started_at


@pytest.mark.parametrize(
    "state, day, reason",
    [
        ("planned", NOON, "Only a meeting that was called can be started."),
        ("cancelled", NOON, "Only a meeting that was called can be started."),
        ("called", after(-1440), "A meeting is started on its own day. Times can be written in afterwards."),
    ],
)
def test_a_meeting_that_cannot_be_started_says_why(meeting, cast, state, day, reason):
    Meeting.objects.filter(pk=meeting.pk).update(state=state, state_reason="Lederen er syk.")
    meeting.refresh_from_db()
    with pytest.raises(TransitionRefused) as refusal:
        running.start(meeting, by=cast.secretary, at=day)
    assert refusal.value.reasons == [reason]


def test_a_case_is_not_begun_before_the_meeting_nor_after_it(meeting, rows, cast):
    with pytest.raises(TransitionRefused):
        running.begin(rows[0], by=cast.secretary, at=NOON)
    running.start(meeting, by=cast.secretary, at=NOON)
    running.end(meeting, by=cast.secretary, at=after(5))
    with pytest.raises(TransitionRefused):
        running.begin(rows[0], by=cast.secretary, at=after(6))
    assert spans(meeting)[0] == (None, None)


def test_a_withdrawn_case_is_not_begun(going_on, rows, cast):
    rows[1].outcome = "withdrawn"
    rows[1].save()
    with pytest.raises(TransitionRefused) as refusal:
        running.begin(rows[1], by=cast.secretary, at=after(1))
    assert refusal.value.reasons == ["This row is not treated in the meeting."]


@pytest.mark.parametrize(
    "started, ended, reason",
    [
        (None, 5, "Write when it began, too."),
        (9, 5, "It ends before it begins."),
        (5, None, "Another case goes on now. Write when this one ended."),
    ],
)
def test_typed_times_that_cannot_be_are_refused(going_on, rows, cast, started, ended, reason):
    running.begin(rows[0], by=cast.secretary, at=after(1))
    moments = [None if value is None else after(value) for value in (started, ended)]
    with pytest.raises(TransitionRefused) as refusal:
        running.correct(rows[1], *moments, by=cast.secretary)
    assert refusal.value.reasons == [reason]


def test_typed_times_stand_with_what_they_were_in_the_trail(going_on, rows, cast):
    running.begin(rows[0], by=cast.secretary, at=after(1))
    running.correct(rows[0], after(-3), after(8), by=cast.secretary)
    assert spans(going_on)[0] == (-3, 8)
    entry = Entry.objects.get(act="meetings.correct_times")
    assert entry.payload["before"] == ["2026-04-20T10:01:00Z", None]


def test_an_end_shortly_after_midnight_is_the_next_days():
    late = datetime(2026, 4, 20, 21, 50, tzinfo=UTC)
    assert running.after(late, late - timedelta(hours=23, minutes=40)) == late + timedelta(minutes=20)
    assert running.after(NOON, after(-5)) == after(-5)


def test_who_was_at_a_case_follows_from_its_actual_times_where_they_are_known(going_on, rows, cast):
    rows[0].start, rows[0].end = time(12, 0), time(12, 10)
    rows[0].save()
    leaver = factories.make_attendance(going_on, cast.member.person, status=Attendance.Status.PARTIAL)
    Interval.objects.create(attendance=leaver, end=time(12, 20))
    assert roster.roster(going_on, rows[0]).present == [leaver]
    running.correct(rows[0], after(5), after(30), by=cast.secretary)
    assert roster.roster(going_on, rows[0]).partial == [leaver]
    running.correct(rows[0], after(25), after(30), by=cast.secretary)
    assert roster.roster(going_on, rows[0]).absent == [leaver]


def test_one_who_left_while_the_case_goes_on_is_there_for_a_part_of_it(going_on, rows, cast):
    running.begin(rows[0], by=cast.secretary, at=after(5))
    leaver = factories.make_attendance(going_on, cast.member.person, status=Attendance.Status.PARTIAL)
    Interval.objects.create(attendance=leaver, end=time(12, 20))
    stayer = factories.make_attendance(going_on, cast.chair.person)
    there = roster.roster(going_on, rows[0])
    assert (there.present, there.partial) == ([stayer], [leaver])


def test_final_minutes_keep_when_the_meeting_began_and_its_cases_did(board, cast):
    meeting = factories.make_meeting(board, state="held")
    row = factories.make_row(meeting, item=1)
    factories.make_minutes(meeting, state="final")
    for act in (
        lambda: running.correct_hours(meeting, after(0), after(60), by=cast.secretary),
        lambda: running.correct(row, after(0), after(30), by=cast.secretary),
        lambda: running.resume(meeting, by=cast.secretary),
    ):
        with pytest.raises(TransitionRefused, match="The minutes are final"):
            act()
    assert Meeting.objects.filter(pk=meeting.pk, started_at=None, ended_at=None).exists()
    assert meeting.agenda_rows.filter(started_at=None).exists()
