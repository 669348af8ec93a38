"""Both nights of summer time, the turn of the year, 29 February, the last second, and clocks that jump (B18; F10, F22-F24).

Moments are in UTC; what is expected is said in Norwegian time, as people see it.
"""

from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace

import pytest

from boardroom.lib.dates import format_date
from boardroom.lib.times import OSLO, is_double
from boards.models import Board
from followups.models import Reminder, Responsible
from followups.reminders import jobs as reminder_jobs
from followups.reminders import run as reminder_run
from jobs import status
from meetings.deadlines import deadlines
from meetings.forms.meeting import DayForm, NewMeetingForm
from meetings.invitation import Day, Method, calendar
from minutes.review import is_late
from tests.cast import board, cast
from tests.followups.build import follow_up, held_meeting
from tests.meetings.test_invitation import occasion, read

__all__ = ["board", "cast"]

NIGHT_OWL = {"remind_at": time(2, 30), "quiet_from": None, "quiet_until": None, "reminds_on_working_days": False}
ONLY_ON = {"remind_before": None, "remind_every": None}


def local(text: str) -> datetime:
    """`2026-04-27 08:01`, or with `+01:00` behind where autumn shows it twice."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=OSLO)


# (what, when it is due, the board's rule, what the clock shows one after the other, when mail goes out)
REMINDERS = [
    ("half past two is left out in spring", {"due_on": date(2026, 3, 29)}, NIGHT_OWL | ONLY_ON,
     ["2026-03-29 00:25", "2026-03-29 01:59", "2026-03-29 03:31", "2026-03-29 04:31", "2026-03-30 03:31"],
     ["2026-03-29 03:31"]),
    ("half past two comes twice in autumn", {"due_on": date(2026, 10, 25)}, NIGHT_OWL | ONLY_ON,
     ["2026-10-25 00:25", "2026-10-25 02:29+02:00", "2026-10-25 02:31+02:00", "2026-10-25 02:31+01:00", "2026-10-26 02:31"],
     ["2026-10-25 02:31"]),
    ("the morning after the night in spring", {"due_on": date(2026, 3, 30)}, ONLY_ON,
     ["2026-03-30 00:25", "2026-03-30 07:59", "2026-03-30 08:01"], ["2026-03-30 08:01"]),
    ("a week over the night in autumn", {"due_on": date(2026, 10, 27)}, {},
     ["2026-10-20 00:25", "2026-10-20 08:01", "2026-10-26 08:01", "2026-10-27 00:25", "2026-10-27 08:01"],
     ["2026-10-20 08:01", "2026-10-27 08:01"]),
    ("New Year's Day and a weekend", {"due_on": date(2027, 1, 1)}, ONLY_ON,
     ["2027-01-01 08:01", "2027-01-02 08:01", "2027-01-03 08:01", "2027-01-04 00:25", "2027-01-04 08:01", "2027-01-05 08:01"],
     ["2027-01-04 08:01"]),
    ("after the turn of the year", {"due_on": date(2026, 12, 30)}, {"remind_before": None},
     ["2026-12-30 00:25", "2026-12-30 08:01", "2026-12-31 08:01", "2027-01-06 00:25", "2027-01-06 08:01"],
     ["2026-12-30 08:01", "2027-01-06 08:01"]),
    ("29 February", {"due_on": date(2028, 2, 29)}, ONLY_ON,
     ["2028-02-28 08:01", "2028-02-29 00:25", "2028-02-29 08:01", "2028-03-01 08:01"], ["2028-02-29 08:01"]),
    ("a month whose last day is 29 February", {"due_month": date(2028, 2, 1)}, ONLY_ON,
     ["2028-02-28 08:01", "2028-02-29 00:25", "2028-02-29 08:01", "2028-03-31 08:01"], ["2028-02-29 08:01"]),
    ("a week before, on 29 February", {"due_on": date(2028, 3, 7)}, {"remind_on_day": False},
     ["2028-02-28 08:01", "2028-02-29 00:25", "2028-02-29 08:01", "2028-03-01 00:25", "2028-03-01 08:01"],
     ["2028-02-29 08:01"]),
    ("Easter", {"due_on": date(2026, 4, 2)}, ONLY_ON,
     ["2026-04-02 08:01", "2026-04-04 08:01", "2026-04-06 08:01", "2026-04-07 00:25", "2026-04-07 08:01"],
     ["2026-04-07 08:01"]),
    ("the clock goes back an hour when it is told", {"due_on": date(2026, 4, 27)}, {},
     ["2026-04-27 00:25", "2026-04-27 08:01", "2026-04-27 07:01", "2026-04-27 08:01"], ["2026-04-27 08:01"]),
    ("the clock goes back an hour over midnight", {"due_on": date(2026, 4, 27)}, ONLY_ON,
     ["2026-04-27 00:25", "2026-04-26 23:25", "2026-04-27 00:25", "2026-04-27 08:01"], ["2026-04-27 08:01"]),
    ("the clock goes an hour ahead and back", {"due_on": date(2026, 4, 27)}, {},
     ["2026-04-27 00:25", "2026-04-27 07:30", "2026-04-27 08:30", "2026-04-27 07:35", "2026-04-27 08:35"],
     ["2026-04-27 08:30"]),
    ("the clock goes a day ahead and back", {"due_on": date(2026, 4, 28)}, ONLY_ON,
     ["2026-04-27 08:00", "2026-04-28 08:00", "2026-04-28 08:15", "2026-04-27 08:15", "2026-04-28 00:25", "2026-04-28 08:01"],
     ["2026-04-28 08:15"]),
    ("the clock goes a day ahead over the day", {"due_on": date(2026, 4, 28)}, {"remind_before": None},
     ["2026-04-27 23:00", "2026-04-29 00:25", "2026-04-29 08:01", "2026-05-05 00:25", "2026-05-05 08:01"],
     ["2026-05-05 08:01"]),
    ("nothing ran for a day", {"due_on": date(2026, 4, 28)}, {"remind_every": None},
     ["2026-04-22 10:00", "2026-04-22 10:15", "2026-04-29 10:00", "2026-04-29 10:15"], ["2026-04-22 10:15"]),
    ("nothing ran for a week", {"due_on": date(2026, 4, 21)}, {},
     ["2026-04-14 00:25", "2026-04-14 08:01", "2026-04-29 10:00", "2026-04-29 10:15", "2026-05-04 00:25", "2026-05-04 08:01",
      "2026-05-05 00:25", "2026-05-05 08:01"],
     ["2026-04-14 08:01", "2026-04-29 10:15", "2026-05-05 08:01"]),
    ("what ran again late at night waits for the morning", {"due_on": date(2026, 4, 30)}, {"remind_every": None},
     ["2026-04-23 22:00", "2026-04-23 22:30", "2026-04-24 00:25", "2026-04-24 06:59", "2026-04-24 08:01"],
     ["2026-04-24 08:01"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("due", "rule", "clock", "expected"), [case[1:] for case in REMINDERS], ids=[c[0] for c in REMINDERS]
)
def test_a_reminder_goes_out_once(cast, time_machine, mailoutbox, due, rule, clock, expected):
    """Two clocks tick at each of these moments, and what is waiting is done; then the run is simply repeated."""
    Board.objects.filter(pk=cast.board.pk).update(**rule)
    action = follow_up(held_meeting(cast.board, date(2026, 2, 2)), **due).actions.get()
    Responsible.objects.create(action=action, person=cast.member.person)
    sent = []
    for moment in map(local, clock):
        time_machine.move_to(moment, tick=False)
        reminder_jobs.remind_of_follow_ups(moment)
        reminder_jobs.remind_of_follow_ups(moment)
        status.drain(moment)
        reminder_run.remind([cast.board.pk], now=moment)
        sent += [f"{moment:%Y-%m-%d %H:%M}"] * (len(mailoutbox) - len(sent))
    assert sent == expected
    assert Reminder.objects.filter(letter__isnull=False).count() == len(expected)


NEW_YEARS_EVE, LEAP_DAY = date(2026, 12, 31), date(2028, 2, 29)
LAST_SECONDS = [
    (date(2026, 3, 29), "2026-03-29T23:59:59.900+02:00", False),
    (date(2026, 3, 29), "2026-03-30T00:00:00.100+02:00", True),
    (date(2026, 10, 25), "2026-10-25T23:59:59.900+01:00", False),
    (date(2026, 10, 25), "2026-10-26T00:00:00.100+01:00", True),
    (NEW_YEARS_EVE, "2026-12-31T22:59:59.900+00:00", False),
    (NEW_YEARS_EVE, "2026-12-31T23:00:00.100+00:00", True),
    (LEAP_DAY, "2028-02-29T23:59:59.900+01:00", False),
    (LEAP_DAY, "2028-03-01T00:00:00.100+01:00", True),
]


@pytest.mark.parametrize(("deadline", "moment", "late"), LAST_SECONDS)
def test_a_remark_is_late_from_midnight_by_norwegian_time(deadline, moment, late):
    assert is_late(SimpleNamespace(deadline=deadline), datetime.fromisoformat(moment)) is late


DEADLINES = [
    (date(2026, 3, 30), "23. mars 2026"),
    (date(2026, 4, 8), "27. mars 2026"),  # over Easter
    (date(2026, 11, 2), "26. oktober 2026"),
    (date(2027, 1, 5), "28. desember 2026"),  # New Year's Day between
    (date(2028, 3, 7), "29. februar 2028"),
    (date(2028, 2, 29), "22. februar 2028"),
]


@pytest.mark.parametrize(("first_day", "papers"), DEADLINES)
def test_deadlines_are_shown_as_they_are_counted(first_day, papers):
    assert format_date(deadlines(Board(), first_day).papers) == papers


HOURS = [
    (date(2026, 3, 29), time(1, 30), time(3, 30), "2026-03-29T00:30", "2026-03-29T01:30"),
    (date(2026, 3, 28), time(22, 0), time(23, 30), "2026-03-28T21:00", "2026-03-28T22:30"),
    (date(2026, 10, 25), time(2, 30), time(3, 30), "2026-10-25T00:30", "2026-10-25T02:30"),
    (date(2026, 10, 24), time(22, 0), time(23, 30), "2026-10-24T20:00", "2026-10-24T21:30"),
    (NEW_YEARS_EVE, time(23, 0), time(23, 59), "2026-12-31T22:00", "2026-12-31T22:59"),
    (date(2027, 1, 1), time(0, 15), time(1, 0), "2026-12-31T23:15", "2027-01-01T00:00"),
    (LEAP_DAY, time(12, 0), time(15, 0), "2028-02-29T11:00", "2028-02-29T14:00"),
]


@pytest.mark.parametrize(("day", "start", "end", "begins", "ends"), HOURS)
def test_another_program_reads_the_same_hours(day, start, end, begins, ends):
    event = read(calendar(Method.REQUEST, [occasion(Day(day, start, end))])).vevent
    assert (event.dtstart.value, event.dtend.value) == tuple(
        datetime.fromisoformat(moment).replace(tzinfo=UTC) for moment in (begins, ends)
    )


@pytest.mark.parametrize(
    ("form", "day", "start", "is_refused"),
    [
        (DayForm, "29.03.2026", "02.30", True),
        (DayForm, "29.03.2026", "03.00", False),
        (NewMeetingForm, "29.03.2026", "02.00", True),
        (NewMeetingForm, "28.03.2027", "02.59", True),
        (NewMeetingForm, "25.10.2026", "02.30", False),
    ],
)
def test_a_time_that_summer_time_skips_is_refused_where_it_is_typed(form, day, start, is_refused):
    bound = form({"date": day, "start": start})
    assert ("start" in bound.errors) is is_refused
    if is_refused:
        assert "does not exist: the clock is put forward to summer time." in bound.errors["start"][0]
        assert bound["start"].value() == start


def test_of_a_time_that_comes_twice_the_first_is_meant_everywhere():
    day, half_past = date(2026, 10, 25), time(2, 30)
    assert is_double(day, half_past)
    event = read(calendar(Method.REQUEST, [occasion(Day(day, half_past, time(4)))])).vevent
    assert event.dtstart.value - datetime(2026, 10, 25, tzinfo=UTC) == timedelta(minutes=30)
