"""Rounds sent again, minutes finalised with remarks waiting, and the summary as a paper of the case that approves (R95)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from boardroom.lib.workflow import TransitionRefused
from jobs.status import drain
from mail.models import Letter
from meetings.models import Paper
from minutes import review, settling
from minutes.models import ReviewRound
from publishing import issuing, reviewing
from publishing.models import Document
from tests import factories

DEADLINE = date(2026, 4, 30)


@pytest.fixture
def minutes(meeting, cycle):
    cycle.call(meeting)
    return cycle.hold(meeting)


@pytest.fixture
def sent(minutes, cycle, now):
    return issuing.send_for_review(minutes, deadline=DEADLINE, by=cycle.by, at=now + timedelta(days=12))


@pytest.fixture
def remark(sent, cast, now):
    at = now + timedelta(days=13)
    return review.add_remark(sent, text="Hemmelig ord", at=at, by=cast.member, person=cast.member.person)


def test_a_new_round_closes_the_old_one_freezes_a_second_draft_and_tells_what_became(remark, minutes, cycle, now):
    settling.settle(remark, "incorporated", "Rettet.", at=now + timedelta(days=14), by=cycle.by)
    at = now + timedelta(days=15)
    issuing.send_for_review(minutes, deadline=date(2026, 5, 8), by=cycle.by, at=at, after=1)
    rounds = ReviewRound.objects.order_by("number").values_list("number", "is_open")
    assert list(rounds) == [(1, False), (2, True)]
    drafts = Document.objects.filter(kind="minutes", stage="draft").order_by("version")
    assert [draft.round.number for draft in drafts] == [1, 2]
    assert [one.person.user.username for one in Letter.objects.filter(kind="remark-settled")] == ["member"]


def test_a_page_that_was_read_before_somebody_else_sent_the_round_sends_nothing(sent, minutes, cycle, now):
    with pytest.raises(TransitionRefused):
        issuing.send_for_review(minutes, deadline=DEADLINE, by=cycle.by, at=now + timedelta(days=13), after=0)
    assert ReviewRound.objects.get().is_open


def test_finalising_says_how_many_wait_and_leads_there(remark, minutes, cast, signed_in):
    address = [minutes.meeting.board.slug, minutes.meeting.slug]
    text = signed_in(cast.secretary).get(reverse("publishing:finalise", args=address)).content.decode()
    assert "1 remark is not settled" in text
    assert f"{reverse('minutes:remarks', args=address)}?show=unsettled" in text


def test_the_final_minutes_tell_each_sender_once(remark, minutes, cycle, now):
    settling.settle(remark, "incorporated", "Rettet.", at=now + timedelta(days=14), by=cycle.by)
    issuing.finalise(minutes, by=cycle.by, at=now + timedelta(days=15), reason="Ferdig.")
    assert Letter.objects.filter(kind="remark-settled").count() == 1


def test_the_summary_is_a_paper_of_the_case_that_approves_and_only_once(
    remark, minutes, cast, cycle, now, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path / "files"
    later = factories.make_meeting(minutes.meeting.board, date(2026, 6, 1), sequence=42, state="planned")
    factories.make_row(later, "Ny brygge")
    approving = factories.make_row(later, "Referat", approves_minutes_of=minutes.meeting.first_day)
    for _again in range(2):
        row = reviewing.attach_summary(minutes, by=cycle.by, at=now + timedelta(days=14))
        assert row == approving
        drain()
    paper = Paper.objects.get(row=approving)
    assert paper.access_level == "internal" and paper.file.media_type == "application/pdf"
    assert "Hemmelig ord" not in paper.title
    settling.settle(remark, "incorporated", "Rettet.", at=now + timedelta(days=14), by=cycle.by)
    reviewing.attach_summary(minutes, by=cycle.by, at=now + timedelta(days=15))
    assert Document.objects.filter(kind="review").count() == 2


def test_without_a_next_meeting_the_summary_says_what_to_do(remark, minutes, cycle, now):
    with pytest.raises(TransitionRefused) as told:
        reviewing.attach_summary(minutes, by=cycle.by, at=now)
    assert "Plan the next meeting first." in told.value.reasons[0]
