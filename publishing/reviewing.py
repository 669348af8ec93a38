"""The summary of a review as a paper of the case that approves the minutes (R95, R97)."""

from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Case, IntegerField, Value, When
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from boardroom.lib.workflow import TransitionRefused
from jobs import queue
from meetings import papers
from meetings.models import AgendaRow, Meeting, Paper
from meetings.rules import OPEN
from minutes.models import Minutes
from publishing import store
from publishing.freezing import freeze
from publishing.models import Document
from publishing.pdf import render_pdf
from publishing.preview import newest, present_state, says_the_same
from publishing.printing.rendering import render_html

Kind, Stage = Document.Kind, Document.Stage


def attach_summary(minutes: Minutes, *, by, at: datetime) -> AgendaRow:
    """The summary as it is now will lie among the papers of the case that approves the minutes; that case is returned.

    It is issued first where it says something new, and attached once however often one presses. Raises TransitionRefused
    where there is no such meeting or nothing to summarise.
    """
    row = approving_row(minutes)
    if row is None:
        raise TransitionRefused([_("The board has no later meeting with a case yet. Plan the next meeting first.")])
    with transaction.atomic():
        document = current_summary(minutes, by=by, at=at)
        payload = {"document": document.pk, "row": row.pk}
        queue.enqueue("attach-summary", f"attach-summary:{document.pk}:{row.pk}", payload, board=document.board_id)
    return row


def current_summary(minutes: Minutes, *, by, at: datetime) -> Document:
    """The newest issued summary, or a new one where the remarks say something else now. Raises TransitionRefused."""
    if not minutes.review_rounds.exists():
        raise TransitionRefused([_("The minutes were never sent for remarks.")])
    last = newest(minutes.meeting, Kind.REVIEW)
    if last and says_the_same(last.content, present_state(minutes.meeting, Kind.REVIEW)):
        return last
    return freeze(minutes.meeting, Kind.REVIEW, Stage.ISSUED, issued_on=timezone.localdate(at), by=by, at=at)


def approving_row(minutes: Minutes) -> AgendaRow | None:
    """The case that approves these minutes, else the first case of the board's next meeting."""
    day = minutes.meeting.first_day
    later = Meeting.objects.filter(board=minutes.meeting.board, state__in=OPEN, first_day__gt=day)
    rows = AgendaRow.objects.filter(meeting__in=later, kind=AgendaRow.Kind.CASE).select_related("meeting__board")
    approves = Case(When(approves_minutes_of=day, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.annotate(rank=approves).order_by("rank", "meeting__first_day", "order", "pk").first()


def summary_pdf(document: Document) -> bytes:
    """The stored PDF, or the one that will be stored."""
    return store.get(document.pdf_sha256) if document.pdf_sha256 else render_pdf(render_html(document.content))


def lay_beside(document: Document, row: AgendaRow, data: bytes) -> Paper:
    """The PDF is a paper of the case, not for the public: remarks are the board's own."""
    minutes_of, language = document.meeting, document.board.language
    with translation.override(language):
        number = minutes_of.number or f"{minutes_of.first_day:%d.%m.%Y}"
        title = _("Summary of the remarks to the minutes of meeting %(number)s") % {"number": number}
    upload = ContentFile(data, name=f"{document.board.slug}-{minutes_of.slug}-review-{document.version}.pdf")
    shielded = {"access_level": Paper.Level.INTERNAL}
    return papers.add(row.meeting, by=document.issued_by, row=row, upload=upload, title=title, **shielded)
