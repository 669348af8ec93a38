"""Helpers of the print tests: records in, text out, and the text that a PDF carries in its tags."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from meetings.models import Meeting
from publishing.exchange.importing import import_records
from publishing.printing.facts import assemble
from publishing.printing.rendering import render_html, render_text

RECORDS = Path(__file__).resolve().parents[3] / "shared" / "records"


def sample(name: str) -> dict:
    """One of the real records; the test is skipped where they are not beside the repository."""
    path = RECORDS / f"{name}.json"
    if not path.exists():
        pytest.skip("The sample records are not beside the repository.")
    return json.loads(path.read_text(encoding="utf-8"))


def imported(record: dict) -> None:
    import_records([record])


def meeting_on(day: str) -> Meeting:
    return Meeting.objects.get(first_day=day)


def text_of(meeting: Meeting, kind: str, **how) -> str:
    return render_text(html_of(meeting, kind, **how))


def html_of(meeting: Meeting, kind: str, **how) -> str:
    return render_html(assemble(meeting, kind, **how))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def missing_in_order(text: str, expected: list[str]) -> list[str]:
    """Which of the expected strings do not come after the ones before them; white space aside."""
    whole, position, missing = squeezed(text), 0, []
    for string in expected:
        found = whole.find(squeezed(string), position)
        if found < 0:
            missing.append(string)
        else:
            position = found + len(squeezed(string))
    return missing


def tagged_text(pdf: Path) -> str:
    """The text of a PDF in the order of its tags, without list marks; page furniture has no tags."""
    answer = subprocess.run(["pdfinfo", "-struct-text", pdf], capture_output=True, text=True, check=True)
    words, mark = [], None
    for line in answer.stdout.splitlines():
        indent, content = len(line) - len(line.lstrip()), line.strip()
        if mark is not None and indent > mark:
            continue
        mark = indent if content.startswith("Lbl") else None
        if content.startswith('"'):
            words.append(content[1:-1])
    return "".join(words)
