"""Prepared queries ask what their querysets ask, with the values of each call."""

from datetime import date, timedelta
from threading import Thread

import pytest
from django.db import connection
from django.db.models import BigAutoField, CharField, DateField, F
from django.test.utils import CaptureQueriesContext

from boardroom.lib.prepared import among, give, insert, prepared, prepared_update, write
from boards.models import Board
from meetings.models import Meeting, MeetingDay
from tests import factories

DAY = date(2026, 3, 2)


@prepared(board=BigAutoField(), day=DateField())
def _meetings(board, day):
    return Meeting.objects.filter(board=board, first_day__gte=day).select_related("board").order_by("first_day")


@prepared(slug=CharField())
def _names(slug):
    return Board.objects.filter(slug=slug).values_list("pk", "name")


@prepared(user=BigAutoField(), day=DateField())
def _visible(user, day):
    return Board.objects.visible_to(user, day)


@prepared(boards=[BigAutoField()], day=DateField())
def _of_boards(boards, day):
    return Meeting.objects.filter(among("board", boards), first_day=day).order_by("pk")


@pytest.fixture
def board(db):
    return factories.make_board()


def test_every_call_has_its_own_values(board):
    first = factories.make_meeting(board, DAY)
    second = factories.make_meeting(board, DAY + timedelta(days=7), sequence=42)
    assert _meetings(board=board.pk, day=DAY) == [first, second]
    assert _meetings(board=board.pk, day=DAY + timedelta(days=1)) == [second]
    assert _meetings(board=board.pk + 1, day=DAY) == []
    assert _meetings(board=board.pk, day=DAY) == [first, second]


def test_what_is_joined_needs_no_query_of_its_own(board):
    factories.make_meeting(board, DAY)
    with CaptureQueriesContext(connection) as asked:
        (found,) = _meetings(board=board.pk, day=DAY)
        assert found.board.name == board.name
    assert len(asked) == 1


def test_a_change_is_seen_by_the_next_call(board):
    assert _names(slug=board.slug) == [(board.pk, board.name)]
    Board.objects.filter(pk=board.pk).update(name="Nemnda for lyktestolpar")
    assert _names(slug=board.slug) == [(board.pk, "Nemnda for lyktestolpar")]


def test_who_asks_is_a_value_like_others(board):
    member, stranger = factories.make_user("medlem"), factories.make_user("fremmed")
    factories.make_seat(board, factories.make_person("Tuva Strand", user=member))
    assert _visible(user=member.pk, day=DAY) == [board]
    assert _visible(user=stranger.pk, day=DAY) == []


def test_nothing_is_not_a_value(board):
    _names(slug=board.slug)
    with pytest.raises(ValueError, match="slug"):
        _names(slug=None)
    with pytest.raises(TypeError):
        _names()


@pytest.mark.django_db(transaction=True)
def test_two_threads_use_connections_of_their_own():
    board, found = factories.make_board(), []

    def ask():
        found.append(_names(slug=board.slug))
        connection.close()

    for _again in range(2):
        thread = Thread(target=ask)
        thread.start()
        thread.join()
    assert found == [[(board.pk, board.name)]] * 2


def test_things_that_were_given_are_not_read_again(board):
    meeting = factories.make_meeting(board, DAY)
    days = list(meeting.days.all())
    again = Meeting.objects.get(pk=meeting.pk)
    give(again, "days", days)
    with CaptureQueriesContext(connection) as asked:
        assert list(again.days.all()) == days
        assert again.days.count() == len(days)
    assert len(asked) == 0


def test_another_question_of_given_things_asks_the_database(board):
    meeting, other = factories.make_meeting(board, DAY), factories.make_meeting(board, DAY, sequence=42)
    again = Meeting.objects.get(pk=meeting.pk)
    give(again, "days", list(meeting.days.all()))
    assert list(again.days.filter(number=1)) == list(meeting.days.all())
    assert not again.days.filter(meeting=other).exists()
    assert not again.days.filter(number=99).exists()
    assert again.days.count() == 1
    again.days.update(number=5)
    assert list(other.days.values_list("number", flat=True)) == [1]


def test_things_are_read_when_they_are_asked_for(board):
    meeting = factories.make_meeting(board, DAY)
    read = []
    give(meeting, "days", lambda: read.append(1) or ["a day"])
    assert not read
    assert [*meeting.days.all(), *meeting.days.all()] == ["a day", "a day"]
    assert read == [1]


def test_a_list_has_as_many_places_as_values(board):
    other = factories.make_board("annet", name="Et annet")
    first, second = factories.make_meeting(board, DAY), factories.make_meeting(other, DAY)
    assert _of_boards(boards=[board.pk], day=DAY) == [first]
    assert _of_boards(boards=[board.pk, other.pk], day=DAY) == [first, second]
    assert _of_boards(boards=[other.pk], day=DAY) == [second]
    assert _of_boards(boards=[], day=DAY) == []
    assert _of_boards(boards=[board.pk] * 99, day=DAY) == [first]


def test_nothing_is_found_by_a_number_too_large_for_the_database(board):
    assert _meetings(board=2**70, day=DAY) == []


@prepared_update(board=BigAutoField(), name=CharField())
def _rename(board, name):
    return Board.objects.filter(pk=board), {"name": name, "draft_days": F("draft_days") + 1}


def test_a_change_is_written_where_it_is_meant(board):
    other = factories.make_board("annet", name="Et annet")
    assert _rename(board=board.pk, name="Nemnda") == 1
    assert _rename(board=0, name="Ingen") == 0
    assert list(Board.objects.order_by("pk").values_list("name", "draft_days")) == [("Nemnda", 3), (other.name, 2)]


def test_a_new_object_is_stored_with_its_key(board):
    new = MeetingDay(meeting=factories.make_meeting(board, DAY), number=2, date=DAY + timedelta(days=1))
    insert(new)
    stored = MeetingDay.objects.get(pk=new.pk)
    assert (stored.number, stored.date, stored.start) == (2, DAY + timedelta(days=1), None)


def test_several_objects_are_stored_at_once(board):
    first, second = factories.make_meeting(board, DAY), factories.make_meeting(board, DAY, sequence=42)
    first.place, first.layout, second.place = "Hustad", {"a": [1]}, "Brattvåg"
    first.number = "not named"
    with CaptureQueriesContext(connection) as asked:
        write([first, second], ["place", "layout"])
        write([], ["place"])
    assert len(asked) == 1
    told = list(Meeting.objects.order_by("pk").values_list("place", "layout"))
    assert told == [("Hustad", {"a": [1]}), ("Brattvåg", {})]
    assert not Meeting.objects.filter(number="not named").exists()
