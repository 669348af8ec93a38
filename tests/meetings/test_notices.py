"""What those called know, and what they do not (RFC 5546)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from audit.models import Entry
from boardroom.lib.workflow import TransitionRefused
from meetings import notices, planning, workflow
from meetings.models import Meeting
from tests import factories

NOW = datetime(2026, 4, 10, 10, 0, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture
def meeting(board, cast) -> Meeting:
    """Called, and those called know where and when."""
    made = factories.make_meeting(board, place="Rådhuset", state=Meeting.State.CALLED)
    notices.note(made, by=cast.secretary, at=NOW)
    return made


def test_nothing_is_untold_at_first(meeting):
    assert notices.untold(meeting, TODAY) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"place": "Biblioteket"}, "The place has changed."),
        ({"url": "https://moter.example/41"}, "The web link has changed."),
    ],
)
def test_a_new_place_or_link_is_untold_until_it_is_told(meeting, cast, change, sentence):
    Meeting.objects.filter(pk=meeting.pk).update(**change)
    meeting.refresh_from_db()
    assert notices.untold(meeting, TODAY) == [sentence]

    notices.tell(meeting, by=cast.secretary, at=NOW)
    assert notices.untold(meeting, TODAY) == []
    assert Entry.objects.filter(act="meetings.tell").count() == 1


def test_what_is_put_back_is_not_untold(meeting, cast):
    days = [(date(2026, 4, 21), time(12), time(15), "")]
    planning.set_days(meeting, days, by=cast.secretary)
    assert notices.untold(meeting, TODAY) == ["The date or the hours have changed."]

    planning.set_days(meeting, [(date(2026, 4, 20), time(12), time(15), "")], by=cast.secretary)
    assert notices.untold(meeting, TODAY) == []


def test_the_sequence_rises_with_every_change_told_and_only_then(meeting, cast):
    for place in ("A", "B", "C"):
        Meeting.objects.filter(pk=meeting.pk).update(place=place)
        meeting.refresh_from_db()
        notices.tell(meeting, by=cast.secretary, at=NOW)
        with pytest.raises(TransitionRefused, match="know of everything"):
            notices.tell(meeting, by=cast.secretary, at=NOW)

    assert list(meeting.notices.values_list("sequence", flat=True)) == [0, 1, 2, 3]


def test_a_meeting_that_is_over_or_held_tells_nothing(meeting, cast):
    Meeting.objects.filter(pk=meeting.pk).update(place="Biblioteket")
    meeting.refresh_from_db()
    assert notices.untold(meeting, meeting.first_day + timedelta(days=1)) == []
    workflow.hold(meeting, by=cast.secretary)
    assert notices.untold(meeting, TODAY) == []


def test_a_deputy_who_was_released_is_told_nothing_more(meeting, cast):
    call = meeting.calls.create(sent_at=NOW)
    deputy, member = cast.deputy.person, cast.member.person
    for person in (deputy, member):
        call.recipients.create(person=person)
    made = meeting.deputy_calls.create(person=deputy, stands_in_for=cast.second_member.person, called_at=NOW)
    assert set(notices.called_to(meeting)) == {deputy, member}

    type(made).objects.filter(pk=made.pk).update(ending="released", ended_at=NOW)
    assert notices.called_to(meeting) == [member]
