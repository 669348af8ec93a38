"""What those called to a meeting know of its time and place, and telling them what has changed (RFC 5546, B18)."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import trail
from boardroom.lib.workflow import TransitionRefused
from boards.models import Person
from mail import post
from meetings.invitation import Day
from meetings.models import Meeting, Notice

State = Meeting.State
OFF = frozenset({State.CANCELLED, State.POSTPONED})
MOVED, CANCELLED = "meeting-moved", "meeting-cancelled"


def facts_of(meeting: Meeting) -> dict:
    """Time, place, link, and whether the meeting is on, as they are kept on a notice."""
    days = [
        {"date": day.date.isoformat(), "start": _clock(day.start), "end": _clock(day.end)} for day in meeting.days.all()
    ] or [{"date": meeting.first_day.isoformat(), "start": "", "end": ""}]
    return {
        "days": days,
        "place": meeting.place,
        "url": meeting.url,
        "state": meeting.state if meeting.state in OFF else "on",
    }


def days_of(facts: dict) -> tuple[Day, ...]:
    """The days of the facts, in order of date."""
    days = (Day(date.fromisoformat(day["date"]), _time(day["start"]), _time(day["end"])) for day in facts["days"])
    return tuple(sorted(days, key=lambda day: day.date))


def newest(meeting: Meeting) -> Notice | None:
    """The last that was told; None for a meeting that was never called."""
    return meeting.notices.order_by("sequence").last()


def untold(meeting: Meeting, on: date | None = None) -> list[str]:
    """What has changed since those called were last told, in words; empty where nothing has, or the meeting is over."""
    known = newest(meeting)
    if known is None or meeting.state in {State.HELD, State.CLOSED}:
        return []
    now = facts_of(meeting)
    last = max(day.date for day in (*days_of(known.facts), *days_of(now)))
    if last < (on or timezone.localdate()):
        return []
    return [word for word, differs in _differences(known.facts, now) if differs]


def note(meeting: Meeting, *, by, at: datetime, message: str = "") -> Notice:
    """The notice that tells the present facts: the last one where it does, else a new one with the next sequence."""
    facts, last = facts_of(meeting), newest(meeting)
    if last and last.facts == facts:
        return last
    sequence = last.sequence + 1 if last else 0
    return Notice.objects.create(
        meeting=meeting, sequence=sequence, facts=facts, message=message, told_at=at, told_by=by
    )


@transaction.atomic
def tell(meeting: Meeting, *, by, at: datetime, message: str = "") -> Notice:
    """A letter with the new calendar entry is on its way to everybody who was called and may still be written to.

    Raises TransitionRefused where there is nothing to tell. Who has left the board gets nothing more, not even a bare
    cancellation (B22); their own calendar keeps what it was told while they sat.
    """
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    if not untold(meeting, timezone.localdate(at)):
        raise TransitionRefused([_("Those who were called know of everything that has changed.")])
    made = note(meeting, by=by, at=at, message=message.strip())
    kind, called = CANCELLED if made.is_off else MOVED, called_to(meeting)
    for person in called:
        key = f"notice:{made.pk}:{person.pk}"
        post.send(kind, key, at=at, person=person, board=meeting.board, about=made.pk)
    trail.record(
        "meetings.tell", meeting, by=by, board=meeting.board, at=at, sequence=made.sequence, to=len(called), kind=kind
    )
    return made


def called_to(meeting: Meeting) -> list[Person]:
    """Everybody any call of the meeting went to, and who is still expected: a deputy who was released is not."""
    standing = meeting.deputy_calls.filter(ending="").values("person")
    released = meeting.deputy_calls.exclude(ending="").exclude(person__in=standing).values("person")
    called = Person.objects.filter(calls__call__meeting=meeting).exclude(pk__in=released).distinct()
    return list(called.select_related("user").order_by("name", "pk"))


def _differences(before: dict, now: dict) -> list[tuple[str, bool]]:
    is_off = now["state"] in OFF
    return [
        (_("The meeting is cancelled."), now["state"] == State.CANCELLED != before["state"]),
        (_("The meeting is postponed."), now["state"] == State.POSTPONED != before["state"]),
        (_("The meeting takes place after all."), not is_off and before["state"] in OFF),
        (_("The date or the hours have changed."), not is_off and before["days"] != now["days"]),
        (_("The place has changed."), not is_off and before["place"] != now["place"]),
        (_("The web link has changed."), not is_off and before["url"] != now["url"]),
    ]


def _clock(moment: time | None) -> str:
    return moment.isoformat("minutes") if moment else ""


def _time(text: str) -> time | None:
    return time.fromisoformat(text) if text else None
