"""Small records of an invented board, built by what a test needs."""

import json
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared" / "records"
SLUG = "bryggeradet"


def record(*meetings: dict, scheme: str = "per-meeting", **more) -> dict:
    board = {"slug": SLUG, "name": "Bryggerådet", "language": "nb", "numbering": {"scheme": scheme}}
    board |= more.pop("board", {})
    return {"format": "boardroom-record", "version": 1, "board": board, "meetings": list(meetings), **more}


def meeting(sequence: int, day: str, *, state: str = "held", **more) -> dict:
    return {"number": f"{sequence}/{day[:4]}", "sequence": sequence, "days": [{"date": day}], "state": state, **more}


def case(label: str | None, title: str, **more) -> dict:
    return {"kind": "case", "label": label, "title": title, **more}


def minutes(*items: dict, state: str = "final", **more) -> dict:
    return {"state": state, "items": list(items), **more}


def item(label: str, *blocks: dict, **more) -> dict:
    return {"label": label, "blocks": list(blocks), **more}


def text(html: str, **more) -> dict:
    return {"type": "text", "html": html, **more}


def promise(*texts: str, **more) -> dict:
    return {"type": "follow-up", "actions": [{"text": one, **more} for one in texts]}


def report(label: str | None, title: str, *actions: str, **more) -> dict:
    return {
        "type": "follow-up-report",
        "source_label": label,
        "title": title,
        "actions": [{"text": one} for one in actions],
        **more,
    }


def approves(day: str) -> dict:
    return {"type": "decision", "kind": "approved", "html": "<p>Godkjent.</p>", "approves_minutes_of": day}


def sample(name: str) -> dict:
    """One of the two real records that lie beside the repository; the test is skipped where they do not."""
    path = SHARED / f"{name}.json"
    if not path.exists():
        pytest.skip(f"{path.name} is not beside the repository")
    return json.loads(path.read_text(encoding="utf-8"))
