"""Who may read which document, computed from the document itself each time it is asked for (R94, R98, R108)."""

from boards.roles import may
from meetings.rules import may_read_exempt, takes_part
from minutes.models import Minutes
from publishing.models import Document

WITHOUT_SECRETS = "public"
WHOLE = "full"


def may_read(user, document: Document, minutes_state: str | None = None) -> bool:
    """Issued documents are for every seat of the board; a draft for who writes it, and for its readers once it was sent.

    A deputy reads call, agenda and draft of the meetings the deputy was called to, and issued minutes (P36).

    `minutes_state` spares the look-up where the caller knows it.
    """
    board = document.board
    if document.kind == Document.Kind.REVIEW:
        return may(user, "documents.read_exempt", board)
    if document.kind != Document.Kind.MINUTES and not takes_part(user, document.meeting):
        return False
    if document.stage != Document.Stage.DRAFT:
        return may(user, "documents.read", board)
    if may(user, "minutes.write", board):
        return True
    if not may(user, "minutes.read_draft", board) or not takes_part(user, document.meeting):
        return False
    if document.round_id:
        return True
    state = minutes_state or Minutes.objects.filter(meeting=document.meeting_id).values_list("state", flat=True).first()
    return state == Minutes.State.IN_REVIEW


def variant_for(user, document: Document) -> str:
    """Which variant the user reads: the whole, or the one without what is exempt."""
    return WHOLE if may_read_exempt(user, document.board, document.meeting_id) else WITHOUT_SECRETS


def content_for(user, document: Document) -> dict | None:
    """The content this user may read; None where no variant was made that leaves out what is exempt."""
    return document.content if variant_for(user, document) == WHOLE else document.public_content


def pdf_for(user, document: Document) -> str:
    """The SHA-256 of the PDF this user may read, "" while it is on its way."""
    return document.pdf_sha256 if variant_for(user, document) == WHOLE else document.public_pdf_sha256
