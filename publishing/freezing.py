"""Freezing: the present state of a meeting becomes an issued document that nothing changes any more (P23, house.md 1.7)."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from audit import trail
from jobs import queue
from meetings.models import Meeting
from minutes.models import ReviewRound
from publishing.models import Document
from publishing.printing.content import sha256
from publishing.printing.facts import with_places
from publishing.promised import promised

ATTEMPTS = 5
FULL, PUBLIC, FOLLOW_UPS = "full", "public", "follow_ups"


def freeze(
    meeting: Meeting,
    kind: str,
    stage: str,
    *,
    issued_on: date | None,
    by=None,
    at: datetime | None = None,
    footer: str = "",
    letterhead: str = "",
    reason: str = "",
    source_file: str = "",
    is_derived: bool = False,
    log: dict | None = None,
    round: ReviewRound | None = None,
) -> Document:
    """The next version of the meeting's document stands with its contents, their hashes, a line in the trail, and its PDFs ordered.

    All in the caller's transaction. The public variant, without what is exempt, is what readers without the right to
    exempt text see, and what can be published later; a summary of remarks has none. `log` is what an approved version
    prints of its approval (printing.approvals); `round` is the round that a draft is sent out with.
    """
    version = {"kind": str(stage), "on": issued_on.isoformat() if issued_on else None, "reason": reason, "log": log}
    version |= {"footer": footer, "letterhead": letterhead}
    (content, places), (public, public_places) = _contents(meeting, kind, version)
    said = {"footer": footer, "letterhead": letterhead, "reason": reason, "source_file": source_file}
    said |= {"is_derived": is_derived, "issued_on": issued_on, "is_issued_on_written": issued_on is not None}
    said |= {"content": content, "content_sha256": sha256(content)}
    said |= {"public_content": public, "public_sha256": sha256(public) if public else ""}
    said |= {"places": _places(meeting, kind, places, public_places), "round": round}
    moment = at or timezone.now()
    said |= {"board": meeting.board, "issued_at": moment, "issued_by": by}
    document = _stored(Document(meeting=meeting, kind=kind, stage=stage, **said))
    _noted(document, by, at)
    order_pdfs(document)
    return document


def _contents(meeting: Meeting, kind: str, version: dict):
    whole = with_places(meeting, kind, variant=FULL, version=version)
    if kind == Document.Kind.REVIEW:
        return whole, (None, [])
    return whole, with_places(meeting, kind, variant=PUBLIC, version=version)


def _places(meeting: Meeting, kind: str, places: list[dict], public_places: list[dict]) -> dict:
    """What each variant was written from; and what the public part of minutes promises, for the public tracker."""
    found = {FULL: places, PUBLIC: public_places}
    if kind == Document.Kind.MINUTES:
        found[FOLLOW_UPS] = promised(meeting, public_places)
    return found


def variants(document: Document) -> list[str]:
    """The variants that need a PDF of their own: where the public reader may see all, one file serves both."""
    if not document.public_sha256 or document.public_sha256 == document.content_sha256:
        return [FULL]
    return [FULL, PUBLIC]


def order_pdfs(document: Document, *, again: bool = False) -> None:
    """A job stands for every PDF of the document that is not stored yet."""
    for variant in variants(document):
        payload = {"document": document.pk, "variant": variant}
        queue.enqueue("pdf", pdf_key(document, variant), payload, again=again, board=document.board_id)


def pdf_key(document: Document, variant: str) -> str:
    return f"pdf:{document.pk}:{variant}"


def _stored(document: Document) -> Document:
    """Saved under the next free version; of two at once, the second takes the number after."""
    for attempt in range(ATTEMPTS):
        same = Document.objects.filter(meeting=document.meeting, kind=document.kind)
        document.version = (same.aggregate(last=Max("version"))["last"] or 0) + 1
        try:
            with transaction.atomic():
                document.save(force_insert=True)
            return document
        except IntegrityError:
            document.pk = None
            if attempt == ATTEMPTS - 1:
                raise
    return document


def _noted(document: Document, by, at: datetime | None) -> None:
    trail.record(
        "documents.freeze",
        document,
        by=by,
        board=document.board,
        at=at,
        meeting=document.meeting.slug,
        kind=document.kind,
        version=document.version,
        stage=document.stage,
        sha256=document.content_sha256,
        reason=document.reason,
    )
