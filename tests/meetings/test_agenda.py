"""Acts on an agenda: numbers, order and times after each."""

from datetime import UTC, date, datetime, time

import pytest

from boardroom.lib.workflow import TransitionRefused
from boards import setup
from boards.models import Board
from cases.models import StoredFile
from jobs.models import Job
from meetings import agenda, planning, timing, waiting, workflow
from meetings.models import AgendaRow, GivenNumber, Meeting, Paper
from meetings.problems import problems
from tests import factories

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)


def shown(meeting):
    rows = timing.ordered_rows(meeting)
    return [(row.label, row.title, row.start, row.end) for row in rows]


def labels(meeting):
    return [row.label for row in timing.ordered_rows(meeting)]


@pytest.fixture
def meeting(cast):
    factories.make_meeting(cast.board, date(2026, 2, 9), sequence=40, state="held")
    factories.add_standing_items(cast.board)
    return planning.create_next_meeting(cast.board, date(2026, 4, 20), by=cast.secretary)


def test_the_next_meeting_comes_from_the_template_with_the_previous_date_filled_in(cast, meeting):
    assert (meeting.number, meeting.slug, meeting.sequence) == ("41/2026", "41-2026", 41)
    assert shown(meeting) == [
        (
            "1-41/26",
            "Godkjenning av innkalling og dagsorden, og av referatet fra møtet 9. februar 2026",
            time(12, 0),
            time(12, 5),
        ),
        ("2-41/26", "Status for oppfølgingssaker", time(12, 5), time(12, 15)),
        ("3-41/26", "Eventuelt", time(12, 15), time(12, 20)),
    ]
    assert meeting.agenda_rows.get(purpose="approval").approves_minutes_of == date(2026, 2, 9)
    job = Job.objects.get(kind="carry")
    assert (job.key, job.payload) == ("carry:board:badevannsradet:41-2026", {"board": cast.board.pk})


def test_the_approving_case_speaks_of_no_minutes_where_the_meeting_approves_none(cast):
    factories.add_standing_items(cast.board)
    first = planning.create_next_meeting(cast.board, date(2026, 4, 20), by=cast.secretary)
    assert shown(first)[0][1] == "Godkjenning av innkalling og dagsorden"
    cast.board.approval = Board.Approval.CIRCULATION
    cast.board.save()
    second = planning.create_next_meeting(cast.board, date(2026, 6, 1), by=cast.secretary)
    assert shown(second)[0][1] == "Godkjenning av innkalling og dagsorden"


def test_a_new_board_s_first_agenda_lacks_nothing(cast):
    board = setup.create_board(by=cast.secretary, name="Kulturrådet")
    meeting = planning.create_next_meeting(board, date(2026, 4, 20), by=cast.secretary)
    assert [row.type for row in timing.ordered_rows(meeting)] == ["Beslutning", "Orientering", "Orientering"]
    assert not [one for one in problems(meeting) if "type" in str(one)]


def test_a_new_case_stands_before_other_business_and_renumbers_what_follows(cast, meeting):
    agenda.add_row(meeting, by=cast.secretary, title="Nye badeplasser", minutes=30)
    assert [(label, title) for label, title, *_ in shown(meeting)][2:] == [
        ("3-41/26", "Nye badeplasser"),
        ("4-41/26", "Eventuelt"),
    ]


def test_times_follow_a_moved_row_and_a_fixed_lunch_holds(cast, meeting):
    first = agenda.add_row(meeting, by=cast.secretary, title="Budsjett", minutes=45)
    lunch = agenda.add_row(
        meeting, by=cast.secretary, title="Lunsj", kind="meal", minutes=30, start=time(13, 0), is_start_fixed=True
    )
    agenda.move_row(lunch, by=cast.secretary, after=first)
    agenda.move_by(first, -2, by=cast.secretary)
    assert [(title.split()[0], start) for _label, title, start, _end in shown(meeting)] == [
        ("Budsjett", time(12, 0)),
        ("Godkjenning", time(12, 45)),
        ("Status", time(12, 50)),
        ("Lunsj", time(13, 0)),
        ("Eventuelt", time(13, 30)),
    ]
    assert labels(meeting) == ["1-41/26", "2-41/26", "3-41/26", "", "4-41/26"]


def test_after_the_call_numbers_hold_and_a_late_case_continues_the_series(cast, meeting):
    workflow.call(meeting, by=cast.secretary, at=NOW)
    late = agenda.add_row(meeting, by=cast.secretary, title="Oljesøl", minutes=10)
    agenda.move_by(late, -3, by=cast.secretary)
    assert labels(meeting) == ["4-41/26", "1-41/26", "2-41/26", "3-41/26"]
    assert AgendaRow.objects.get(pk=late.pk).is_late is True
    assert list(GivenNumber.objects.values_list("item", flat=True)) == [1, 2, 3, 4]


def test_a_sent_case_is_withdrawn_and_never_removed(cast, meeting):
    workflow.call(meeting, by=cast.secretary, at=NOW)
    row = meeting.agenda_rows.get(item=2)
    with pytest.raises(TransitionRefused):
        agenda.remove_row(row, by=cast.secretary)
    waiting.withdraw_row(row, by=cast.secretary, reason="Ikke klar")
    row.refresh_from_db()
    assert (row.label, row.outcome, row.outcome_reason, row.start) == ("2-41/26", "withdrawn", "Ikke klar", None)
    assert labels(meeting) == ["1-41/26", "2-41/26", "3-41/26"]


def test_a_postponed_case_goes_to_the_queue_and_comes_back_with_its_text(cast, meeting):
    presenters = [agenda.Named("Amira Haddad", "Sundby kommune")]
    row = agenda.add_row(meeting, by=cast.secretary, title="Stupetårn", minutes=20, presenters=presenters)
    waiting.postpone_row(row, by=cast.secretary, reason="Venter på anbud")
    row.refresh_from_db()
    assert row.case.is_waiting is True
    later = planning.create_next_meeting(cast.board, date(2026, 6, 8), by=cast.secretary)
    again = waiting.take_case(later, row.case, by=cast.secretary)
    row.case.refresh_from_db()
    assert (again.title, again.minutes, agenda.presenters_of(again)) == ("Stupetårn", 20, presenters)
    assert (row.case.is_waiting, again.case, again.label) == (False, row.case, "3-42/26")


def test_a_case_postponed_to_a_meeting_takes_its_papers_along(cast, meeting):
    later = planning.create_next_meeting(cast.board, date(2026, 6, 8), by=cast.secretary)
    row = agenda.add_row(meeting, by=cast.secretary, title="Stupetårn", minutes=20)
    file = StoredFile.objects.create(sha256="a" * 64, size=3, media_type="application/pdf", name="tårn.pdf")
    Paper.objects.create(meeting=meeting, row=row, title="Tegning", file=file)
    fresh = waiting.postpone_row(row, by=cast.secretary, reason="Tid", to=later)
    assert [(paper.title, paper.file, paper.meeting) for paper in fresh.papers.all()] == [("Tegning", file, later)]
    assert row.papers.count() == 1


def test_a_second_part_has_the_same_number(cast, meeting):
    row = meeting.agenda_rows.get(item=2)
    part = agenda.split_row(row, by=cast.secretary)
    agenda.move_by(part, 5, by=cast.secretary)
    assert labels(meeting) == ["1-41/26", "2-41/26 (del 1)", "3-41/26", "2-41/26 (del 2)"]
    assert part.case == row.case


def test_the_second_of_two_edits_of_the_same_version_is_told_of_the_first(cast, meeting):
    row = meeting.agenda_rows.get(item=2)
    agenda.change_row(row, by=cast.secretary, version=1, title="Status for oppfølging")
    with pytest.raises(agenda.Conflict) as conflict:
        agenda.change_row(row, by=cast.secretary, version=1, title="Noe annet")
    assert conflict.value.row.title == "Status for oppfølging"
    assert meeting.agenda_rows.get(pk=row.pk).title == "Status for oppfølging"


def test_numbers_run_on_through_the_year_for_a_running_board(cast):
    board = factories.make_board("arsradet", scheme=Board.Scheme.PER_YEAR, case_pattern="{item}/{yy}")
    first = planning.create_next_meeting(board, date(2021, 2, 12), by=cast.secretary)
    second = planning.create_next_meeting(board, date(2021, 3, 12), by=cast.secretary)
    for title in ["En", "To"]:
        agenda.add_row(first, by=cast.secretary, title=title)
    agenda.add_row(second, by=cast.secretary, title="Tre")
    workflow.call(first, by=cast.secretary, at=NOW)
    assert (labels(first), labels(second)) == (["1/21", "2/21"], ["3/21"])
    agenda.add_row(first, by=cast.secretary, title="Sein")
    assert (labels(first), labels(second)) == (["1/21", "2/21", "3/21"], ["4/21"])
    workflow.call(second, by=cast.secretary, at=NOW)
    agenda.add_row(first, by=cast.secretary, title="Seinest")
    assert (labels(first), labels(second)) == (["1/21", "2/21", "3/21", "5/21"], ["4/21"])


def test_two_meetings_with_one_number_are_warned_about_and_their_cases_count_on(cast, meeting):
    twin = planning.create_next_meeting(cast.board, date(2026, 5, 20), by=cast.secretary, number="41/2026")
    assert (twin.number, twin.slug, twin.sequence) == ("41/2026", "41-2026-2", 41)
    assert "The meeting on 20.04.2026 has the number 41/2026 too." in [problem.text for problem in problems(twin)]
    workflow.call(meeting, by=cast.secretary, at=NOW)
    workflow.call(twin, by=cast.secretary, at=NOW)
    assert labels(twin) == ["4-41/26", "5-41/26", "6-41/26"]


def test_overrun_overlap_and_own_date_are_warned_about(cast):
    meeting = factories.make_meeting(cast.board, date(2026, 2, 8))
    agenda.add_row(meeting, by=cast.secretary, title="Referat", minutes=60, approves_minutes_of=date(2026, 2, 8))
    agenda.add_row(meeting, by=cast.secretary, title="Tema", minutes=150, start=time(12, 30), is_start_fixed=True)
    assert [problem.text for problem in problems(meeting)] == [
        "«Tema» begins at 12.30, before «Referat» ends.",
        "The meeting is to approve the minutes of its own date, 08.02.2026.",
    ]
    agenda.change_row(meeting.agenda_rows.get(title="Tema"), by=cast.secretary, version=1, minutes=165)
    assert "The last item ends at 15.15, 15 minutes after the planned end at 15.00." in [
        problem.text for problem in problems(meeting)
    ]


def test_a_closed_meeting_takes_nothing_more(cast):
    meeting = factories.make_meeting(cast.board, state=Meeting.State.CLOSED)
    with pytest.raises(TransitionRefused):
        agenda.add_row(meeting, by=cast.secretary, title="Sent")
    assert meeting.agenda_rows.count() == 0


def test_an_imported_agenda_keeps_labels_and_times_as_written(cast):
    meeting = factories.make_meeting(cast.board, is_as_written=True)
    row = factories.make_row(meeting, "Gammel", item=4, label="4/41-26", start=time(12, 0))
    agenda.add_row(meeting, by=cast.secretary, title="Ny")
    row.refresh_from_db()
    assert (row.label, row.start, row.end) == ("4/41-26", time(12, 0), None)
    assert labels(meeting) == ["4/41-26", "5-41/26"]
