"""Attendance: rows from seats, and who was there at each case (R47-R49)."""

import json
from datetime import date, time
from pathlib import Path

import pytest

from boards.models import Seat
from meetings import attendance, roster, timing
from meetings.attendance import Stay
from meetings.models import Attendance, Interval
from tests import factories

pytestmark = pytest.mark.django_db
RECORD = Path(__file__).resolve().parents[3] / "shared" / "records" / "produktstyret-39-2023.json"


@pytest.fixture
def meeting(board):
    meeting = factories.make_meeting(board)
    spans = [(time(12, 0), time(12, 5)), (time(12, 5), time(12, 45)), (time(12, 45), time(13, 35))]
    for item, (start, end) in enumerate(spans, start=1):
        factories.make_row(meeting, f"Sak {item}", item=item, start=start, end=end)
    return meeting


def at_each_case(meeting):
    """(whole, part) by case."""
    attendants = roster.Attendants(meeting)
    found = []
    for row in timing.ordered_rows(meeting):
        if row.kind == "case":
            there = attendants.roster(row)
            found.append(([one.name for one in there.present], [one.name for one in there.partial]))
    return found


def test_everyone_with_a_seat_is_listed_once_the_chair_first(cast, meeting):
    attendance.prepare(meeting, by=cast.secretary)
    attendance.prepare(meeting, by=cast.secretary)
    assert [(one.name, one.role) for one in meeting.attendance.all()] == [
        ("Ragnhild Myrvold", "chair"),
        ("Tor Inge Sandbakk", "member"),
        ("Amira Haddad", "member"),
        ("Håkon Ødegård", "observer"),
        ("Sigrun Aasland Vik", "secretary"),
    ]


def test_a_seat_that_ended_before_the_meeting_is_not_listed(cast, meeting):
    Seat.objects.filter(name="Amira Haddad").update(ends_on=date(2026, 4, 19))
    attendance.prepare(meeting, by=cast.secretary)
    assert not meeting.attendance.filter(name="Amira Haddad").exists()


@pytest.mark.parametrize(
    "stay, expected",
    [
        (Stay(start=time(12, 30)), [None, "part", "whole"]),
        (Stay(end=time(12, 45)), ["whole", "whole", None]),
        (Stay(start=time(12, 0), end=time(13, 0)), ["whole", "whole", "part"]),
        (Stay(from_case="2-41/26"), [None, "whole", "whole"]),
        (Stay(until_case="2-41/26"), ["whole", "whole", None]),
        (Stay(not_case="2"), ["whole", None, "whole"]),
        (Stay(only_case="Sak 3-41/26"), [None, None, "whole"]),
        (Stay(day=2), [None, None, None]),
    ],
)
def test_an_interval_covers_the_cases_it_covers(cast, meeting, stay, expected):
    attendance.add(meeting, by=cast.secretary, name="Per Dahl", role="member", status="partial", stays=[stay])
    found = ["whole" if whole else "part" if part else None for whole, part in at_each_case(meeting)]
    assert found == expected


def test_observers_guests_and_the_absent_are_not_counted(cast, meeting):
    for role, status in [("observer", "present"), ("guest", "present"), ("member", "apologies"), ("deputy", "present")]:
        attendance.add(meeting, by=cast.secretary, name=f"{role} {status}", role=role, status=status)
    assert at_each_case(meeting) == [(["deputy present"], [])] * 3


def test_without_a_role_on_the_list_the_seat_of_that_name_counts(cast, meeting):
    for name in ("Amira Haddad", "Nina Skriver"):
        attendance.add(meeting, by=cast.secretary, name=name, role="", status="present")
    assert at_each_case(meeting)[0] == (["Amira Haddad"], [])


def test_the_quorum_is_more_than_half_of_the_seats(cast, meeting):
    attendance.prepare(meeting, by=cast.secretary)
    one, two, _three = meeting.attendance.filter(role__in=["chair", "member"])
    attendance.change(one, by=cast.secretary, status=Attendance.Status.APOLOGIES)
    row = meeting.agenda_rows.get(item=2)
    assert roster.quorum(meeting, row) == roster.Quorum(present=2, seats=3, needed=2)
    attendance.change(two, by=cast.secretary, status="partial", stays=[Stay(start=time(12, 30))])
    assert roster.quorum(meeting, row).is_reached is False


@pytest.mark.skipif(not RECORD.exists(), reason="the sample records are not on this machine")
def test_the_members_at_each_case_of_the_sample_record(board):
    """G39-4: 14 at cases 1 and 2; one comes in case 3, one leaves in case 4, two in case 5; 12 from then on."""
    data = json.loads(RECORD.read_text())["meetings"][-1]
    meeting = factories.make_meeting(board, date(2023, 4, 20), sequence=39)
    for order, row in enumerate(data["agenda"], start=1):
        hours = {name: time.fromisoformat(row[name]) for name in ("start", "end") if row.get(name)}
        meeting.agenda_rows.create(
            order=order, kind=row["kind"], title=row["title"], label=row.get("label", ""), **hours
        )
    for order, one in enumerate(data["attendance"]):
        row = Attendance.objects.create(
            meeting=meeting, order=order, name=one["person"], role=one.get("role") or "", status=one["status"]
        )
        for interval in one.get("intervals", []):
            start, end = time.fromisoformat(interval["from"]), time.fromisoformat(interval["until"])
            Interval.objects.create(attendance=row, start=start, end=end)
    assert [(len(whole), len(part)) for whole, part in at_each_case(meeting)] == [
        (14, 0), (14, 0), (14, 1), (14, 1), (12, 2), (12, 0), (12, 0), (12, 0)
    ]  # fmt: skip
