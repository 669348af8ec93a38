"""The start of the minutes: the draft from the agenda, with a block for every follow-up the meeting had before it (R80)."""

from django.db import transaction

from followups import reports
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
