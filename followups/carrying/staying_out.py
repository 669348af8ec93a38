"""What stays out of the next meeting though nobody took it out, and why: not yet final, or closed."""

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.translation import gettext as _

from boardroom.lib import dates
from boards.models import Board
from followups.models import CLOSED, ISSUED, FollowUp, Report, StatusChange
from meetings.models import Meeting


def unpromised(board: Board) -> list[tuple[FollowUp, str]]:
    """Open follow-ups of minutes that are not final."""
    drafts = FollowUp.objects.filter(board=board).exclude(pk__in=FollowUp.objects.promised().values("pk")).open()
    why = _("The minutes it stands in are not final yet.")
    return [(follow_up, why) for follow_up in drafts.select_related("board")]


def closed_lately(board: Board, before: Meeting | None) -> list[tuple[FollowUp, str]]:
    """What was closed in, or since, the board's last meeting with final minutes, and therefore goes no further."""
    issued = Meeting.objects.filter(board=board, minutes__state__in=ISSUED)
    if before:
        issued = issued.filter(first_day__lte=before.first_day)
    last = issued.order_by("first_day", "pk").last()
    if last is None:
        return []
    spoken_of = Exists(Report.objects.filter(follow_up=OuterRef("pk"), meeting=last))
    changes = StatusChange.objects.filter(after__in=CLOSED).order_by("pk")
    closed_since = Exists(changes.filter(follow_up=OuterRef("pk"), changed_on__gte=last.first_day))
    closed = FollowUp.objects.filter(board=board, state__in=CLOSED).promised()
    closed = closed.filter(Q(source_meeting=last) | spoken_of | closed_since).select_related("board")
    closed = closed.prefetch_related(Prefetch("changes", changes, to_attr="closings"), "actions")
    return [(follow_up, _why_closed(follow_up)) for follow_up in closed]


def _why_closed(follow_up: FollowUp) -> str:
    state = follow_up.get_state_display()
    if not follow_up.closings:
        notes = [action.note for action in follow_up.actions.all() if action.note]
        return f"{state}: {notes[0]}" if notes else f"{state}."
    closing = follow_up.closings[-1]
    said = f"{state} {dates.short_date(closing.changed_on)}"
    return f"{said}: {closing.text}" if closing.text else f"{said}."
