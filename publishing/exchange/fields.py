"""Which key of the format is which field of which model. One table serves import, export and comparison."""

from collections.abc import Callable
from datetime import date, time
from typing import NamedTuple

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _

from publishing.exchange.validating import Problem, RecordRefused


class Field(NamedTuple):
    key: str
    attr: str
    read: Callable = lambda value: value
    write: Callable = lambda value: value


def _table(*rows: str | tuple[str, str], read=None, write=None) -> tuple[Field, ...]:
    pairs = [(row, row) if isinstance(row, str) else row for row in rows]
    return tuple(Field(key, attr, *((read, write) if read and write else ())) for key, attr in pairs)


def texts(*rows):
    return _table(*rows)


def dates(*rows):
    return _table(*rows, read=date.fromisoformat, write=date.isoformat)


def times(*rows):
    return _table(*rows, read=time.fromisoformat, write=lambda value: value.strftime("%H:%M"))


BOARD = texts("slug", "name", "short_name", "owner", "language", "approval", "publication_criterion", "letterhead")
NUMBERING = texts("scheme", "case_pattern", "meeting_pattern", "meeting_scheme")
SERIES = texts("key", "pattern", "scheme")
CONTACT = texts(("person", "name"), "role", "email")
SEAT = (
    texts(("person", "name"), ("organisation", "organisation_name"), "role", "title", "replaces", "note")
    + texts(("ended", "has_ended"))
    + dates(("from", "starts_on"), ("until", "ends_on"))
)
CALENDAR = dates("date") + times("start", "end") + texts(("tentative", "is_tentative"))
MEETING = texts(
    "number",
    "sequence",
    "name",
    ("extraordinary", "is_extraordinary"),
    "place",
    "url",
    "mode",
    "state",
    "minute_taker",
    "agenda_heading",
    "layout",
    "head",
    "treatment_order",
)
DAY = dates("date") + times("start", "end") + texts("agenda_heading")
CHAIR = texts(("person", "name")) + times(("from", "start"), ("until", "end"))
CHANGE = texts("incoming", "outgoing", "organisation", "note")
ATTENDANCE = texts(
    "group",
    ("person", "name"),
    ("organisation", "organisation_name"),
    "title",
    "role",
    "status",
    "days",
    "stands_in_for",
    "remote",
    "note",
    "printed",
)
INTERVAL = texts("day", "from_case", "until_case", "not_case", "only_case") + times(("from", "start"), ("until", "end"))
ROW = (
    texts("kind", "day", "label", "part", "title", "type", "presenters_printed", "minutes")
    + times("start", "end")
    + texts(("fixed_start", "is_start_fixed"), "description", "proposed_decision", "questions", "archive_reference")
    + texts(("late", "is_late"), "outcome", "questions_label", "series", "sub_label")
    + dates("approves_minutes_of")
)
PRESENTER = texts(("person", "name"), ("organisation", "organisation_name"))
PAPER = texts("number", "title", "label", "column_title", "url", ("file", "file_name"), "sha256", "in_list")
MINUTES = texts("state", "heading") + dates("final_on", "published_on")
APPROVAL = (
    texts(("how", "approval_how"), ("in_case", "approved_in_label"), ("by", "approved_by"))
    + texts(("printed", "approval_printed"))
    + dates(("on", "approved_on"))
)
VERSION = texts(("kind", "stage"), "footer", "letterhead", "reason", ("file", "source_file")) + dates(
    ("on", "issued_on")
)
ITEM = texts("label", "part", "title", "presenters_printed", "section", "sub_label")
BLOCK = texts("type", "label", "html", "list")
DECISION = texts("kind", "approves_call") + dates("approves_minutes_of")
PROPOSAL = texts("by", "on_behalf_of", "kind", "outcome") + dates("on")
STATEMENT = texts("kind", ("person", "name"))
DISQUALIFICATION = texts(
    ("person", "name"),
    "basis",
    "deputy",
    "raised_by",
    "reason",
    "outcome",
    "decided_by",
    ("no_deputy", "has_no_deputy"),
)
VOTE = texts(
    "kind",
    ("for", "votes_for"),
    ("against", "votes_against"),
    ("blank", "votes_blank"),
    "casting_vote",
    "printed",
)
ALTERNATIVE = texts("title", "html", "votes")
REPORT = texts(
    "source_label",
    "source_printed",
    "title",
    "actions",
    "resolution_label",
    "resolution",
    "resolves_to_label",
    "resolves_to_url",
    "status",
    "due_text",
)
ACTION = texts("text", "responsible", "due_text", "note") + dates("due_on")
ROUND = dates("sent_on", "deadline") + texts("note")
REMARK = (
    texts(("from", "sender"), ("organisation", "organisation_name"), "label", "text", "status", "answer")
    + texts("status_printed")
    + dates("received_on")
)


def read(table: tuple[Field, ...], data: dict) -> dict:
    """The model's attributes for the keys that `data` has."""
    return {field.attr: field.read(data[field.key]) for field in table if field.key in data}


def write(table: tuple[Field, ...], obj) -> dict:
    """The format's keys for what the object has; None and "" where it has nothing."""
    said = {}
    for field in table:
        value = getattr(obj, field.attr)
        said[field.key] = None if value is None or value == "" else field.write(value)
    return said


def read_access(data: dict) -> dict:
    access = data.get("access") or {}
    return {
        "access_level": access.get("level", ""),
        "access_basis": access.get("basis", ""),
        "public_title": access.get("public_title", ""),
    }


def read_closed(data: dict) -> dict:
    closed = data.get("closed")
    if not closed:
        return {}
    return {"is_closed": True, "closed_basis": closed.get("basis", ""), "closed_mark": closed.get("marked", "")}


def made(model: type[models.Model], place: str, /, *, needs: tuple[str, ...] = (), **attrs):
    """An unsaved object whose values fit the database; RecordRefused, with the place, where one does not.

    `needs` names attributes that may not be empty.
    """
    for name in needs:
        value = attrs.get(name)
        if value is None or value == "":
            raise RecordRefused([Problem(place, _("“%(name)s” must not be empty.") % {"name": _key_of(name)})])
    for name, value in attrs.items():
        if problem := _misfit(model, name, value):
            raise RecordRefused([Problem(place, problem)])
    return model(**attrs)


_KEYS = {"name": "person", "sender": "from", "sent_on": "sent_on"}


def _key_of(attr: str) -> str:
    return _KEYS.get(attr, attr)


def _misfit(model: type[models.Model], name: str, value) -> str | None:
    """Why the value does not fit the column: too long a text, too large a number."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    limit = _limit(model, name)
    if limit is None:
        return None
    if isinstance(value, str) and len(value) > limit:
        sentence = _("“%(name)s” has %(length)s characters; at most %(maximum)s are possible.")
        return sentence % {"name": _key_of(name), "length": len(value), "maximum": limit}
    if isinstance(value, int) and value > limit:
        sentence = _("“%(name)s” is %(value)s; at most %(maximum)s is possible.")
        shown = str(value) if value < 10**18 else "10^18…"
        return sentence % {"name": _key_of(name), "value": shown, "maximum": limit}
    return None


_LIMITS: dict[tuple[type, str], int | None] = {}


def _limit(model: type[models.Model], name: str) -> int | None:
    if (model, name) not in _LIMITS:
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            field = None
        limit = getattr(field, "max_length", None)
        if isinstance(field, models.PositiveSmallIntegerField):
            limit = 32_767
        elif isinstance(field, models.PositiveIntegerField):
            limit = 2_147_483_647
        _LIMITS[model, name] = limit
    return _LIMITS[model, name]
