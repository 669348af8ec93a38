"""The end of a document: papers, order of treatment, approval, footer; and the summary of a review."""

import json
import re

from boardroom.lib.wordings import say

from . import approvals, sentences
from .composition import Composition
from .words import word, written_date

STAGES = {
    "draft": "minutes-draft",
    "final": "minutes-final",
    "approved": "minutes-approved",
    "correction": "minutes-correction",
}


def papers(doc: Composition) -> dict | None:
    """The list of papers: case, number and title as far as any paper has them (R99-R104)."""
    labels = {row.get("label") for row in doc.rows if row["kind"] == "case"}
    labels |= {item.get("label") for item in doc.minutes.get("items") or []}
    listed = [
        paper
        for paper in doc.papers
        if paper.get("in_list") is not False or not doc.is_minutes or paper.get("label") not in labels - {None, ""}
    ]
    if not listed:
        return None
    rows = [
        {
            "label": paper.get("label") or "",
            "number": paper.get("number") or "",
            "title": (paper.get("in_list") is False and paper.get("column_title")) or paper["title"],
            "url": paper.get("url") or "",
        }
        for paper in listed
    ]
    # A column beside the cases has said already which case each paper belongs to.
    told = doc.is_minutes and bool(doc.layout.get("attachment_column"))
    keys = [key for key in ("label", "number") if any(row[key] for row in rows) and not (told and key == "label")]
    return {"heading": doc.labels.get("papers"), "keys": keys, "rows": rows}


def treatment_order(doc: Composition, composed: dict) -> str | None:
    """The order in which the cases were taken, unless the text of the document says it already (P7)."""
    order = [label for label in doc.meeting.get("treatment_order") or [] if label]
    if not order or order == [row.get("label") for row in doc.rows if row["kind"] == "case"]:
        return None
    written = json.dumps(composed.get("cases"), ensure_ascii=False) + json.dumps(composed["head"], ensure_ascii=False)
    said = r"[^0-9<\"]{1,12}".join(re.escape(label) for label in order)
    if len(order) > 1 and re.search(said, written):
        return None
    return f"{doc.word('treatment-order')} {', '.join(order)}"


def approval(doc: Composition) -> dict | None:
    """When, in which case and by whom, on an approved version and on what was corrected after it (R97, P38)."""
    value = doc.minutes.get("approval")
    version = doc.version or {}
    kind, on = version.get("kind"), version.get("on")
    corrected_later = kind == "correction" and (not on or not (value or {}).get("on") or on >= value["on"])
    if not value or not (kind == "approved" or corrected_later):
        return None
    heading = doc.labels.given("approved-by")
    text = value.get("printed") or approvals.text(value, version.get("log"), doc.language, is_headed=bool(heading))
    return {"heading": heading, "text": text}


def correction(doc: Composition) -> str | None:
    """When and why a corrected version was made (R98). An imported version prints what its source has."""
    version = doc.version or {}
    if version.get("kind") != "correction" or not version.get("reason") or doc.as_written:
        return None
    dated = sentences.document_date("corrected", version.get("on"), doc.language).replace(",", "", 1)
    return f"{dated}: {version['reason']}"


def footer(doc: Composition) -> str:
    """The version's footer as written, else state and date (R90, R112)."""
    version = doc.version or {}
    if version.get("footer"):
        return version["footer"]
    on = version.get("on")
    if doc.kind == "minutes":
        return sentences.document_date(STAGES.get(version.get("kind") or "draft", "minutes-draft"), on, doc.language)
    key = {"call": "call", "agenda": "agenda-document", "review": "review"}[doc.kind]
    return sentences.document_date(key, on, doc.language)


# (bokmål, nynorsk, English)
_REVIEW = {
    "heading": ("Merknader til referatet", "Merknader til referatet", "Remarks on the minutes"),
    "sent": ("Utkast sendt {date}", "Utkast sendt {date}", "Draft sent {date}"),
    "deadline": (", frist for innspill {date}", ", frist for innspel {date}", ", deadline for comments {date}"),
    "remarks": ("Innspill til referatet", "Innspel til referatet", "Comments on the minutes"),
    "none": ("Ingen merknader", "Ingen merknader", "No remarks"),
    "received": (" mottatt {date}", " motteke {date}", " received {date}"),
    "late": (" (etter fristen)", " (etter fristen)", " (after the deadline)"),
    "case": ("Sak {label}", "Sak {label}", "Case {label}"),
    "status": ("Status: {text}", "Status: {text}", "Status: {text}"),
    "answer": ("Svar: {text}", "Svar: {text}", "Answer: {text}"),
    "final": ("Endelig referat sendt {date}", "Endeleg referat sendt {date}", "Final minutes sent {date}"),
    "other": ("Annet", "Anna", "Other"),
    "status-received": ("mottatt", "motteke", "received"),
    "status-incorporated": ("innarbeidet i sin helhet", "innarbeidd i si heilskap", "incorporated in full"),
    "status-partly-incorporated": ("delvis innarbeidet", "delvis innarbeidd", "incorporated in part"),
    "status-not-incorporated": ("ikke tatt til følge", "ikkje teken til følgje", "not adopted"),
    "status-outside-the-minutes": (
        "behandles utenfor referatet",
        "blir handsama utanfor referatet",
        "dealt with outside the minutes",
    ),
}


def _say(key: str, language: str, **values: object) -> str:
    return say(_REVIEW[key], language, **values)


def review(doc: Composition) -> dict | None:
    """The summary of the review: sent, deadline, each remark and its fate, final; the rest apart (R92, R95, GP-7)."""
    rounds = doc.minutes.get("review_rounds") or []
    if not rounds:
        return None
    language = doc.language
    parts, other = [], []
    for one in rounds:
        sent = _say("sent", language, date=written_date(one["sent_on"], language))
        if one.get("deadline"):
            sent += _say("deadline", language, date=written_date(one["deadline"], language))
        remarks = []
        for remark in one.get("remarks") or []:
            outside = remark.get("status") == "outside-the-minutes"
            (other if outside else remarks).append(_remark(remark, one.get("deadline"), language, outside))
        parts.append({"sent": sent, "note": one.get("note"), "remarks": remarks})
    final = doc.minutes.get("final_on")
    return {
        "heading": _say("heading", language),
        "remarks_heading": _say("remarks", language),
        "none": _say("none", language),
        "rounds": parts,
        "final": _say("final", language, date=written_date(final, language)) if final else None,
        "other_heading": _say("other", language),
        "other": other,
    }


def _remark(remark: dict, deadline: str | None, language: str, outside: bool) -> dict:
    """Who and when on the first line; then the case, the text, the status as printed and the answer.

    A letter outside the minutes is named by its own text (`Notat fra …`) where that names the sender.
    """
    sender = remark["from"]
    if remark.get("organisation"):
        sender = f"{sender}, {remark['organisation']}"
    text = (remark.get("text") or "").strip()
    titled = outside and text and remark["from"] in text and "\n" not in text
    first = text if titled else sender
    first += _say("received", language, date=written_date(remark["received_on"], language))
    if deadline and remark["received_on"] > deadline and not outside:
        first += _say("late", language)
    status = remark.get("status_printed") or (
        _say(f"status-{remark['status']}", language) if remark.get("status") else ""
    )
    label = remark.get("label") or ""
    return {
        "who": first,
        "case": _say("case", language, label=label) if label and label not in status else None,
        "text": None if titled else text or None,
        "status": _say("status", language, text=status) if status else None,
        "answer": _say("answer", language, text=remark["answer"]) if remark.get("answer") else None,
    }


def document_title(doc: Composition) -> str:
    """`Referat fra møte 39/2023`; without a number, by its days."""
    key = {"call": "call", "agenda": "agenda-document", "minutes": "minutes-document", "review": "review"}[doc.kind]
    number = doc.meeting.get("number") or written_date(doc.days[0]["date"], doc.language)
    pattern = "from-meeting" if doc.kind in ("minutes", "review") else "to-meeting"
    return word(pattern, doc.language, document=word(key, doc.language), number=number)
