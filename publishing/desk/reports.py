"""What those responsible reported between meetings that waits for the board's answer."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import BigAutoField, DateField
from django.utils import timezone

from boardroom.lib.prepared import among, prepared
from boards.models import Board
from followups.models import CLOSED, OwnerReport
from followups.rules import readable
from publishing.desk.words import moment

SHOWN, MOST = 4, 100


@dataclass(frozen=True)
class Reported:
    """One report, by the follow-up where it is answered."""

    title: str
    url: str
    kind: str
    text: str
    who: str
    when: str


@dataclass
class Reports:
    """The oldest, and how many there are in all."""

    shown: list[Reported] = field(default_factory=list)
    total: int = 0


def reports_of(boards: list[Board], user, today: date) -> Reports:
    """Of the boards where the user answers them, the oldest first; one query."""
    found = _waiting(boards=[board.pk for board in boards], user=user.pk, today=today)
    return Reports([_told(one, today) for one in found[:SHOWN]], len(found))


@prepared(boards=[BigAutoField()], user=BigAutoField(), today=DateField())
def _waiting(boards, user, today):
    waiting = OwnerReport.objects.filter(among("follow_up__board", boards), fate=OwnerReport.Fate.WAITING)
    known = waiting.filter(follow_up__in=readable(user, today)).exclude(follow_up__state__in=CLOSED)
    return known.select_related("follow_up__board", "person", "user").order_by("said_at", "pk")[:MOST]


def _told(one: OwnerReport, today: date) -> Reported:
    said = one.person.name if one.person else one.user.display_name if one.user else ""
    when = moment(one.said_at, timezone.localdate(one.said_at), today)
    url = f"{one.follow_up.get_absolute_url()}#owner-reports"
    kind = one.get_kind_display()
    return Reported(one.follow_up.title, url, kind, one.text, said, when)
