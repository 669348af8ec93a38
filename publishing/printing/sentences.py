"""Sentences the product writes where a record has fields but no printed form.

Only where both the text and the printed result are empty (print-and-exchange): a vote, a statement,
a disqualification, an approval.
"""

from .words import joined, word, written_date

_TEXTS = {
    "unanimous": ("Enstemmig.", "Samrøystes.", "Unanimous."),
    "for": ("{number} for", "{number} for", "{number} for"),
    "against": ("{number} mot", "{number} mot", "{number} against"),
    "blank": ("{number} blank", "{number} blank", "{number} blank"),
    "for-by": ("For: {names}.", "For: {names}.", "For: {names}."),
    "against-by": ("Mot: {names}.", "Mot: {names}.", "Against: {names}."),
    "blank-by": ("Blank: {names}.", "Blank: {names}.", "Blank: {names}."),
    "votes": ("{number} stemmer", "{number} røyster", "{number} votes"),
    "vote": ("{number} stemme", "{number} røyst", "{number} vote"),
    "casting": ("Dobbeltstemme: {name}.", "Dobbeltrøyst: {name}.", "Casting vote: {name}."),
    "statement-for-the-record": ("Protokolltilførsel fra {name}:", "Protokolltilførsel frå {name}:", "Statement for the record by {name}:"),
    "dissent": ("Dissens fra {name}:", "Dissens frå {name}:", "Dissent by {name}:"),
    "explanation-of-vote": ("Stemmeforklaring fra {name}:", "Røysteforklaring frå {name}:", "Explanation of vote by {name}:"),
    "proposal": ("Forslag fra {names}:", "Framlegg frå {names}:", "Proposal by {names}:"),
    "proposal-behalf": (
        "Forslag fra {names} på vegne av {party}:",
        "Framlegg frå {names} på vegner av {party}:",
        "Proposal by {names} on behalf of {party}:",
    ),
    "disqualified": ("{name} er inhabil{basis}.", "{name} er inhabil{basis}.", "{name} is disqualified{basis}."),
    "not-disqualified": ("{name} er ikke inhabil{basis}.", "{name} er ikkje inhabil{basis}.", "{name} is not disqualified{basis}."),
    "basis": (", jf. {basis}", ", jf. {basis}", ", cf. {basis}"),
    "raised-by": ("Reist av {name}.", "Reist av {name}.", "Raised by {name}."),
    "reason": ("Grunn: {reason}", "Grunn: {reason}", "Reason: {reason}"),
    "decided-by": ("Avgjort av {name}.", "Avgjort av {name}.", "Decided by {name}."),
    "deputy": ("{name} tiltrådte.", "{name} gjekk inn.", "{name} stepped in."),
    "no-deputy": ("Ingen vara tiltrådte.", "Ingen vara gjekk inn.", "No deputy stepped in."),
    "approved": ("Godkjent{on}{case}{by}.", "Godkjent{on}{case}{by}.", "Approved{on}{case}{by}."),
    "circulation": ("Godkjent på sirkulasjon{on}{case}{by}.", "Godkjent på sirkulasjon{on}{case}{by}.", "Approved by circulation{on}{case}{by}."),
    "deemed-at-deadline": (
        "Godkjent{on}{case}{by} da fristen for merknader var ute.",
        "Godkjent{on}{case}{by} då fristen for merknader var ute.",
        "Approved{on}{case}{by} when the deadline for remarks had passed.",
    ),
    "chair": ("Godkjent{on}{case}{by} av møteleder.", "Godkjent{on}{case}{by} av møteleiar.", "Approved{on}{case}{by} by the chair."),
    "in-case": (" i sak {label}", " i sak {label}", " in case {label}"),
    "by": (" av {names}", " av {names}", " by {names}"),
}  # fmt: skip


def _say(key: str, language: str, **values: object) -> str:
    texts = _TEXTS[key]
    return texts[{"nn": 1, "en": 2}.get(language, 0)].format(**values)


def voter(value: str | dict) -> str:
    """`Name (Party)`, or the name alone."""
    if isinstance(value, str):
        return value
    return f"{value['person']} ({value['party']})" if value.get("party") else value["person"]


def vote(value: dict | None, language: str) -> list[dict]:
    """The lines of a vote without a printed result: `{"text"}` and, for alternatives, `{"html"}` (P2)."""
    if not value:
        return []
    if value["kind"] == "alternatives":
        lines = []
        for one in value.get("alternatives") or []:
            lines.extend(_alternative(one, language))
        return lines + _casting(value, language)
    if value["kind"] == "unanimous":
        counted = [_say("unanimous", language)]
        if value.get("for"):
            counted = [f"{counted[0][:-1]} ({_count(value['for'], language)})."]
    else:
        counts = [_say(key, language, number=value[key]) for key in ("for", "against", "blank") if value.get(key) is not None]
        counted = [f"{', '.join(counts)}."] if counts else []
    named = [
        _say(f"{key}-by", language, names=", ".join(voter(one) for one in value[f"{key}_by"]))
        for key in ("for", "against", "blank")
        if value.get(f"{key}_by")
    ]
    return [{"text": text} for text in counted + named] + _casting(value, language)


def _count(number: int, language: str) -> str:
    return _say("vote" if number == 1 else "votes", language, number=number)


def _alternative(one: dict, language: str) -> list[dict]:
    result = _count(one["votes"], language) if one.get("votes") is not None else ""
    names = ", ".join(voter(name) for name in one.get("by") or [])
    if names:
        result = f"{result} ({names})" if result else names
    if one.get("html"):
        tail = [{"text": result}] if result else []
        return [{"text": one["title"]}, {"html": one["html"]}, *tail]
    return [{"text": f"{one['title']}: {result}" if result else one["title"]}]


def _casting(value: dict, language: str) -> list[dict]:
    return [{"text": _say("casting", language, name=value["casting_vote"])}] if value.get("casting_vote") else []


def statement_label(block: dict, language: str) -> str:
    return _say(block["kind"], language, name=block["person"])


def proposal_label(block: dict, language: str) -> str:
    names = joined(block["by"], language)
    if block.get("on_behalf_of"):
        return _say("proposal-behalf", language, names=names, party=block["on_behalf_of"])
    return _say("proposal", language, names=names)


def disqualification(block: dict, language: str) -> str:
    """Who, the rule, who raised it and why, who decided, and the deputy (P4)."""
    basis = _say("basis", language, basis=block["basis"]) if block.get("basis") else ""
    outcome = block.get("outcome") or "disqualified"
    parts = [_say(outcome, language, name=block["person"], basis=basis)]
    for key, field in (("raised-by", "raised_by"), ("decided-by", "decided_by"), ("deputy", "deputy")):
        if block.get(field):
            parts.append(_say(key, language, name=block[field]))
    if block.get("reason"):
        reason = _say("reason", language, reason=block["reason"])
        parts.insert(1, reason if reason.endswith((".", "!", "?")) else f"{reason}.")
    if block.get("no_deputy"):
        parts.append(_say("no-deputy", language))
    return " ".join(parts)


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
