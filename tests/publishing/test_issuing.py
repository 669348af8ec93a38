from datetime import date, timedelta

import pytest

from audit.models import Entry
from boardroom.lib.workflow import TransitionRefused
from followups.drafting import start_minutes
from followups.models import FollowUp, Report
from followups.promises import Promise, save_promises
from jobs.models import Job
from meetings import workflow as meeting_workflow
from minutes.models import Decision, Minutes
from publishing import issuing
from publishing.models import Document
from publishing.printing.content import sha256
from publishing.printing.rendering import render_html, render_text
from tests import factories


def stages(meeting) -> list[tuple[int, str]]:
    return list(Document.objects.filter(meeting=meeting, kind="minutes").values_list("version", "stage"))


def test_a_draft_sent_for_remarks_is_a_version_of_its_own(meeting, cycle, now, work, mailoutbox):
    cycle.call(meeting)
    work()
    mailoutbox.clear()
    minutes = cycle.hold(meeting)
    opened = issuing.send_for_review(minutes, deadline=date(2026, 4, 30), by=cycle.by, at=now + timedelta(days=12))
    work()

    minutes.refresh_from_db()
    assert (minutes.state, stages(meeting)) == (Minutes.State.IN_REVIEW, [(1, "draft")])
    assert len(mailoutbox) == opened.answers.count() == 4
    assert "Ny badeplass" not in "".join(sent.subject + sent.body for sent in mailoutbox)
    footer = Document.objects.get(kind="minutes").content["footer"]
    assert footer == "Utkast referat, 22. april 2026"


def test_the_whole_cycle_over_two_meetings(meeting, cycle, board, now):
    cycle.call(meeting)
    minutes = cycle.hold(meeting)
    item = minutes.items.get(label="2-41/26")
    block = factories.make_block(item, "", type="follow-up", label="Oppfølging:")
    save_promises(block, [Promise(text="Legge ut vannprøvene")], by=cycle.by, at=now)
    issuing.finalise(minutes, by=cycle.by, at=now + timedelta(days=15))

    later = factories.make_meeting(board, date(2026, 6, 8), sequence=42, place="Rådhuset")
    factories.make_row(later, "Godkjenning av referatet", purpose="approval", type="Tilslutning")
    factories.make_row(later, "Status for oppfølgingssaker", purpose="follow-ups")
    from jobs.status import drain

    drain()
    carried = Report.objects.get(meeting=later)
    assert (carried.source_label, [one["text"] for one in carried.actions]) == ("2-41/26", ["Legge ut vannprøvene"])

    cycle.call(later, now + timedelta(days=40))
    assert "Legge ut vannprøvene" in str(Document.objects.get(meeting=later, kind="call").content)
    second = cycle.hold(later)
    Decision.objects.filter(block__item__label="1-42/26").update(kind="approved", approves_minutes_of=date(2026, 4, 20))
    result = issuing.finalise(second, by=cycle.by, at=now + timedelta(days=65))

    assert [one.pk for one in result.approved] == [minutes.pk]
    minutes.refresh_from_db()
    assert (minutes.state, minutes.approved_on, minutes.approved_in_label) == (
        Minutes.State.APPROVED,
        date(2026, 6, 8),
        "1-42/26",
    )
    assert stages(meeting) == [(1, "final"), (2, "approved")]
    approved = Document.objects.get(meeting=meeting, kind="minutes", version=2).content
    assert "8. juni 2026" in approved["approval"]["text"] and "1-42/26" in approved["approval"]["text"]


def test_final_minutes_are_frozen_with_their_hash_and_their_follow_ups_registered(meeting, cycle, now):
    cycle.call(meeting)
    minutes = cycle.hold(meeting)
    block = factories.make_block(minutes.items.get(label="2-41/26"), "", type="follow-up", label="Oppfølging:")
    save_promises(block, [Promise(text="Legge ut vannprøvene")], by=cycle.by, at=now)
    result = issuing.finalise(minutes, by=cycle.by, at=now + timedelta(days=15))

    assert result.document.content_sha256 == sha256(result.document.content)
    assert result.document.content["footer"] == "Endelig referat, 25. april 2026"
    assert FollowUp.objects.promised().get().changes.get().after == "open"
    assert Job.objects.filter(kind="carry", key=f"carry:minutes:{minutes.pk}:1").exists()


def test_minutes_with_open_points_need_a_reason_and_without_it_nothing_changes(meeting, cycle, now):
    cycle.call(meeting)
    meeting_workflow.hold(meeting, by=cycle.by)
    minutes = start_minutes(meeting, cycle.by)
    entries = Entry.objects.count()
    with pytest.raises(TransitionRefused, match="Give a reason"):
        issuing.finalise(minutes, by=cycle.by, at=now)

    minutes.refresh_from_db()
    assert (minutes.state, minutes.final_on, stages(meeting), Entry.objects.count()) == ("draft", None, [], entries)

    issuing.finalise(minutes, by=cycle.by, at=now, reason="Møtet ble avbrutt.")
    minutes.refresh_from_db()
    assert (minutes.state, minutes.incomplete_reason) == ("final", "Møtet ble avbrutt.")


def test_minutes_become_final_once(final, cycle, now):
    with pytest.raises(TransitionRefused, match="final already"):
        issuing.finalise(final, by=cycle.by, at=now, reason="En gang til.")
    assert stages(final.meeting) == [(1, "final")]


@pytest.mark.parametrize(
    ("how", "names", "days", "words"),
    [
        ("circulation", [], 20, "8. mai 2026"),
        ("named-approvers", ["Ragnhild Myrvold", "Amira Haddad"], 20, "Amira Haddad"),
        ("chair", ["Ragnhild Myrvold"], 20, "Ragnhild Myrvold"),
    ],
)
def test_minutes_are_approved_by_hand_and_say_how(final, cycle, now, how, names, days, words):
    document = issuing.approve(final, how, date(2026, 5, 8), by=cycle.by, at=now + timedelta(days=28), by_names=names)

    assert (document.stage, document.version) == ("approved", 2)
    assert words in document.content["approval"]["text"]


def test_minutes_are_deemed_approved_after_the_deadline(meeting, cycle, now):
    cycle.call(meeting)
    minutes = cycle.hold(meeting)
    issuing.send_for_review(minutes, deadline=date(2026, 4, 30), by=cycle.by, at=now + timedelta(days=12))
    issuing.finalise(minutes, by=cycle.by, at=now + timedelta(days=15))
    with pytest.raises(TransitionRefused, match="deadline for remarks has not passed"):
        issuing.approve(minutes, "deemed-at-deadline", date(2026, 4, 29), by=cycle.by, at=now)

    document = issuing.approve(
        minutes, "deemed-at-deadline", date(2026, 5, 2), by=cycle.by, at=now + timedelta(days=22)
    )
    assert document.stage == "approved"


def test_approval_is_bound_to_the_version_that_was_read(final, cycle, now):
    read = issuing.shown_version(final)
    issuing.open_correction(final, "Feil dato i sak 2.", by=cycle.by)
    final.items.get(label="2-41/26").blocks.filter(type="text").update(html="<p>Rådet drøftet saken 20. april.</p>")
    issuing.issue_correction(final, by=cycle.by, at=now + timedelta(days=16))
    with pytest.raises(TransitionRefused, match="new version since you opened the page"):
        issuing.approve(final, "circulation", date(2026, 5, 8), by=cycle.by, at=now, shown=read)

    final.refresh_from_db()
    assert (final.state, stages(final.meeting)) == ("final", [(1, "final"), (2, "correction")])


def test_a_correction_is_a_new_version_with_its_reason_and_the_old_one_stays(final, cycle, now):
    before = Document.objects.get(meeting=final.meeting, kind="minutes")
    issuing.open_correction(final, "Feil dato i sak 2.", by=cycle.by)
    final.items.get(label="2-41/26").blocks.filter(type="text").update(html="<p>Rådet drøftet saken 20. april.</p>")
    document = issuing.issue_correction(final, by=cycle.by, at=now + timedelta(days=16))

    assert (document.version, document.stage, document.reason) == (2, "correction", "Feil dato i sak 2.")
    assert "20. april.</p>" in str(document.content)
    assert document.content["correction"].endswith(": Feil dato i sak 2.")
    assert "Rettet" in render_text(render_html(document.content)).splitlines()[-1]
    kept = Document.objects.get(pk=before.pk)
    assert (kept.content, kept.content_sha256) == (before.content, before.content_sha256)
    assert not final.is_writable


def test_a_correction_that_corrects_nothing_is_refused_and_stays_open(final, cycle, now):
    issuing.open_correction(final, "Så ut som en feil.", by=cycle.by)
    with pytest.raises(TransitionRefused, match="Nothing has been changed"):
        issuing.issue_correction(final, by=cycle.by, at=now)

    final.refresh_from_db()
    assert (final.correction_reason, stages(final.meeting)) == ("Så ut som en feil.", [(1, "final")])
    issuing.give_up_correction(final, by=cycle.by)
    assert not final.is_writable


def test_a_correction_cannot_be_given_up_once_the_text_is_changed(final, cycle):
    issuing.open_correction(final, "Feil dato.", by=cycle.by)
    final.items.get(label="2-41/26").blocks.filter(type="text").update(html="<p>En annen tekst.</p>")
    with pytest.raises(TransitionRefused, match="The text was changed"):
        issuing.give_up_correction(final, by=cycle.by)

    final.refresh_from_db()
    assert final.is_writable


def test_versions_are_counted_and_never_given_twice(final):
    from publishing.freezing import freeze

    made = [freeze(final.meeting, "minutes", "final", issued_on=date(2026, 5, 1)) for _number in range(3)]
    assert [one.version for one in made] == [2, 3, 4]
