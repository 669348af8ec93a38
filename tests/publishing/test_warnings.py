"""What is to be looked over: found, led to its place, set aside and brought back (P1, P43, R10, R20, R21, R88)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from boards.models import Seat
from followups.models import Action, FollowUp
from minutes.models import Ballot, Block, Vote
from publishing import warnings
from publishing.models import WarningSetAside
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return factories.make_board()


@pytest.fixture
def meeting(board):
    """Meeting 41 with its first case in the minutes; the board has treated 6-39/25 and 12-40/26 before."""
    factories.make_row(factories.make_meeting(board, date(2025, 3, 3), sequence=39), "Livbøyer", item=6)
    factories.make_row(factories.make_meeting(board, date(2026, 2, 2), sequence=40), "Badetrapper", item=12)
    meeting = factories.make_meeting(board)
    minutes = factories.make_minutes(meeting)
    factories.make_item(minutes, factories.make_row(meeting, "Nye stupebrett", item=1))
    return meeting


@pytest.fixture
def secretary(board, client):
    user = factories.make_user("skriver", name="Sigrun Aasland Vik")
    factories.make_seat(board, factories.make_person("Sigrun Aasland Vik", user=user), Seat.Role.SECRETARY)
    client.force_login(user)
    return user


def write(meeting, html: str, **fields) -> Block:
    return factories.make_block(meeting.minutes.items.get(), html, **fields)


def sentences(meeting, of: str = warnings.MINUTES) -> list[str]:
    return [one.sentence for one in warnings.warnings_of(meeting, of).open]


def of_numbers(meeting, of: str = warnings.MINUTES) -> list[tuple[str, str | None]]:
    found = warnings.warnings_of(meeting, of).open
    return [
        (one.unresolved.written, one.unresolved.near and one.unresolved.near.label) for one in found if one.unresolved
    ]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("6-39/26", "6-39/25"),  # another year
        ("39-6/25", "6-39/25"),  # exchanged
        ("21-40/26", "12-40/26"),  # two digits exchanged
        ("12-49/26", "12-40/26"),  # one digit off
        ("3-17/19", None),  # nothing near
    ],
)
def test_a_number_that_leads_nowhere_is_found_with_the_one_that_was_meant(meeting, written, meant):
    block = write(meeting, f"<p>Jf. sak {written} om badetrapper.</p>")
    assert of_numbers(meeting) == [(written, meant)]
    [warning] = [one for one in warnings.warnings_of(meeting).open if one.unresolved]
    assert warning.sentence == f"Case {written} does not exist."
    assert warning.url == block.get_absolute_url()


def test_a_number_that_exists_in_any_spelling_is_no_warning(meeting):
    write(meeting, "<p>Se sak 6–39/2025, sak 1-41/26 og PS 12/23 i kommunen.</p>")
    assert of_numbers(meeting) == []


def test_the_suggestion_leads_to_the_case(meeting, secretary, client):
    write(meeting, "<p>Jf. sak 6-39/26.</p>")
    page = client.get(reverse("publishing:warnings", args=[meeting.board.slug, meeting.slug])).content.decode()
    assert "Did you mean" in page
    case = meeting.board.cases.get(title="Livbøyer")
    assert f'href="{case.get_absolute_url()}">6-39/25</a>' in page
    assert 'data-unresolved="6-39/26"' in page


def test_a_voter_who_was_not_there_leads_to_the_block(meeting):
    factories.make_attendance(meeting, factories.make_person("Ragnhild Myrvold"), status="present")
    block = factories.make_decision(meeting.minutes.items.get())
    vote = Vote.objects.create(block=block, kind=Vote.Kind.NAMED, votes_for=1)
    Ballot.objects.create(vote=vote, side=Ballot.Side.FOR, name="Tor Inge Sandbakk", is_bare=True)
    found = {one.sentence: one.url for one in warnings.warnings_of(meeting).open}
    assert found["Tor Inge Sandbakk votes and is not among those present."] == block.get_absolute_url()


def test_a_promise_without_a_date_or_an_owner_is_noted(meeting):
    block = write(meeting, "<p>Plan for livbøyer.</p>", type=Block.Type.FOLLOW_UP)
    promise = FollowUp.objects.create(board=meeting.board, title="Plan", source_block=block, source_order=1)
    Action.objects.create(follow_up=promise, text="Lage en plan")
    assert "The follow-up in 1-41/26 has no due date." in sentences(meeting)
    assert "The follow-up in 1-41/26 names nobody responsible." in sentences(meeting)


def test_what_is_not_written_yet_is_expected_until_the_meeting_is_over(board):
    meeting = factories.make_meeting(board, timezone.localdate(), sequence=50)
    factories.make_item(factories.make_minutes(meeting), factories.make_row(meeting, "Stupebrett", item=1))
    untreated = f"Case 1-50/{timezone.localdate():%y} is neither treated, postponed nor withdrawn."
    assert untreated in [one.sentence for one in warnings.warnings_of(meeting).expected]
    assert untreated not in sentences(meeting)
    meeting.ended_at = timezone.now()
    meeting.save()
    assert untreated in sentences(meeting)


def test_the_agenda_is_looked_over_with_its_rows_as_places(meeting):
    row = meeting.agenda_rows.get()
    row.description = "<p>Sak 6-39/26 ble utsatt.</p>"
    row.save()
    [warning] = [one for one in warnings.warnings_of(meeting, warnings.AGENDA).open if one.unresolved]
    assert warning.url.endswith(f"/agenda/#row-{row.pk}")


def test_a_doubt_is_set_aside_by_name_and_brought_back(meeting, secretary, client):
    write(meeting, "<p>Jf. sak 6-39/26.</p>")
    [warning] = [one for one in warnings.warnings_of(meeting).open if one.unresolved]
    address = reverse("publishing:set-warning-aside", args=[meeting.board.slug, meeting.slug])
    said = {"key": warning.key, "of": "minutes"}

    page = client.post(address, {**said, "to": "aside"}, follow=True).content.decode()
    client.post(address, {**said, "to": "aside"})
    assert "Set aside by Sigrun Aasland Vik" in page
    assert 'data-unresolved="6-39/26"' not in page
    assert of_numbers(meeting) == []
    assert Entry.objects.filter(act="publishing.set_warning_aside").count() == 1

    client.post(address, {**said, "to": "back"})
    assert of_numbers(meeting) == [("6-39/26", "6-39/25")]
    assert Entry.objects.filter(act="publishing.bring_warning_back").count() == 1


@pytest.mark.parametrize("key", ["Sak\x00", "9" * 5000, ""])
def test_a_key_that_no_warning_has_changes_nothing(meeting, secretary, client, key):
    address = reverse("publishing:set-warning-aside", args=[meeting.board.slug, meeting.slug])
    for to in ("aside", "back"):
        answer = client.post(address, {"of": "agenda", "key": key, "to": to})
        assert answer["Location"].endswith("/look-over/?of=agenda")
    assert not WarningSetAside.objects.exists()


def test_the_count_is_read_aloud_only_when_it_changed(meeting, secretary, client):
    write(meeting, "<p>Jf. sak 6-39/26.</p>")
    address = reverse("publishing:warnings", args=[meeting.board.slug, meeting.slug])
    count = len(warnings.warnings_of(meeting).open)

    def answer(seen: str) -> str:
        return client.get(address, {"seen": seen}, headers={"HX-Request": "true"}).content.decode()

    assert "warnings-said" not in answer("")
    assert "warnings-said" not in answer(str(count))
    assert f"{count} points to look over" in answer(str(count + 1))


def test_a_question_for_something_else_is_unknown(meeting, secretary, client):
    address = reverse("publishing:warnings", args=[meeting.board.slug, meeting.slug])
    assert client.get(address, {"of": "papers"}).status_code == 404


def test_the_warnings_cost_as_many_questions_for_a_hundred_cases_as_for_ten(board):
    counted = []
    for cases, sequence in ((10, 51), (100, 52)):
        meeting = factories.make_meeting(board, date(2026, 4, sequence - 50), sequence=sequence)
        minutes = factories.make_minutes(meeting)
        factories.make_attendance(meeting, factories.make_person(f"Navn {sequence}"))
        for number in range(1, cases + 1):
            item = factories.make_item(minutes, factories.make_row(meeting, f"Badeplass {number}", item=number))
            factories.make_block(item, "<p>Jf. sak 6-39/26.</p>")
        with CaptureQueriesContext(connection) as queries:
            warnings.warnings_of(type(meeting).objects.select_related("board").get(pk=meeting.pk))
        counted.append(len(queries))
    assert counted[0] == counted[1]
