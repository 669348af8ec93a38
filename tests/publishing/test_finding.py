"""The command box: what is found, in which order, by whom, and at what cost."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from boards.models import Board, Seat
from followups.models import FollowUp
from meetings.models import Meeting
from minutes.models import Minutes
from tests import bad_values, factories
from tests.cast import board, cast, signed_in

__all__ = ["board", "cast", "signed_in"]
pytestmark = pytest.mark.django_db
SECRET = "Zqhemmelig"


@pytest.fixture
def called(cast):
    """A meeting that was called, with case 3-41/26."""
    meeting = factories.make_meeting(cast.board, state=Meeting.State.CALLED, numbers_fixed_at=timezone.now())
    factories.make_row(meeting, "Måling av badevann", item=3)
    return meeting


@pytest.fixture
def box(cast, signed_in):
    """A function: headings and titles as the box lists them for what is typed."""

    def ask(typed: str, user=None, here: str = "") -> dict[str, list[str]]:
        client = signed_in(user or cast.secretary)
        page = client.get("/find/", {"q": typed, "here": here}, headers={"HX-Request": "true"})
        assert page.status_code == 200
        return {
            group.key: [f"{hit.label} {hit.title}".strip() for hit in group.hits]
            for group in page.context["found"].groups
        }

    return ask


@pytest.mark.parametrize(
    "typed",
    ["3-41/26", "3/41-26", "3-41/2026", " 3 - 41 / 26 ", "Sak 3-41/26", "sak 3/41-26: Måling", "ref. sak 3-41/26", "SAK 3–41/26", "3-41/26 (del 1)"],
)  # fmt: skip
def test_a_case_number_in_any_spelling_is_found_first_and_leads_straight_to_the_case(
    cast, called, box, signed_in, typed
):
    row = called.agenda_rows.get()
    found = box(typed)
    assert next(iter(found)) == "numbers"
    assert found["numbers"] == ["3-41/26 Måling av badevann"]
    answer = signed_in(cast.secretary).get("/find/", {"q": typed})
    assert (answer.status_code, answer["Location"]) == (302, row.case.get_absolute_url())


@pytest.mark.parametrize("typed", ["20/26", "20-26", "Sak 20/2026", "sak 20", "2026/20"])
def test_a_board_that_counts_through_the_year_reads_numbers_in_its_own_way(cast, box, typed):
    Board.objects.filter(pk=cast.board.pk).update(scheme=Board.Scheme.PER_YEAR, case_pattern="{item}/{yy}")
    year = timezone.localdate().year
    meeting = factories.make_meeting(cast.board, date(year, 4, 20), state=Meeting.State.CALLED)
    row = factories.make_row(meeting, "Rullebane")
    row.label, row.item, row.number_year = f"20/{year % 100}", 20, year
    row.save()
    assert box(typed.replace("26", str(year % 100)))["numbers"] == [f"20/{year % 100} Rullebane"]


def test_a_bare_number_with_the_word_means_the_meeting_one_looks_at(cast, called, box):
    assert box("sak 3", here=called.get_absolute_url())["numbers"] == ["3-41/26 Måling av badevann"]
    assert "numbers" not in box("sak 3")
    assert "numbers" not in box("41")


def test_two_boards_with_the_same_number_are_both_offered_and_nothing_is_chosen(cast, called, box, signed_in):
    factories.make_seat(cast.other_board, cast.secretary.person, Seat.Role.SECRETARY)
    other = factories.make_meeting(cast.other_board, state=Meeting.State.CALLED)
    factories.make_row(other, "Kulturskolen", item=3)
    assert sorted(box("3-41/26")["numbers"]) == ["3-41/26 Kulturskolen", "3-41/26 Måling av badevann"]
    assert box("3-41/26", here=other.get_absolute_url())["numbers"][0] == "3-41/26 Kulturskolen"
    assert signed_in(cast.secretary).get("/find/", {"q": "3-41/26"}).status_code == 200


def test_who_writes_is_offered_the_place_in_the_minutes_too(cast, called, box):
    minutes = factories.make_minutes(called)
    item = factories.make_item(minutes, called.agenda_rows.get())
    assert box("3-41/26")["numbers"] == ["3-41/26 Måling av badevann"] * 2
    assert box("3-41/26", cast.member)["numbers"] == ["3-41/26 Måling av badevann"]
    assert str(item.pk) in item.get_absolute_url()


@pytest.mark.parametrize("typed", ["41", "41/2026", "møte 41", "20. april 2026", "20.04.2026", "april 2026", "Badevann april", "2026-04-20"])  # fmt: skip
def test_a_meeting_is_found_by_number_date_month_and_board(called, box, typed):
    assert box(typed)["meetings"] == ["Meeting 41/2026"]


def test_boards_cases_follow_ups_and_people_are_found_by_their_words(cast, called, box):
    FollowUp.objects.create(board=cast.board, title="Måling i Sørvika meldes inn", is_from_before=True)
    assert box("måling") == {"cases": ["Måling av badevann"], "follow-ups": ["Måling i Sørvika meldes inn"]}
    assert box("BADEVANN")["boards"] == ["Badevannsrådet"]
    assert box("odegard") == {"people": ["Håkon Ødegård"]}
    assert box("måling badevannsrådet")["cases"] == ["Måling av badevann"]
    assert "cases" not in box("badevannsrådet")


def test_what_begins_as_typed_comes_first(cast, called, box):
    for title in ("Om badeplasser", "Badeplasser"):
        factories.make_row(called, title)
    for title in ("Badeplasser i nord", "Nye badeplasser"):
        factories.make_row(called, title)
    assert box("badeplasser")["cases"][:2] == ["Badeplasser i nord", "Badeplasser"]


def test_nothing_found_is_said(cast, signed_in):
    page = signed_in(cast.secretary).get("/find/", {"q": "xyzzy"}, headers={"HX-Request": "true"}).content.decode()
    assert page.count("Nothing is found for «xyzzy».") == 2
    assert 'data-said="Nothing is found' in page


def test_acts_are_those_that_can_be_done_now(cast, box):
    today = timezone.localdate()
    factories.make_meeting(cast.board, today + timedelta(days=20), sequence=42, number="42")
    called = factories.make_meeting(cast.board, today, sequence=41, number="41", state=Meeting.State.CALLED)
    held = factories.make_meeting(
        cast.board, today - timedelta(days=20), sequence=40, number="40", state=Meeting.State.HELD
    )
    Minutes.objects.create(meeting=held, state=Minutes.State.IN_REVIEW)
    assert box("send the call")["acts"] == ["Send the call for meeting 42"]
    assert box("start")["acts"] == ["Start meeting 41"]
    assert box("settle")["acts"] == ["Settle the remarks to the minutes of meeting 40"]
    assert box("new")["acts"] == ["New meeting", "New case in the queue"]
    assert box("", here=called.get_absolute_url())["acts"][:2] == ["Start meeting 41", "Attendance at meeting 41"]
    assert box("sign o")["acts"] == ["Sign out"]


def test_acts_are_those_the_role_may_do(cast, box):
    today = timezone.localdate()
    factories.make_meeting(cast.board, today + timedelta(days=20), sequence=42, number="42")
    held = factories.make_meeting(
        cast.board, today - timedelta(days=20), sequence=40, number="40", state=Meeting.State.HELD
    )
    minutes = Minutes.objects.create(meeting=held, state=Minutes.State.DRAFT)
    told = [
        act for typed in ("meeting", "new", "minutes", "settings") for act in box(typed, cast.member).get("acts", [])
    ]
    assert [act for act in told if "42" in act or act.startswith(("New", "Write", "Settings"))] == []
    assert "Documents of meeting 40" in told
    Minutes.objects.filter(pk=minutes.pk).update(state=Minutes.State.IN_REVIEW)
    assert "Read the draft of the minutes of meeting 40" in box("read", cast.member)["acts"]
    assert box("new board", cast.administrator)["acts"] == ["New board"]
    assert "acts" not in box("new board")


@pytest.mark.parametrize("who", ["outsider", "other_secretary", "administrator"])
def test_who_has_no_seat_finds_nothing_of_the_board(cast, called, box, who):
    FollowUp.objects.create(board=cast.board, title="Måling meldes inn", is_from_before=True)
    user = getattr(cast, who)
    for typed in ("måling", "3-41/26", "41/2026"):
        assert {key: hits for key, hits in box(typed, user).items() if key != "acts"} == {}
    if who != "administrator":
        assert box("Badevann", user) == {} and box("Amira", user) == {}


def test_a_case_of_an_agenda_that_was_not_sent_is_found_by_the_secretary_only(cast, box):
    factories.make_row(factories.make_meeting(cast.board), SECRET, item=3)
    assert box(SECRET)["cases"] == [SECRET]
    assert box("3-41/26")["numbers"] == [f"3-41/26 {SECRET}"]
    for user in (cast.chair, cast.member, cast.observer):
        assert box(SECRET, user) == {}
        assert box("3-41/26", user) == {}


def test_a_shielded_title_is_found_and_shown_only_to_who_may_read_it(cast, called, box):
    row = called.agenda_rows.get()
    for thing in (row, row.case):
        thing.title, thing.access_level, thing.public_title = f"{SECRET} tilsetting", "exempt", "Personalsak"
        thing.save()
    assert box(SECRET, cast.member)["cases"] == [f"{SECRET} tilsetting"]
    for reader in (cast.observer, cast.deputy):
        assert box(SECRET, reader) == {}
        assert box("tilsetting", reader) == {}
        assert box("personalsak", reader)["cases"] == ["Personalsak"]
    assert box("3-41/26", cast.observer)["numbers"] == ["3-41/26 Personalsak"]
    assert "numbers" not in box("3-41/26", cast.deputy)  # who was not called has no agenda to be led to (P36)


def test_finding_costs_the_same_for_three_and_thirty(cast, called, signed_in, django_assert_max_num_queries):
    client, counts = signed_in(cast.secretary), []
    for wanted in (3, 30):
        for number in range(wanted):
            meeting = factories.make_meeting(
                cast.board, date(2026, 5, 1) + timedelta(days=number), sequence=None, slug=f"m{wanted}-{number}"
            )
            factories.make_row(meeting, f"Måling {number}")
            factories.make_item(factories.make_minutes(meeting), meeting.agenda_rows.get())
            FollowUp.objects.create(board=cast.board, title=f"Måling {number}", is_from_before=True)
            made = factories.make_board(f"radet-{wanted}-{number}", name=f"Målerådet {number}")
            factories.make_seat(made, cast.secretary.person, Seat.Role.SECRETARY)
        for typed in ("måling", "3-41/26", ""):
            with django_assert_max_num_queries(16) as asked:
                client.get("/find/", {"q": typed}, headers={"HX-Request": "true"})
            counts.append(len(asked))
    assert counts[:3] == counts[3:]


def test_without_a_script_it_is_a_page_with_links(cast, called, signed_in):
    page = signed_in(cast.member).get("/find/", {"q": "måling"})
    assert page.status_code == 200
    assert called.agenda_rows.get().case.get_absolute_url() in page.content.decode()
    assert "1 hit for «måling»" in page.content.decode()
    assert signed_in(cast.member).get("/find/").status_code == 200


@pytest.mark.parametrize("typed", bad_values.TEXTS + bad_values.LABELS + bad_values.DATES + bad_values.NUMBERS)
def test_no_text_brings_it_down(cast, signed_in, typed):
    client = signed_in(cast.secretary)
    for data in ({"q": typed}, {"here": typed}, {"q": "a", "here": typed}):
        assert client.get("/find/", data).status_code in {200, 302, 400, 422}


def test_a_text_that_is_too_long_is_kept_with_the_reason(cast, signed_in):
    page = signed_in(cast.secretary).get("/find/", {"q": "Å" * 9_000})
    assert page.status_code == 422
    assert "at most" in page.content.decode() and "ÅÅÅ" in page.content.decode()


def test_a_visitor_is_sent_to_sign_in(client):
    assert client.get(reverse("publishing:find")).status_code == 302
