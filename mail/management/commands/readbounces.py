"""`manage.py readbounces`: marks letters that came back, from a pipe, a file, a Maildir, or where BOUNCES_URL says."""

import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from mail import bounces, mailboxes


class Command(BaseCommand):
    help = "Reads delivery reports (RFC 3464): «-» for one on standard input, a path, or nothing for BOUNCES_URL."

    def add_arguments(self, parser):
        parser.add_argument(
            "source", nargs="?", default="", help="- (a message on standard input), an mbox or a Maildir"
        )

    def handle(self, *args, source: str, **options):
        marked = 0
        at = timezone.now()

        def take(raw: bytes) -> None:
            nonlocal marked
            marked += bounces.record(raw, at=at)

        if source == "-":
            take(sys.stdin.buffer.read(bounces.SIZE_MAX))
            read = 1
        elif source:
            read = self.from_path(Path(source), take)
        elif settings.BOUNCES_URL:
            read = mailboxes.read(settings.BOUNCES_URL, take)
        else:
            raise CommandError("Name a file, a Maildir or «-», or set BOUNCES_URL.")
        self.stdout.write(f"{read} read, {marked} letters marked as returned.")

    @staticmethod
    def from_path(path: Path, take) -> int:
        if not path.exists():
            raise CommandError(f"{path} does not exist.")
        return mailboxes.read_path(path, take)
