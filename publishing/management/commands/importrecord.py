from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.exchange.importing import Outcome, import_records
from publishing.exchange.validating import RecordRefused, read
from publishing.lookup import require_migrations


class Command(BaseCommand):
    help = "Import records in the exchange format (docs/record-format.md): all of them, or nothing."
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="say what would be made, and change nothing")
        parser.add_argument("--update", action="store_true", help="take the file's value where ours differs")

    def handle(self, *, files: list[str], dry_run: bool, update: bool, **options):
        require_migrations()
        records = [self._read(name) for name in files]
        try:
            outcome = import_records(records, update=update, is_dry=dry_run)
        except RecordRefused as refused:
            self._refuse(files[refused.record] if refused.record is not None else files[0], refused)
        for warning in outcome.warnings:
            self.stderr.write(str(warning), style_func=str)
        self.stdout.write(said(outcome))

    def _read(self, name: str) -> dict:
        try:
            return read(Path(name).read_bytes())
        except OSError as fault:
            raise CommandError(f"{name}: {fault.strerror}") from None
        except RecordRefused as refused:
            self._refuse(name, refused)

    def _refuse(self, name: str, refused: RecordRefused):
        lines = [f"{name}: {problem}" for problem in refused.problems]
        raise CommandError("\n".join([*lines, _("Nothing was changed.")]))


def said(outcome: Outcome) -> str:
    """What was made, a kind a line."""
    boards = ", ".join(outcome.boards)
    if outcome.is_nothing_new:
        return _("%(boards)s: everything in the file is here already; nothing was changed.") % {"boards": boards}
    lines = [_("%(boards)s: this would be made:") if outcome.is_dry else _("%(boards)s: made:")]
    lines = [lines[0] % {"boards": boards}]
    lines += [f"  {kind}: {count}" for kind, count in outcome.made_in_words]
    if outcome.changed:
        count = sum(outcome.changed.values())
        lines.append("  " + ngettext("%(count)s row added to", "%(count)s rows added to", count) % {"count": count})
    if outcome.is_dry:
        lines.append(_("This was a dry run; nothing was changed."))
    return "\n".join(lines)
