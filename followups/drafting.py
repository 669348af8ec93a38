"""The start of the minutes: the draft from the agenda, with a block for every follow-up the meeting had before it (R80)."""

from datetime import datetime

from django.db import transaction

from followups import reports
from meetings import attendance, running
from meetings.models import Meeting
from minutes import drafting
from minutes.models import Minutes


def start_minutes(meeting: Meeting, by) -> Minutes:
    """The meeting has a draft of its minutes, and in the follow-up case a block for every report that was not taken out.

    Doing it again adds what came since. Raises TransitionRefused where the meeting cannot have minutes.
    """
    with transaction.atomic():
        minutes = drafting.create_draft(meeting, by)
        if minutes.state == Minutes.State.DRAFT:
            reports.add_blocks(minutes)
    return minutes


def start_meeting(meeting: Meeting, by, *, at: datetime) -> Minutes:
    """The meeting goes on since `at`, everyone with a seat is on the attendance list, and there is a draft to write in.

    Raises TransitionRefused where it cannot be started.
    """
    with transaction.atomic():
        running.start(meeting, by=by, at=at)
        attendance.prepare(meeting, by=by)
        return start_minutes(meeting, by)
