"""The case that approves earlier minutes: one press writes the decision (R73, R74)."""

from datetime import date

import pytest
from django.urls import reverse

from boardroom.lib.fragments import plain_text
from minutes import approval, approval_case
from minutes.models import Decision
from publishing.awaiting import awaited_by
from tests import factories

DAY = date(2026, 3, 9)


@pytest.fixture
def earlier(board):
    meeting = factories.make_meeting(board, DAY, sequence=40)
    return factories.make_minutes(meeting, state="final", final_on=date(2026, 3, 20))


@pytest.fixture
def first(minutes, earlier):
    """The first case, which is for approval of call, agenda and the previous minutes."""
    item = minutes.items.select_related("row").get(label="1-41/26")
    item.minutes = minutes
    item.row.purpose, item.row.approves_minutes_of = "approval", DAY
    item.row.save()
    return item


def decided(item) -> list[tuple[str, str]]:
    found = Decision.objects.filter(block__item=item).order_by("block__order")
    return [(one.kind, plain_text(one.block.html)) for one in found.select_related("block")]


def test_no_remarks_is_one_press_and_another_press_changes_the_same_decision(first, earlier, cast, now):
    approval_case.decide(first, DAY, "approved", by=cast.secretary, at=now)
    approval_case.decide(first, DAY, "approved", by=cast.secretary, at=now)
    assert decided(first) == [
        ("approved", "Ingen merknader til referatet fra møtet 9. mars 2026. Referatet er godkjent.")
    ]
    assert [one for one, _row in approval.approvals_in(first.minutes)] == [earlier]
    approval_case.decide(first, DAY, "not-approved", by=cast.secretary, at=now)
    assert decided(first) == [("rejected", "Referatet fra møtet 9. mars 2026 er ikke godkjent.")]
    assert approval.approvals_in(first.minutes) == []


def test_what_the_secretary_wrote_stays_with_the_sentence_after_it(first, cast, now):
    block = approval_case.decide(first, DAY, "approved-with-remarks", by=cast.secretary, at=now)
    block.html += "<p>Navnet i sak 2 rettes.</p>"
    block.save()
    approval_case.decide(first, DAY, "approved-with-remarks", by=cast.secretary, at=now)
    assert decided(first)[0][1].count("med disse merknadene") == 1
    approval_case.decide(first, DAY, "not-approved", by=cast.secretary, at=now)
    text = decided(first)[0][1]
    assert "Navnet i sak 2 rettes." in text and text.endswith("er ikke godkjent.")
    block.refresh_from_db()
    assert block.revisions.count() == 1


def test_minutes_that_another_case_of_the_meeting_names_are_approved_there(first, earlier):
    older = factories.make_meeting(first.minutes.meeting.board, date(2026, 1, 12), sequence=39)
    factories.make_minutes(older, state="final", final_on=date(2026, 1, 20))
    other = first.minutes.items.select_related("row").get(label="2-41/26").row
    other.purpose, other.approves_minutes_of = "approval", older.first_day
    other.save()
    assert [one.minutes.meeting for one in awaited_by(first.row)] == [earlier.meeting]
    assert [one.minutes.meeting for one in awaited_by(other)] == [older]


def test_the_case_knows_every_minutes_that_wait_and_where_they_stand(
    first, earlier, cast, signed_in, django_assert_num_queries
):
    older = factories.make_meeting(first.minutes.meeting.board, date(2026, 1, 12), sequence=39)
    factories.make_minutes(older, state="final", final_on=date(2026, 1, 20))
    assert [one.minutes.meeting.number for one in awaited_by(first.row)] == ["39/2026", "40/2026"]
    other = first.minutes.items.select_related("row").get(label="2-41/26")
    with django_assert_num_queries(0):
        assert awaited_by(other.row) == []

    client = signed_in(cast.secretary)
    page = client.get(first.get_absolute_url()).content.decode()
    assert "Minutes of meeting 39/2026" in page and "Not approved" in page
    address = reverse(
        "minutes:approve-earlier", args=[first.minutes.meeting.board.slug, first.minutes.meeting.slug, first.pk]
    )
    client.post(address, {"day": "2026-01-12", "outcome": "approved"})
    client.post(address, {"day": "2026-03-09", "outcome": "not-approved"})
    assert sorted(kind for kind, _text in decided(first)) == ["approved", "rejected"]
    page = client.get(first.get_absolute_url()).content.decode()
    assert page.count('aria-pressed="true"') == 2 and "come again at the next meeting" in page
    for wrong in ({"day": "2026-13-99", "outcome": "approved"}, {"day": "2026-03-09", "outcome": "lost"}, {}):
        assert client.post(address, wrong).status_code == 404
    assert signed_in(cast.chair).post(address, {"day": "2026-03-09", "outcome": "approved"}).status_code in {403, 404}
