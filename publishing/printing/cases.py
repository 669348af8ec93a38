"""The cases of the minutes with their blocks, in the record's order (R59-R66)."""

from . import sentences
from .agenda import agenda, label_parts, notes
from .composition import Composition
from .fragments import is_blank, plain
from .people import presenters


def cases(doc: Composition) -> dict | None:
    """`{"style", "heading", "columns", "items"}`; items are sections, breaks and cases."""
    items = [_item(doc, entry) for entry in _sequence(doc)]
    if not items:
        return None
    table = doc.layout.get("minutes_style") == "table"
    beside = bool(doc.layout.get("attachment_column")) and any(item.get("papers") for item in items)
    columns = None
    if table:
        keys = ("label", "title", "attachment-column") if beside else ("label", "title")
        columns = [doc.labels.get(key) for key in keys]
    if beside and not table:
        for item in items:
            if item.get("papers"):
                item["papers_label"] = doc.labels.get("attachment-column")
    result = {
        "style": "table" if table else "headings",
        "heading": doc.labels.given("minutes-list"),
        "columns": columns,
        "beside": beside,
        "items": items,
    }
    if doc.layout.get("agenda_in_minutes") == "in-case":
        first = next((item for item in items if item["kind"] == "case"), None)
        if first is not None:
            first["agenda"] = agenda(doc)
    return result


def _sequence(doc: Composition) -> list[dict]:
    """The items of the record, with the agenda's cases that have none at their place in the agenda.

    Sections and breaks come from the record; in a draft of our own that has none, from the agenda.
    """
    items = [dict(item) for item in doc.minutes.get("items") or []]
    sections_too = not doc.as_written and not any(item.get("section") for item in items)
    taken: dict[int, int] = {}
    for position, item in enumerate(items):
        index = _matching_row(doc.rows, item, taken)
        if index is not None:
            taken[index] = position
            item["row"] = doc.rows[index]
    sequence = [(position, 0, item) for position, item in enumerate(items)]
    before = -1
    for index, row in enumerate(doc.rows):
        if index in taken:
            before = taken[index]
        elif row["kind"] == "case":
            sequence.append((before, index + 1, {"row": row, "missing": True}))
        elif sections_too and row.get("title"):
            following = _following(doc.rows, index, taken)
            place = (before, index + 1) if following is None else (following, index - len(doc.rows))
            sequence.append((*place, {"section": row["title"], "row": row}))
    return [entry for _position, _rank, entry in sorted(sequence, key=lambda one: one[:2])]


def _following(rows: list[dict], index: int, taken: dict[int, int]) -> int | None:
    """Where the next row's item stands, so that a section heading comes right before its cases."""
    for later in range(index + 1, len(rows)):
        if later in taken:
            return taken[later]
        if rows[later]["kind"] == "case":
            return None
    return None


def _matching_row(rows: list[dict], item: dict, taken: dict[int, int]) -> int | None:
    """The agenda row an item treats: the one it is tied to, else the first with its number."""
    if item.get("agenda_index") is not None:
        return item["agenda_index"] if item["agenda_index"] not in taken else None
    for index, row in enumerate(rows):
        if index in taken:
            continue
        if item.get("section"):
            if row["kind"] != "case" and row.get("title") == item["section"]:
                return index
        elif row["kind"] == "case" and item.get("label") and row.get("label") == item["label"]:
            same_part = not item.get("part") or item["part"] == row.get("part")
            same_sub = not item.get("sub_label") or item["sub_label"] == row.get("sub_label")
            if same_part and same_sub:
                return index
    return None


def _item(doc: Composition, entry: dict) -> dict:
    row = entry.get("row") or {}
    if entry.get("section"):
        is_break = row.get("kind") not in (None, "section")
        return {"kind": "break" if is_break else "section", "title": entry["section"]}
    is_empty_draft = not doc.as_written and not entry.get("blocks") and doc.minutes.get("state") == "draft"
    if entry.get("missing") or is_empty_draft:
        blocks = [] if is_blank(row.get("description")) else [_block("description", [_html(row["description"])])]
        presenter = entry.get("presenters_printed") or presenters(row, doc.language)
    else:
        blocks = [block for block in (block_content(doc, one) for one in entry.get("blocks") or []) if block]
        presenter = entry.get("presenters_printed") or None
        if presenter is None and not doc.as_written:
            presenter = presenters(row, doc.language)
    shown = {**row, **{key: entry[key] for key in ("label", "sub_label") if entry.get(key)}}
    case = {
        "kind": "case",
        "label": label_parts(shown),
        "title": entry.get("title") or row.get("title") or "",
        "presenters": presenter,
        "notes": notes(doc, row),
        "blocks": _with_mark(row.get("exempt"), blocks),
        "papers": _papers_beside(doc, shown.get("label")),
    }
    if not doc.as_written:
        case["notes"] = _marks(doc, row) + case["notes"]
    return _placed(case, entry)


def _with_mark(mark: dict | None, blocks: list[dict]) -> list[dict]:
    """An exempt case shows its mark once, whatever of its text is open."""
    return blocks if not mark or mark in blocks else [mark, *blocks]


def _marks(doc: Composition, row: dict) -> list[dict]:
    marks = [doc.word("late")] if row.get("late") else []
    if row.get("outcome") in ("postponed", "withdrawn", "returned"):
        text = doc.word(row["outcome"])
        marks.append(f"{text}: {row['outcome_reason']}" if row.get("outcome_reason") else text)
    return [{"as": "mark", "text": text} for text in marks]


def _papers_beside(doc: Composition, label: str | None) -> list[dict]:
    """The papers of one case as its column shows them; without a column only those that stand nowhere else."""
    column = bool(doc.layout.get("attachment_column"))
    beside = []
    for paper in doc.papers:
        if not label or paper.get("label") != label or not (column or paper.get("in_list") is False):
            continue
        title = paper.get("column_title")
        if not title:
            number = paper.get("number") if paper.get("in_list") is False else None
            title = f"{number} {paper['title']}" if number else paper["title"]
        beside.append({"title": title, "url": paper.get("url")})
    return beside


def block_content(doc: Composition, block: dict) -> dict | None:
    """One block as lines: its label, its title, its text, then its vote's printed result."""
    if block.get("exempt"):
        return block["exempt"]
    lines = _BLOCKS[block["type"]](doc, block)
    return _placed(_block(block["type"], lines), block) if lines else None


def _placed(written: dict, source: dict) -> dict:
    return {**written, "place": source["place"]} if source.get("place") else written


def _block(kind: str, lines: list[dict]) -> dict:
    return {"type": kind, "lines": lines}


def _html(html: str) -> dict:
    return {"as": "html", "html": html}


def _text(doc: Composition, block: dict, default_label: str | None = None) -> list[dict]:
    label = block.get("label") or default_label
    lines = [{"as": "label", "text": label}] if label else []
    return lines if is_blank(block.get("html")) else [*lines, _html(block["html"])]


def _voted(doc: Composition, block: dict, default_label: str | None = None) -> list[dict]:
    lines = _text(doc, block, default_label)
    vote = block.get("vote") or {}
    if vote.get("printed"):
        return [*lines, {"as": "vote", "text": vote["printed"]}]
    if is_blank(block.get("html")):
        for line in sentences.vote(vote, doc.language):
            lines.append({"as": "vote", "text": line["text"]} if "text" in line else _html(line["html"]))
    return lines


def _actions(block: dict) -> list[dict]:
    texts = [action["text"] for action in block.get("actions") or []]
    style = block.get("list") or ("bullets" if len(texts) > 1 else "plain")
    return [{"as": "list", "style": style, "items": texts}] if texts else []


def _follow_up(doc: Composition, block: dict) -> list[dict]:
    lines = [{"as": "label", "text": block["label"]}] if block.get("label") else []
    return lines + _actions(block)


def _report(doc: Composition, block: dict) -> list[dict]:
    source = block.get("source_printed") or block.get("source_label") or ""
    lines = (
        [{"as": "report", "number": source, "text": block.get("title") or ""}] if source or block.get("title") else []
    )
    lines += _actions(block)
    if block.get("resolution_label"):
        lines.append({"as": "label", "text": block["resolution_label"]})
    return lines if is_blank(block.get("resolution")) else [*lines, _html(block["resolution"])]


def report_block(doc: Composition, report: dict) -> dict:
    return _block("follow-up-report", _report(doc, report))


def _statement(doc: Composition, block: dict) -> list[dict]:
    return _text(
        doc, block, sentences.statement_label(block, doc.language) if _unnamed(block, block.get("person")) else None
    )


def _proposal(doc: Composition, block: dict) -> list[dict]:
    by = [name for name in block.get("by") or [] if name]
    unnamed = bool(by) and all(_unnamed(block, name) for name in by)
    return _voted(doc, block, sentences.proposal_label({**block, "by": by}, doc.language) if unnamed else None)


def _unnamed(block: dict, person: str | None) -> bool:
    """True where neither the label nor the text names the person."""
    if not person or block.get("label"):
        return False
    words = plain(block.get("html")).casefold()
    return person.casefold() not in words and person.split()[-1].casefold() not in words


def _disqualification(doc: Composition, block: dict) -> list[dict]:
    lines = _text(doc, block)
    if is_blank(block.get("html")) and block.get("person"):
        lines.append({"as": "sentence", "text": sentences.disqualification(block, doc.language)})
    return lines


_BLOCKS = {
    "text": _text,
    "decision": _voted,
    "follow-up": _follow_up,
    "follow-up-report": _report,
    "statement": _statement,
    "disqualification": _disqualification,
    "proposal": _proposal,
    "vote": _voted,
}
