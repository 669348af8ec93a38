from django.core.management.base import BaseCommand, CommandError

from publishing.lookup import board_of, require_migrations
from publishing.tracking import rebuild


class Command(BaseCommand):
    help = "Make the public tracker anew from published documents and the register, and say what was different."
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("board", nargs="?", metavar="BOARD", help="the board's slug; without it, all boards")
        parser.add_argument("--check", action="store_true", help="change nothing; fail where something is different")

    def handle(self, *, board: str | None, check: bool, **options):
        require_migrations()
        different = rebuild(board_of(board).slug if board else None, check=check)
        for address in different:
            self.stdout.write(address)
        if check and different:
            raise CommandError(f"{len(different)} of the public tracker's rows are not what the records say.")
