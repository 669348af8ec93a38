"""The agenda as its secretary sees it: one line for each row, sums, spans of sections, and where the time runs out (R29, R41).

Plain values, made once for each answer in a few queries however long the agenda is; the template only sets them.
"""

import zlib
from collections.abc import Iterable

from django.db.models import BigAutoField, Count
from django.utils.translation import gettext

from boardroom.lib.prepared import prepared
from boards.models import CaseType
from meetings import timing
from meetings.models import AgendaRow, Meeting, MeetingDay, Paper, Presenter

Kind = AgendaRow.Kind
PAUSES = frozenset({Kind.BREAK, Kind.MEAL, Kind.SOCIAL})
# The colour says the same as the word in it.
COLORS = {
    CaseType.Purpose.FOR_DECISION: "accent",
    CaseType.Purpose.FOR_ENDORSEMENT: "accent",
    CaseType.Purpose.FOR_INFORMATION: "info",
    CaseType.Purpose.FOR_DISCUSSION: "brand2",
}


def read_rows(meeting: Meeting) -> list[AgendaRow]:
    """The rows in order with `shown_presenters` and `paper_count`; three queries."""
    rows = timing.ordered_rows(meeting)
    by_row: dict[int, list[tuple[str, str]]] = {}
    for row, name, organisation in _presenters(meeting=meeting.pk):
        by_row.setdefault(row, []).append((name, organisation))
    counts = dict(_papers(meeting=meeting.pk))
    for row in rows:
        row.shown_presenters, row.paper_count = by_row.get(row.pk, []), counts.get(row.pk, 0)
    return rows


@prepared(meeting=BigAutoField())
def _presenters(meeting):
    presenters = Presenter.objects.filter(row__meeting=meeting).order_by("row", "order", "pk")
    return presenters.values_list("row", "name", "organisation_name")


@prepared(meeting=BigAutoField())
def _papers(meeting):
    papers = Paper.objects.filter(meeting=meeting, row__isnull=False, replaced_by=None).order_by()
    return papers.values_list("row").annotate(Count("pk"))


def lines(rows: list[AgendaRow], days: list[MeetingDay], types: Iterable[CaseType]) -> list[dict]:
    """One line for each row, with the dashed line that stands before it where the meeting should have ended."""
    colors = {kind.name: COLORS.get(kind.purpose, "neutral") for kind in types}
    ends = {day.number: timing.minute(day.end) for day in days}
    crossed = set()
    found = []
    for place, row in enumerate(rows, start=1):
        start, end, planned = timing.minute(row.start), timing.minute(row.end), ends.get(row.day or 1)
        is_over = planned is not None and max(start or 0, end or 0) > planned
        line = _line(row, place, colors)
        line["is_over"] = is_over
        if is_over and (row.day or 1) not in crossed and start is not None and start >= planned:
            crossed.add(row.day or 1)
            line["ends_before"] = _clock(planned)
        found.append(line)
    _span_sections(found, rows)
    return found


def totals(rows: list[AgendaRow]) -> dict:
    """Cases, and the length of cases and of breaks in words."""
    cases = [row for row in rows if row.kind == Kind.CASE and row.outcome not in timing.NOT_TREATED]
    return {
        "cases": len(cases),
        "treatment": duration(sum(row.minutes or 0 for row in cases)),
        "breaks": duration(sum(row.minutes or 0 for row in rows if row.kind in PAUSES)),
    }


def ends(rows: list[AgendaRow], days: list[MeetingDay]) -> list[dict]:
    """For each day whose last row has an end: the time, and by how many minutes it is past the planned end (R11)."""
    found = []
    for day in days:
        of_day = [row for row in rows if (row.day or 1) == day.number]
        last = max((timing.minute(row.end) for row in of_day if row.end), default=None)
        planned = timing.minute(day.end)
        over = max(last - planned, 0) if last is not None and planned is not None else 0
        if over or (last is not None and not any(_is_untimed(row) for row in of_day)):
            number = day.number if len(days) > 1 else None
            found.append({"day": number, "time": _clock(last), "over": duration(over) if over else ""})
    return found


def stamp(rows: list[AgendaRow], besides: int | None = None) -> str:
    """A word for what the table shows; of the row that is open only what others see of it at once."""
    told = [
        [
            row.pk,
            None if row.pk == besides else (row.version, row.paper_count),
            bool(row.proposed_decision),
            bool(row.title),
        ]
        for row in rows
    ]
    times = [(row.kind, row.label, row.outcome, row.day, row.start, row.end, row.minutes) for row in rows]
    return f"{zlib.crc32(repr((told, times)).encode()):08x}"


def duration(minutes: int) -> str:
    """`45 min`, `3 h`, `3 h 50 min`; empty for nothing."""
    hours, left = divmod(minutes, 60)
    parts = [gettext("%(count)s h") % {"count": hours}] if hours else []
    if left:
        parts.append(gettext("%(count)s min") % {"count": left})
    return " ".join(parts)


def _is_untimed(row: AgendaRow) -> bool:
    """Whether the row takes time that nobody has said, so that no later time is known."""
    return row.minutes is None and row.kind not in timing.TIMELESS and row.outcome not in timing.NOT_TREATED


def _line(row: AgendaRow, place: int, colors: dict[str, str]) -> dict:
    is_case = row.kind == Kind.CASE
    return {
        "row": row,
        "pk": row.pk,
        "place": place,
        "is_case": is_case,
        "is_section": row.kind == Kind.SECTION,
        "is_pause": row.kind in PAUSES,
        "title": row.title or row.get_kind_display(),
        "name": f"{row.label} {row.title}".strip() or row.get_kind_display(),
        "time": "" if row.outcome in timing.NOT_TREATED else _span(row.start, row.end),
        "color": colors.get(row.type, "neutral"),
        "is_off": row.outcome in timing.NOT_TREATED,
        "presenters": row.shown_presenters,
        "papers": row.paper_count,
        "carries": row.purpose == "follow-ups",
    }


def _span_sections(found: list[dict], rows: list[AgendaRow]) -> None:
    """A heading has the time from its first row's start to its last row's end."""
    heading, start, end = None, None, None
    for line, row in zip(found, rows, strict=True):
        if line["is_section"] or row.kind == Kind.END_OF_DAY:
            heading, start, end = (line if line["is_section"] else None), None, None
        elif heading is not None:
            start = start or row.start
            end = row.end or end
            heading["span"] = _span(start, end)


def _span(start, end) -> str:
    if start is None:
        return ""
    return f"{start:%H.%M}–{end:%H.%M}" if end else f"{start:%H.%M}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}.{minutes % 60:02}"
