"""Whatever a board does in whatever order, each open follow-up stands where a simple reading of the contract says.

`CARRY_EXAMPLES=2000 pytest tests/followups/test_carry_property.py` plays that many years.
"""

import os

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit import trail
from audit.models import Entry
from followups.carrying.carry import carry, plan
from followups.models import CLOSED, FollowUp, Report
from meetings.models import Meeting
from minutes.models import Minutes
from tests import factories
from tests.followups.year import Year, is_draft, standing

EXAMPLES = int(os.environ.get("CARRY_EXAMPLES", "8"))
ACTS = [
    "meet", "meet", "meet", "wait", "call", "cancel", "move", "renumber", "hold", "hold", "finalise", "correct", "prepare",
    "from before", "from before", "split", "retitle", "close", "reopen", "owner reports", "take out", "put back", "put in",
    "put off", "put off", "take back",
]  # fmt: skip
STEPS = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 5), st.integers(0, 7)), min_size=5, max_size=30)


@pytest.mark.django_db
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_everything_stands_where_it_must_and_nothing_is_lost(steps):
    with transaction.atomic():
        year = Year(factories.make_user("sekretær"))
        year.step("from before", 1, 1)
        for what, which, other in steps:
            issued = said_in_final_minutes(year)
            year.step(what, which, other)
            check(year)
            if what != "correct":
                assert issued.items() <= said_in_final_minutes(year).items()
        check_again(year)
        transaction.set_rollback(True)


def check(year: Year) -> None:
    target, drafts, mind = year.target(), year.drafts(), year.mind
    for meeting in drafts:
        wanted = [one.pk for one in promised(year) if must_stand(year, one, meeting, target)]
        assert standing(meeting) == wanted, (meeting, "the next" if meeting == target else "a further one")
    for meeting in Meeting.objects.filter(board=year.board, state="called"):
        here = set(standing(meeting))
        assert mind.called[meeting.pk] <= here, "An agenda that was called lost something."
        if meeting.first_day >= year.today:
            late = {one.pk for one in promised(year) if is_due(year, one, meeting)}
            assert late <= here, "What came after the call is not there."
            told = Report.objects.filter(meeting=meeting, follow_up__in=here - mind.called[meeting.pk])
            assert all(report.is_late for report in told)
    if target:
        off = Report.objects.filter(meeting__board=year.board, meeting__state__in=["cancelled", "postponed"])
        assert not off.filter(is_left_out=False, resolution="").exists(), "Something stays in a meeting that is off."
    written = set(Report.objects.filter(meeting__board=year.board).values_list("resolution", flat=True))
    assert mind.words.keys() <= written, "Words that were prepared are gone."
    for report in Report.objects.unprepared().filter(meeting__in=drafts, is_worded=False).select_related("follow_up"):
        assert report.title == report.follow_up.title


def must_stand(year: Year, one: FollowUp, meeting: Meeting, target: Meeting | None) -> bool:
    if (one.pk, meeting.pk) in year.mind.out:
        return False
    if meeting == target:
        return is_due(year, one, meeting) or (one.pk, meeting.pk) in year.mind.placed or was_written(one, meeting)
    return (one.pk, meeting.pk) in year.mind.placed


def was_written(one: FollowUp, meeting: Meeting) -> bool:
    """Words that were prepared stay, also where the meeting was moved to before the one that made the follow-up."""
    return Report.objects.filter(meeting=meeting, follow_up=one).exclude(resolution="").exists()


def is_due(year: Year, one: FollowUp, meeting: Meeting) -> bool:
    """Made before the meeting, not taken out of it, and put off to no later draft."""
    source, here = one.source_meeting, (meeting.first_day, meeting.pk)
    if (one.pk, meeting.pk) in year.mind.out or (source and (source.first_day, source.pk) >= here):
        return False
    later = (there for (key, there), how in year.mind.placed.items() if key == one.pk and how == "instead")
    return not any(is_later_draft(year, there, here, one.pk) for there in later)


def is_later_draft(year: Year, there: int, here: tuple, key: int) -> bool:
    meeting = Meeting.objects.get(pk=there)
    return is_draft(meeting) and (meeting.first_day, meeting.pk) > here and (key, there) not in year.mind.out


def promised(year: Year) -> list[FollowUp]:
    """Open, and from before the system or from minutes that are final."""
    final = set(Minutes.objects.exclude(state__in=["draft", "in-review"]).values_list("meeting", flat=True))
    found = FollowUp.objects.filter(board=year.board).exclude(state__in=CLOSED).select_related("source_meeting")
    return [one for one in found.order_by("pk") if one.is_from_before or one.source_meeting_id in final]


def said_in_final_minutes(year: Year) -> dict:
    final = Report.objects.filter(meeting__board=year.board, meeting__minutes__state__in=["final", "approved"])
    return {one.pk: (one.meeting_id, one.follow_up_id, one.resolution, one.title, one.status) for one in final}


def check_again(year: Year) -> None:
    """Carrying once more changes nothing, the plan says what was done, and the trail is whole."""
    before, lines = list(Report.objects.order_by("pk").values()), Entry.objects.count()
    carry(year.board, at=year.at)
    assert (list(Report.objects.order_by("pk").values()), Entry.objects.count()) == (before, lines)
    made = plan(year.board, year.today)
    assert made.carried == [] and all(entry.report for entry in made.late)
    if made.meeting:
        assert sorted(entry.follow_up.pk for entry in made.already) == [
            key for key in standing(made.meeting) if key in {one.pk for one in promised(year)}
        ]
    assert trail.verify() == []
