"""The planned hours of a meeting's days."""

from datetime import time

from django.db import transaction
from django.utils.translation import gettext

from audit import trail
from boardroom.lib.workflow import TransitionRefused
from meetings.models import Meeting, MeetingDay
from meetings.settling import hold


@transaction.atomic
def move_end(meeting: Meeting, day: int, end: time | None, *, by) -> time | None:
    """The day is planned to end then; the end it had. Raises TransitionRefused for a day that is not the meeting's."""
    hold(meeting)
    stored = MeetingDay.objects.filter(meeting=meeting, number=day).first()
    if stored is None or (end and stored.start and end <= stored.start):
        raise TransitionRefused([gettext("The meeting cannot end then.")])
    before, stored.end = stored.end, end
    stored.save(update_fields=["end"])
    told = f"{end:%H.%M}" if end else ""
    trail.record("meetings.move_end", meeting, by=by, board=meeting.board, meeting=meeting.slug, day=day, end=told)
    return before
