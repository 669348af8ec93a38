"""Meetings as occasions for calendars: what is told of each, and to whom (R24, P39, reliability.md A7)."""

from collections.abc import Iterable
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from boards.models import Person
from mail.addresses import absolute
from meetings.discretion import discreet
from meetings.invitation import Method, Occasion, Party, Status, calendar
from meetings.models import AgendaRow, Meeting, Notice
from meetings.notices import OFF, days_of, facts_of

FILE_TYPE = "application/ics"
FILE_NAME = "invite.ics"


def invitation(notice: Notice, person: Person) -> tuple[Method, bytes]:
    """The iTIP object that tells the person, and names nobody else, what the notice told: an invitation or a cancellation."""
    meeting = notice.meeting
    facts = notice.facts | {name: discreet(meeting, notice.facts[name]) for name in ("place", "url")}
    method = Method.CANCEL if notice.is_off else Method.REQUEST
    told = Occasion(
        **_told(meeting, facts, is_closed=is_closed(meeting)),
        place=facts["place"],
        sequence=notice.sequence,
        stamp=notice.told_at,
        status=Status.CANCELLED if notice.is_off else Status.CONFIRMED,
        organizer=Party(meeting.board.name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]),
        attendee=Party(person.name, person.email),
    )
    return method, calendar(method, [told])


def published(meetings: Iterable[Meeting], *, at: datetime, name: str = "") -> bytes:
    """The meetings as they are now, for reading: with the sequence of what was told last, and one more for what is not.

    `meetings` come with their board, days and notices at hand. The stamp is the newest notice's, else the day's first
    moment: what has not changed is the same file.
    """
    listed = list(meetings)
    closed = closed_among(listed)
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return calendar(Method.PUBLISH, [_published(one, one.pk in closed, midnight) for one in listed], name=name)


def is_closed(meeting: Meeting) -> bool:
    return meeting.pk in closed_among([meeting])


def closed_among(meetings: Iterable[Meeting]) -> set[int]:
    """Those of the meetings where every case of their own is behind closed doors."""
    own = Q(kind=AgendaRow.Kind.CASE, purpose="")
    rows = AgendaRow.objects.filter(own, meeting__in=list(meetings)).order_by().values("meeting")
    counted = rows.annotate(cases=Count("pk"), closed=Count("pk", filter=Q(is_closed=True)))
    return {row["meeting"] for row in counted if row["cases"] == row["closed"]}


def _published(meeting: Meeting, closed: bool, midnight: datetime) -> Occasion:
    facts = facts_of(meeting)
    last = max(meeting.notices.all(), key=lambda notice: notice.sequence, default=None)
    sequence = last.sequence + (last.facts != facts) if last else 0
    status = Status.TENTATIVE if meeting.state == Meeting.State.TENTATIVE else Status.CONFIRMED
    return Occasion(
        **_told(meeting, facts, is_closed=closed),
        place=facts["place"],
        sequence=sequence,
        stamp=last.told_at if last else midnight,
        status=Status.CANCELLED if meeting.state in OFF else status,
    )


def _told(meeting: Meeting, facts: dict, *, is_closed: bool) -> dict:
    url = absolute(meeting.get_absolute_url())
    lines = [_("Call, agenda and papers: %(address)s") % {"address": url}]
    if facts["url"]:
        lines.append(_("Join here: %(address)s") % {"address": facts["url"]})
    return {
        "uid": f"{meeting.uid}@boardroom",
        "summary": summary(meeting, is_closed),
        "days": days_of(facts),
        "url": url,
        "link": facts["url"],
        "description": "\n".join(lines),
        "is_closed": is_closed,
    }


def summary(meeting: Meeting, is_closed: bool) -> str:
    """The board and the meeting's number, never a title; of a closed meeting only that it is one (A7)."""
    values = {"board": meeting.board.name, "number": meeting.number}
    if is_closed:
        return _("Closed meeting, %(board)s") % values
    return _("%(board)s, meeting %(number)s") % values if meeting.number else values["board"]
