"""The next ten working days: deadlines, meetings and follow-ups due on each. What falls on a free day stands on the one before."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.urls import reverse
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from boardroom.lib.workdays import working_days_before
from meetings.models import Meeting
from minutes.models import Minutes
from publishing.desk.advice import at
from publishing.desk.known import ISSUED, Known
from publishing.desk.steps import is_review_over
from publishing.desk.words import NEAR, brief, level_of, meeting_name, on, short_name

LENGTH = 10
MEETING = "meeting"


@dataclass(frozen=True)
class Entry:
    """One thing on a day: its word, the lines below, and where it leads. `kind` is `meeting`, `soon` or nothing."""

    day: date
    word: str
    lines: tuple[str, ...]
    url: str
    kind: str = ""


@dataclass
class Day:
    """A working day of the strip."""

    date: date
    is_today: bool
    starts_month: bool = False
    entries: list[Entry] = field(default_factory=list)

    @property
    def starts_week(self) -> bool:
        return self.date.weekday() == 0

    @property
    def number(self) -> str:
        """23. in Norwegian, 23 in English; with the month where one begins."""
        return brief(self.date) if self.starts_month or self.is_today else brief(self.date).split()[0]


def placed(days: list[date], entries: list[Entry], today: date) -> list[Day]:
    """The days with their entries; one on a Saturday or holiday says its own date. A free day stands first if it has any."""
    if days[0] != today and any(entry.day == today for entry in entries):
        days = [today, *days[:-1]]
    before = [today, *days]
    strip = {day: Day(day, day == today, day.month != last.month) for last, day in zip(before, days, strict=False)}
    for entry in sorted(entries, key=lambda one: (one.day, one.kind == MEETING)):
        if not today <= entry.day or entry.day > days[-1] + timedelta(days=6):
            continue
        day = max(working_days_before(entry.day, 0), days[0])
        if day in strip:
            strip[day].entries.append(entry)
    return list(strip.values())


def deadlines_among(entries: list[Entry], first: date, last: date) -> int:
    """How many of them fall within the days; a meeting is no deadline."""
    return sum(first <= entry.day <= last and entry.kind != MEETING for entry in entries)


def of_writer(known: Known) -> Iterator[Entry]:
    """Meeting and deadlines, for whoever prepares it."""
    meeting, planned, today = known.meeting, known.deadlines, known.today
    agenda = at("meetings:agenda", meeting)
    if not known.is_held and meeting.first_day >= today:
        if not known.is_called:
            yield _deadline(known, planned.call, _("Call"), agenda)
        if not known.is_called or known.lacking:
            yield _deadline(known, planned.papers, pgettext("on the strip", "Papers"), agenda)
    elif known.state in ("", Minutes.State.DRAFT):
        yield _deadline(known, planned.draft, _("Draft minutes"), at("minutes:minutes", meeting))
    elif known.state == Minutes.State.IN_REVIEW:
        if not is_review_over(known):
            yield _deadline(known, planned.review, _("Remarks"), at("minutes:remarks", meeting))
        yield _deadline(known, planned.final, _("Final minutes"), at("publishing:finalise", meeting))
    yield from of_everyone(known)


def of_reader(known: Known, is_asked: bool) -> Iterator[Entry]:
    """Meeting, and the own deadline for remarks."""
    if is_asked and known.opened and known.opened.deadline:
        yield _deadline(known, known.opened.deadline, _("Remarks"), at("publishing:review", known.meeting))
    yield from of_everyone(known)


def of_everyone(known: Known) -> Iterator[Entry]:
    """Each day of the meeting."""
    meeting = known.meeting
    if known.state in ISSUED:
        return
    name = meeting_name(meeting)
    if meeting.state == Meeting.State.TENTATIVE:
        name = _("%(meeting)s, tentative") % {"meeting": name}
    for day in meeting.days.all():
        start = _("at %(time)s") % {"time": time_format(day.start)} if day.start else ""
        board = short_name(meeting.board)
        lines = _lines(day.date, known.today, *([f"{board},", start] if start else [board]))
        yield Entry(day.date, name, lines, at("meetings:meeting", meeting), MEETING)


def of_follow_ups(counts: list[tuple[date, str, int]], today: date) -> list[Entry]:
    """One entry a day: how many are due. It leads to the register of their board, or to all."""
    days: dict[date, dict[str, int]] = {}
    for day, board, number in counts:
        if day >= today:
            days.setdefault(day, {})[board] = number
    entries = []
    for day, boards in days.items():
        number = sum(boards.values())
        told = ngettext("%(number)s is due", "%(number)s are due", number) % {"number": number}
        place = reverse("followups:register", args=list(boards)) if len(boards) == 1 else reverse("followups")
        address = f"{place}?status=all-open&due=dated&sort=due"
        entries.append(Entry(day, _("Follow-up"), _lines(day, today, told), address, level_of(day, today)))
    return entries


def _deadline(known: Known, day: date, word: str, url: str) -> Entry:
    name = meeting_name(known.meeting)
    lines = _lines(day, known.today, f"{short_name(known.meeting.board)},", name[:1].lower() + name[1:])
    return Entry(day, word, lines, url, NEAR if level_of(day, known.today) else "")


def _lines(day: date, today: date, *lines: str) -> tuple[str, ...]:
    """The lines, with the date first where the day is no working day."""
    if day == today or working_days_before(day, 0) == day:
        return lines
    return f"{date_format(day, 'l')} {on(day)}", *lines
