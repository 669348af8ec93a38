"""Times that do not fit together (R11, R41, P43)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from publishing.consistency import places
from publishing.consistency.known import Finding, Known


def times(record: dict, known: Known) -> Iterator[Finding]:
    for place, meeting in places.meetings(record):
        for number, day in enumerate(meeting["days"], 1):
            rows = [(at, row) for at, row in places.rows(meeting, place) if (row.get("day") or 1) == number]
            yield from _overlaps(rows)
            yield from _end(f"{place}/days/{number - 1}", day, rows)
        yield from _lengths(place, meeting)


def shown(text: str) -> str:
    return text.replace(":", ".")


def _overlaps(rows: list[tuple[str, dict]]) -> Iterator[Finding]:
    before: dict | None = None
    for at, row in rows:
        if before and row.get("start") and row["start"] < before["end"]:
            values = {"start": shown(row["start"]), "title": before.get("title") or "", "end": shown(before["end"])}
            yield Finding("R41", at, _("The row begins at %(start)s, and “%(title)s” ends at %(end)s.") % values)
        if row.get("end") and (before is None or row["end"] > before["end"]):
            before = row


def _end(place: str, day: dict, rows: list[tuple[str, dict]]) -> Iterator[Finding]:
    ends = [row["end"] for _at, row in rows if row.get("end")]
    if ends and day.get("end") and max(ends) != day["end"]:
        sentence = _("The last item ends at %(last)s; the meeting is planned until %(end)s.")
        yield Finding("R11", f"{place}/end", sentence % {"last": shown(max(ends)), "end": shown(day["end"])})


def _lengths(place: str, meeting: dict) -> Iterator[Finding]:
    total = 0
    for at, row in places.rows(meeting, place):
        total += row.get("minutes") or 0
        if row.get("minutes") and row.get("start") and row.get("end"):
            length = _minutes(row["end"]) - _minutes(row["start"])
            if length != row["minutes"]:
                values = {"minutes": row["minutes"], "start": shown(row["start"]), "end": shown(row["end"])}
                sentence = _("%(minutes)s minutes are given, and %(start)s to %(end)s is not that.")
                yield Finding("P43", f"{at}/minutes", sentence % values)
    days = meeting["days"]
    if total and all(day.get("start") and day.get("end") for day in days):
        planned = sum(_minutes(day["end"]) - _minutes(day["start"]) for day in days)
        if total > planned:
            sentence = _("The rows take %(total)s minutes together; the meeting has %(planned)s.")
            yield Finding("P43", f"{place}/agenda", sentence % {"total": total, "planned": planned})


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)
