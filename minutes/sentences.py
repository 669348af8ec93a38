"""Sentences the product writes of a block's fields, in the language of the document (P2-P4, P33).

They follow the document and not the reader's screen language, so they stand here and not in `locale/`. The values
are those of the exchange format. Where a printed form is kept, that is printed and no sentence is made.
"""

from boardroom.lib.wordings import say

_TEXTS = {
    "and": ("og", "og", "and"),
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
    "statement-for-the-record": (
        "Protokolltilførsel fra {name}:",
        "Protokolltilførsel frå {name}:",
        "Statement for the record by {name}:",
    ),
    "dissent": ("Dissens fra {name}:", "Dissens frå {name}:", "Dissent by {name}:"),
    "explanation-of-vote": (
        "Stemmeforklaring fra {name}:",
        "Røysteforklaring frå {name}:",
        "Explanation of vote by {name}:",
    ),
    "proposal": ("Forslag fra {names}:", "Framlegg frå {names}:", "Proposal by {names}:"),
    "proposal-behalf": (
        "Forslag fra {names} på vegne av {party}:",
        "Framlegg frå {names} på vegner av {party}:",
        "Proposal by {names} on behalf of {party}:",
    ),
    "disqualified": ("{name} er inhabil{basis}.", "{name} er inhabil{basis}.", "{name} is disqualified{basis}."),
    "not-disqualified": (
        "{name} er ikke inhabil{basis}.",
        "{name} er ikkje inhabil{basis}.",
        "{name} is not disqualified{basis}.",
    ),
    "basis": (", jf. {basis}", ", jf. {basis}", ", cf. {basis}"),
    "raised-by": ("Reist av {name}.", "Reist av {name}.", "Raised by {name}."),
    "reason": ("Grunn: {reason}", "Grunn: {reason}", "Reason: {reason}"),
    "decided-by": ("Avgjort av {name}.", "Avgjort av {name}.", "Decided by {name}."),
    "deputy": ("{name} tiltrådte.", "{name} gjekk inn.", "{name} stepped in."),
    "no-deputy": ("Ingen vara tiltrådte.", "Ingen vara gjekk inn.", "No deputy stepped in."),
}


def _say(key: str, language: str, **values: object) -> str:
    return say(_TEXTS[key], language, **values)


def joined(names: list[str], language: str) -> str:
    """`A`, `A og B`, `A, B og C`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {_say('and', language)} {names[-1]}"


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
        sides = ("for", "against", "blank")
        counts = [_say(side, language, number=value[side]) for side in sides if value.get(side) is not None]
        counted = [f"{', '.join(counts)}."] if counts else []
    named = [
        _say(f"{side}-by", language, names=", ".join(voter(one) for one in value[f"{side}_by"]))
        for side in ("for", "against", "blank")
        if value.get(f"{side}_by")
    ]
    return [{"text": text} for text in counted + named] + _casting(value, language)


def vote_sentence(value: dict | None, language: str) -> str:
    """The result in one line, as it is proposed for print; empty where nothing was registered."""
    texts = [line["text"] for line in vote(value, language) if "text" in line]
    return " ".join(text if text.endswith((".", ":")) else f"{text}." for text in texts)


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
    """`Protokolltilførsel fra N:` (P3)."""
    return _say(block["kind"], language, name=block["person"])


def proposal_label(block: dict, language: str) -> str:
    """`Forslag fra N på vegne av P:` (P2)."""
    names = joined(block["by"], language)
    if block.get("on_behalf_of"):
        return _say("proposal-behalf", language, names=names, party=block["on_behalf_of"])
    return _say("proposal", language, names=names)


def disqualification_sentence(block: dict, language: str) -> str:
    """Who, the rule, who raised it and why, who decided, and the deputy (P4); "" as long as nobody is named."""
    if not block.get("person"):
        return ""
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
