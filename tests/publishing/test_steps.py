"""The step line: nine steps with dates, for the eye and for who listens."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.models import Meeting
from publishing import issuing
from publishing.desk.known import learn_one
from publishing.desk.steps import steps_of
from tests import factories

WORDS = ["Agenda", "Call", "Papers", "Meeting", "Minutes", "Review", "Final", "Approved", "Published"]


def line(meeting: Meeting, today: date) -> list[str]:
    """Each step as `word: detail`, passed ones with a tick, the next with an arrow."""
    known = learn_one(meeting, today)
    marks = {(True, False): "✓ ", (False, True): "→ ", (False, False): ""}
    return [f"{marks[step.is_done, step.is_current]}{step.word}: {step.detail}" for step in steps_of(known, True)]


def at(meeting: Meeting) -> str:
    return reverse("meetings:meeting", args=[meeting.board.slug, meeting.slug])


def test_a_planned_meeting_shows_every_deadline(meeting):
    following = factories.make_meeting(meeting.board, date(2026, 6, 8), sequence=42)
    assert line(meeting, date(2026, 4, 8)) == [
        "→ Agenda: 3 cases",
        "Call: tomorrow",
        "Papers: 13. april",
        "Meeting: 20. april",
        "Minutes: 22. april",
        "Review: 29. april",
        "Final: 5. mai",
        "Approved: 8. juni",
        "Published: after 8. juni",
    ]
    following.delete()
    assert line(meeting, date(2026, 4, 8))[7:] == ["Approved: at the next meeting", "Published: "]


def test_what_is_passed_has_its_own_date(meeting, cycle, cast, now):
    cycle.call(meeting)
    minutes = cycle.hold(meeting)
    issuing.send_for_review(minutes, deadline=date(2026, 5, 12), by=cast.secretary, at=now)
    assert line(meeting, date(2026, 4, 24))[:7] == [
        "✓ Agenda: 3 cases",
        "✓ Call: 10. april",
        "✓ Papers: 13. april",
        "✓ Meeting: 20. april",
        "✓ Minutes: 10. april",
        "→ Review: deadline 12. mai",
        "Final: 18. mai",
    ]


def test_a_late_draft_moves_what_comes_after_it(meeting, cycle):
    cycle.call(meeting)
    cycle.hold(meeting)
    assert line(meeting, date(2026, 5, 4))[4:7] == [
        "→ Minutes: past due 22. april",
        "Review: 11. mai",
        "Final: 15. mai",
    ]


def test_an_extraordinary_meeting_between_does_not_approve_unless_its_agenda_says_so(meeting):
    between = factories.make_meeting(meeting.board, date(2026, 5, 5), sequence=42, is_extraordinary=True)
    factories.make_meeting(meeting.board, date(2026, 6, 8), sequence=43)
    assert line(meeting, date(2026, 4, 8))[7] == "Approved: 8. juni"
    factories.make_row(between, approves_minutes_of=meeting.first_day)
    assert line(meeting, date(2026, 4, 8))[7] == "Approved: 5. mai"


def test_a_board_that_approves_otherwise_waits_for_no_meeting(meeting):
    factories.make_meeting(meeting.board, date(2026, 6, 8), sequence=42)
    type(meeting.board).objects.update(approval="circulation")
    assert line(meeting, date(2026, 4, 8))[7:] == ["Approved: ", "Published: "]


def test_the_page_of_a_meeting_says_how_far_it_has_come(meeting, cycle, cast, signed_in):
    cycle.call(meeting)
    page = signed_in(cast.secretary).get(at(meeting)).content.decode()
    assert [word for word in WORDS if f'<span class="step-name">{word}<' not in page] == []
    assert page.count('aria-current="step"') == 1
    assert page.count(", done</span>") == 2
    assert ", next</span>" in page


def test_a_member_is_not_told_how_many_cases_are_planned(meeting, cycle, cast, signed_in):
    assert "3 cases" not in signed_in(cast.member).get(at(meeting)).content.decode()
    cycle.call(meeting)
    assert "3 cases" in signed_in(cast.member).get(at(meeting)).content.decode()


def test_a_meeting_that_is_off_has_no_steps(meeting, cast, signed_in):
    Meeting.objects.filter(pk=meeting.pk).update(state="cancelled", state_reason="Forfall")
    assert 'class="step-line"' not in signed_in(cast.secretary).get(at(meeting)).content.decode()


@pytest.mark.parametrize("rows", [10, 100])
def test_the_steps_cost_the_same_for_many_cases(meeting, rows, django_assert_num_queries):
    with CaptureQueriesContext(connection) as few:
        line(meeting, date(2026, 4, 8))
    for number in range(rows):
        factories.make_row(meeting, f"Sak {number}")
    with django_assert_num_queries(len(few)):
        assert line(meeting, date(2026, 4, 8))[0] == f"→ Agenda: {rows + 3} cases"
