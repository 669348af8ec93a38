"""A follow-up time by time: what was said of it in every meeting, with the due times that were moved (R80, R84)."""

from dataclasses import dataclass, field
from datetime import date

from boardroom.lib.fragments import plain_text
from followups.models import DueChange, FollowUp, Report
from meetings.models import Meeting


@dataclass
class Turn:
    """One meeting of the follow-up, or a due time moved between meetings. `promised` are the actions where it was made.

    Each change in `moved` has its reason beside it: "" where that is what the meeting said anyway.
    """

    on: date
    meeting: Meeting | None = None
    report: Report | None = None
    moved: list[tuple[DueChange, str]] = field(default_factory=list)
    promised: list[str] = field(default_factory=list)
    is_made: bool = False
    is_here: bool = False


def turns(follow_up: FollowUp, here: Meeting | None) -> list[Turn]:
    """Newest first, from the meeting it was made in to the last one it stands in. Three queries."""
    reports = Report.objects.filter(follow_up=follow_up).select_related("meeting__board", "row")
    found = {
        report.meeting_id: Turn(report.meeting.first_day, report.meeting, report, is_here=report.meeting == here)
        for report in reports
    }
    source = follow_up.source_meeting
    actions = [action.text for action in follow_up.actions.all()]
    if source:
        first = found.setdefault(source.pk, Turn(source.first_day, source))
        first.is_made, first.promised = True, actions
    between = []
    changes = DueChange.objects.filter(action__follow_up=follow_up, undoes__isnull=True, undone_by__isnull=True)
    for change in changes.exclude(before="").order_by("pk"):
        if change.meeting_id in found:
            turn = found[change.meeting_id]
            said = plain_text(turn.report.resolution).strip() if turn.report else ""
            turn.moved.append((change, "" if change.text.strip() == said else change.text))
        else:
            between.append(Turn(change.changed_on, moved=[(change, change.text)]))
    return sorted([*found.values(), *between], key=lambda turn: (turn.on, turn.meeting is not None), reverse=True)


def due_before(follow_up: FollowUp) -> str:
    """The words of the due time before it was moved last; "" where it never was."""
    changes = DueChange.objects.filter(action__follow_up=follow_up, undoes__isnull=True, undone_by__isnull=True)
    last = changes.exclude(before="").order_by("pk").last()
    return last.before if last else ""
