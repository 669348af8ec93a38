"""Work that publishing leaves to the job table: PDFs, a summary beside its case, minutes deemed approved, the tracker."""

from datetime import datetime
from functools import partial

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boardroom.lib.crash import crash_point
from boards.models import Board
from jobs import schedule
from jobs.handlers import handler
from jobs.models import Job
from jobs.queue import enqueue
from meetings.models import AgendaRow
from publishing import deeming, reviewing, store, tracking
from publishing.freezing import FULL
from publishing.models import Document
from publishing.pdf import render_pdf
from publishing.printing.rendering import render_html

CHUNK = 50


@handler("pdf", label=_("PDF of a document"), transactional=False)
def make_pdf(payload: dict, job: Job):
    """The variant's PDF lies in the store; its hash and size are written on the document afterwards.

    A document that has its PDF is never rendered again. Where the public reader may see all, one file serves both.
    """
    document = Document.objects.filter(pk=payload["document"]).first()
    full = payload["variant"] == FULL
    if document is None or (document.pdf_sha256 if full else document.public_pdf_sha256):
        return None
    content = document.content if full else document.public_content
    crash_point("before_render")
    data = render_pdf(render_html(content))
    crash_point("after_render")
    return partial(_write_down, document, full, store.put(data), len(data))


def _write_down(document: Document, full: bool, sha: str, size: int) -> None:
    crash_point("before_row")
    same = document.public_sha256 == document.content_sha256
    if full:
        Document.objects.filter(pk=document.pk, pdf_sha256="").update(pdf_sha256=sha, pdf_size=size)
    if not full or same:
        waiting = Document.objects.filter(pk=document.pk, public_pdf_sha256="")
        waiting.update(public_pdf_sha256=sha, public_pdf_size=size)
    crash_point("after_row")


@handler("attach-summary", label=_("Summary of the remarks as a paper"), transactional=False)
def attach_summary(payload: dict, job: Job):
    """The summary of a review is a paper of the case that approves the minutes; dropped where that case is gone."""
    document = Document.objects.select_related("board", "meeting", "issued_by").filter(pk=payload["document"]).first()
    row = AgendaRow.objects.select_related("meeting__board", "case").filter(pk=payload["row"]).first()
    if document is None or row is None:
        return None
    return partial(reviewing.lay_beside, document, row, reviewing.summary_pdf(document))


@schedule.every("deem minutes approved", minutes=5, label=_("Minutes whose deadline for remarks has passed"))
def look_for_passed_deadlines(now: datetime) -> None:
    """What the deadline for remarks has approved has its job, soon after midnight in Norway (P38)."""
    deeming.look_for_passed_deadlines(now)


@handler("deem-approved", label=_("Approving minutes after the deadline"))
def deem_approved(payload: dict, job: Job) -> None:
    """The minutes are approved, unless something stands in the way by now."""
    deeming.approve_if_due(payload["minutes"], timezone.now())


@handler("track", label=_("Public tracker of a board"))
def keep_the_tracker(payload: dict, job: Job) -> None:
    """The public rows of the board's follow-ups (`board`, or `boards`) say what may be known now."""
    tracking.refresh_boards(payload.get("boards") or [payload["board"]])


@schedule.every("public tracker", daily="05:45", label=_("Public tracker of all boards"))
def keep_every_tracker(now: datetime) -> None:
    """A job for every fifty boards, once a local day: what no act has told is told by the clock."""
    day = timezone.localdate(now).isoformat()
    boards = list(Board.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(boards), CHUNK):
        enqueue("track", f"track:daily:{day}:{boards[start]}", {"boards": boards[start : start + CHUNK]})
