"""Writing and checking the trail: `record` beside every act, `verify` whenever somebody doubts it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from boardroom.lib.prepared import insert, prepared

from .models import Entry

CHAIN_LOCK = 0x626F617264  # one number for all writers of the chain; pg_advisory_xact_lock needs an integer
SYSTEM = "Boardroom"


@dataclass(frozen=True)
class Line:
    """One act in a batch: what was done, to what, and the details; `board` (a slug) where it is not that of the batch."""

    act: str
    obj: models.Model | None
    payload: dict = field(default_factory=dict)
    board: str | None = None


def record(act: str, obj: models.Model | None, *, by, board=None, at: datetime | None = None, **payload) -> Entry:
    """One entry stands at the end of the chain if, and only if, the caller's transaction is committed.

    `act` is "<app>.<verb>", `by` an account or None for the system, `board` a slug or an object with one.
    Raises TransactionManagementError outside a transaction (reliability.md 3.1: the act and its line are one).
    """
    return record_many([Line(act, obj, payload)], by=by, board=board, at=at)[0]


def record_many(lines: Iterable[Line], *, by, board=None, at: datetime | None = None) -> list[Entry]:
    """As `record`, for many lines in one lock and one INSERT, in the order given."""
    lines = list(lines)
    if not lines:
        return []
    last = _hold_the_end()
    seq, previous = (last.seq, last.hash) if last else (0, "")
    at = at or timezone.now()
    entries = []
    for number, line in enumerate(lines, seq + 1):
        entry = _entry(line, by, board, at)
        entry.seq, entry.previous_hash = number, previous
        entry.hash = previous = digest(entry)
        entries.append(entry)
    if len(entries) == 1:
        insert(entries[0])
        return entries
    return Entry.objects.bulk_create(entries)


def verify(since: tuple[int, str] | None = None) -> list[str]:
    """Every fault of the chain in a sentence; empty when each entry is as it was written.

    `since` is a `head()` noted down earlier: with it, entries cut off the end and a chain built anew are found too.
    """
    faults, seq, previous = [], 0, ""
    for entry in Entry.objects.order_by("seq").iterator(chunk_size=1000):
        if entry.seq != seq + 1:
            faults.append(f"Entries {seq + 1} to {entry.seq - 1} are missing.")
        elif entry.previous_hash != previous:
            faults.append(f"Entry {entry.seq} does not follow from entry {seq}.")
        if entry.hash != digest(entry):
            faults.append(f"Entry {entry.seq} was changed after it was written.")
        if since and entry.seq == since[0] and entry.hash != since[1]:
            faults.append(f"Entry {entry.seq} is not the entry that was noted down.")
        seq, previous = entry.seq, entry.hash
    if since and seq < since[0]:
        faults.append(f"Entries {seq + 1} to {since[0]} are missing from the end.")
    return faults


def head() -> tuple[int, str]:
    """Number and hash of the newest entry, to be kept outside the database; (0, "") when there is none."""
    return Entry.objects.order_by("-seq").values_list("seq", "hash").first() or (0, "")


def digest(entry: Entry) -> str:
    """SHA-256 (hex) of everything the entry says, with the hash before it, as canonical JSON."""
    said = {
        "seq": entry.seq,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor_id,
        "actor_name": entry.actor_name,
        "act": entry.act,
        "object_type": entry.object_type,
        "object_id": entry.object_id,
        "board": entry.board,
        "payload": entry.payload,
        "previous_hash": entry.previous_hash,
    }
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _hold_the_end() -> Entry | None:
    """The newest entry, with nobody else able to add one before this transaction ends.

    PostgreSQL holds an advisory lock; on SQLite the transaction is IMMEDIATE and so the only writer already.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("An entry of the trail is written in the transaction of the act it tells of.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
    return next(iter(_last()), None)


@prepared()
def _last():
    return Entry.objects.order_by("-seq")[:1]


def _entry(line: Line, by, board, at: datetime) -> Entry:
    person = by if by is not None and by.pk is not None else None
    return Entry(
        at=at,
        actor=person,
        actor_name=(getattr(person, "display_name", None) or str(person))[:300] if person else SYSTEM,
        act=line.act,
        object_type=line.obj._meta.label_lower if line.obj is not None else "",
        object_id=str(line.obj.pk) if line.obj is not None else "",
        board=line.board or getattr(board, "slug", board),
        payload=_plain(json.loads(json.dumps(line.payload, cls=DjangoJSONEncoder))),
    )


def _plain(value):
    """Fractions as text: PostgreSQL and SQLite write the same number differently, which would break the hash."""
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value
