"""The calendar file of a meeting, and a person's own address (A7)."""

from datetime import date, timedelta

import pytest
import vobject
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from boards.models import Seat
from meetings import feeds, notices, workflow
from meetings.models import CalendarFeed, Meeting
from tests import factories


@pytest.fixture
def coming(cast) -> Meeting:
    """A meeting of next week, with one open case."""
    made = factories.make_meeting(cast.board, timezone.localdate() + timedelta(days=7), sequence=77, place="Rådhuset")
    factories.make_row(made, "Ny badeplass ved Sundbytjern")
    return made


@pytest.fixture
def feed(cast, coming):
    return feeds.renew(cast.member, at=timezone.now())


def at(feed: CalendarFeed) -> str:
    return reverse("meetings:feed", args=[feed.token])


def events(answer) -> list:
    return vobject.readOne(answer.content.decode()).contents.get("vevent", [])


def test_the_file_of_a_meeting_is_for_any_calendar(cast, coming, signed_in):
    answer = signed_in(cast.member).get(reverse("meetings:calendar-file", args=[cast.board.slug, coming.slug]))

    made = vobject.readOne(answer.content.decode())
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert (made.method.value, made.vevent.location.value) == ("PUBLISH", "Rådhuset")
    assert made.vevent.summary.value.startswith("Badevannsrådet") and "badeplass" not in answer.content.decode()
    assert "attendee" not in made.vevent.contents


def test_the_address_is_read_without_signing_in_and_holds_ones_own_meetings_only(cast, coming, feed):
    factories.make_meeting(cast.other_board, timezone.localdate() + timedelta(days=8), sequence=5)
    answer = Client().get(at(feed))

    assert [event.uid.value for event in events(answer)] == [f"{coming.uid}@boardroom"]
    assert answer["Cache-Control"].startswith("private") and "noindex" in answer["X-Robots-Tag"]
    assert b"badeplass" not in answer.content and not answer.cookies


def test_the_address_shows_nothing_of_a_board_one_has_left(cast, feed):
    yesterday = timezone.localdate() - timedelta(days=1)
    Seat.objects.filter(person__user=cast.member).update(ends_on=yesterday)

    assert events(Client().get(at(feed))) == []


def test_an_account_that_is_closed_and_an_address_that_was_renewed_are_gone(cast, feed):
    fresh = feeds.renew(cast.member, at=timezone.now())
    assert Client().get(at(feed)).status_code == 404
    assert Client().get(at(fresh)).status_code == 200

    cast.member.is_active = False
    cast.member.save()
    assert Client().get(at(fresh)).status_code == 404


def test_the_address_opens_no_other_page(cast, coming, feed):
    visitor = Client()
    visitor.get(at(feed))

    assert visitor.get(coming.get_absolute_url()).status_code == 302


def test_a_closed_meeting_says_only_that(cast, coming, feed):
    coming.agenda_rows.update(is_closed=True, closed_basis="Kommuneloven § 11-5")
    Meeting.objects.filter(pk=coming.pk).update(name="Samling om Kvitrelund")
    answer = Client().get(at(feed))

    (event,) = events(answer)
    assert event.summary.value in {"Lukket møte, Badevannsrådet", "Closed meeting, Badevannsrådet"}
    assert b"Kvitrelund" not in answer.content and getattr(event, "class").value == "CONFIDENTIAL"


def test_a_cancelled_meeting_stays_and_says_so_with_a_higher_sequence(cast, coming, feed):
    notices.note(coming, by=cast.secretary, at=timezone.now())
    workflow.cancel(coming, by=cast.secretary, reason="For få saker.")
    (event,) = events(Client().get(at(feed)))

    assert (event.status.value, event.sequence.value) == ("CANCELLED", "1")


def test_a_deputy_has_the_meetings_one_was_called_to(cast, coming):
    feed = feeds.renew(cast.deputy, at=timezone.now())
    assert events(Client().get(at(feed))) == []

    called = {"person": cast.deputy.person, "stands_in_for": cast.member.person, "called_at": timezone.now()}
    coming.deputy_calls.create(**called)
    assert len(events(Client().get(at(feed)))) == 1


def test_who_has_it_already_gets_no_copy_until_something_changes(cast, coming, feed):
    first = Client().get(at(feed))
    assert Client().get(at(feed), headers={"If-None-Match": first["ETag"]}).status_code == 304

    Meeting.objects.filter(pk=coming.pk).update(place="Biblioteket")
    assert Client().get(at(feed), headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_as_many_queries_for_thirty_meetings_as_for_three(cast, coming, feed):
    def count() -> int:
        with CaptureQueriesContext(connection) as found:
            Client().get(at(feed))
        return len(found)

    few = count()
    for number in range(30):
        factories.make_meeting(cast.board, date(2027, 3, 1) + timedelta(days=number), sequence=100 + number)
    assert count() == few


def test_one_makes_and_renews_the_address_with_a_button(cast, coming, signed_in):
    client = signed_in(cast.member)
    for _time in range(2):
        answer = client.post(reverse("meetings:renew-feed"), {"next": "//evil.example/"})
        assert answer["Location"] == reverse("meetings:calendar")
    assert CalendarFeed.objects.filter(user=cast.member).count() == 1
