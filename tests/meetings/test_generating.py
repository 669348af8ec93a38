"""A year of meetings from a rule, and a meeting that is moved: what speaks against a date is said, and stops nothing."""

from datetime import date, time
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Entry
from boards.models import Person
from jobs.models import Job
from meetings import generating, moving
from meetings.models import Meeting
from tests import factories

pytestmark = pytest.mark.django_db
RULE = {
    "year": "2027", "first": "2027-01", "last": "2027-12", "kind": "monthly", "place": "1", "weekday": "0", "months": "1",
    "without": ["7", "12"], "start": "9", "end": "12.00", "where": "Rådhuset", "is_tentative": "on",
}  # fmt: skip


def page(cast, **changed) -> str:
    asked = urlencode(RULE | changed, doseq=True)
    return f"{reverse('meetings:generate', args=[cast.board.slug])}?{asked}"


def posted(days: list[str], without: tuple[int, ...] = (), **more) -> dict:
    rows = {f"dates-{place}-day": day for place, day in enumerate(days)}
    rows |= {f"dates-{place}-take": "on" for place in range(len(days)) if place not in without}
    return rows | {"dates-TOTAL_FORMS": len(days), "dates-INITIAL_FORMS": len(days)} | more


def proposed(answer) -> list[tuple[date, bool]]:
    return [(line["day"], line["is_ticked"]) for line in answer.context["lines"]]


def test_the_rule_gives_dates_and_makes_nothing(cast, signed_in):
    answer = signed_in(cast.secretary).get(page(cast))
    days = [day for day, _ticked in proposed(answer)]
    assert [day.month for day in days] == [1, 2, 3, 4, 5, 6, 8, 9, 10, 11]
    assert {day.weekday() for day in days} == {0}
    assert "Make 10 meetings" in answer.content.decode()
    assert not Meeting.objects.exists()


def test_what_speaks_against_a_date_stands_beside_it(cast, signed_in):
    factories.make_meeting(cast.board, date(2027, 2, 1), sequence=3)
    answer = signed_in(cast.secretary).get(page(cast, last="2027-06", place="4"))
    assert dict(proposed(answer))[date(2027, 3, 22)]
    assert "The day is in the week before Easter." in answer.content.decode()
    taken = signed_in(cast.secretary).get(page(cast, last="2027-02"))
    assert dict(proposed(taken)) == {date(2027, 1, 4): True, date(2027, 2, 1): False}
    assert "The board has meeting 3/2027 that day." in taken.content.decode()


def test_another_board_is_named_only_to_those_who_may_know(cast):
    person = Person.objects.get(user=cast.member)
    factories.make_seat(cast.other_board, person, "member")
    factories.make_meeting(cast.other_board, date(2027, 2, 1))
    said = {
        who: generating.doubts(cast.board, [date(2027, 2, 1)], getattr(cast, who))[date(2027, 2, 1)]
        for who in ("secretary", "member")
    }
    assert said["secretary"] == ["Another board meets that day, with 1 person of this board."]
    assert said["member"] == ["Kulturrådet i Sundby meets that day, with 1 person of this board."]


def test_the_ticked_dates_are_meetings_numbered_in_order(cast, signed_in):
    factories.make_meeting(cast.board, date(2026, 11, 2), sequence=41)
    data = posted(["04.01.2027", "02.02.2027", "1. mars 2027"], without=(1,), create="1")
    answer = signed_in(cast.secretary).post(page(cast), data)
    made = list(Meeting.objects.filter(first_day__year=2027).order_by("first_day"))
    assert [(one.number, one.first_day, one.state, one.place) for one in made] == [
        ("42/2027", date(2027, 1, 4), "tentative", "Rådhuset"),
        ("43/2027", date(2027, 3, 1), "tentative", "Rådhuset"),
    ]
    assert [(day.start, day.end) for one in made for day in one.days.all()] == [(time(9, 0), time(12, 0))] * 2
    assert answer.url.endswith("/annual-plan/?year=2027")
    assert Entry.objects.filter(act="meetings.create").count() == 2
    assert Entry.objects.filter(act="meetings.create_year").count() == 1
    assert Job.objects.filter(kind="carry").exists()


def test_one_date_that_cannot_be_read_makes_no_meeting_and_loses_no_typing(cast, signed_in):
    data = posted(["04.01.2027", "31.02.2027"], create="1")
    answer = signed_in(cast.secretary).post(page(cast), data)
    assert (answer.status_code, Meeting.objects.exists()) == (422, False)
    assert ("31.02.2027" in answer.content.decode(), "does not exist" in answer.content.decode()) == (True, True)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (posted(["04.01.2027"], without=(0,), create="1"), "Tick at least one date."),
        (posted(["04.01.2027", "4.1.27"], create="1"), "Two meetings have the same date."),
    ],
)
def test_what_cannot_be_made_is_told(cast, signed_in, data, said):
    answer = signed_in(cast.secretary).post(page(cast), data)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)


def test_a_changed_date_is_looked_over_again(cast, signed_in):
    answer = signed_in(cast.secretary).post(page(cast), posted(["17.05.2027"], check="1"))
    assert (answer.status_code, Meeting.objects.exists()) == (200, False)
    assert "Constitution Day, Whit Monday is a public holiday." in answer.content.decode()


def test_weeks_are_counted_from_the_first_meeting(cast, signed_in):
    asked = {"kind": "weekly", "begins": "7.1.2027", "weeks": "3", "last": "2027-02"}
    answer = signed_in(cast.secretary).get(page(cast, **asked))
    assert [day for day, _ticked in proposed(answer)] == [date(2027, 1, 7), date(2027, 1, 28), date(2027, 2, 18)]
    lacking = signed_in(cast.secretary).get(page(cast, **(asked | {"begins": ""})))
    assert (lacking.status_code, "Write the date of the first meeting." in lacking.content.decode()) == (422, True)


def test_many_dates_cost_no_more_queries_than_few(cast):
    days = [date(2027, 1, day) for day in range(1, 31)]

    def cost(some) -> int:
        with CaptureQueriesContext(connection) as found:
            generating.doubts(cast.board, some, cast.secretary)
        return len(found)

    assert cost(days) == cost(days[:3])


def test_a_move_past_a_neighbour_is_told_and_changes_no_number(cast, signed_in):
    first = factories.make_meeting(cast.board, date(2027, 2, 8), sequence=46, state="planned")
    factories.make_meeting(cast.board, date(2027, 3, 8), sequence=47, state="planned")
    assert moving.move_doubts(first, date(2027, 3, 1), cast.secretary) == []
    url, client = reverse("meetings:move", args=[cast.board.slug, first.slug]), signed_in(cast.secretary)
    data = {"date": "15.3.2027", "start": "9", "end": "11"}
    answer = client.post(url, data)
    assert (
        "Meeting 46/2027 would come after meeting 47/2027 on 8. mars. Both keep their numbers."
        in answer.content.decode()
    )
    first.refresh_from_db()
    assert (answer.status_code, first.first_day) == (422, date(2027, 2, 8))
    assert client.post(url, data | {"seen": answer.context["seen"]}).status_code == 302
    first.refresh_from_db()
    assert (first.first_day, first.moved_from, first.number) == (date(2027, 3, 15), date(2027, 2, 8), "46/2027")
    assert first.days.get().start == time(9, 0)


def test_doubts_of_one_date_do_not_cover_another(cast, signed_in):
    meeting = factories.make_meeting(cast.board, date(2027, 2, 8), state="planned")
    url, client = reverse("meetings:move", args=[cast.board.slug, meeting.slug]), signed_in(cast.secretary)
    answer = client.post(url, {"date": "14.2.2027", "seen": "2027-02-13"})
    assert (answer.status_code, "The day is a Sunday." in answer.content.decode()) == (422, True)


def test_a_called_meeting_is_moved_for_a_reason_only(cast, signed_in):
    meeting = factories.make_meeting(cast.board, date(2027, 2, 8), state="called")
    url, client = reverse("meetings:move", args=[cast.board.slug, meeting.slug]), signed_in(cast.secretary)
    assert client.post(url, {"date": "10.2.2027"}).status_code == 422
    assert client.post(url, {"date": "10.2.2027", "reason": "Storm"}).status_code == 302
