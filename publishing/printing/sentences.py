"""Sentences the product writes where a record has fields but no printed form.

Only where both the text and the printed result are empty (print-and-exchange): a vote, a statement,
a disqualification, an approval.
"""

from boardroom.lib.wordings import say
from minutes.sentences import disqualification_sentence as disqualification
from minutes.sentences import proposal_label, statement_label, vote, voter

from .words import joined, word, written_date

__all__ = ["approval", "disqualification", "document_date", "proposal_label", "statement_label", "vote", "voter"]

_TEXTS = {
    "approved": ("Godkjent{on}{case}{by}.", "Godkjent{on}{case}{by}.", "Approved{on}{case}{by}."),
    "circulation": (
        "Godkjent på sirkulasjon{on}{case}{by}.",
        "Godkjent på sirkulasjon{on}{case}{by}.",
        "Approved by circulation{on}{case}{by}.",
    ),
    "deemed-at-deadline": (
        "Godkjent{on}{case}{by} da fristen for merknader var ute.",
        "Godkjent{on}{case}{by} då fristen for merknader var ute.",
        "Approved{on}{case}{by} when the deadline for remarks had passed.",
    ),
    "chair": (
        "Godkjent{on}{case}{by} av møteleder.",
        "Godkjent{on}{case}{by} av møteleiar.",
        "Approved{on}{case}{by} by the chair.",
    ),
    "in-case": (" i sak {label}", " i sak {label}", " in case {label}"),
    "by": (" av {names}", " av {names}", " by {names}"),
}


def _say(key: str, language: str, **values: object) -> str:
    return say(_TEXTS[key], language, **values)


def approval(value: dict, language: str) -> str:
    """`Godkjent 12. mars 2021 i sak 9/21.` and the other forms of approval (P38, R97)."""
    how = value["how"] if value["how"] in ("circulation", "deemed-at-deadline") else "approved"
    if value["how"] == "chair" and not value.get("by"):
        how = "chair"
    return _say(
        how,
        language,
        on=f" {written_date(value['on'], language)}" if value.get("on") else "",
        case=_say("in-case", language, label=value["in_case"]) if value.get("in_case") else "",
        by=_say("by", language, names=joined(value["by"], language)) if value.get("by") else "",
    )


def document_date(kind_word: str, on: str | None, language: str) -> str:
    """`Utkast referat, 17. februar 2021` (R90)."""
    text = word(kind_word, language)
    return f"{text}, {written_date(on, language)}" if on else text
