"""Who may vote in a case: those present there with a vote, without the disqualified (P2, P4, P5)."""

from boards.models import Seat
from meetings.models import Attendance
from minutes.models import Disqualification, MinutesItem

HERE = frozenset({Attendance.Status.PRESENT, Attendance.Status.PARTIAL})


def present_by_item(minutes) -> dict[int, list[str]]:
    """For every item of the minutes the names that may vote in it, in the order of the attendance list."""
    rows = list(minutes.meeting.attendance.select_related("seat").all())
    voters = [row.name for row in rows if row.status in HERE and may_vote(row)]
    out: dict[int, set[str]] = {}
    found = Disqualification.objects.filter(block__item__minutes=minutes).exclude(
        outcome=Disqualification.Outcome.NOT_DISQUALIFIED
    )
    for item_id, name in found.values_list("block__item_id", "name"):
        out.setdefault(item_id, set()).add(_key(name))
    items = minutes.items.values_list("pk", flat=True)
    return {pk: [name for name in voters if _key(name) not in out.get(pk, ())] for pk in items}


def voters_of(item: MinutesItem) -> list[str]:
    """The names that may vote in the case."""
    return present_by_item(item.minutes)[item.pk]


def may_vote(row: Attendance) -> bool:
    if row.role:
        return row.role in Attendance.VOTING
    return bool(row.seat and row.seat.role in Seat.VOTING)


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
