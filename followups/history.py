"""The life of one follow-up, newest first: when it was made, what was said in each meeting, and every change of status."""

from dataclasses import dataclass
from datetime import date

from followups.models import FollowUp, Report, StatusChange
from meetings.models import Meeting


@dataclass(frozen=True)
class Event:
    """`kind` is made, report or change. `html` is sanitised text of the minutes, `text` is plain."""

    on: date
    kind: str
    meeting: Meeting | None = None
    report: Report | None = None
    change: StatusChange | None = None


def events(follow_up: FollowUp, reports: list[Report]) -> list[Event]:
    """All that happened, with the reports the reader may see. Two queries."""
    changes = list(follow_up.changes.select_related("changed_by", "meeting__board", "action"))
    several = follow_up.actions.count() > 1
    found = [
        Event(change.changed_on, "change", change.meeting, change=change)
        for change in changes
        if change.before and (several or change.action_id is None)
    ]
    found += [Event(report.meeting.first_day, "report", report.meeting, report=report) for report in reports]
    source = follow_up.source_meeting
    registered = next((change for change in changes if not change.before), None)
    if source or registered:
        found.append(Event(source.first_day if source else registered.changed_on, "made", source, change=registered))
    place = {"made": 0, "report": 1, "change": 2}
    return sorted(found, key=lambda event: (event.on, place[event.kind], _number(event)), reverse=True)


def _number(event: Event) -> int:
    return event.change.pk if event.change else event.report.pk if event.report else 0
