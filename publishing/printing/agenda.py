"""The agenda table in the board's columns, and what a call says of each case below it."""

from .composition import Composition
from .fragments import is_blank
from .people import presenters
from .words import clock, span, written_date

CASE = "case"
TIME_COLUMNS = ("minutes", "time", "start")


def agenda(doc: Composition) -> dict | None:
    """`{"heading", "days": [{"heading", "columns", "rows"}]}`, a table a day (R5, R26-R30)."""
    if not doc.rows:
        return None
    columns = _columns(doc)
    heads = [doc.labels.get(column) for column in columns]
    days = [
        {"heading": heading, "columns": heads, "keys": columns, "rows": [_row(doc, row, columns) for row in rows]}
        for heading, rows in _by_day(doc)
    ]
    heading = doc.meeting.get("agenda_heading") or doc.labels.given("agenda")
    only = doc.days[0].get("agenda_heading")
    if len(doc.days) == 1 and only:
        if not doc.meeting.get("agenda_heading"):
            heading = only
        elif only != heading:
            days[0]["heading"] = only
    elif not heading and not any(day["heading"] for day in days):
        heading = doc.labels.get("agenda")
    return {"heading": heading, "days": days}


def _columns(doc: Composition) -> list[str]:
    given = list(dict.fromkeys(column for column in doc.layout.get("agenda_columns") or [] if column))
    if given:
        return given
    columns = ["label"] if any(row.get("label") for row in doc.rows) else []
    columns.append("title")
    columns += ["type"] if any(row.get("type") for row in doc.rows) else []
    columns += ["minutes"] if any(row.get("minutes") is not None for row in doc.rows) else []
    if any(row.get("end") for row in doc.rows):
        columns.append("time")
    elif any(row.get("start") for row in doc.rows):
        columns.append("start")
    return columns


def _by_day(doc: Composition) -> list[tuple[str | None, list[dict]]]:
    """Rows without a day belong to the day of the row above them."""
    if len(doc.days) == 1:
        return [(None, doc.rows)]
    grouped: dict[int, list[dict]] = {}
    current = 1
    for row in doc.rows:
        current = row.get("day") or current
        grouped.setdefault(current, []).append(row)
    result = []
    for number, rows in grouped.items():
        day = doc.days[number - 1] if number <= len(doc.days) else {}
        heading = day.get("agenda_heading")
        if not heading and day:
            heading = doc.word("day", number=number, date=written_date(day["date"], doc.language))
        result.append((heading or doc.word("on-day", day=number).capitalize(), rows))
    return result


def _row(doc: Composition, row: dict, columns: list[str]) -> dict:
    """One row: its cells by column, with what has no column of its own under the title."""
    cells = {column: _plain_cell(doc, row, column) for column in columns}
    anchor = next((column for column in ("title", "description") if column in columns), columns[0])
    lines = _title_lines(doc, row)
    presenter = presenters(row, doc.language)
    if presenter and "presenter" not in columns:
        own_line = doc.layout.get("presenter_on_own_line") is not False
        lines.append({"as": "presenters" if own_line else "presenters-inline", "text": presenter})
    if not is_blank(row.get("description")) and "description" not in columns:
        lines.append({"as": "html", "html": row["description"]})
    if not doc.is_minutes:
        lines += notes(doc, row)
    cells[anchor] = lines if anchor == "title" else lines + cells[anchor]
    return {"kind": row["kind"], "cells": [cells[column] for column in columns]}


def _title_lines(doc: Composition, row: dict) -> list[dict]:
    lines = [{"as": "title", "text": row["title"]}] if row.get("title") else []
    if doc.as_written:
        return lines
    if row.get("late"):
        lines.append({"as": "mark", "text": doc.word("late")})
    if row.get("outcome") in ("postponed", "withdrawn", "returned"):
        text = doc.word(row["outcome"])
        reason = row.get("outcome_reason")
        lines.append({"as": "mark", "text": f"{text}: {reason}" if reason else text})
    return lines


def notes(doc: Composition, row: dict) -> list[dict]:
    """Archive reference and the legal basis of a closed case, with the layout's own words."""
    lines = []
    if row.get("archive_reference"):
        lines.append({"as": "note", "text": f"{doc.labels.get('archive-reference')} {row['archive_reference']}"})
    closed = row.get("closed")
    if closed is not None:
        if closed.get("basis"):
            lines.append({"as": "note", "text": f"{doc.labels.get('closed')} {closed['basis']}"})
        elif not closed.get("marked"):
            lines.append({"as": "note", "text": doc.labels.given("closed") or doc.word("closed-alone")})
    return lines


def label_parts(row: dict) -> list[str]:
    """The number as printed, its sub-number and its mark of closing: each apart, none added to."""
    mark = (row.get("closed") or {}).get("marked")
    return [part for part in (row.get("label"), row.get("sub_label"), mark) if part]


def _plain_cell(doc: Composition, row: dict, column: str) -> list[dict]:
    if column == "label":
        parts = label_parts(row)
        return [{"as": "label", "parts": parts}] if parts else []
    if column == "description":
        return [] if is_blank(row.get("description")) else [{"as": "html", "html": row["description"]}]
    if column == "presenter":
        text = presenters(row, doc.language)
    elif column == "time":
        text = span(row.get("start"), row.get("end"), doc.separator)
    elif column == "start":
        text = clock(row["start"], doc.separator) if row.get("start") else ""
    elif column == "minutes":
        text = "" if row.get("minutes") is None else str(row["minutes"])
    else:
        text = row.get(column) or ""
    return [{"as": "text", "text": text}] if text else []


def details(doc: Composition) -> list[dict]:
    """Proposed decisions, questions and carried follow-ups, a part a case (R36, R37, R80)."""
    from .cases import report_block

    parts = []
    for row in doc.rows:
        blocks = [report.get("exempt") or report_block(doc, report) for report in row.get("reports") or []]
        if not is_blank(row.get("proposed_decision")):
            lines = [
                {"as": "label", "text": doc.labels.get("proposed-decision")},
                {"as": "html", "html": row["proposed_decision"]},
            ]
            blocks.append({"type": "proposed-decision", "lines": lines})
        questions = [text for text in row.get("questions") or [] if text.strip()]
        if questions:
            lines = [
                {"as": "label", "text": row.get("questions_label") or doc.word("questions")},
                {"as": "list", "style": "numbers", "items": questions},
            ]
            blocks.append({"type": "questions", "lines": lines})
        if row.get("exempt"):
            blocks = [row["exempt"]]
        if blocks:
            parts.append({"label": label_parts(row), "title": row.get("title") or "", "blocks": blocks})
    return parts
