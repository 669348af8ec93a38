"""What the public tracker's rows hold: published words, the status word, and nothing else (docs/decisions/0012)."""

import re
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from followups.models import FollowUp, Status
from followups.status import change_status, take_back
from jobs.models import Job
from minutes.models import Block
from publishing import issuing, publication, tracking
from publishing.models import FollowUpMention, Publication, PublishedFollowUp
from tests.publishing.tracked import april, june, keep_up, story, told

__all__ = ["april", "june", "story", "told"]
pytestmark = pytest.mark.django_db


def row(follow_up: FollowUp) -> PublishedFollowUp:
    return PublishedFollowUp.objects.get(register_number=follow_up.pk)


def texts() -> str:
    """Everything that is kept for the public, in one string."""
    rows = [*PublishedFollowUp.objects.values(), *FollowUpMention.objects.values()]
    return "\n".join(str(value) for one in rows for value in one.values())


def public_bytes(page: str) -> bytes:
    """The page as anybody gets it, without the nonce of its policy."""
    answer = Client().get(page)
    assert answer.status_code == 200, page
    return re.sub(rb"nonce-?=?[^ ;>]+", b"", answer.content)


def test_published_minutes_put_their_promises_on_the_tracker(told):
    water, signs, guards, _exempt = told

    assert (row(water).text, row(water).label, row(water).title) == (
        "Måle vannet hver uke", "2-41/26", "Ny badeplass ved Sundbytjern"
    )  # fmt: skip
    assert row(water).get_absolute_url() == "/tracker/badevannsradet/2-41-26/1/"
    assert (row(water).due_kind, row(water).due_on, row(water).status_since) == (
        "day", date(2026, 6, 10), date(2026, 4, 20)
    )  # fmt: skip
    # A member is the organisation, the chair is named, an organisation nobody registered stands in the printed text.
    assert [row(one).responsible for one in (water, signs, guards)] == [
        ["Sundby kommune"], ["Ragnhild Myrvold"], ["Badelaget"]
    ]  # fmt: skip
    assert (row(signs).due_kind, row(signs).due_by) == ("meeting", None)
    assert (row(guards).due_kind, row(guards).due_words) == ("", "")


def test_nothing_that_is_not_published_comes_near_it(story, told, june):
    story.report(june, told[0], "Zqutkast til svar", status="done")
    assert "Zq" not in texts()
    assert not PublishedFollowUp.objects.filter(register_number=told[3].pk).exists()
    assert PublishedFollowUp.objects.filter(is_shown=True).count() == 3


def test_minutes_change_the_status_when_they_are_published(story, told, june):
    story.report(june, told[0], "Alle prøver er tatt.", status="done")
    story.report(june, told[1], "Skiltene er bestilt.", due_text="septembermøtet")
    document = story.finalise(june)
    tracking.refresh_boards([story.board.pk])
    assert FollowUp.objects.get(pk=told[0].pk).state == Status.DONE
    assert (row(told[0]).status, row(told[1]).due_kind, row(told[1]).report) == ("open", "meeting", "")

    story.publish(document)
    assert (row(told[0]).status, row(told[0]).status_since) == ("done", date(2026, 6, 15))
    assert (row(told[1]).due_kind, row(told[1]).due_on, row(told[1]).times_moved) == ("month", date(2026, 9, 1), 1)
    assert (row(told[1]).report, row(told[1]).report_meeting) == ("Skiltene er bestilt.", "Møte 42/2026")


def test_between_meetings_the_status_word_alone_is_told(story, told):
    on, at = date(2026, 5, 4), story.at(told[0].source_meeting, 14)
    change_status(told[0], Status.WAITING, text="Zqventer på fastlegen", by=story.by, on=on, at=at)
    change_status(told[1], Status.REPORTED_DONE, text="Zqferdig", by=story.by, on=on, at=at)
    keep_up()
    assert (row(told[0]).status, row(told[0]).status_since) == ("waiting", on)
    assert row(told[1]).status == "in-progress"

    change_status(FollowUp.objects.get(pk=told[1].pk), Status.DONE, by=story.by, on=on + timedelta(days=3), at=at)
    keep_up()
    assert (row(told[1]).status, row(told[1]).status_since) == ("done", on + timedelta(days=3))
    assert "Zq" not in texts()


def test_what_was_published_stands_when_the_register_takes_it_back(story, told, june):
    story.report(june, told[0], "Alle prøver er tatt.", status="done")
    story.publish(story.finalise(june))
    change = FollowUp.objects.get(pk=told[0].pk).changes.get(action=None, after="done")
    change.follow_up.changes.create(
        before="done", after="open", changed_on=date(2026, 6, 20), meeting=june.meeting, undoes=change
    )
    tracking.refresh_boards([story.board.pk])
    assert row(told[0]).status == "done"


def test_what_is_made_exempt_afterwards_changes_nothing_that_is_public(story, told, june):
    """Also where what was told is taken back behind the shield; published minutes still move it on."""
    on, at = date(2026, 5, 4), story.at(told[0].source_meeting, 14)
    for status in (Status.WAITING, Status.IN_PROGRESS, Status.WAITING):
        change_status(FollowUp.objects.get(pk=told[0].pk), status, text="Venter.", by=story.by, on=on, at=at)
        on += timedelta(days=1)
    keep_up()
    pages = row(told[0]).get_absolute_url(), "/tracker/badevannsradet/", "/tracker/tracker.json", "/tracker/tracker.csv"
    before = [public_bytes(page) for page in pages]
    assert row(told[0]).status == "waiting"

    Block.objects.filter(pk=told[0].source_block_id).update(access_level="exempt", access_basis="offl. § 13")
    shielded = FollowUp.objects.get(pk=told[0].pk)
    take_back(shielded.changes.filter(action=None).exclude(before="")[1:], reason="Feil.", by=story.by, on=on, at=at)
    change_status(FollowUp.objects.get(pk=told[0].pk), Status.IN_PROGRESS, text="Zq", by=story.by, on=on, at=at)
    for _ in range(2):
        tracking.refresh_boards([story.board.pk])
    assert [public_bytes(page) for page in pages] == before

    story.report(june, told[0], "Alle prøver er tatt.", status="done")
    story.publish(story.finalise(june))
    assert (row(told[0]).status, row(told[0]).status_since) == ("done", date(2026, 6, 15))


def test_withdrawn_minutes_take_promises_and_reports_with_them_at_once(story, told, june):
    story.report(june, told[0], "Alle prøver er tatt.", status="done")
    published = story.publish(story.finalise(june))
    publication.withdraw(published, "Navnet på en søker sto i saken.", by=story.by, at=story.at(june.meeting, 9))
    assert (row(told[0]).status, row(told[0]).report) == ("open", "")

    first = Publication.objects.live().get(kind="minutes")
    publication.withdraw(first, "Feil.", by=story.by, at=story.at(june.meeting, 9))
    assert not PublishedFollowUp.objects.filter(is_shown=True).exists()
    assert "Måle vannet" not in "".join(str(one) for one in PublishedFollowUp.objects.values())


def test_an_address_stays_through_withdrawal_and_correction(story, told, april):
    before = {one.register_number: one.get_absolute_url() for one in PublishedFollowUp.objects.all()}
    publication.withdraw(Publication.objects.get(), "Feil.", by=story.by, at=story.at(april.meeting, 8))
    april.refresh_from_db()
    issuing.open_correction(april, "Feil tall.", by=story.by)
    Block.objects.filter(item__minutes=april, type="text").update(html="<p>Rådet drøftet saken grundig.</p>")
    corrected = issuing.issue_correction(april, by=story.by, at=story.at(april.meeting, 9))
    story.publish(corrected, days=10)

    assert {one.register_number: one.get_absolute_url() for one in PublishedFollowUp.objects.all()} == before
    assert PublishedFollowUp.objects.filter(is_shown=True).count() == 3


def test_a_later_version_tells_the_promise_as_it_was_made(story, told, june):
    """The register has moved the time and changed who answers; the approval of the first minutes tells neither."""
    story.report(june, told[0], "Utsatt.", due_text="1. desember 2026")
    story.finalise(june)
    minutes = told[0].source_meeting.minutes
    approved = issuing.approve(minutes, "circulation", date(2026, 6, 22), by=story.by, at=story.at(june.meeting, 7))
    story.publish(approved, days=70)
    assert row(told[0]).due_on == date(2026, 6, 10)


def test_the_next_meeting_is_a_day_once_it_is_published(story, told):
    meeting = story.plan(42, date(2026, 6, 15), "Sommeren")
    document = issuing.freeze(meeting, "agenda", "issued", issued_on=date(2026, 6, 1))
    assert row(told[1]).due_by is None
    publication.publish(document, by=story.by, at=story.at(meeting, -10))
    keep_up()
    assert row(told[1]).due_by == date(2026, 6, 15)


def test_the_index_can_be_made_anew_and_checked(story, told):
    keep_up()
    before = texts()
    call_command("rebuildtracker", "--check")
    PublishedFollowUp.objects.filter(register_number=told[0].pk).update(text="Noe annet")
    with pytest.raises(CommandError, match="1 of the public"):
        call_command("rebuildtracker", "badevannsradet", "--check")
    assert "Noe annet" in texts()

    PublishedFollowUp.objects.all().delete()
    FollowUpMention.objects.all().delete()
    call_command("rebuildtracker")
    strip = [line for line in before.splitlines() if not line.isdigit()]
    assert [line for line in texts().splitlines() if not line.isdigit()] == strip


def test_acts_leave_a_job_that_brings_the_board_up_to_date(story, told):
    Job.objects.all().delete()
    change_status(told[0], Status.WAITING, by=story.by, on=date(2026, 5, 4), at=story.at(told[0].source_meeting, 14))
    assert list(Job.objects.values_list("kind", "payload")) == [("track", {"board": story.board.pk})]
