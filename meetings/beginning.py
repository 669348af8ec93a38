"""Until when a meeting is ahead: answers to the call are taken until it begins (P40)."""

from datetime import datetime, time

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from boardroom.lib.times import OSLO
from boardroom.lib.workflow import TransitionRefused
from meetings.models import Meeting


def begins_at(meeting: Meeting) -> datetime:
    """When it begins; the last minute of its first day where no time was set."""
    day = next(iter(meeting.days.all()), None)
    if day is None:
        return datetime.combine(meeting.first_day, time(23, 59), OSLO)
    return datetime.combine(day.date, day.start or time(23, 59), OSLO)


def reasons_closed(meeting: Meeting, at: datetime) -> list[str]:
    """Why nobody can answer now whether they come; empty while they can."""
    if meeting.state in {Meeting.State.CANCELLED, Meeting.State.POSTPONED}:
        return [_("The meeting is cancelled or postponed.")]
    if meeting.state in {Meeting.State.TENTATIVE, Meeting.State.PLANNED}:
        return [_("The call has not been sent yet.")]
    if meeting.state != Meeting.State.CALLED or meeting.started_at or timezone.localtime(at) >= begins_at(meeting):
        return [_("The meeting has begun. Tell the secretariat if something has changed.")]
    return []


def hold(meeting: Meeting, at: datetime) -> None:
    """In this transaction nobody else answers or calls deputies. Raises TransitionRefused where it is too late, or too soon.

    The UPDATE holds the row, on SQLite and PostgreSQL alike.
    """
    Meeting.objects.filter(pk=meeting.pk).update(place=F("place"))
    meeting.refresh_from_db(fields=["state", "started_at", "first_day"])
    if reasons := reasons_closed(meeting, at):
        raise TransitionRefused(reasons)
