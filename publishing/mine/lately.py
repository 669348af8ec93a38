"""What was issued lately on the user's boards: minutes that became final, were approved, or published."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import BigAutoField, DateField, Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from boardroom.lib.prepared import prepared
from boards.models import Seat
from minutes.rules import roles_with
from publishing.desk.words import on
from publishing.models import Document, Publication

SHOWN, DAYS = 3, 120
Stage = Document.Stage


@dataclass(frozen=True)
class Issued:
    """The newest minutes of one meeting."""

    title: str
    url: str
    board: str
    what: str


def issued_lately(user, today: date) -> list[Issued]:
    """The newest first, each meeting once; one query."""
    newest: dict[int, Document] = {}
    for one in _issued(user=user.pk, today=today, since=today - timedelta(days=DAYS)):
        newest.setdefault(one.meeting_id, one)
    return [_told(one) for one in list(newest.values())[:SHOWN]]


@prepared(user=BigAutoField(), today=DateField(), since=DateField())
def _issued(user, today, since):
    seats = Seat.objects.active_on(today).filter(person__user=user, role__in=roles_with("documents.read"))
    seats = seats.filter(board=OuterRef("board"))
    documents = Document.objects.filter(Exists(seats), kind=Document.Kind.MINUTES, issued_at__date__gte=since)
    published = Publication.objects.live().filter(document=OuterRef("pk"))
    shown = documents.exclude(stage=Stage.DRAFT).annotate(is_published=Exists(published))
    return (
        shown.select_related("meeting__board", "board").defer("content", "public_content").order_by("-issued_at")[:30]
    )


def _told(one: Document) -> Issued:
    day = on(timezone.localdate(one.issued_at))
    words = {
        Stage.FINAL: _("Final %(day)s"),
        Stage.APPROVED: _("Approved %(day)s"),
        Stage.CORRECTION: _("Corrected %(day)s"),
    }
    what = words.get(one.stage, _("Issued %(day)s")) % {"day": day}
    if one.is_published:
        what = _("%(what)s, published") % {"what": what}
    number = one.meeting.sequence or one.meeting.number or on(one.meeting.first_day)
    title = _("Minutes of meeting %(number)s") % {"number": number}
    return Issued(title, one.get_absolute_url(), one.board.name, what)
