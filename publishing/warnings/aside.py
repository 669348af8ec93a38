"""A warning is a doubt, and the secretary's to judge: set aside with name and time, and brought back (R88)."""

from django.db import transaction
from django.utils import timezone

from audit.trail import record
from meetings.models import Meeting
from publishing.models import WarningSetAside
from publishing.warnings.gathering import Warning


@transaction.atomic
def set_aside(meeting: Meeting, warning: Warning, *, by) -> WarningSetAside:
    """The warning is shown as set aside, with who did it and when; doing it twice changes nothing."""
    given = {"sentence": warning.sentence, "set_by": by, "set_at": timezone.now()}
    one, is_new = WarningSetAside.objects.get_or_create(meeting=meeting, key=warning.key, defaults=given)
    if is_new:
        record("publishing.set_warning_aside", meeting, by=by, board=meeting.board, sentence=warning.sentence)
    return one


@transaction.atomic
def bring_back(meeting: Meeting, key: str, *, by) -> None:
    """The warning is among the others again, if what it warns of is still so; doing it twice changes nothing."""
    known = WarningSetAside.objects.select_for_update().filter(meeting=meeting)
    one = next((found for found in known if found.key == key), None)
    if one:
        sentence = one.sentence
        one.delete()
        record("publishing.bring_warning_back", meeting, by=by, board=meeting.board, sentence=sentence)
