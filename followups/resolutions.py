"""What is said of a follow-up in one meeting, before the call and in the minutes (R80, R81)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit import trail
from boardroom.lib.workflow import TransitionRefused
from followups import sources
from followups.models import Report
from meetings import settling
from minutes import editing
from minutes.models import Block, Minutes

TEXTS = (
    "kind",
    "resolution_label",
    "resolution",
    "resolves_to_label",
    "resolves_to_url",
    "waits_for",
    "status",
    "due_text",
    "resolves_to_meeting",
)


def save_report(report: Report, values: dict, *, version: int | None, by, at: datetime) -> Report:
    """The report has these words, and a link to the case they name where it is found on the board.

    Raises TransitionRefused when the minutes may not be changed, or someone else saved the block since `version`.
    """
    board = report.meeting.board
    with transaction.atomic():
        _hold(report, version)
        for name in TEXTS:
            if name in values:
                setattr(report, name, values[name])
        found = sources.find_source(report.resolves_to_label, board, report.meeting)
        report.resolves_to_row = found.row
        report.save(update_fields=[*TEXTS, "resolves_to_row"])
        trail.record("followups.say", report, by=by, board=board, at=at, meeting=report.meeting.slug)
    return report


def prepare(report: Report, values: dict, *, by, at: datetime) -> None:
    """The report says this for its meeting. Raises TransitionRefused where something is written already."""
    with transaction.atomic():
        settling.hold(report.meeting)
        report.refresh_from_db()
        if report.is_prepared:
            raise TransitionRefused([_("Something is written about it already. Open it to change the words.")])
        save_report(report, values, version=None, by=by, at=at)


def unprepare(report: Report, values: dict, *, by, at: datetime) -> None:
    """Nothing is said for the meeting any more. Raises TransitionRefused where other words than these stand there."""
    with transaction.atomic():
        settling.hold(report.meeting)
        report.refresh_from_db()
        if any(getattr(report, name) != value for name, value in values.items()):
            raise TransitionRefused([_("The words were changed meanwhile, and stay. Open them to change them.")])
        save_report(report, dict.fromkeys(values, ""), version=None, by=by, at=at)


def _hold(report: Report, version: int | None) -> None:
    minutes = Minutes.objects.filter(meeting=report.meeting_id).first()
    if minutes:
        editing.hold(minutes)
    if not report.block_id or version is None:
        return
    if not Block.objects.filter(pk=report.block_id, version=version).update(version=version + 1):
        raise TransitionRefused([_("Someone else changed this while you were writing. Open it again.")])
