"""Minutes that are deemed approved when the deadline for remarks has passed (P38, A13)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from jobs import schedule
from jobs.models import Job
from jobs.status import drain
from mail.models import Letter
from minutes import review, settling
from minutes.models import Minutes
from publishing import deeming, issuing
from publishing.models import Document
from tests.publishing.approvals import printed

SENT = datetime(2026, 10, 14, 8, 0, tzinfo=UTC)
# The last Sunday of October has 25 hours in Norway: its midnight is at 22 UTC before it, and at 23 UTC after it.
SATURDAY, SUNDAY = date(2026, 10, 24), date(2026, 10, 25)


@pytest.fixture
def sent(meeting, cycle, cast) -> Minutes:
    """Out for remarks on a board whose minutes are deemed approved."""
    meeting.board.approval = "deemed-at-deadline"
    meeting.board.save()
    cycle.call(meeting)
    return cycle.hold(meeting)


def send(minutes: Minutes, deadline: date, cast):
    return issuing.send_for_review(minutes, deadline=deadline, by=cast.secretary, at=SENT)


def tick(moment: datetime, monkeypatch) -> None:
    """The clock comes round, and the worker with it."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    schedule.tick(moment)
    Job.objects.exclude(kind="deem-approved").delete()
    drain(moment)


@pytest.mark.parametrize(
    "deadline, last_second, midnight",
    [
        (SATURDAY, datetime(2026, 10, 24, 21, 59, 59, tzinfo=UTC), datetime(2026, 10, 24, 22, 0, tzinfo=UTC)),
        (SUNDAY, datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC), datetime(2026, 10, 25, 23, 0, tzinfo=UTC)),
        (date(2027, 3, 28), datetime(2027, 3, 28, 21, 59, 59, tzinfo=UTC), datetime(2027, 3, 28, 22, 0, tzinfo=UTC)),
    ],
)
def test_the_whole_day_of_the_deadline_belongs_to_the_readers(sent, cast, monkeypatch, deadline, last_second, midnight):
    send(sent, deadline, cast)
    issuing.finalise(sent, by=cast.secretary, at=SENT + timedelta(days=1))
    tick(last_second, monkeypatch)
    sent.refresh_from_db()
    assert sent.state == Minutes.State.FINAL
    tick(midnight + timedelta(minutes=5), monkeypatch)
    sent.refresh_from_db()
    assert (sent.state, sent.approved_on) == (Minutes.State.APPROVED, deadline + timedelta(days=1))


def test_however_often_the_clock_comes_round_the_minutes_are_approved_once(sent, cast, monkeypatch):
    send(sent, SATURDAY, cast)
    issuing.finalise(sent, by=cast.secretary, at=SENT + timedelta(days=1))
    moment = datetime(2026, 10, 27, 6, 0, tzinfo=UTC)
    for turn in range(10):
        tick(moment + timedelta(minutes=6 * turn), monkeypatch)
        deeming.approve_if_due(sent.pk, moment)
    assert Document.objects.filter(meeting=sent.meeting, stage="approved").count() == 1
    assert printed(sent) == [
        "Godkjent 25. oktober 2026 da fristen for merknader var ute.",
        "Fristen for merknader var 24. oktober 2026.",
        "Godkjenningen gjelder versjon 2: endelig referat, 15. oktober 2026.",
    ]
    assert not Letter.objects.filter(kind="approval-stuck").exists()


def test_what_is_not_settled_is_told_once_and_approved_when_it_is(sent, cast, monkeypatch):
    opened = send(sent, SATURDAY, cast)
    remark = review.add_remark(opened, text="Dato", at=SENT, by=cast.member, person=cast.member.person)
    after = datetime(2026, 10, 26, 6, 0, tzinfo=UTC)
    for turn in range(3):
        tick(after + timedelta(minutes=6 * turn), monkeypatch)
    sent.refresh_from_db()
    assert sent.state == Minutes.State.IN_REVIEW
    assert [one.person.user for one in Letter.objects.filter(kind="approval-stuck")] == [cast.secretary]

    settled = after + timedelta(days=2)
    settling.settle(remark, "not-incorporated", "", at=settled, by=cast.secretary)
    issuing.finalise(sent, by=cast.secretary, at=settled)
    tick(settled + timedelta(days=1), monkeypatch)
    sent.refresh_from_db()
    assert (sent.state, sent.approved_on) == (Minutes.State.APPROVED, date(2026, 10, 28))


def test_another_way_of_approval_is_never_deemed(sent, cast, monkeypatch):
    sent.meeting.board.approval = "circulation"
    sent.meeting.board.save()
    send(sent, SATURDAY, cast)
    issuing.finalise(sent, by=cast.secretary, at=SENT + timedelta(days=1))
    tick(datetime(2026, 12, 1, 6, 0, tzinfo=UTC), monkeypatch)
    sent.refresh_from_db()
    assert sent.state == Minutes.State.FINAL and not Letter.objects.filter(kind="approval-stuck").exists()
