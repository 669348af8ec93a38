"""The cases of frozen minutes as a page reads them, alone or with what was changed since another version (R96).

Both versions are contents as one reader may see them (`rules.content_for`), so that nothing exempt is laid beside
anything. Blocks are known again by their places (`printing.places`), also where they were moved; versions without
places, as imported ones are, by their case's number and by what they say.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from boardroom.lib.redlining import ALIKE, CAME, WENT, Marks, alike, normal, redlined, whole
from boardroom.lib.richtext import sanitise

EMPTY = SafeString("")
SAME, CHANGED, ADDED, REMOVED, MOVED = "", "changed", "added", "removed", "moved"


@dataclass
class Version:
    """One version as a reader may see it: its content, and the places of its cases and blocks."""

    content: dict
    places: list[dict] = field(default_factory=list)


@dataclass
class Part:
    """A block: `label` as printed, or "", and its text as markup, marked where it was changed."""

    type: str
    label: str
    html: SafeString
    place: int | None = None
    change: str = SAME
    source: dict = field(default_factory=dict, repr=False)


@dataclass
class Case:
    """A case, section heading or break with its blocks, in the order of the new version."""

    kind: str
    number: str = ""
    title: SafeString = EMPTY
    presenters: str = ""
    notes: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    place: int | None = None
    change: str = SAME
    source: dict = field(default_factory=dict, repr=False)

    @property
    def is_changed(self) -> bool:
        return changes([self]) > 0


def read(version: Version) -> list[Case]:
    """The cases of one version, unmarked."""
    items = (version.content.get("cases") or {}).get("items", [])
    places = version.places if len(version.places) == len(items) else []
    return [_case(item, places[number] if places else {}) for number, item in enumerate(items)]


def compared(old: Version, new: Version) -> list[Case]:
    """The cases of the new version with what was changed, and what was taken out where it stood."""
    before, after = read(old), read(new)
    known = _paired(before, after, _same_case)
    parts = _parts_known(before, after, known)
    was_in = {id(part): case for case in before for part in case.parts}
    for case in after:
        earlier = known.get(id(case))
        _mark_case(case, earlier)
        case.parts = _marked_parts(case, earlier, parts, was_in)
    _mark_moves(after, before, known)
    gone = [case for case in before if id(case) not in {id(one) for one in known.values()}]
    for case in gone:
        stayed = {id(one) for one in parts.values()}
        case.parts = [_went(part) for part in case.parts if id(part) not in stayed]
        case.change, case.title = REMOVED, _safe(whole(f"{case.title}", WENT, _marks()))
    return _inserted(after, before, gone, known)


def changes(cases: Iterable[Case]) -> int:
    """How many cases and blocks were changed, came, went or were moved."""
    return sum(bool(case.change) + sum(bool(part.change) for part in case.parts) for case in cases)


# --- Reading one version ---------------------------------------------------------------------------------------------


def _case(item: dict, places: dict) -> Case:
    blocks = item.get("blocks") or []
    given = places.get("blocks") or []
    given = given if len(given) == len(blocks) else [None] * len(blocks)
    notes = [line.get("text") or "" for line in item.get("notes") or []]
    return Case(
        item["kind"],
        " ".join(item.get("label") or []),
        _safe(escape(item.get("title") or "")),
        _text_of(item.get("presenters")),
        [note for note in notes if note],
        [_part(block, place) for block, place in zip(blocks, given, strict=True)],
        places.get("item"),
        source=item,
    )


def _text_of(value) -> str:
    return value if isinstance(value, str) else ", ".join(value or [])


def _part(block: dict, place: int | None) -> Part:
    lines = block["lines"]
    label = lines[0]["text"] if lines and lines[0]["as"] == "label" else ""
    rest = lines[1:] if label else lines
    html = normal("".join(_line(line) for line in rest))
    return Part(block["type"], label.strip(), _safe(html), place, source=block)


def _line(line: dict) -> str:
    kind = line["as"]
    if kind == "html":
        return sanitise(line["html"], refuse_spans=False)[0]
    if kind == "list":
        items = [_plain(one) for one in line["items"]]
        if line["style"] == "plain":
            return "".join(f"<p>{one}</p>" for one in items)
        tag = "ol" if line["style"] == "numbers" else "ul"
        return f"<{tag}>{''.join(f'<li>{one}</li>' for one in items)}</{tag}>"
    if kind == "report":
        number = f"<strong>{_plain(line['number'])}</strong> " if line["number"] else ""
        return f'<p class="report-line">{number}{_plain(line["text"])}</p>'
    name = "vote-line" if kind == "vote" else "second-line" if kind in {"exempt", "note", "mark"} else "label-line"
    return f'<p class="{name}">{_plain(line["text"])}</p>' if kind != "sentence" else f"<p>{_plain(line['text'])}</p>"


def _plain(text: str | None) -> str:
    return "<br>".join(escape(part) for part in (text or "").strip().splitlines())


# --- Knowing again ---------------------------------------------------------------------------------------------------


def _paired(before: list, after: list, is_same) -> dict:
    """The earlier one of each of `after`, by its identity: by place, else the first free one that is the same."""
    known, taken = {}, set()
    by_place = {one.place: one for one in before if one.place}
    for one in after:
        if one.place and (earlier := by_place.get(one.place)):
            known[id(one)] = earlier
            taken.add(id(earlier))
    for one in after:
        if id(one) in known:
            continue
        free = (each for each in before if id(each) not in taken and not (each.place and one.place))
        if earlier := next((each for each in free if is_same(each, one)), None):
            known[id(one)] = earlier
            taken.add(id(earlier))
    return known


def _same_case(one: Case, other: Case) -> bool:
    if one.kind != other.kind:
        return False
    return one.number == other.number if one.number or other.number else one.title == other.title


def _same_part(one: Part, other: Part) -> bool:
    return one.type == other.type and (one.html == other.html or alike(one.html, other.html) >= ALIKE)


def _parts_known(before: list[Case], after: list[Case], known: dict) -> dict:
    """The earlier one of each block: over the whole by place, else within its case by what it says."""
    by_place = {part.place: part for case in before for part in case.parts if part.place}
    found, taken = {}, set()
    for case in after:
        for part in case.parts:
            if part.place and (earlier := by_place.get(part.place)):
                found[id(part)] = earlier
                taken.add(id(earlier))
    for case in after:
        earlier_case = known.get(id(case))
        if earlier_case is None:
            continue
        here = [part for part in case.parts if id(part) not in found]
        there = [part for part in earlier_case.parts if id(part) not in taken]
        found |= _paired(there, here, _same_part)
    return found


def _in_order(places: list[int]) -> set[int]:
    """Which of the places keep their order: the longest run that rises. The others were moved."""
    best: list[list[int]] = []
    for number, place in enumerate(places):
        longest = max((run for run in best if places[run[-1]] < place), key=len, default=[])
        best.append([*longest, number])
    return set(max(best, key=len, default=[]))


# --- Marking ---------------------------------------------------------------------------------------------------------


def _marks() -> Marks:
    return Marks(went=(_("[removed: "), "] "), came=(_("[added: "), "] "))


def _mark_case(case: Case, earlier: Case | None) -> None:
    if earlier is None:
        case.change, case.title = ADDED, _safe(whole(f"{case.title}", CAME, _marks()))
    elif earlier.title != case.title:
        case.change, case.title = CHANGED, _safe(redlined(earlier.title, case.title, _marks()))


def _marked_parts(case: Case, earlier: Case | None, known: dict, was_in: dict) -> list[Part]:
    """The blocks of a case with their marks; what went stands after what it followed."""
    there = earlier.parts if earlier else []
    stayed = [part for part in case.parts if id(part) in known and was_in[id(known[id(part)])] is earlier]
    order = [next(n for n, one in enumerate(there) if one is known[id(part)]) for part in stayed]
    steady = {id(stayed[number]) for number in _in_order(order)}
    marked = [_marked(part, known.get(id(part)), id(part) in steady) for part in case.parts]
    kept = {id(one) for one in known.values()}
    for number, part in enumerate(there):
        if id(part) not in kept:
            marked.insert(_after(there[:number], case.parts, known, marked), _went(part))
    return marked


def _after(earlier: list[Part], parts: list[Part], known: dict, marked: list[Part]) -> int:
    """Where in `marked` something goes that followed `earlier`."""
    sources = [part.source for part in marked]
    for part in reversed(earlier):
        for number, source in enumerate(sources):
            now = next((one for one in parts if known.get(id(one)) is part), None)
            if source is part.source or (now is not None and source is now.source):
                return number + 1
    return 0


def _marked(part: Part, earlier: Part | None, is_steady: bool) -> Part:
    if earlier is None:
        return Part(part.type, part.label, _safe(whole(part.html, CAME, _marks())), part.place, ADDED, part.source)
    is_changed = earlier.html != part.html or earlier.label != part.label
    html = _safe(redlined(earlier.html, part.html, _marks())) if is_changed else part.html
    change = (CHANGED if is_changed else SAME) if is_steady else MOVED
    return Part(part.type, part.label, html, part.place, change, part.source)


def _went(part: Part) -> Part:
    return Part(part.type, part.label, _safe(whole(part.html, WENT, _marks())), None, REMOVED, part.source)


def _mark_moves(after: list[Case], before: list[Case], known: dict) -> None:
    stayed = [case for case in after if id(case) in known]
    order = [next(n for n, one in enumerate(before) if one is known[id(case)]) for case in stayed]
    steady = _in_order(order)
    for number, case in enumerate(stayed):
        if number not in steady and not case.change:
            case.change = MOVED


def _inserted(after: list[Case], before: list[Case], gone: list[Case], known: dict) -> list[Case]:
    result = list(after)
    now = {id(earlier): case for case in after if (earlier := known.get(id(case)))}
    for case in gone:
        place = next(n for n, one in enumerate(before) if one is case)
        following = [now.get(id(one), one) for one in before[:place]]
        last = next((one for one in reversed(following) if any(each is one for each in result)), None)
        at = next((n + 1 for n, one in enumerate(result) if one is last), 0)
        result.insert(at, case)
    return result


def _safe(html: str) -> SafeString:
    # redlining builds its markup anew from an allow-list, and every text here was escaped or sanitised before.
    return SafeString(html)
