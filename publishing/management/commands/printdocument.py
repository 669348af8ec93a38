import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from publishing import store
from publishing.jobs import make_pdf
from publishing.lookup import board_of, meeting_of, require_migrations
from publishing.models import Document
from publishing.pdf import RenderingFailed, render_pdf
from publishing.printing.content import KINDS
from publishing.printing.facts import assemble
from publishing.printing.rendering import render_html, render_text


class Command(BaseCommand):
    help = "Print a call, an agenda, minutes or the summary of a review, as it was issued or as it is now."
    requires_migrations_checks = False

    def create_parser(self, prog_name, subcommand, **kwargs):
        """`--version` is the document's here, not Django's."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def add_arguments(self, parser):
        parser.add_argument("board", metavar="BOARD", help="the board's slug")
        parser.add_argument("meeting", metavar="MEETING", help="number as printed, or first day as YYYY-MM-DD")
        parser.add_argument("--kind", choices=KINDS, required=True)
        parser.add_argument("--format", choices=("text", "html", "pdf"), required=True)
        parser.add_argument("--version", dest="number", type=int, metavar="N", help="issued version N")
        parser.add_argument("-o", "--output", metavar="FILE", help="write to this file instead of the screen")

    def handle(
        self, *, board: str, meeting: str, kind: str, format: str, number: int | None, output: str | None, **options
    ):
        require_migrations()
        found = meeting_of(board_of(board), meeting)
        document = issued(found, kind, number)
        content = document.content if document else assemble(found, kind)
        if kind == Document.Kind.REVIEW and not content["review"]:
            raise CommandError(_("The minutes of this meeting were never sent for remarks."))
        try:
            data = printed(document, content, format)
        except (RenderingFailed, store.FileDamaged) as fault:
            raise CommandError(str(fault)) from None
        self._write(data, output, format)

    def _write(self, data: bytes, output: str | None, format: str) -> None:
        if output is not None:
            try:
                Path(output).write_bytes(data)
            except OSError as fault:
                raise CommandError(f"{output}: {fault.strerror}") from None
        elif format == "pdf":
            stream = getattr(self.stdout, "buffer", None) or sys.stdout.buffer
            stream.write(data)
            stream.flush()
        else:
            self.stdout.write(data.decode(), ending="")


def issued(meeting, kind: str, number: int | None) -> Document | None:
    """The issued version with this number, or the newest; None where none is issued. CommandError where it is not there."""
    documents = {one.version: one for one in Document.objects.filter(meeting=meeting, kind=kind).order_by("version")}
    if number is None:
        return documents[max(documents)] if documents else None
    if number not in documents:
        there = ", ".join(str(version) for version in documents) or _("none")
        raise CommandError(_("There is no version %(number)s; issued: %(there)s.") % {"number": number, "there": there})
    return documents[number]


def printed(document: Document | None, content: dict, format: str) -> bytes:
    """The document as bytes; an issued PDF is rendered once and read from the store ever after (P23)."""
    if format != "pdf":
        html = render_html(content)
        return (html if format == "html" else render_text(html)).encode()
    if document is None:
        return render_pdf(render_html(content))
    if not document.pdf_sha256:
        make_pdf({"document": document.pk, "variant": "full"}, None)()
        document.refresh_from_db()
    return store.get(document.pdf_sha256)
