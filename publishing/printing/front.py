"""The front of a document: letterhead, heading, head block, officers, members, changes, calendar, contacts."""

from .composition import Composition
from .people import attendance_groups, chair_line, change_line, members
from .words import span, written_date, written_days


def letterhead(doc: Composition) -> list[str]:
    """The version's own letterhead, else the board's, line by line."""
    given = (doc.version or {}).get("letterhead") or doc.board.get("letterhead") or ""
    return [line.strip() for line in given.splitlines() if line.strip()]


def heading(doc: Composition) -> str:
    """The printed heading of minutes where the record has one, else the board's name (R1)."""
    return (doc.is_minutes and doc.minutes.get("heading")) or doc.board["name"]


def head(doc: Composition) -> list[dict]:
    """The head block as printed, or Møte, Dato, Tid, Sted; a call and an agenda also show the address."""
    given = doc.meeting.get("head") or []
    rows = [{"label": row.get("label") or "", "value": row.get("value") or ""} for row in given]
    if not rows:
        values = (
            ("head-number", doc.meeting.get("number")),
            ("head-date", written_days([day["date"] for day in doc.days], doc.language)),
            ("head-time", _times(doc)),
            ("head-place", doc.meeting.get("place")),
        )
        rows = [{"label": doc.word(key), "value": value} for key, value in values if value]
    url = doc.meeting.get("url")
    if url and doc.kind in ("call", "agenda") and not any(url in row["value"] for row in rows):
        rows.append({"label": doc.word("head-url"), "value": url})
    for row in rows:
        if url and row["value"].strip() == url:
            row["url"] = url if "://" in url else f"https://{url}"
    return rows


def _times(doc: Composition) -> str:
    """The planned time; a line a day where the meeting has several days."""
    timed = [(day, span(day.get("start"), day.get("end"), doc.separator)) for day in doc.days]
    if len(doc.days) == 1:
        return timed[0][1]
    return "\n".join(f"{written_date(day['date'], doc.language)} {time}" for day, time in timed if time)


def officers(doc: Composition) -> list[str]:
    """Chairs with their times and the minute-taker, where no row of the head names them (R12, R13)."""
    named = "\n".join(row.get("value") or "" for row in doc.meeting.get("head") or [])
    lines = [
        chair_line(doc.labels.get("chair"), chair, doc.language, doc.separator)
        for chair in doc.meeting.get("chairs") or []
        if chair["person"] not in named
    ]
    taker = doc.meeting.get("minute_taker")
    if taker and taker not in named:
        lines.append(f"{doc.labels.get('minute-taker')} {taker}")
    return lines


def members_part(doc: Composition) -> dict | None:
    groups = members(doc.facts.get("memberships") or [], doc.labels, doc.language)
    if not groups:
        return None
    columns = None
    if doc.labels.given("organisation"):
        columns = [doc.word("person"), doc.word("member-title"), doc.labels.given("organisation")]
    return {"columns": columns, "groups": groups}


def changes(doc: Composition) -> dict | None:
    lines = [change_line(change, doc.language) for change in doc.meeting.get("representation_changes") or []]
    lines = [line for line in lines if line]
    return {"heading": doc.labels.get("representation-changes"), "lines": lines} if lines else None


def calendar(doc: Composition) -> dict | None:
    """The dates of the meeting's year and the next, tentative ones in parentheses (R8, GP-9)."""
    year = int(doc.days[0]["date"][:4])
    entries = [one for one in doc.facts.get("calendar") or [] if int(one["date"][:4]) in (year, year + 1)]
    if not entries:
        return None
    lines = []
    for entry in entries:
        time = span(entry.get("start"), entry.get("end"), doc.separator)
        text = written_date(entry["date"], doc.language)
        text += f" {doc.word('at', time=time)}" if time else ""
        lines.append(f"({text})" if entry.get("tentative") else text)
    years = sorted({one["date"][:4] for one in entries})
    heading_text = doc.labels.given("calendar") or doc.word("calendar", year="–".join(years))
    return {"heading": heading_text, "lines": lines}


def contacts(doc: Composition) -> dict | None:
    rows = [[row.get("role") or "", row["person"], row.get("email") or ""] for row in doc.board.get("contacts") or []]
    return {"heading": doc.word("contacts"), "rows": rows} if rows else None


def attendance(doc: Composition) -> dict | None:
    rows = doc.meeting.get("attendance") or []
    if not rows:
        return None
    groups = attendance_groups(
        rows, doc.labels, as_written=doc.as_written, language=doc.language, separator=doc.separator
    )
    return {"heading": doc.labels.given("attendance"), "groups": groups}
