"""The cases of a published content: number, title, address, and what was decided in each."""

import re
from datetime import date

from boardroom.lib.fragments import plain_text
from cases import caseid
from publishing.models import Document, Publication, PublishedCase
from publishing.printing.rendering import anchor


def cases_of(publication: Publication, document: Document) -> list[PublishedCase]:
    """The cases of the content that is published, with the address and anchor of each."""
    day = document.meeting.first_day
    sequence = document.meeting.sequence
    found = []
    decided = decisions_of(document.public_content)
    for order, (label, title) in enumerate(listed_cases(document.public_content)):
        slug = case_slug(label, document.board.scheme, sequence, day)
        here = anchor(label) if label and document.kind == Document.Kind.MINUTES else ""
        shown = {"slug": slug, "label": label[:200], "title": title, "anchor": here[:120]}
        shown["decisions"] = decided.pop(label, [])
        found.append(PublishedCase(publication=publication, order=order, **shown))
    return found


def case_slug(label: str, scheme: str, meeting: int | None, day: date) -> str:
    """The case's place in public addresses: `3-39-23`; "" where the label is no certain number."""
    number = caseid.parse(label, scheme, meeting=meeting, year=day.year) if label else None
    return number.slug if number else ""


def listed_cases(content: dict) -> list[tuple[str, str]]:
    """(label, title) of every case of a content: those of the minutes, else the rows of the agenda."""
    cases = content.get("cases")
    if cases:
        own = [(_first(item["label"]), item["title"] or "") for item in cases["items"] if item["kind"] == "case"]
        titles = dict(_agenda_cases(content))
        return [(label, title or titles.get(label, "")) for label, title in own]
    return _agenda_cases(content)


def decisions_of(content: dict) -> dict[str, list[str]]:
    """By case label the decisions as read, a text a line."""
    found: dict[str, list[str]] = {}
    for item in (content.get("cases") or {}).get("items", []):
        if item["kind"] == "case":
            blocks = [block for block in item["blocks"] if block["type"] == "decision"]
            lines = [
                line for block in blocks for line in block["lines"] if line["as"] in ("html", "list", "text", "exempt")
            ]
            found.setdefault(_first(item["label"]), []).extend(text for line in lines for text in _line_texts(line))
    return found


def _line_texts(line: dict) -> list[str]:
    if line["as"] == "html":
        return [text for text in plain_text(line["html"]).splitlines() if text.strip()]
    return list(line["items"]) if line["as"] == "list" else [line["text"]]


def _agenda_cases(content: dict) -> list[tuple[str, str]]:
    found = []
    for day in (content.get("agenda") or {}).get("days", []):
        for row in day["rows"]:
            if row["kind"] == "case":
                found.append(_row_texts(row))
    return found


def _row_texts(row: dict) -> tuple[str, str]:
    label = title = ""
    for cell in row["cells"]:
        for line in cell:
            if line["as"] == "label" and not label:
                label = _first(line.get("parts") or [line.get("text", "")])
            elif line["as"] == "title" and not title:
                title = line.get("text", "")
    return label, re.sub(r"\s+", " ", title).strip()


def _first(parts: list[str]) -> str:
    return parts[0] if parts else ""
