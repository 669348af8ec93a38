from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardroom.lib.dates import MONTHS
from boards.models import Board
from followups.models import Action, DueChange
from followups.sources import Due, find_source, normal_form, resolve_dues, understand_due
from meetings.models import Meeting
from tests import factories
from tests.followups.build import AT, coming_meeting, follow_up, held_meeting

APRIL = date(2026, 4, 20)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("septembermøtet", Due(month=date(2026, 9, 1))),
        ("i septembermøtet 2027", Due(month=date(2027, 9, 1))),
        ("aprilmøtet", Due(month=date(2027, 4, 1))),
        ("januarmøtet", Due(month=date(2027, 1, 1))),
        ("Junimøte", Due(month=date(2026, 6, 1))),
        ("The September meeting", Due(month=date(2026, 9, 1))),
        ("innen oktober", Due(month=date(2026, 10, 1))),
        ("mars 2027", Due(month=date(2027, 3, 1))),
        ("neste møte", Due(is_next_meeting=True)),
        ("neste badevannsrådsmøte", Due(is_next_meeting=True)),
        ("i neste styremøte", Due(is_next_meeting=True)),
        ("next meeting", Due(is_next_meeting=True)),
        ("1. juni", Due(on=date(2026, 6, 1))),
        ("innen 1. mars", Due(on=date(2027, 3, 1))),
        ("15.06.26", Due(on=date(2026, 6, 15))),
        ("2026-06-15", Due(on=date(2026, 6, 15))),
        ("et senere møte", Due()),
        ("når den er klar", Due()),
        ("om et års tid", Due()),
        ("it may be so", Due()),
        ("", Due()),
    ],
)
def test_due_words_are_read_from_the_day_they_were_written(text, due):
    assert understand_due(text, APRIL) == due


@given(st.text(max_size=80), st.none() | st.dates())
def test_any_text_is_read_without_a_fault(text, after):
    due = understand_due(text, after)
    assert due.month is None or due.month.day == 1


@given(
    st.sampled_from(sorted({name for names in MONTHS.values() for name in names})),
    st.dates(date(1950, 1, 1), date(2080, 1, 1)),
)
def test_a_month_named_is_within_the_twelve_months_that_follow(month, after):
    due = understand_due(f"{month}møtet", after)
    assert 0 < (due.month.year - after.year) * 12 + due.month.month - after.month <= 12


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("label", "normal"),
    [("3-39/23", "3-39/23"), ("4/38-23", "4-38/23"), ("Sak 11-36/22:", "11-36/22"), ("noe annet", ""), ("20/24", "")],
)
def test_a_source_has_its_normal_form_where_the_board_reads_it(board, label, normal):
    assert normal_form(label, board) == normal


@pytest.mark.django_db
def test_a_source_is_linked_to_its_case_and_otherwise_stays_as_written_with_a_warning(board):
    meeting = held_meeting(board, date(2025, 2, 9), 38)
    row = factories.make_row(meeting, "Leveranseplan", item=4)

    assert find_source("4/38-25", board).row == row
    unknown = find_source("6-44/24", board)
    assert (unknown.label, unknown.row) == ("6-44/24", None)
    assert unknown.warning == "No case 6-44/24 is found on this board. It is kept as written."


@pytest.mark.django_db
def test_a_due_meeting_is_found_when_it_is_made_and_again_when_it_is_cancelled(board):
    follow_up(held_meeting(board), due_text="septembermøtet")
    assert resolve_dues([board.pk]) == 1
    assert Action.objects.get().due_month == date(2026, 9, 1)

    first = coming_meeting(board, date(2026, 9, 7), 43)
    resolve_dues([board.pk])
    assert Action.objects.get().due_meeting == first

    Meeting.objects.filter(pk=first.pk).update(state=Meeting.State.CANCELLED, state_reason="Få saker")
    second = coming_meeting(board, date(2026, 9, 21), 44)
    resolve_dues([board.pk])
    assert Action.objects.get().due_meeting == second


@pytest.mark.django_db
def test_the_next_meeting_is_the_first_one_after_the_source(board):
    follow_up(held_meeting(board), due_text="neste møte")
    coming_meeting(board, date(2026, 9, 7), 43)
    june = coming_meeting(board)
    resolve_dues([board.pk])
    assert Action.objects.get().due_meeting == june


@pytest.mark.django_db
def test_a_board_that_changed_its_numbers_still_finds_its_old_cases_and_guesses_no_new_ones(board):
    old = held_meeting(board, date(2024, 2, 9), 38)
    row = factories.make_row(old, "Leveranseplan", item=4, label="4-38/24", number_meeting=38, number_year=2024)
    Board.objects.filter(pk=board.pk).update(scheme=Board.Scheme.PER_YEAR)
    board.refresh_from_db()

    assert (find_source("4/38-24", board).normal, find_source("4/38-24", board).row) == ("4-38/24", row)
    assert (find_source("5-38/24", board).normal, find_source("5-38/24", board).row) == ("", None)


@pytest.mark.django_db
@pytest.mark.parametrize("said_in_meeting", [True, False])
def test_the_next_meeting_is_counted_from_where_the_words_were_said_last(board, said_in_meeting):
    action = follow_up(held_meeting(board, date(2026, 2, 9), 40), due_text="neste møte").actions.get()
    april = held_meeting(board, date(2026, 4, 20), 41)
    june = coming_meeting(board)
    resolve_dues([board.pk])
    action.refresh_from_db()
    assert action.due_meeting == april

    DueChange.objects.create(
        action=action,
        after="neste møte",
        changed_on=date(2026, 5, 4),
        changed_at=AT,
        meeting=april if said_in_meeting else None,
    )
    Action.objects.update(due_meeting=None)
    resolve_dues([board.pk])
    action.refresh_from_db()
    assert action.due_meeting == june


@pytest.mark.django_db
def test_what_is_due_in_a_month_or_the_next_meeting_waits_again_when_that_was_the_last_one(board):
    held = held_meeting(board)
    follow_up(held, "Måned", item=1, due_text="juni")
    follow_up(held, "Møte", item=2, due_text="neste møte")
    follow_up(held, "Ord", item=3, due_text="når den er klar")
    june = coming_meeting(board)
    assert resolve_dues([board.pk]) == 3
    assert [one.due_meeting for one in Action.objects.order_by("pk")] == [june, june, None]
    Meeting.objects.filter(pk=june.pk).update(state=Meeting.State.POSTPONED, state_reason="Få saker")
    assert resolve_dues([board.pk]) == 2
    assert set(Action.objects.values_list("due_meeting", flat=True)) == {None}
    assert resolve_dues([board.pk]) == 0
