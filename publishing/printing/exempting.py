"""The public variant: the same facts without what a public reader may not see (P10-P12, GP-11).

It is taken out of the facts before anything is composed, so no exempt byte can reach a content, a
page or a PDF. In its place stands a visible mark with the legal basis, in the document's language.
"""

import unicodedata
from copy import deepcopy

from .words import word

_CASE_TEXTS = ("presenters", "presenters_printed", "description", "proposed_decision", "questions", "questions_label")


def public(facts: dict) -> dict:
    """The facts as the public may read them; the given facts are left as they are."""
    facts = deepcopy(facts)
    language = facts["board"]["language"]
    meeting = facts["meeting"]
    shielded = {}
    for index, row in enumerate(meeting.get("agenda") or []):
        if _is_shielded(row):
            _shield_row(row, language)
            shielded[index] = row["exempt"]
            if row.get("label"):
                shielded[row["label"]] = row["exempt"]
        elif row.get("closed") and (row.get("access") or {}).get("level") != "open":
            shielded[index] = _close_row(row, language)
            if row.get("label"):
                shielded[row["label"]] = shielded[index]
        row["reports"] = [_mark_report(report, language) for report in row.get("reports") or []]
    for item in (meeting.get("minutes") or {}).get("items") or []:
        _shield_item(item, shielded, language)
    for paper in meeting.get("papers") or []:
        level = (paper.get("access") or {}).get("level")
        if _is_shielded(paper) or (level != "open" and paper.get("label") in shielded):
            public_title = (paper.get("access") or {}).get("public_title")
            paper.update(title=public_title or _mark_text(paper, language), column_title=None, url=None, file=None)
    for contact in facts["board"].get("contacts") or []:
        if contact.get("email") and is_personal(contact["email"], contact["person"]):
            contact["email"] = None
    return facts


def is_personal(address: str, person: str) -> bool:
    """True where the address is made of the person's name: a role address is not (GP-11)."""
    local = _plain(address.split("@")[0])
    return any(len(part) > 2 and part in local for part in _plain(person).replace("-", " ").split())


def _plain(text: str) -> str:
    folded = text.casefold().translate(str.maketrans({"ø": "o", "æ": "ae", "å": "a", "ð": "d", "đ": "d"}))
    return "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))


def _is_shielded(thing: dict) -> bool:
    return (thing.get("access") or {}).get("level") in ("internal", "exempt")


def _mark_text(thing: dict, language: str) -> str:
    basis = (thing.get("access") or {}).get("basis")
    return f"{word('exempt', language)}, {basis}" if basis else word("exempt", language)


def _mark(thing: dict, language: str) -> dict:
    return {"type": "exempt", "lines": [{"as": "exempt", "text": _mark_text(thing, language)}]}


def _mark_report(report: dict, language: str) -> dict:
    return {"exempt": _mark(report, language)} if _is_shielded(report) else report


def _shield_row(row: dict, language: str) -> None:
    row["exempt"] = _mark(row, language)
    row["title"] = (row.get("access") or {}).get("public_title") or word("exempt", language)
    row["outcome_reason"] = None
    for key in _CASE_TEXTS:
        row[key] = None
    row["reports"] = []


def _close_row(row: dict, language: str) -> dict:
    """The mark for what was said behind closed doors; title and time stay, for the closing itself is public (P15)."""
    for key in _CASE_TEXTS:
        row[key] = None
    row["reports"], row["outcome_reason"] = [], None
    return _mark({"access": {"basis": row["closed"].get("basis")}}, language)


def _shield_item(item: dict, shielded: dict, language: str) -> None:
    mark = shielded.get(item.get("agenda_index")) or shielded.get(item.get("label"))
    hidden = mark is not None and not item.get("section")
    if hidden:
        item["title"] = None
        item["presenters_printed"] = None
    blocks = []
    for block in item.get("blocks") or []:
        level = (block.get("access") or {}).get("level")
        if _is_shielded(block):
            blocks.append({"type": block["type"], "exempt": _mark(block, language)})
        elif not hidden or level == "open":
            blocks.append(block)
        elif not blocks or blocks[-1].get("exempt") != mark:
            blocks.append({"type": block["type"], "exempt": mark})
    item["blocks"] = blocks
