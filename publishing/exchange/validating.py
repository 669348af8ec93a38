"""Is this a record? Every fault is said with its place (a JSON pointer) and in words."""

import json
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from boardroom.lib.text import text_problem, without_bidi
from publishing.exchange.shape import branch, resolved, schema

BYTES_MAX = 30_000_000
ROWS_MAX = 10_000
TEXT_MAX = 2_000_000
PROBLEMS_SHOWN = 100


class Problem(NamedTuple):
    pointer: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.pointer or '/'}: {self.sentence}"


class RecordRefused(Exception):
    """The file is no record that can be imported; `problems` says where and why. Nothing was changed.

    `record` is the place of the refused record among those of one import, where that is known.
    """

    def __init__(self, problems: list[Problem]):
        self.problems = problems
        self.record: int | None = None
        super().__init__("\n".join(map(str, problems)))


def pointer(*steps) -> str:
    """The JSON pointer of a path (RFC 6901)."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def read(raw: bytes) -> dict:
    """The record in these bytes, valid against the schema. Raises RecordRefused."""
    data = _parsed(raw)
    check(data)
    return data


def check(data) -> None:
    """Return if `data` is a valid record; else raise RecordRefused with every fault, in the order of the file."""
    try:
        problems = list(_texts(data, ()))
        if not problems:
            problems = [_said(error) for error in _leaves(_validator().iter_errors(data))]
    except RecursionError:
        problems = [Problem("", _("The file is nested too deeply to be a record."))]
    if problems:
        raise RecordRefused(list(dict.fromkeys(problems))[:PROBLEMS_SHOWN])


def _parsed(raw: bytes):
    if len(raw) > BYTES_MAX:
        raise _refused(_("The file is larger than %(size)s MB.") % {"size": BYTES_MAX // 1_000_000})
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise _refused(_("The file is not UTF-8 text (byte %(byte)s).") % {"byte": fault.start + 1}) from None
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant)
    except json.JSONDecodeError as fault:
        sentence = _("The file is not valid JSON (line %(line)s, column %(column)s).")
        raise _refused(sentence % {"line": fault.lineno, "column": fault.colno}) from None
    except RecursionError:
        raise _refused(_("The file is nested too deeply to be a record.")) from None
    except ValueError as fault:
        raise _refused(_("The file is not valid JSON: %(why)s") % {"why": str(fault)[:200]}) from None


def _refused(sentence: str) -> RecordRefused:
    return RecordRefused([Problem("", sentence)])


def _object(pairs: list[tuple[str, object]]) -> dict:
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [name for name, value in pairs]
        raise ValueError(_("the key “%(key)s” stands twice in one object") % {"key": max(names, key=names.count)})
    return made


def _no_constant(name: str):
    raise ValueError(_("%(name)s is not a number") % {"name": name})


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(schema(), format_checker=FormatChecker(["date"]))


def _texts(value, path: tuple) -> Iterator[Problem]:
    """What no schema says: unstorable characters, texts and lists that are too long."""
    if isinstance(value, str):
        if problem := text_problem(value, multiline=True, maximum=TEXT_MAX):
            yield Problem(pointer(*path), problem)
        elif not _is_html(path) and without_bidi(value)[1]:
            yield Problem(pointer(*path), _("The text has an invisible character that turns the reading direction."))
    elif isinstance(value, list):
        if len(value) > ROWS_MAX:
            sentence = _("The list has %(count)s entries; at most %(maximum)s are possible.")
            yield Problem(pointer(*path), sentence % {"count": len(value), "maximum": ROWS_MAX})
        else:
            for index, item in enumerate(value):
                yield from _texts(item, (*path, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            if text_problem(key, multiline=False):
                yield Problem(pointer(*path), _("A key has a character that cannot be stored."))
            else:
                yield from _texts(item, (*path, key))


def _is_html(path: tuple) -> bool:
    return bool(path) and path[-1] in {"html", "description", "proposed_decision", "resolution"}


def _leaves(errors: Iterator[ValidationError]) -> Iterator[ValidationError]:
    """The errors, with those of a `oneOf` replaced by the errors of the branch that its `type` chose."""
    for error in sorted(errors, key=lambda error: [str(step) for step in error.absolute_path]):
        if error.validator != "oneOf" or not error.context:
            yield error
            continue
        chosen = branch({"oneOf": error.validator_value}, error.instance)
        options = [resolved(option) for option in error.validator_value]
        index = next((number for number, option in enumerate(options) if option is chosen), None)
        within = [inner for inner in error.context if inner.schema_path[0] == index]
        if within:
            yield from _leaves(iter(within))
        else:
            yield error


def _said(error: ValidationError) -> Problem:
    place = pointer(*error.absolute_path)
    return Problem(place, _SENTENCES.get(error.validator, _other)(error))


def _shown(value) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "…"


def _required(error) -> str:
    missing = [key for key in error.validator_value if key not in error.instance]
    sentence = ngettext("“%(key)s” is missing.", "“%(key)s” are missing.", len(missing))
    return sentence % {"key": _("”, “").join(missing)}


def _additional(error) -> str:
    known = error.schema.get("properties", {})
    extra = [key for key in error.instance if key not in known]
    return _("The format has no key “%(key)s” here.") % {"key": _("”, “").join(extra)[:200]}


def _enum(error) -> str:
    allowed = ", ".join("null" if value is None else str(value) for value in error.validator_value)
    return _("%(value)s is not one of: %(allowed)s.") % {"value": _shown(error.instance), "allowed": allowed}


def _type(error) -> str:
    names = {
        "string": _("a text"),
        "integer": _("a whole number"),
        "boolean": _("true or false"),
        "array": _("a list"),
        "object": _("an object"),
        "null": _("null"),
    }
    kinds = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    wanted = _(" or ").join(str(names.get(kind, kind)) for kind in kinds)
    return _("%(value)s is not %(wanted)s.") % {"value": _shown(error.instance), "wanted": wanted}


def _pattern(error) -> str:
    forms = {
        r"^\d{4}-\d{2}-\d{2}\Z": _("a date as YYYY-MM-DD"),
        r"^([01]\d|2[0-3]):[0-5]\d\Z": _("a time as HH:MM"),
        r"^[0-9a-f]{64}\Z": _("a SHA-256 of 64 characters 0-9 and a-f"),
        r"^[a-z0-9]+(-[a-z0-9]+)*\Z": _("small letters and digits with hyphens between"),
    }
    wanted = forms.get(error.validator_value, error.validator_value)
    return _("%(value)s is not %(wanted)s.") % {"value": _shown(error.instance), "wanted": wanted}


def _one_of(error) -> str:
    types = [resolved(option).get("properties", {}).get("type", {}).get("const") for option in error.validator_value]
    if all(types):
        given = error.instance.get("type") if isinstance(error.instance, dict) else error.instance
        return _("%(value)s is not one of: %(allowed)s.") % {"value": _shown(given), "allowed": ", ".join(types)}
    return _("%(value)s is neither a name nor an object with a person.") % {"value": _shown(error.instance)}


_SENTENCES = {
    "required": _required,
    "additionalProperties": _additional,
    "enum": _enum,
    "const": lambda error: (
        _("%(value)s must be %(wanted)s.") % {"value": _shown(error.instance), "wanted": _shown(error.validator_value)}
    ),
    "type": _type,
    "pattern": _pattern,
    "format": lambda error: _("%(value)s is not a date of the calendar.") % {"value": _shown(error.instance)},
    "minimum": lambda error: (
        _("%(value)s is less than %(least)s.") % {"value": error.instance, "least": error.validator_value}
    ),
    "minItems": lambda error: _("The list must have at least %(least)s entry.") % {"least": error.validator_value},
    "oneOf": _one_of,
}


def _other(error) -> str:
    return _("%(value)s does not fit the format.") % {"value": _shown(error.instance)}
