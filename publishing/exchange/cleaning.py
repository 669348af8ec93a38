"""A valid record made ready: without what is empty, and with its HTML in the allowed subset."""

from django.utils.translation import gettext as _

from boardroom.lib.richtext import RichTextRefused, sanitise
from publishing.exchange.shape import branch, pruned, resolved, schema
from publishing.exchange.validating import Problem, RecordRefused, pointer

# The value of a line in the head, and the titles that have a rule of their own.
MAY_BE_BLANK = {"value", "title"}


def cleaned(record: dict, warn) -> dict:
    """The record without empty values, its HTML sanitised; `warn(code, pointer, sentence)` hears of each removal.

    Raises RecordRefused where a fragment passes a limit. Pointers are those of the file.
    """
    ready = pruned(_walk(record, schema(), (), warn))
    if problems := list(_blank(ready, schema(), ())):
        raise RecordRefused(problems)
    return ready


def _blank(value, node: dict, path: tuple):
    """Names and texts that are required and empty: the schema allows them, and nobody could be called so."""
    shape = branch(node, value)
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _blank(item, shape.get("items", {}), (*path, index))
    if not isinstance(value, dict):
        return
    known = shape.get("properties", {})
    for key in shape.get("required", ()):
        if key not in value and key not in MAY_BE_BLANK and resolved(known.get(key, {})).get("type") == "string":
            yield Problem(pointer(*path, key), _("This must not be empty."))
    for key, item in value.items():
        yield from _blank(item, known.get(key, {}), (*path, key))


def _walk(value, node: dict, path: tuple, warn):
    if isinstance(value, str):
        return _html(value, path, warn) if node.get("$ref") == "#/$defs/html" and value else value
    shape = branch(node, value)
    if isinstance(value, list):
        return [_walk(item, shape.get("items", {}), (*path, index), warn) for index, item in enumerate(value)]
    if isinstance(value, dict):
        known = shape.get("properties", {})
        return {key: _walk(item, known.get(key, {}), (*path, key), warn) for key, item in value.items()}
    return value


def _html(fragment: str, path: tuple, warn) -> str:
    place = pointer(*path)
    try:
        clean, removed = sanitise(fragment, refuse_spans=False)
    except RichTextRefused as fault:
        raise RecordRefused([Problem(place, str(fault))]) from None
    for what in removed:
        warn("HTML", place, _("“%(what)s” is outside the format and was taken out; its text stays.") % {"what": what})
    return clean
