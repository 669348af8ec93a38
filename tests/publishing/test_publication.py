from datetime import UTC, date, datetime, timedelta

import pytest

from audit.models import Entry
from boardroom.lib.workflow import TransitionRefused
from minutes.models import Minutes
from publishing import issuing, publication
from publishing.models import Document, Publication


def publish(document, cycle, now, **said) -> Publication:
    return publication.publish(document, by=cycle.by, at=now + timedelta(days=16), **said)


def test_a_published_document_keeps_its_page_and_the_list_of_its_cases(document, cycle, now):
    made = publish(document, cycle, now, criterion="Vedtak i sak 4-30/24")

    assert (made.board_name, made.title, made.criterion) == (
        "Badevannsrådet",
        "Referat fra møte 41/2026",
        "Vedtak i sak 4-30/24",
    )
    assert made.page_html.startswith('<article lang="nb"')
    cases = [(one.slug, one.label, one.title) for one in made.cases.all()]
    assert cases[1] == ("2-41-26", "2-41/26", "Ny badeplass ved Sundbytjern")
    assert made.cases.all()[1].decisions == ["Rådet tar saken til orientering."]
    assert Minutes.objects.get(meeting=document.meeting).published_on == date(2026, 4, 26)


def test_what_is_published_is_noted_with_who_and_which(document, cycle, now):
    publish(document, cycle, now)
    entry = Entry.objects.get(act="documents.publish")
    assert (entry.actor, entry.payload["sha256"]) == (cycle.by, document.public_sha256)


def test_drafts_and_summaries_of_remarks_are_never_published(meeting, cycle, now):
    cycle.call(meeting)
    minutes = cycle.hold(meeting)
    issuing.send_for_review(minutes, deadline=date(2026, 5, 1), by=cycle.by, at=now)
    issuing.issue_review_summary(minutes, by=cycle.by, at=now)
    for document in Document.objects.filter(kind__in=["minutes", "review"]):
        with pytest.raises(TransitionRefused, match="Drafts and remarks never are"):
            publish(document, cycle, now)
    assert Publication.objects.count() == 0


def test_a_document_is_published_once_and_only_its_newest_version(final, document, cycle, now):
    publish(document, cycle, now)
    with pytest.raises(TransitionRefused, match="published already"):
        publish(document, cycle, now)
    approved = issuing.approve(final, "circulation", date(2026, 5, 8), by=cycle.by, at=now + timedelta(days=28))
    with pytest.raises(TransitionRefused, match="newer version"):
        publish(document, cycle, now)
    publish(approved, cycle, now)
    assert [one.version for one in Publication.objects.newest()] == [2]


def test_only_what_was_previewed_is_published(document, cycle, now):
    with pytest.raises(TransitionRefused, match="changed since you looked"):
        publish(document, cycle, now, shown="0" * 64)
    assert Publication.objects.count() == 0


def with_text(meeting, cycle, text: str):
    cycle.call(meeting)
    minutes = cycle.hold(meeting)
    minutes.items.get(label="2-41/26").blocks.filter(type="text").update(html=f"<p>{text}</p>")
    return issuing.finalise(minutes, by=cycle.by, at=datetime(2026, 4, 25, 10, 0, tzinfo=UTC)).document


def test_a_valid_identity_number_cannot_be_published(meeting, cycle, now):
    document = with_text(meeting, cycle, "Søker 158765 00520 fikk svar.")
    answers = {finding.key: "Det er greit." for finding in publication.findings(document)}
    with pytest.raises(TransitionRefused, match="national identity number"):
        publish(document, cycle, now, answers=answers)
    assert Publication.objects.count() == 0


def test_a_question_of_the_scan_must_be_answered_and_the_answer_is_kept(meeting, cycle, now):
    document = with_text(meeting, cycle, "Ring 55 00 41 26.")
    with pytest.raises(TransitionRefused, match="Say why «55 00 41 26» can be published"):
        publish(document, cycle, now)
    [finding] = publication.findings(document)
    made = publish(document, cycle, now, answers={finding.key: "Nummeret hører til sekretariatet."})
    assert made.answered_findings == [
        {"kind": "telephone", "found": "55 00 41 26", "answer": "Nummeret hører til sekretariatet."}
    ]


def test_withdrawing_needs_a_reason_and_happens_once(document, cycle, now):
    made = publish(document, cycle, now)
    with pytest.raises(TransitionRefused, match="Write why"):
        publication.withdraw(made, "  ", by=cycle.by, at=now)
    publication.withdraw(made, "Navn på en søker.", by=cycle.by, at=now + timedelta(days=17))
    with pytest.raises(TransitionRefused, match="withdrawn already"):
        publication.withdraw(made, "En gang til.", by=cycle.by, at=now)

    assert Publication.objects.live().count() == 0
    assert Minutes.objects.get(meeting=document.meeting).published_on is None
    assert Document.objects.filter(pk=document.pk).exists()


def test_what_was_withdrawn_can_be_published_again(document, cycle, now):
    publication.withdraw(publish(document, cycle, now), "Ved en feil.", by=cycle.by, at=now)
    publish(document, cycle, now)
    assert Publication.objects.live().count() == 1


def test_an_earlier_version_does_not_take_the_place_of_a_withdrawn_one(final, document, cycle, now):
    publish(document, cycle, now)
    approved = issuing.approve(final, "circulation", date(2026, 5, 8), by=cycle.by, at=now + timedelta(days=28))
    newest = publish(approved, cycle, now)
    publication.withdraw(newest, "Navn på en søker.", by=cycle.by, at=now)
    assert Publication.objects.live().count() == 0


def test_a_replaced_version_is_withdrawn_alone(final, document, cycle, now):
    first = publish(document, cycle, now)
    approved = issuing.approve(final, "circulation", date(2026, 5, 8), by=cycle.by, at=now + timedelta(days=28))
    publish(approved, cycle, now)
    publication.withdraw(first, "Navn på en søker.", by=cycle.by, at=now)
    assert [one.version for one in Publication.objects.live()] == [2]
