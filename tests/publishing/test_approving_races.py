"""Several who approve at the same moment: the last one brings the approved version, and there is one (A13)."""

from datetime import UTC, date, datetime

import pytest

from boardroom.lib.workflow import TransitionRefused
from minutes.models import ApprovalRequest, Minutes
from publishing import issuing
from publishing.models import Document
from tests.minutes.test_races import together
from tests.publishing.approvals import approve, ask

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)


@pytest.fixture
def asked(final, cast):
    ask(final, "circulation", by=cast.secretary, at=AT, deadline=date(2026, 5, 8))
    return final


def answering(minutes: Minutes, user):
    mine = Minutes.objects.select_related("meeting__board").get(pk=minutes.pk)
    return lambda: approve(mine, user, at=AT)


def test_of_all_who_answer_at_once_one_is_the_last(asked, cast):
    users = (cast.chair, cast.member, cast.second_member)
    assert together([answering(asked, user) for user in users]) == []
    asked.refresh_from_db()
    assert asked.state == Minutes.State.APPROVED
    assert Document.objects.filter(meeting=asked.meeting, stage="approved").count() == 1


def test_one_who_presses_five_times_answers_once(asked, cast):
    refused = together([answering(asked, cast.member) for _press in range(5)])
    assert [type(one) for one in refused] == [TransitionRefused] * 4
    assert ApprovalRequest.objects.exclude(answer="").count() == 1


def test_the_last_answer_and_a_correction_do_not_both_win(asked, cast):
    approve(asked, cast.chair, at=AT)
    approve(asked, cast.member, at=AT)
    fresh = Minutes.objects.select_related("meeting__board").get(pk=asked.pk)
    together([answering(asked, cast.second_member), lambda: issuing.open_correction(fresh, "Feil.", by=cast.secretary)])
    asked.refresh_from_db()
    approved = Document.objects.filter(meeting=asked.meeting, stage="approved").exists()
    assert approved == (asked.state == Minutes.State.APPROVED)
    assert asked.correction_reason or approved
