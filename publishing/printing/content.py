"""The content of a document: everything it prints, as plain data that freezes to canonical JSON.

`compose(facts, kind, version=…)` makes it from a meeting in the shape of the exchange format. HTML,
text and PDF are made from this alone, so an issued document is never derived again from live tables.
Every string is as it will be read; keys without content are None or empty.

    format            1
    kind              call | agenda | minutes | review
    language          nb | nn | en
    title             the title of the file: «Referat fra møte 39/2023»
    board, number     the board's name; «Møte 39/2023» or None
    created           the date of the version, else of the meeting: dates in the PDF come from here
    letterhead        [line]
    heading, name     the printed heading; the meeting's own name below it
    head              [{label, value, url}]
    officers          [line]                                     chairs and minute-taker
    members           {columns, groups: [{heading, rows: [[name, title, organisation]]}]}
    changes           {heading, lines}                           changes in representation
    calendar          {heading, lines}
    contacts          {heading, rows: [[role, name, e-mail]]}
    attendance        {heading, groups: [{heading, rows: [line], groups}]}
    treatment_order   a line
    agenda            {heading, days: [{heading, columns, keys, rows: [{kind, cells: [[line]]}]}]}
    agenda_placement  before | in-case | none
    details           [{label: [text], title, blocks}]           proposed decisions, questions, carried follow-ups
    cases             {style: table | headings, heading, columns, beside, items}
                      item: {kind: section | break, title}
                      item: {kind: case, label: [text], title, presenters, notes: [line], blocks, papers, agenda}
    papers            {heading, keys, rows: [{label, number, title, url}]}
    approval          {heading, text}
    correction        when and why this version was made
    review            {heading, rounds: [{sent, note, remarks}], final, other_heading, other}
                      remark: {who, case, text, status, answer}
    footer            the text at the foot of every page
    links             {reference as written: address}            references that resolve (R22)

A block is `{type, lines}`; a line is `{as, …}`: label, title, text, note, mark, presenters,
presenters-inline, vote, sentence and exempt have `text`; html has `html`; list has `style`
(plain | bullets | numbers) and `items`; report has `number` and `text`; the label of a cell has `parts`.
"""

import hashlib
import json

from . import agenda as agenda_part
from . import cases as cases_part
from . import closing, front
from .composition import Composition

FORMAT = 1
KINDS = ("call", "agenda", "minutes", "review")


def compose(facts: dict, kind: str, *, version: dict | None = None) -> dict:
    """The content of one document. `version` has kind, on, footer and letterhead as the record names them."""
    doc = Composition(facts=facts, kind=kind, version=version)
    number = doc.meeting.get("number")
    content = {
        "format": FORMAT,
        "kind": kind,
        "language": doc.language,
        "title": closing.document_title(doc),
        "board": doc.board["name"],
        "number": doc.word("meeting-number", number=number) if number else None,
        "created": (version or {}).get("on") or doc.days[0]["date"],
        "letterhead": front.letterhead(doc),
        "heading": front.heading(doc),
        "name": doc.meeting.get("name") or None,
        "head": front.head(doc),
        "footer": closing.footer(doc),
        "links": facts.get("links") or {},
    }
    content |= _review(doc) if kind == "review" else _body(doc, content)
    return content


def _review(doc: Composition) -> dict:
    return {"review": closing.review(doc)}


def _body(doc: Composition, front_content: dict) -> dict:
    minutes, call = doc.is_minutes, doc.kind == "call"
    placement = (doc.layout.get("agenda_in_minutes") or "before") if minutes else "before"
    cases = cases_part.cases(doc) if minutes else None
    if placement == "in-case" and not any(item.get("agenda") for item in (cases or {}).get("items", [])):
        placement = "before"
    body = {
        "officers": front.officers(doc) if minutes else [],
        "members": front.members_part(doc) if call else None,
        "changes": front.changes(doc) if call or minutes else None,
        "calendar": front.calendar(doc) if call else None,
        "contacts": front.contacts(doc) if call else None,
        "attendance": front.attendance(doc) if minutes else None,
        "agenda": agenda_part.agenda(doc) if placement == "before" else None,
        "agenda_placement": placement,
        "details": [] if minutes else agenda_part.details(doc),
        "cases": cases,
        "papers": closing.papers(doc),
        "approval": closing.approval(doc) if minutes else None,
        "correction": closing.correction(doc) if minutes else None,
    }
    body["treatment_order"] = closing.treatment_order(doc, {**front_content, **body}) if minutes else None
    return body


def canonical(content: dict) -> bytes:
    """The content as the bytes that are frozen and hashed: keys sorted, no blanks, UTF-8."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sha256(content: dict) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()
