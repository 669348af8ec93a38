"""Invitations as another program reads them: vobject and dateutil know nothing of how they were written (B18, A22)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import example, given
from hypothesis import strategies as st

from meetings.invitation import Day, Method, Occasion, Party, Status, calendar

OSLO = ZoneInfo("Europe/Oslo")
STAMP = datetime(2026, 4, 10, 10, 0, tzinfo=UTC)
BOARD = Party("Badevannsrådet", "boardroom@example.org")
MEMBER = Party("Tor Inge Sandbakk", "tor@example.org")
# A line break of any kind, an end that is not ours, what escaping uses, and what shows nothing.
NASTY = 'Rom 3\r\nEND:VEVENT\r\nATTENDEE:mailto:evil@example.org\nX\x0b\x0c\x85\u2028\u2029\x00\x1b[0m;,\\"^'


def occasion(*days: Day, **given) -> Occasion:
    said = {
        "uid": "9f2c@boardroom", "sequence": 0, "summary": "Badevannsrådet, møte 41/2026", "stamp": STAMP,
        "days": days or (Day(date(2026, 4, 20), time(12), time(15)),), "organizer": BOARD, "attendee": MEMBER,
    }  # fmt: skip
    return Occasion(**{**said, **given})


def read(data: bytes):
    """The calendar as vobject has it, after the raw lines were checked against RFC 5545, 3.1."""
    assert data.endswith(b"\r\n") and b"\n" not in data.replace(b"\r\n", b"")
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    return vobject.readOne(data.decode())


def test_an_invitation_is_read_right():
    found = occasion(
        place="Rådhuset, sal B", link="https://moter.example/41?a=1&b=2", url="https://styre.example/m/41/"
    )
    made = read(calendar(Method.REQUEST, [found]))
    event = made.vevent

    assert (made.method.value, made.version.value) == ("REQUEST", "2.0")
    assert (event.uid.value, event.sequence.value, event.status.value) == ("9f2c@boardroom", "0", "CONFIRMED")
    assert event.dtstart.value == datetime(2026, 4, 20, 10, 0, tzinfo=UTC)
    assert event.dtend.value == datetime(2026, 4, 20, 13, 0, tzinfo=UTC)
    assert event.dtstamp.value == STAMP
    assert event.summary.value == "Badevannsrådet, møte 41/2026"
    assert event.location.value == "Rådhuset, sal B"
    assert event.url.value == "https://styre.example/m/41/"
    assert event.conference.value == "https://moter.example/41?a=1&b=2"
    assert event.organizer.value == "mailto:boardroom@example.org"
    assert [one.value for one in event.attendee_list] == ["mailto:tor@example.org"]
    assert event.attendee.params["RSVP"] == ["FALSE"] and event.attendee.params["PARTSTAT"] == ["NEEDS-ACTION"]


def test_an_update_is_the_same_event_with_a_higher_sequence():
    first = read(calendar(Method.REQUEST, [occasion()])).vevent
    later = occasion(Day(date(2026, 4, 27), time(9), time(12)), sequence=1)
    second = read(calendar(Method.REQUEST, [later])).vevent

    assert second.uid.value == first.uid.value
    assert int(second.sequence.value) > int(first.sequence.value)
    assert second.dtstart.value == datetime(2026, 4, 27, 7, 0, tzinfo=UTC)


def test_a_cancellation_names_the_event_and_says_it_is_off():
    off = occasion(sequence=2, status=Status.CANCELLED)
    made = read(calendar(Method.CANCEL, [off]))

    assert made.method.value == "CANCEL"
    assert (made.vevent.uid.value, made.vevent.sequence.value) == ("9f2c@boardroom", "2")
    assert (made.vevent.status.value, made.vevent.transp.value) == ("CANCELLED", "TRANSPARENT")


@pytest.mark.parametrize(
    ("day", "hour", "utc"),
    [
        (date(2026, 3, 28), 12, 11),  # the day before summer time begins
        (date(2026, 3, 29), 12, 10),  # the day it began in the night
        (date(2026, 10, 24), 12, 10),  # the last of it
        (date(2026, 10, 25), 12, 11),  # the day it ended in the night
    ],
)
def test_summer_time_is_right_on_either_side_of_both_nights(day, hour, utc):
    event = read(calendar(Method.REQUEST, [occasion(Day(day, time(hour), time(hour + 1)))])).vevent

    assert event.dtstart.value == datetime(day.year, day.month, day.day, utc, tzinfo=UTC)


@given(
    st.dates(date(2020, 1, 1), date(2040, 12, 31)),
    st.times(),
    st.one_of(st.none(), st.times()),
)
@example(date(2026, 3, 29), time(2, 30), time(3, 0))  # half past two does not exist that night
@example(date(2026, 3, 29), time(1, 30), time(2, 15))
@example(date(2026, 10, 25), time(1, 30), time(2, 30))  # half past two comes twice
@example(date(2026, 10, 25), time(2, 45), time(2, 15))
@example(date(2026, 12, 31), time(23, 0), time(1, 0))
@example(date(2028, 2, 29), time(23, 59), time(0, 0))
def test_any_hours_are_the_same_moment_for_another_program(day, start, end):
    start = start.replace(second=0, microsecond=0)
    end = end and end.replace(second=0, microsecond=0)
    event = read(calendar(Method.REQUEST, [occasion(Day(day, start, end))])).vevent

    assert event.dtstart.value == datetime.combine(day, start, OSLO).astimezone(UTC)
    assert hasattr(event, "dtend") == (end is not None and end != start)
    if hasattr(event, "dtend"):
        assert timedelta(0) < event.dtend.value - event.dtstart.value <= timedelta(hours=25)


def test_days_of_one_meeting_are_one_event_with_its_own_hours_each_day():
    days = [
        Day(date(2026, 10, 24), time(10), time(15)),
        Day(date(2026, 10, 25), time(10), time(15)),  # an hour later by the world's clock: summer time ended
        Day(date(2026, 10, 27), time(9), time(12)),
    ]
    made = read(calendar(Method.REQUEST, [occasion(*days)]))
    held = {}
    for event in made.vevent_list:
        if hasattr(event, "recurrence_id"):
            held[event.recurrence_id.value] = event.dtstart.value, event.dtend.value
        else:
            length = event.dtend.value - event.dtstart.value
            held |= {start: (start, start + length) for start in event.getrruleset()} | held

    assert {event.uid.value for event in made.vevent_list} == {"9f2c@boardroom"}
    assert sorted(held.values()) == [
        (datetime(2026, 10, 24, 8, tzinfo=UTC), datetime(2026, 10, 24, 13, tzinfo=UTC)),
        (datetime(2026, 10, 25, 9, tzinfo=UTC), datetime(2026, 10, 25, 14, tzinfo=UTC)),
        (datetime(2026, 10, 27, 8, tzinfo=UTC), datetime(2026, 10, 27, 11, tzinfo=UTC)),
    ]


def test_a_day_without_hours_is_the_whole_day():
    event = read(calendar(Method.REQUEST, [occasion(Day(date(2026, 12, 31)))])).vevent

    assert (event.dtstart.value, event.dtend.value) == (date(2026, 12, 31), date(2027, 1, 1))


@given(st.text(), st.text(), st.text(), st.text(), st.text())
@example(NASTY, NASTY, NASTY, NASTY, NASTY)
@example("", "", "", "", "\t")
def test_nothing_typed_makes_a_line_of_its_own(summary, place, name, link, description):
    said = occasion(
        summary=summary, place=place, link=link, description=description, attendee=Party(name, "tor@example.org"),
        url="https://styre.example/\r\nX:1",
    )  # fmt: skip
    data = calendar(Method.REQUEST, [said])
    made = read(data)

    assert [one.name for one in made.getChildren()].count("VEVENT") == 1
    assert [one.value for one in made.vevent.attendee_list] == ["mailto:tor@example.org"]
    assert data.count(b"\r\nEND:VEVENT\r\n") == 1 and b"\r\nX:1" not in data
    assert made.vevent.summary.value == " ".join(made.vevent.summary.value.split())
    assert not any(
        ord(character) < 32 and character not in "\n\t" for character in made.serialize().replace("\r\n", "")
    )


def test_a_closed_meeting_is_marked_as_such():
    event = read(calendar(Method.PUBLISH, [occasion(is_closed=True, organizer=None, attendee=None)])).vevent

    assert getattr(event, "class").value == "CONFIDENTIAL"
    assert not hasattr(event, "attendee")
