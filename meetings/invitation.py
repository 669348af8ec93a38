"""A meeting as calendars read it: iCalendar and iTIP objects (RFC 5545, 5546). Nothing is read from the database here.

Times are written in UTC, so nobody's table of summer time matters. Days of one meeting are one event that repeats daily,
with exceptions: an invitation may hold one UID only. The organizer is the address the mails come from: Outlook and
Google take an update or a cancellation only from who invited, and a board's contact, who changes and is often called
too, could not answer an invitation of their own. Nobody reads that address, so no answer is asked for (RSVP=FALSE);
members say whether they come on the page the letter links to.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vUri

PRODID = "-//Boardroom//Boardroom//NO"
TYPE = "text/calendar; charset=utf-8"
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_LINK = re.compile(r"https?://[^\s<>\"\\^`{|}]+")


class Method(StrEnum):
    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


class Status(StrEnum):
    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True)
class Day:
    """A day of a meeting, with its hours in Norwegian time where they are known."""

    date: date
    start: time | None = None
    end: time | None = None


@dataclass(frozen=True)
class Party:
    """A name and an e-mail address."""

    name: str
    email: str


@dataclass(frozen=True)
class Occasion:
    """What a calendar is told of one meeting. `stamp` is when it was told, `link` where one joins, `url` its page."""

    uid: str
    sequence: int
    summary: str
    days: tuple[Day, ...]
    stamp: datetime
    url: str = ""
    place: str = ""
    link: str = ""
    description: str = ""
    status: Status = Status.CONFIRMED
    is_closed: bool = False
    organizer: Party | None = None
    attendee: Party | None = None


def calendar(method: Method, occasions: Iterable[Occasion], *, name: str = "") -> bytes:
    """The iCalendar object: lines folded at 75 octets, text escaped, no control character, whatever was typed (A22)."""
    made = Calendar()
    made.add("PRODID", PRODID)
    made.add("VERSION", "2.0")
    made.add("CALSCALE", "GREGORIAN")
    made.add("METHOD", method)
    if name:
        made.add("NAME", _line(name))
        made.add("X-WR-CALNAME", _line(name))
        made.add("REFRESH-INTERVAL", timedelta(hours=4), parameters={"VALUE": "DURATION"})
    for occasion in occasions:
        for event in _events(occasion, method):
            made.add_component(event)
    return made.to_ical()


def _events(occasion: Occasion, method: Method) -> list[Event]:
    """The event, and one more for each further day whose hours differ."""
    first, *others = occasion.days
    whole = any(day.start is None for day in occasion.days)
    main = _event(occasion, first, whole)
    if not others or method == Method.CANCEL:
        return [main]
    span = (others[-1].date - first.date).days + 1
    main.add("RRULE", {"FREQ": "DAILY", "COUNT": span})
    held = {day.date: day for day in occasion.days}
    found, begins = [main], _hours(first, whole)
    for after in range(1, span):
        shift = timedelta(days=after)
        usual, day = begins[0] + shift, held.get(first.date + shift)
        if day is None:
            main.add("EXDATE", usual)
        elif _hours(day, whole) != tuple(one and one + shift for one in begins):
            event = _event(occasion, day, whole)
            event.add("RECURRENCE-ID", usual)
            found.append(event)
    return found


def _event(occasion: Occasion, day: Day, whole: bool) -> Event:
    event = Event()
    event.add("UID", occasion.uid)
    event.add("SEQUENCE", occasion.sequence)
    event.add("DTSTAMP", occasion.stamp.astimezone(UTC).replace(microsecond=0))
    start, end = _hours(day, whole)
    event.add("DTSTART", start)
    if end:
        event.add("DTEND", end)
    event.add("SUMMARY", _line(occasion.summary))
    event.add("STATUS", occasion.status)
    event.add("TRANSP", "OPAQUE" if occasion.status == Status.CONFIRMED else "TRANSPARENT")
    event.add("CLASS", "CONFIDENTIAL" if occasion.is_closed else "PUBLIC")
    if where := _line(occasion.place) or _uri(occasion.link):
        event.add("LOCATION", where)
    if occasion.description:
        event.add("DESCRIPTION", _UNSEEN.sub(" ", occasion.description.replace("\r\n", "\n").replace("\r", "\n")))
    if url := _uri(occasion.url):
        event.add("URL", vUri(url))
    if link := _uri(occasion.link):
        event.add("CONFERENCE", vUri(link), parameters={"VALUE": "URI", "FEATURE": "VIDEO"})
    if occasion.organizer:
        event.add("ORGANIZER", _address(occasion.organizer))
    if occasion.attendee:
        given = {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "FALSE"}
        event.add("ATTENDEE", _address(occasion.attendee, **given))
    return event


def _hours(day: Day, whole: bool) -> tuple[date, date | None]:
    """Start and end in UTC; the whole day where no hour is known. A meeting that ends before it begins ends the day after."""
    if whole or day.start is None:
        return day.date, day.date + timedelta(days=1)
    start = datetime.combine(day.date, day.start)
    begins = timezone.make_aware(start).astimezone(UTC)
    if day.end is None or day.end == day.start:
        return begins, None
    end = datetime.combine(day.date + timedelta(days=day.end < day.start), day.end)
    ends = timezone.make_aware(end).astimezone(UTC)
    # An hour that does not exist, on the night summer time begins: the meeting lasts as long as the clock says.
    return begins, ends if ends > begins else begins + (end - start)


def _address(party: Party, **given: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{party.email}")
    if name := re.sub(r'["^]', "'", _line(party.name)):
        address.params["CN"] = name
    for key, value in given.items():
        address.params[key] = value
    return address


def _line(text: str) -> str:
    return " ".join(_UNSEEN.sub(" ", text).split())


def _uri(text: str) -> str:
    """The address, or nothing where it is no web address."""
    return text if _LINK.fullmatch(text) else ""
