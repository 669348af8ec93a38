"""My page: what waits comes first, the meetings with their papers and answers, and nothing of what is not one's own."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from boards.models import Seat
from followups.models import Action, FollowUp, Responsible
from meetings.models import DeputyCall, Meeting, MeetingDay, Paper, Reply
from minutes.review import open_round
from tests import factories

SECRET = "Skal opereres den dagen"


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def called(cast, today):
    """A meeting in ten days, called, with two cases, a paper for all and one that is exempt."""
    meeting = factories.make_meeting(cast.board, today + timedelta(days=10), state="called", place="Sundby rådhus")
    Meeting.objects.filter(pk=meeting.pk).update(url="https://video.example.org/m", numbers_fixed_at=timezone.now())
    open_row, closed_row = factories.make_row(meeting, item=1), factories.make_row(meeting, item=2)
    type(closed_row).objects.filter(pk=closed_row.pk).update(access_level="exempt")
    for number, row in enumerate((open_row, closed_row)):
        Paper.objects.create(meeting=meeting, row=row, title=f"Notat {number}", order=number)
    return Meeting.objects.select_related("board").get(pk=meeting.pk)


def page(signed_in, user) -> str:
    return signed_in(user).get("/my/").content.decode()


def answer(signed_in, user, meeting, said, **more):
    return signed_in(user).post(f"{meeting.get_absolute_url()}answer/", {"answer": said, **more})


def test_whoever_writes_for_a_board_has_a_desk_and_others_their_own_page(cast, signed_in):
    assert signed_in(cast.secretary).get("/desk/").status_code == 200
    assert signed_in(cast.administrator).get("/desk/").status_code == 200
    for user in (cast.member, cast.chair, cast.observer, cast.deputy):
        assert signed_in(user).get("/desk/")["Location"] == "/my/"
    assert 'href="/desk/"' not in page(signed_in, cast.member).partition("<main")[0].partition("bar-areas")[2]
    assert 'href="/desk/"' in page(signed_in, cast.secretary).partition("bar-areas")[2]


def test_what_waits_comes_first_with_its_answer_beside_it(cast, called, signed_in):
    shown = page(signed_in, cast.member)
    assert shown.index("Are you coming to the meeting") < shown.index("My next meetings")
    assert "2 cases, 2 papers" in shown
    assert 'href="https://video.example.org/m"' in shown
    assert "2 cases, 1 paper" in page(signed_in, cast.observer)


def test_an_answer_from_the_page_leads_back_to_it_and_nothing_waits_any_more(cast, called, signed_in):
    response = answer(signed_in, cast.member, called, "coming", back="my-page")
    assert response["Location"] == "/my/"
    shown = page(signed_in, cast.member)
    assert "Nothing waits for you" in shown
    assert "Your next meeting is" in shown
    assert "You are coming" in shown


def test_looking_at_the_page_of_the_letter_changes_nothing(cast, called, signed_in):
    client = signed_in(cast.member)
    assert "Are you coming?" in client.get(f"{called.get_absolute_url()}answer/?answer=not-coming").content.decode()
    assert not Reply.objects.exists()


def test_a_message_too_long_is_kept_in_the_form(cast, called, signed_in):
    response = answer(signed_in, cast.member, called, "not-coming", note="lang " * 200)
    assert response.status_code == 422
    assert "lang lang" in response.content.decode()
    assert not Reply.objects.exists()


def test_after_it_began_there_is_a_sentence_and_no_form(cast, called, signed_in):
    MeetingDay.objects.filter(meeting=called).update(date=timezone.localdate() - timedelta(days=1))
    response = answer(signed_in, cast.member, called, "coming")
    assert response.status_code == 409
    assert "The meeting has begun" in response.content.decode()
    shown = signed_in(cast.member).get(f"{called.get_absolute_url()}answer/").content.decode()
    assert "The meeting has begun" in shown
    assert "answer-form" not in shown


def test_the_message_is_for_the_secretariat_alone(cast, called, signed_in):
    answer(signed_in, cast.member, called, "not-coming", note=SECRET)
    assert SECRET in page(signed_in, cast.member)
    assert SECRET in signed_in(cast.secretary).get(f"{called.get_absolute_url()}answers/").content.decode()
    for user in (cast.chair, cast.second_member, cast.observer, cast.deputy):
        client = signed_in(user)
        assert client.get(f"{called.get_absolute_url()}answers/").status_code == 403
        for path in ("/my/", called.get_absolute_url(), f"{called.get_absolute_url()}attendance/", "/audit/"):
            assert SECRET not in client.get(path).content.decode()


def test_a_draft_and_a_follow_up_wait_with_their_days(cast, today, signed_in):
    held = factories.make_meeting(cast.board, today - timedelta(days=4), state="held")
    minutes = factories.make_minutes(held)
    factories.make_item(minutes, factories.make_row(held, item=1))
    open_round(minutes, sent_on=today, deadline=today + timedelta(days=5), by=cast.secretary)
    promise = FollowUp.objects.create(board=cast.board, title="Skilt", is_from_before=True)
    action = Action.objects.create(follow_up=promise, text="Sette opp skilt", due_on=today - timedelta(days=1))
    Responsible.objects.create(action=action, person=cast.member.person)
    shown = page(signed_in, cast.member)
    assert shown.index("Report on a follow-up: Sette opp skilt") < shown.index("Read the draft minutes, meeting 41")
    assert "The deadline was" in shown
    assert "Report on a follow-up" not in page(signed_in, cast.observer)


def test_a_deputy_sees_papers_only_when_called(cast, called, signed_in):
    place, client = called.get_absolute_url(), signed_in(cast.deputy)
    assert "Nothing waits for you" in page(signed_in, cast.deputy)
    for path in (f"{place}agenda/", f"{place}attendance/"):
        assert client.get(path).status_code == 404
    assert "Status for badeplassene" not in client.get(place).content.decode()

    answer(signed_in, cast.member, called, "not-coming")
    asked = {"deputy": cast.deputy.person.pk}
    signed_in(cast.secretary).post(f"{place}answers/{cast.member.person.pk}/deputy/", asked)
    shown = page(signed_in, cast.deputy)
    assert "You are called as a deputy for Tor Inge Sandbakk" in shown
    assert client.get(f"{place}agenda/").status_code == 200

    DeputyCall.objects.update(ending="released")
    assert client.get(f"{place}agenda/").status_code == 404


def test_someone_without_a_seat_is_helped_on(cast, signed_in):
    stranger = factories.make_user("stranger", email="stranger@example.org")
    shown = page(signed_in, stranger)
    assert "You have no seat on a board" in shown
    assert "stranger@example.org" in shown


def test_a_former_member_has_nothing_here(cast, called, signed_in, today):
    Seat.objects.filter(person=cast.member.person).update(ends_on=today - timedelta(days=1))
    shown = page(signed_in, cast.member)
    assert "You have no seat on a board" in shown
    assert "Sundby rådhus" not in shown


def test_the_page_costs_the_same_for_three_and_thirty(cast, signed_in, today):
    client, counts = signed_in(cast.member), []
    for wanted in (3, 30):
        for number in range(Meeting.objects.count(), wanted):
            meeting = factories.make_meeting(
                cast.board, today + timedelta(days=number + 1), sequence=100 + number, state="called"
            )
            factories.make_row(meeting, item=1)
            follow_up = FollowUp.objects.create(board=cast.board, title=f"Sak {number}", is_from_before=True)
            action = Action.objects.create(follow_up=follow_up, text=f"Gjøre {number}", due_on=today)
            Responsible.objects.create(action=action, person=cast.member.person)
        client.get("/my/")
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/my/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
