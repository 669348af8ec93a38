"""The calendar: a year, a month and a list, over all boards of the reader and of one (R7, R8)."""

import re
from datetime import date, time

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings import workflow
from meetings.calendar import deadlines_of, entries_of, month_of, year_of
from meetings.models import CalendarEntry, Meeting, MeetingDay
from publishing.printing.facts import gather
from tests import factories

pytestmark = pytest.mark.django_db
VIEWS = ("year", "month", "list")


def seen(client, url=None, **asked) -> str:
    """The words of the page, blanks as one."""
    text = client.get(url or reverse("meetings:calendar"), asked).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", text.split("<main")[1].split("</main>")[0]).split())


def of_board(cast) -> str:
    return reverse("meetings:board-calendar", args=[cast.board.slug])


@pytest.mark.parametrize("view", VIEWS)
def test_every_state_is_told_in_words(cast, signed_in, view):
    states = [
        ("tentative", ""),
        ("planned", ""),
        ("called", ""),
        ("held", ""),
        ("cancelled", "Syk"),
        ("postponed", "Is"),
    ]
    for number, (state, reason) in enumerate(states, start=1):
        factories.make_meeting(cast.board, date(2027, 4, number), sequence=number, state=state, state_reason=reason)
    text = seen(signed_in(cast.member), year="2027", month="4", view=view).lower()
    assert [
        word for word in ("tentative", "planned", "called", "held", "cancelled", "postponed") if word not in text
    ] == []


def test_a_cancelled_meeting_is_struck_through(cast, signed_in):
    factories.make_meeting(cast.board, date(2027, 4, 1), state="cancelled", state_reason="Ingen saker")
    page = signed_in(cast.member).get(reverse("meetings:calendar"), {"year": "2027"}).content.decode()
    assert re.search(r"<s>\s*<a[^>]*>[^<]*41/2027</a>\s*</s>", page)


def test_a_moved_meeting_stands_on_both_dates(cast, signed_in):
    meeting = factories.make_meeting(cast.board, date(2027, 3, 15))
    workflow.move(meeting, date(2027, 4, 12), by=cast.secretary)
    text = seen(signed_in(cast.member), year="2027")
    assert ("moved from 15. mars" in text, "moved to 12. april" in text) == (True, True)


def test_holidays_weeks_and_today_are_marked(cast, signed_in):
    with time_machine.travel("2027-05-20 10:00+02:00", tick=False):
        page = signed_in(cast.member).get(reverse("meetings:calendar"), {"view": "month"}).content.decode()
    assert "Constitution Day, Whit Monday" in page
    assert re.search(r'<td class="[^"]*is-today[^"]*" aria-current="date"><span class="cal-number">.*?20\.', page)
    assert '<th scope="row">20</th>' in page
    assert len(re.findall(r'<th scope="col">', page)) == 8


def test_months_count_weeks_over_the_turn_of_the_year():
    month = month_of(date(2027, 1, 1), [], date(2027, 1, 1))
    assert [week.number for week in month.weeks] == [53, 1, 2, 3, 4]
    assert sum(day.is_today for week in month.weeks for day in week.days) == 1
    assert [day.holiday for day in month.holidays] == ["New Year's Day"]


def test_a_meeting_over_two_months_stands_in_both(cast):
    meeting = factories.make_meeting(cast.board, date(2027, 4, 30))
    MeetingDay.objects.create(meeting=meeting, number=2, date=date(2027, 5, 1), start=time(9, 0))
    months = year_of(2027, entries_of(Meeting.objects.prefetch_related("days"), []), date(2027, 1, 1))
    assert [month.first.month for month in months if month.entries] == [4, 5]


def test_the_reader_sees_own_boards_and_may_choose_one(cast, signed_in):
    factories.make_meeting(cast.board, date(2027, 3, 15), sequence=41)
    factories.make_meeting(cast.other_board, date(2027, 3, 16), sequence=7)
    client = signed_in(cast.member)
    text = seen(client, year="2027")
    assert ("41/2027" in text, "7/2027" in text) == (True, False)
    factories.make_seat(cast.other_board, cast.member.person, "member")
    client = signed_in(cast.member)
    assert "Kulturrådet i Sundby 7/2027" in seen(client, year="2027")
    chosen = seen(client, year="2027", board=cast.board.slug)
    assert ("41/2027" in chosen, "7/2027" in chosen) == (True, False)
    assert "41/2027" in seen(client, url=of_board(cast), year="2027")


@pytest.mark.parametrize(
    "asked", [{"year": "20x7"}, {"year": "1"}, {"month": "13"}, {"view": "day"}, {"board": "none"}]
)
def test_what_is_no_date_is_passed_over(cast, signed_in, asked):
    assert signed_in(cast.member).get(reverse("meetings:calendar"), asked).status_code == 200


def test_an_imported_date_stands_there_until_a_meeting_has_it(cast, signed_in):
    CalendarEntry.objects.create(board=cast.board, date=date(2027, 4, 23), start=time(12, 0), is_tentative=True)
    client = signed_in(cast.secretary)
    assert "1 meeting, 1 of them tentative" in seen(client, year="2027")
    factories.make_meeting(cast.board, date(2027, 4, 23), state="planned")
    text = seen(client, url=of_board(cast), year="2027")
    assert ("1 meeting" in text, "tentative" in text, "Change the imported dates" in text) == (True, False, True)


def test_deadlines_are_shown_to_the_secretary_who_asks(cast, signed_in):
    factories.make_meeting(cast.board, date(2027, 5, 20), state="planned")
    cast.board.call_days, cast.board.papers_days = 7, 5
    cast.board.save()
    assert "deadline" not in seen(signed_in(cast.secretary), year="2027").replace("Show deadlines", "")
    for view in VIEWS:
        text = seen(signed_in(cast.secretary), year="2027", month="5", view=view, deadlines="on")
        assert ("deadline: call" in text, "deadline: papers" in text, "1 meeting" in text) == (True, True, True)
    due = [(entry.date, entry.due) for entry in deadlines_of(Meeting.objects.select_related("board"))]
    assert (date(2027, 5, 10), "Call") in due  # seven working days before, without 17 May (Whit Monday)
    assert "deadline" not in seen(signed_in(cast.member), year="2027", deadlines="on")


def test_the_printed_calendar_follows_the_meetings(cast):
    meeting = factories.make_meeting(cast.board, date(2027, 2, 12), sequence=1, state="planned")
    assert gather(meeting)["calendar"] == []
    factories.make_meeting(cast.board, date(2027, 4, 23), sequence=2, state="tentative")
    factories.make_meeting(cast.board, date(2027, 6, 4), sequence=3, state="cancelled", state_reason="Ingen saker")
    CalendarEntry.objects.create(board=cast.board, date=date(2027, 4, 23))
    CalendarEntry.objects.create(board=cast.board, date=date(2027, 9, 10), start=time(12, 0))
    dates = [(one["date"], one.get("tentative")) for one in gather(meeting)["calendar"]]
    assert dates == [("2027-02-12", False), ("2027-04-23", True), ("2027-09-10", None)]
    Meeting.objects.filter(pk=meeting.pk).update(prints_calendar=False)
    assert gather(meeting)["calendar"] == []


def test_an_imported_meeting_prints_the_calendar_of_its_source(cast):
    meeting = factories.make_meeting(cast.board, date(2021, 2, 12), sequence=1, is_as_written=True)
    factories.make_meeting(cast.board, date(2021, 4, 23), sequence=2)
    CalendarEntry.objects.create(board=cast.board, date=date(2021, 2, 12))
    assert [one["date"] for one in gather(meeting)["calendar"]] == ["2021-02-12"]


@pytest.mark.parametrize("view", VIEWS)
def test_a_full_calendar_costs_no_more_than_an_empty_one(cast, signed_in, view):
    client = signed_in(cast.secretary)
    url = reverse("meetings:calendar")

    def cost() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(url, {"view": view, "year": "2027", "month": "3"})
        return len(found)

    def fill(days) -> None:
        for day in days:
            factories.make_meeting(cast.board, date(2027, 3, day), sequence=day, state="tentative")

    fill(range(1, 4))
    cost()
    short = cost()
    fill(range(4, 31))
    assert cost() == short
