from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit import trail
from audit.models import Entry
from boards.models import RowPurpose
from followups.carrying.carry import carry, carry_boards, plan
from followups.models import Report, Status
from followups.status import change_status
from meetings.models import Meeting
from minutes.models import Minutes
from tests import factories
from tests.followups.build import AT, TODAY, coming_meeting, follow_up, held_meeting, on_agenda

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(board):
    return held_meeting(board)


def test_every_open_follow_up_stands_once_in_the_next_meeting_whose_call_is_not_sent(board, held):
    follow_up(held, "Prøver på nett")
    follow_up(held, "Skilt ved stranda", item=4, state=Status.WAITING)
    follow_up(held, "Ny flåte", item=5, state=Status.DONE)
    coming = coming_meeting(board)
    coming_meeting(board, date(2026, 9, 14), 43)

    first, second = carry(board, at=AT), carry(board, at=AT)

    assert on_agenda(coming) == ["Prøver på nett", "Skilt ved stranda"]
    assert Report.objects.count() == 2
    assert [entry.source for entry in first.carried] == ["3-41/26", "4-41/26"]
    assert (second.carried, len(second.already)) == ([], 2)


def test_one_due_in_a_later_meeting_is_carried_too_and_shows_where_it_is_due(board, held):
    promised = follow_up(held, due_text="septembermøtet")
    coming, september = coming_meeting(board), coming_meeting(board, date(2026, 9, 14), 43)

    carry(board, at=AT)

    assert on_agenda(coming) == [promised.title]
    assert promised.actions.get().due_meeting == september


def test_an_agenda_without_a_follow_up_case_gets_one_behind_the_approval_case_with_a_number(board, held):
    follow_up(held)
    coming = coming_meeting(board)
    factories.make_row(coming, "Godkjenning", item=1, purpose=RowPurpose.APPROVAL)
    factories.make_row(coming, "Badesesongen", item=2)

    carry(board, at=AT)

    rows = list(coming.agenda_rows.order_by("order").values_list("label", "title"))
    assert rows == [
        ("1-42/26", "Godkjenning"),
        ("2-42/26", "Status for oppfølgingssaker"),
        ("3-42/26", "Badesesongen"),
    ]
    assert Report.objects.get().row.title == "Status for oppfølgingssaker"


def test_an_agenda_gets_no_follow_up_case_where_there_is_nothing_to_follow(board, held):
    coming = coming_meeting(board)
    carry(board, at=AT)
    assert coming.agenda_rows.count() == 0


def test_the_boards_own_follow_up_case_is_used_where_there_is_one(board, held):
    follow_up(held)
    coming = coming_meeting(board)
    row = factories.make_row(coming, "Gamle saker", item=1, purpose=RowPurpose.FOLLOW_UPS)

    carry(board, at=AT)

    assert Report.objects.get().row == row
    assert coming.agenda_rows.count() == 1


def test_without_a_next_meeting_everything_waits_and_is_placed_when_one_is_made(board, held):
    promised = follow_up(held)

    waiting = carry(board, at=AT)
    assert waiting.meeting is None
    assert [entry.follow_up for entry in waiting.left_out] == [promised]
    assert Report.objects.count() == 0

    coming = coming_meeting(board)
    carry(board, at=AT)
    assert on_agenda(coming) == [promised.title]


def test_what_stands_in_a_cancelled_meeting_goes_to_the_next_with_what_was_prepared(board, held):
    follow_up(held, "Uten tekst", item=3)
    follow_up(held, "Med tekst", item=4)
    june, september = coming_meeting(board), coming_meeting(board, date(2026, 9, 14), 43)
    carry(board, at=AT)
    Report.objects.filter(title="Med tekst").update(resolution="<p>Prøvene er tatt.</p>")

    Meeting.objects.filter(pk=june.pk).update(state=Meeting.State.CANCELLED, state_reason="For få saker")
    carry(board, at=AT)

    assert on_agenda(june) == []
    assert on_agenda(september) == ["Uten tekst", "Med tekst"]
    assert Report.objects.get(title="Med tekst").resolution == "<p>Prøvene er tatt.</p>"


def test_a_meeting_that_is_moved_keeps_what_it_has(board, held):
    follow_up(held)
    june = coming_meeting(board)
    carry(board, at=AT)
    report = Report.objects.get()

    Meeting.objects.filter(pk=june.pk).update(first_day=date(2026, 6, 15))
    carry(board, at=AT)

    assert list(Report.objects.all()) == [report]
    assert report.meeting == june


def test_a_meeting_moved_before_the_one_that_promised_keeps_only_what_the_secretary_did_there(board, held):
    for item, title in enumerate(("Uten tekst", "Med tekst", "Lagt inn", "Tatt ut"), 3):
        follow_up(held, title, item=item)
    june = coming_meeting(board)
    carry(board, at=AT)
    Report.objects.filter(title="Med tekst").update(resolution="<p>Prøvene er tatt.</p>")
    Report.objects.filter(title="Lagt inn").update(placed="in")
    Report.objects.filter(title="Tatt ut").update(is_left_out=True, left_out_reason="Senere.")

    Meeting.objects.filter(pk=held.pk).update(first_day=date(2026, 6, 15))
    carry(board, at=AT)

    assert on_agenda(june) == ["Med tekst", "Lagt inn"]
    assert [entry.title for entry in plan(board, TODAY).carried] == []
    assert Report.objects.filter(title="Tatt ut", is_left_out=True).exists()


def test_a_meeting_made_before_the_next_one_takes_over(board, held):
    promised = follow_up(held)
    june = coming_meeting(board)
    carry(board, at=AT)

    may = coming_meeting(board, date(2026, 5, 11), 50, slug="ekstra")
    carry(board, at=AT)

    assert (on_agenda(may), on_agenda(june)) == ([promised.title], [])


def test_a_called_meeting_keeps_its_agenda_and_the_one_after_receives(board, held):
    promised = follow_up(held)
    june, september = coming_meeting(board), coming_meeting(board, date(2026, 9, 14), 43)
    carry(board, at=AT)
    Meeting.objects.filter(pk=june.pk).update(state=Meeting.State.CALLED, numbers_fixed_at=AT)

    carry(board, at=AT)

    assert (on_agenda(june), on_agenda(september)) == ([promised.title], [promised.title])


def test_what_the_secretary_took_out_stays_out_and_the_plan_says_why(board, held):
    follow_up(held)
    coming = coming_meeting(board)
    carry(board, at=AT)
    Report.objects.update(is_left_out=True, left_out_reason="Tas i et eget møte.")

    after = carry(board, at=AT)

    assert on_agenda(coming) == []
    assert [entry.why for entry in after.left_out] == ["Taken out by the secretary: Tas i et eget møte."]


def test_closing_before_the_call_takes_it_off_the_agenda_and_the_plan_says_why(board, held, cast):
    promised = follow_up(held)
    coming = coming_meeting(board)
    carry(board, at=AT)

    change_status(promised, Status.DONE, text="Utført, se e-post.", by=cast.secretary, on=TODAY, at=AT)

    assert on_agenda(coming) == []
    after = plan(board, TODAY)
    assert (after.carried, after.already) == ([], [])
    assert [entry.why for entry in after.left_out] == ["Done 21.04.26: Utført, se e-post."]


def test_closing_after_the_call_leaves_the_called_agenda_as_it_is(board, held, cast):
    promised = follow_up(held)
    june = coming_meeting(board)
    carry(board, at=AT)
    Meeting.objects.filter(pk=june.pk).update(state=Meeting.State.CALLED, numbers_fixed_at=AT)

    change_status(promised, Status.DONE, by=cast.secretary, on=TODAY, at=AT)

    assert on_agenda(june) == [promised.title]


def test_what_stands_in_minutes_that_are_not_final_is_not_carried(board):
    draft = held_meeting(board, minutes_state=Minutes.State.DRAFT)
    promised = follow_up(draft)
    coming_meeting(board)

    done = carry(board, at=AT)

    assert done.carried == []
    assert [(entry.follow_up, entry.why) for entry in done.left_out] == [
        (promised, "The minutes it stands in are not final yet.")
    ]


def test_meetings_already_held_never_receive(board):
    early = held_meeting(board, date(2026, 2, 9), 40)
    follow_up(early)
    later = held_meeting(board, date(2026, 4, 20), 41)

    carry(board, at=AT)

    assert on_agenda(later) == []


def test_a_board_entered_afterwards_goes_on_where_it_stands(board):
    """Papers of past years are typed in one by one: the planned meeting after the last held one is the next."""
    past = held_meeting(board, date(2023, 4, 20), 39)
    promised = follow_up(past)
    forgotten = coming_meeting(board, date(2022, 6, 8), 34)
    following = coming_meeting(board, date(2023, 6, 8), 40)

    carry(board, at=AT)

    assert (on_agenda(forgotten), on_agenda(following)) == ([], [promised.title])


def test_boards_do_not_mix(board, held, cast):
    follow_up(held, "Vår")
    follow_up(held_meeting(cast.other_board), "Deres")
    ours, theirs = coming_meeting(board), coming_meeting(cast.other_board)

    carry_boards([board.pk, cast.other_board.pk], at=AT)

    assert (on_agenda(ours), on_agenda(theirs)) == (["Vår"], ["Deres"])


def test_the_trail_tells_of_each_follow_up_that_was_carried(board, held):
    follow_up(held, "En", item=3)
    follow_up(held, "To", item=4)
    coming_meeting(board)
    carry(board, at=AT)
    carry(board, at=AT)
    told = Entry.objects.get(act="followups.carry")
    assert sorted(told.payload["follow_ups"].values()) == ["3-41/26", "4-41/26"]
    assert (told.board, told.payload["meeting"]) == (board.slug, "42-2026")
    assert trail.verify() == []


def test_a_deleted_agenda_row_is_replaced_and_its_reports_stand_under_the_new_one(board, held):
    follow_up(held)
    coming = coming_meeting(board)
    carry(board, at=AT)
    coming.agenda_rows.all().delete()

    carry(board, at=AT)

    assert Report.objects.get().row == coming.agenda_rows.get()


def test_thirty_follow_ups_cost_the_same_queries_as_three(db):
    counts = []
    for many in (3, 30):
        board = factories.make_board(f"rad-{many}", name=f"Råd {many}")
        held = held_meeting(board)
        for item in range(many):
            follow_up(held, f"Sak {item}", item=item + 1, due_text="septembermøtet")
        coming_meeting(board)
        with CaptureQueriesContext(connection) as queries:
            carry(board, at=AT)
        counts.append(len(queries))
    assert counts[0] == counts[1]
