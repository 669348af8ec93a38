from datetime import date, timedelta

import pytest

from boardroom.lib.workflow import TransitionRefused
from minutes import approval, editing, review, settling
from minutes.models import Minutes
from tests import factories

DAY = date(2026, 5, 11)


@pytest.fixture
def earlier(board):
    """Final minutes of the meeting before."""
    meeting = factories.make_meeting(board, date(2026, 3, 9), sequence=40)
    return factories.make_minutes(meeting, state="final", final_on=date(2026, 3, 20))


@pytest.mark.parametrize(
    "how, names", [("circulation", []), ("named-approvers", ["Ada Berg", "Bo Dal"]), ("chair", ["Ada Berg"])]
)
def test_minutes_are_approved_outside_a_meeting_with_their_facts(earlier, cast, how, names):
    approval.approve(earlier, how, DAY, by=cast.secretary, by_names=names)
    assert (earlier.state, earlier.approval_how, earlier.approved_on, earlier.approved_by) == (
        "approved",
        how,
        DAY,
        names,
    )


def test_minutes_are_approved_in_a_case_of_the_next_meeting(earlier, meeting, cast):
    row = meeting.agenda_rows.get(label="1-41/26")
    approval.approve(earlier, "next-meeting", DAY, by=cast.secretary, in_row=row)
    assert (earlier.approved_in, earlier.approved_in_label) == (row, "1-41/26")


@pytest.mark.parametrize(
    "how, names", [("next-meeting", []), ("named-approvers", ["Ada Berg"]), ("chair", []), ("deemed-at-deadline", [])]
)
def test_an_approval_without_what_it_needs_is_refused(earlier, cast, how, names):
    with pytest.raises(TransitionRefused):
        approval.approve(earlier, how, DAY, by=cast.secretary, by_names=names)
    assert Minutes.objects.get(pk=earlier.pk).state == "final"


def test_minutes_are_deemed_approved_when_the_deadline_has_passed(minutes, cast, now):
    sent = review.open_round(minutes, sent_on=DAY, deadline=DAY, by=cast.secretary)
    remark = review.add_remark(sent, text="Dato", at=now, by=cast.member, person=cast.member.person)
    Minutes.objects.filter(pk=minutes.pk).update(state="final")
    minutes.refresh_from_db()
    after = DAY + timedelta(days=1)
    with pytest.raises(TransitionRefused) as refusal:
        approval.approve(minutes, "deemed-at-deadline", DAY, by=None)
    assert refusal.value.reasons == [
        "The deadline for remarks has not passed yet.",
        "There are remarks that are not settled.",
    ]
    settling.settle(remark, "not-incorporated", "", at=now, by=cast.secretary)
    approval.approve(minutes, "deemed-at-deadline", after, by=None)
    assert minutes.approved_on == after


def test_a_draft_is_not_approved(minutes, cast):
    with pytest.raises(TransitionRefused):
        approval.approve(minutes, "circulation", DAY, by=cast.secretary)


def test_a_decision_that_approves_earlier_minutes_finds_them_by_the_date(earlier, item, cast):
    values = {"kind": "approved", "approves_minutes_of": date(2026, 3, 9)}
    block = editing.add_block(item, "decision", by=cast.secretary, values=values)
    unknown = {"kind": "approved", "approves_minutes_of": date(2026, 3, 10)}
    editing.add_block(item, "decision", by=cast.secretary, values=unknown)
    assert approval.approvals_in(item.minutes) == [(earlier, item.row)]
    assert approval.unresolved_approvals(item.minutes) == [date(2026, 3, 10)]
    block.decision.refresh_from_db()
    assert block.decision.approves_minutes == earlier
