"""Publishing a document, and taking it back: a person's act for each document, in two steps (P16, P18, P21, R106-R110)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import trail
from boardroom.lib.crash import crash_point
from boardroom.lib.workflow import TransitionRefused
from minutes.models import Minutes
from publishing import tracking
from publishing.listed_cases import cases_of
from publishing.models import Document, Publication, PublishedCase
from publishing.pages import article
from publishing.scan import Finding, scan

Kind, Stage = Document.Kind, Document.Stage
PUBLISHABLE = {
    Kind.CALL: frozenset({Stage.ISSUED, Stage.SUPPLEMENTARY}),
    Kind.AGENDA: frozenset({Stage.ISSUED, Stage.SUPPLEMENTARY}),
    Kind.MINUTES: frozenset({Stage.FINAL, Stage.APPROVED, Stage.CORRECTION}),
}


def obstacles(document: Document) -> list[str]:
    """Why the document cannot be published now; empty when it can (R108)."""
    if document.stage not in PUBLISHABLE.get(document.kind, frozenset()) or document.public_content is None:
        return [_("Only calls, agendas and final minutes can be published. Drafts and remarks never are.")]
    newer = Document.objects.filter(meeting=document.meeting_id, kind=document.kind, version__gt=document.version)
    reasons = []
    if newer.exclude(stage=Stage.DRAFT).exists():
        reasons.append(_("There is a newer version. Publish that one."))
    if document.publications.live().exists():
        reasons.append(_("This version is published already."))
    return reasons


def findings(document: Document) -> list[Finding]:
    """What the scan finds in the public variant: stops, and questions that must be answered (P18)."""
    return scan(document.public_content or {})


def unanswered(document: Document, answers: Mapping[str, str]) -> list[str]:
    """Sentences for what stands in the way: each stop, and each question without an answer."""
    reasons = []
    for finding in findings(document):
        if finding.is_stop:
            reasons.append(_("The text holds a valid national identity number. It cannot be published."))
        elif not answers.get(finding.key, "").strip():
            reasons.append(_("Say why «%(text)s» can be published.") % {"text": finding.found})
    return list(dict.fromkeys(reasons))


def publish(
    document: Document,
    *,
    by,
    at: datetime,
    shown: str | None = None,
    answers: Mapping[str, str] | None = None,
    criterion: str = "",
) -> Publication:
    """The document is public from now on, exactly as previewed; its page is rendered once and kept.

    `shown` is the hash of the public variant that was previewed. Raises TransitionRefused: not publishable, another
    variant than the one shown, a national identity number, or a question of the scan without an answer.
    """
    answers = answers or {}
    reasons = obstacles(document) or unanswered(document, answers)
    if shown is not None and shown != document.public_sha256:
        reasons = [_("The document has changed since you looked at it. Look again.")]
    if reasons:
        raise TransitionRefused(reasons)
    try:
        with transaction.atomic():
            publication = _write(document, by, at, answers, criterion)
            _minutes_of(document).filter(published_on__isnull=True).update(published_on=timezone.localdate(at))
            tracking.published(publication)
            crash_point("snapshot_written")
            _noted("documents.publish", publication, by, at, answers=publication.answered_findings)
    except IntegrityError as error:
        raise TransitionRefused([_("This version is published already.")]) from error
    crash_point("after_publish")
    return publication


def withdraw(publication: Publication, reason: str, *, by, at: datetime) -> None:
    """The document is gone from every public page at once; its address says the date and the reason (P21, R110).

    Earlier versions go with it, so that none of them takes its place with the same fault in it.
    Raises TransitionRefused without a reason, and for one that was withdrawn already.
    """
    if not reason.strip():
        raise TransitionRefused([_("Write why the document is withdrawn. The reason is shown to the public.")])
    with transaction.atomic():
        live = Publication.objects.live().filter(pk=publication.pk)
        if not live.update(withdrawn_at=at, withdrawn_by=by, withdrawn_reason=reason.strip()):
            raise TransitionRefused([_("The document is withdrawn already.")])
        document = publication.document
        versions = Publication.objects.live().filter(document__meeting=document.meeting_id, kind=publication.kind)
        earlier = list(versions.filter(version__lt=publication.version).select_related("document__board"))
        gone = Publication.objects.filter(pk__in=[one.pk for one in earlier])
        gone.update(withdrawn_at=at, withdrawn_by=by, withdrawn_reason=reason.strip())
        tracking.withdrawn([publication, *earlier])
        if not versions.exists():
            _minutes_of(document).update(published_on=None)
        for one in [publication, *earlier]:
            _noted("documents.withdraw", one, by, at, reason=reason.strip())
    publication.refresh_from_db()


def _noted(act: str, publication: Publication, by, at: datetime, **said) -> None:
    document = publication.document
    said |= {"meeting": document.meeting.slug, "kind": document.kind, "version": document.version}
    trail.record(act, publication, by=by, board=document.board, at=at, sha256=document.public_sha256, **said)


def _minutes_of(document: Document):
    """The minutes whose day of publication this document is; none for a call or an agenda."""
    if document.kind != Kind.MINUTES:
        return Minutes.objects.none()
    return Minutes.objects.filter(meeting=document.meeting_id)


def _write(document: Document, by, at: datetime, answers: Mapping[str, str], criterion: str) -> Publication:
    content = document.public_content
    answered = [
        {"kind": one.kind, "found": one.found, "answer": answers[one.key].strip()}
        for one in findings(document)
        if one.key in answers
    ]
    publication = Publication.objects.create(
        document=document,
        board_slug=document.board.slug,
        board_name=content["board"],
        meeting_slug=document.meeting.slug,
        meeting_on=document.meeting.first_day,
        kind=document.kind,
        version=document.version,
        title=content["title"],
        published_at=at,
        published_by=by,
        criterion=criterion.strip() or document.board.publication_criterion,
        answered_findings=answered,
        page_html=article(content),
    )
    PublishedCase.objects.bulk_create(cases_of(publication, document))
    return publication
