"""BOARD and MEETING as they are named on the command line and in addresses (print-and-exchange.md, Commands)."""

import re
from datetime import date

from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from boards.models import Board
from meetings.models import Meeting


class NotFound(CommandError):
    """There is no such board or meeting, or several; the message is a sentence."""


def require_migrations() -> None:
    """Return where the database has the product's tables; else CommandError with one sentence that says `migrate`."""
    try:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        is_behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except OperationalError:
        raise CommandError(_("The database cannot be reached. Check DATABASE_URL, then run “migrate”.")) from None
    if is_behind:
        raise CommandError(_("The database is not up to date: run “manage.py migrate” first."))


def board_of(slug: str) -> Board:
    """The board with this slug. Raises NotFound."""
    board = Board.objects.filter(slug=slug).first()
    if board is None:
        known = ", ".join(Board.objects.order_by("slug").values_list("slug", flat=True)[:20])
        if not known:
            raise NotFound(_("There is no board “%(slug)s”; there is no board yet.") % {"slug": slug})
        raise NotFound(_("There is no board “%(slug)s”. There are: %(known)s.") % {"slug": slug, "known": known})
    return board


def meeting_of(board: Board, name: str) -> Meeting:
    """The meeting with this number as printed, or with this first day as YYYY-MM-DD.

    Raises NotFound where there is none, and where a number fits several, with the dates of each.
    """
    found = list(Meeting.objects.filter(board=board, number=name).order_by("first_day", "pk")) if name else []
    if not found and re.fullmatch(r"\d{4}-\d{2}-\d{2}", name):
        found = list(Meeting.objects.filter(board=board, first_day=_day(name)).order_by("pk"))
        if len(found) > 1:
            numbers = ", ".join(meeting.number or meeting.slug for meeting in found)
            raise NotFound(
                _("There are several meetings on %(day)s: %(numbers)s. Name one by its number.")
                % {"day": name, "numbers": numbers}
            )
    if not found:
        raise NotFound(_("%(board)s has no meeting “%(name)s”.") % {"board": board.slug, "name": name})
    if len(found) > 1:
        days = ", ".join(meeting.first_day.isoformat() for meeting in found)
        raise NotFound(
            _("“%(name)s” is the number of several meetings: %(days)s. Name one by its date.")
            % {"name": name, "days": days}
        )
    return found[0]


def _day(name: str) -> date:
    try:
        return date.fromisoformat(name)
    except ValueError:
        raise NotFound(_("%(day)s is not a date of the calendar.") % {"day": name}) from None
