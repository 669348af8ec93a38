"""Records made at random from the schema itself, so that no key of the format is forgotten. Every name is invented."""

from datetime import date, timedelta

from hypothesis import strategies as st

from publishing.exchange.shape import resolved, schema

WORDS = ["Ada Berg", "Bo Øye", "Case 7", "møte", "Å være «god» – nok", "a\u2011b", "x", "Sak 3", "2/26", "1-4/26"]
HTML = [
    "<p>Ja.</p>",
    "<ul><li>En</li><li><em>To</em></li></ul>",
    "ren tekst",
    '<p>A &amp; B <a href="https://e.example/">x</a></p>',
]
FIRST = date(2026, 1, 5)


def strategy(node: dict, key: str = "", depth: int = 0, *, is_blank: bool = False):
    """Values the schema allows; with `is_blank` also null and the empty text, wherever it allows those."""
    made = _strategy(node, key, depth, is_blank)
    kinds = resolved(node).get("type", [])
    if is_blank and "null" in kinds:
        return st.one_of(st.none(), made)
    return st.one_of(st.just(""), made) if is_blank and kinds == "string" and "pattern" not in resolved(node) else made


def _strategy(node: dict, key: str, depth: int, is_blank: bool):
    if node.get("$ref") == "#/$defs/html":
        return st.sampled_from(HTML)
    node = resolved(node)
    if "oneOf" in node:
        return st.one_of([strategy(option, key, depth, is_blank=is_blank) for option in node["oneOf"]])
    if "const" in node:
        return st.just(node["const"])
    if "enum" in node:
        return st.sampled_from([value for value in node["enum"] if value is not None])
    kind = node.get("type", "object")
    if not isinstance(kind, str):
        kind = next(name for name in kind if name != "null")
    return KINDS[kind](node, key, depth, is_blank)


def _text(node: dict, key: str, depth: int, is_blank: bool):
    pattern = node.get("pattern", "")
    if "format" in node:
        return st.integers(0, 700).map(lambda days: (FIRST + timedelta(days=days)).isoformat())
    if ":" in pattern:
        return st.sampled_from(["08:00", "12:30", "23:59"])
    if "64" in pattern:
        return st.just("0123456789abcdef" * 4)
    if "a-z0-9" in pattern:
        return st.sampled_from(["bryggeradet", "a-1"])
    return st.sampled_from(WORDS)


def _list(node: dict, key: str, depth: int, is_blank: bool):
    least = node.get("minItems", 0)
    return st.lists(strategy(node["items"], key, depth + 1, is_blank=is_blank), min_size=least, max_size=2)


def _object(node: dict, key: str, depth: int, is_blank: bool):
    if "properties" not in node:
        names = node["propertyNames"]["enum"]
        return st.dictionaries(st.sampled_from(names), st.sampled_from(WORDS), max_size=3)
    required = {
        name: strategy(node["properties"][name], name, depth, is_blank=is_blank) for name in node.get("required", ())
    }
    optional = {
        name: strategy(sub, name, depth, is_blank=is_blank)
        for name, sub in node["properties"].items()
        if name not in required
    }
    return st.fixed_dictionaries(required, optional=optional)


KINDS = {
    "string": _text,
    "array": _list,
    "object": _object,
    "integer": lambda node, key, depth, is_blank: st.integers(node.get("minimum", 0), 40),
    "boolean": lambda node, key, depth, is_blank: st.booleans(),
}


def sparse_records():
    """Records with null and empty text anywhere: valid, and not always something that can be kept."""
    return strategy(schema(), is_blank=True)


@st.composite
def records(draw) -> dict:
    """A record the import takes: what no schema says and the product asks for is put right."""
    record = draw(strategy(schema()))
    board = record["board"]
    board["case_types"] = list(dict.fromkeys(board.get("case_types", [])))
    board["numbering"]["series"] = list({one["key"]: one for one in board["numbering"].get("series", [])}.values())
    for seat in record.get("memberships", []):
        _in_order(seat, "from", "until")
    for index, meeting in enumerate(record.get("meetings", [])):
        meeting["days"][0]["date"] = (FIRST + timedelta(days=800 + index)).isoformat()
        for row in meeting.get("agenda", []):
            if row["kind"] != "case":
                row.pop("outcome", None)
            row["presenters"] = [one for one in row.get("presenters", []) if one]
        for one in meeting.get("minutes", {}).get("review_rounds", []):
            _in_order(one, "sent_on", "deadline")
    return record


def _in_order(data: dict, first: str, last: str) -> None:
    if data.get(first) and data.get(last) and data[last] < data[first]:
        data[first], data[last] = data[last], data[first]
