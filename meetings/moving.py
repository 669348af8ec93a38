"""What the secretary should know before a meeting gets another date. None of it stops the move."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext

from meetings.generating import doubts
from meetings.models import Meeting
from meetings.planning import PUT_OFF


def move_doubts(meeting: Meeting, day: date, user) -> list[str]:
    """A holiday or weekend, other meetings of the day, and numbers that would no longer stand in order."""
    return [*doubts(meeting.board, [day], user, besides=meeting)[day], *_out_of_order(meeting, day)]


def _out_of_order(meeting: Meeting, day: date) -> list[str]:
    """Meetings the move would pass whose numbers say another order; the numbers stay as they are (R2)."""
    if meeting.sequence is None:
        return []
    others = meeting.board.meetings.exclude(pk=meeting.pk).exclude(state__in=PUT_OFF).exclude(sequence=None)
    before, after = sorted([meeting.first_day, day])
    found = []
    for other in others.filter(first_day__range=(before, after)).order_by("first_day", "pk"):
        was_first = other.first_day < meeting.first_day
        is_first = other.first_day < day
        if was_first != is_first and (other.sequence < meeting.sequence) != is_first:
            sentence = gettext(
                "Meeting %(number)s would come after meeting %(other)s on %(date)s. Both keep their numbers."
            )
            if not is_first:
                sentence = gettext(
                    "Meeting %(number)s would come before meeting %(other)s on %(date)s. Both keep their numbers."
                )
            words = {
                "number": meeting.number,
                "other": other.number,
                "date": date_format(other.first_day, "MONTH_DAY_FORMAT"),
            }
            found.append(sentence % words)
    return found
