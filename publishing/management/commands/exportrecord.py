from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from publishing.exchange.exporting import as_text, export_record
from publishing.lookup import board_of, meeting_of, require_migrations


class Command(BaseCommand):
    help = "Export a board, or one of its meetings, in the exchange format (docs/record-format.md)."
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("board", metavar="BOARD", help="the board's slug")
        parser.add_argument("--meeting", help="number as printed, or first day as YYYY-MM-DD")
        parser.add_argument("-o", "--output", metavar="FILE", help="write to this file instead of the screen")

    def handle(self, *, board: str, meeting: str | None, output: str | None, **options):
        require_migrations()
        found = board_of(board)
        text = as_text(export_record(found, meeting_of(found, meeting) if meeting else None))
        if output is None:
            self.stdout.write(text, ending="")
            return
        try:
            Path(output).write_bytes(text.encode())
        except OSError as fault:
            raise CommandError(f"{output}: {fault.strerror}") from None
