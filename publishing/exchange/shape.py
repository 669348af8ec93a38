"""The shape of the exchange format: the schema, its key order, and what counts as empty."""

import json
from functools import cache
from pathlib import Path

SCHEMA_FILE = Path(__file__).with_name("record.schema.json")
EMPTY = (None, "", [], {})


@cache
def schema() -> dict:
    """The schema of version 1. A pattern's end is the text's end, also before a line feed."""

    def strict(node):
        if isinstance(node, dict):
            return {key: _to_the_end(value) if key == "pattern" else strict(value) for key, value in node.items()}
        return [strict(item) for item in node] if isinstance(node, list) else node

    return strict(json.loads(SCHEMA_FILE.read_text(encoding="utf-8")))


def _to_the_end(pattern):
    return pattern[:-1] + r"\Z" if isinstance(pattern, str) and pattern.endswith("$") else pattern


def resolved(node: dict) -> dict:
    """The node, or what its `$ref` points at."""
    while "$ref" in node:
        node = schema()["$defs"][node["$ref"].rpartition("/")[2]]
    return node


def branch(node: dict, value) -> dict:
    """The branch of a `oneOf` that speaks of this value: by its `type`, or for a voter by text or object."""
    node = resolved(node)
    for option in node.get("oneOf", []):
        option = resolved(option)
        constant = option.get("properties", {}).get("type", {}).get("const")
        if constant is not None and isinstance(value, dict) and value.get("type") == constant:
            return option
        if constant is None and isinstance(value, dict) == ("properties" in option):
            return option
    return node


def is_empty(value) -> bool:
    """Absent, null and empty are the same; false and 0 are values."""
    return not isinstance(value, bool | int | float) and value in EMPTY


def pruned(value):
    """The value without what is empty, at every depth."""
    if isinstance(value, dict):
        return {key: kept for key, item in value.items() if not is_empty(kept := pruned(item)) or _says_none(key, item)}
    if isinstance(value, list):
        return [kept for item in value if not is_empty(kept := pruned(item))]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _says_none(key: str, item) -> bool:
    """The empty separator is a choice of its own (`1300-1430`, R31), not the absence of one."""
    return key == "time_separator" and item == ""


def in_order(value, node: dict | None = None):
    """The value with its keys in the schema's order, and required keys that are empty as null."""
    node = branch(schema() if node is None else node, value)
    if isinstance(value, list):
        return [in_order(item, node.get("items", {})) for item in value]
    if not isinstance(value, dict):
        return value
    known = node.get("properties", {})
    required = set(node.get("required", ()))
    order = known or node.get("propertyNames", {}).get("enum", sorted(value))
    return {
        key: in_order(value[key], known.get(key, {})) if key in value else _nothing(known[key])
        for key in order
        if key in value or key in required
    }


def _nothing(node: dict):
    """How an empty required value is written: null where the schema allows it."""
    kind = resolved(node).get("type")
    allowed = kind if isinstance(kind, list) else [kind]
    return None if "null" in allowed else {"array": [], "object": {}}.get(kind, "")
