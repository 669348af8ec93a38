"""`manage.py carry_followups [--board B] [--dry-run] [--json]`: in, out and why (print-and-exchange.md)."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _

from boards.models import Board
from followups.carrying.carry import Plan, carry
from followups.carrying.plan import Entry, name_of, plan


class Command(BaseCommand):
    help = (
        "Carries every open follow-up to the next meeting of its board, and says what goes in, what stays out and why."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--board", help="only this board (its slug)")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
        parser.add_argument("--json", action="store_true", help="a list with one object a board")

    def handle(self, *args, **options) -> None:
        at = timezone.now()
        made = []
        for board in _boards(options["board"]):
            made.append(plan(board, timezone.localdate(at)) if options["dry_run"] else carry(board, at=at))
        if options["json"]:
            self.stdout.write(json.dumps([one.as_json() for one in made], ensure_ascii=False, indent=2))
            return
        for one in made:
            self.stdout.write("\n".join(_in_words(one, is_dry=options["dry_run"])))


def _boards(slug: str | None) -> list[Board]:
    try:
        boards = list(Board.objects.order_by("slug"))
    except DatabaseError as fault:
        raise CommandError(_("The database is not ready. Run: manage.py migrate")) from fault
    if slug is None:
        return boards
    if chosen := [board for board in boards if board.slug == slug]:
        return chosen
    known = ", ".join(board.slug for board in boards) or "–"
    raise CommandError(_("There is no board “%(slug)s”. Boards: %(known)s.") % {"slug": slug, "known": known})


def _in_words(one: Plan, *, is_dry: bool) -> list[str]:
    there = {"meeting": one.as_json()["meeting"], "day": one.meeting.first_day} if one.meeting else None
    target = _("to %(meeting)s (%(day)s)") % there if there else _("waits for a meeting")
    lines = [f"{one.board.name}: {target}"]
    lines += _part(_("would be carried") if is_dry else _("carried"), one.carried)
    lines += _part(_("there already"), one.already)
    lines += _part(_("left out"), [*one.put_off, *one.left_out])
    lines += _part(_("late in a meeting whose call is sent"), one.late) if one.late else []
    return lines


def _part(word: str, entries: list[Entry]) -> list[str]:
    lines = [f"  {word}: {len(entries)}"]
    for entry in entries:
        name = " ".join(filter(None, [entry.source, entry.title]))
        why = entry.why or (name_of(entry.meeting) if entry.meeting else "")
        lines.append(f"    {name}: {why}" if why else f"    {name}")
    return lines
