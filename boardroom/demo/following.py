"""What happens to follow-ups between the meetings of a story: reports of those responsible, and the secretary's plan."""

from datetime import datetime

from boards.models import Person
from followups.carrying import placing
from followups.models import FollowUp
from followups.owners import reporting
from followups.status import change_status
from meetings.models import Meeting


def report(follow_up: FollowUp, kind: str, text: str, name: str, due: str = "", *, by, at: datetime) -> None:
    """The person says how it stands; who has no account tells the secretary."""
    person = Person.objects.select_related("user").get(name=name)
    said = {"person": person, "user": person.user or by, "due_text": due}
    reporting.report(fresh(follow_up), kind, text, at=at, **said)


def close_action(follow_up: FollowUp, place: int, state: str, text: str, *, by, at: datetime) -> None:
    """One of the actions under the heading has another status (R85)."""
    action = fresh(follow_up).actions.all()[place]
    change_status(action, state, text=text, by=by, on=at.date(), at=at)


def plan(meeting: Meeting, story: dict, follow_ups: dict, meetings: dict, *, by, at: datetime) -> None:
    """What the secretary took out of the meeting, and put off to a later one."""
    for key, reason in story.get("out", {}).items():
        placing.take_out(fresh(follow_ups[key]), meeting, reason, by=by, at=at)
    for key, (later, reason) in story.get("later", {}).items():
        target = Meeting.objects.select_related("board").get(pk=meetings[later].pk)
        placing.put_off_to(fresh(follow_ups[key]), target, reason, by=by, at=at)


def fresh(follow_up: FollowUp) -> FollowUp:
    return FollowUp.objects.select_related("board").get(pk=follow_up.pk)
