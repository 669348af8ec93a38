"""What is printed of an approval: how, when, in which case, by whom with role and date, and which version (R97, P38).

The log is what only the moment of approving knows; it is written into the approval's own text then, so that it goes along
in the exchange format and is printed the same ever after.

    answers   of those who approved: name, role, on
    asked     how many were asked
    deadline  the day to answer by, or the deadline for remarks
    version   the version that was approved: number, kind, on
"""

from boardroom.lib.wordings import say

from . import sentences
from .words import joined, written_date

# (bokmål, nynorsk, English)
_TEXTS = {
    "circulation": (
        "Godkjent på sirkulasjon{on} av {count}.",
        "Godkjent på sirkulasjon{on} av {count}.",
        "Approved by circulation{on} by {count}.",
    ),
    "named-approvers": (
        "Godkjent{on} av dem som var valgt til det.",
        "Godkjent{on} av dei som var valde til det.",
        "Approved{on} by those who were chosen to do so.",
    ),
    "chair": (
        "Godkjent{on} av møteleder {names}.",
        "Godkjent{on} av møteleiar {names}.",
        "Approved{on} by {names}, who chaired the meeting.",
    ),
    "all": ("alle {asked} som ble spurt", "alle {asked} som vart spurde", "all {asked} who were asked"),
    "some": ("{number} av {asked} som ble spurt", "{number} av {asked} som vart spurde", "{number} of {asked} who were asked"),
    "answer-by": ("Fristen for å svare var {date}.", "Fristen for å svare var {date}.", "The answers were due on {date}."),
    "remarks-by": ("Fristen for merknader var {date}.", "Fristen for merknader var {date}.", "The remarks were due on {date}."),
    "version": (
        "Godkjenningen gjelder versjon {number}: {named}.",
        "Godkjenninga gjeld versjon {number}: {named}.",
        "The approval is of version {number}: {named}.",
    ),
    "chair-role": ("leder", "leiar", "chair"),
    "deputy-chair-role": ("nestleder", "nestleiar", "deputy chair"),
    "member-role": ("medlem", "medlem", "member"),
    "deputy-role": ("varamedlem", "varamedlem", "deputy member"),
}  # fmt: skip


def _say(key: str, language: str, **values: object) -> str:
    return say(_TEXTS[key], language, **values)


def text(value: dict, log: dict | None, language: str, *, is_headed: bool) -> str:
    """The lines below the board's own heading for who approved, or without one: `value` is the format's approval."""
    if log is None:
        return _headed(value, language) if is_headed and value.get("by") else sentences.approval(value, language)
    lines = [_person(one, language) for one in log["answers"]] if value["how"] != "chair" or is_headed else []
    said = _sentence(value, log, language)
    told = [*lines, said] if is_headed else [said, *lines]
    return "\n".join([*told, *_facts(value, log, language)])


def _headed(value: dict, language: str) -> str:
    """The board's own heading says that it was approved by those who are named below it."""
    dated = value.get("on") or value.get("in_case")
    when = [sentences.approval({**value, "how": "next-meeting", "by": []}, language)] if dated else []
    return "\n".join([*value["by"], *when])


def _sentence(value: dict, log: dict, language: str) -> str:
    on = f" {written_date(value['on'], language)}" if value.get("on") else ""
    if value["how"] == "chair" and value.get("by"):
        names = [one["name"] if one["role"] == "chair" else _named(one, language) for one in log["answers"]]
        names = names or value["by"]
        return _say("chair", language, on=on, names=joined(names, language))
    if value["how"] == "circulation" and log["answers"]:
        told = {"number": len(log["answers"]), "asked": log["asked"]}
        count = _say("all" if len(log["answers"]) == log["asked"] else "some", language, **told)
        return _say("circulation", language, on=on, count=count)
    if value["how"] == "named-approvers" and log["answers"]:
        return _say("named-approvers", language, on=on)
    return sentences.approval(value, language)


def _facts(value: dict, log: dict, language: str) -> list[str]:
    found = []
    if deadline := log.get("deadline"):
        key = "remarks-by" if value["how"] == "deemed-at-deadline" else "answer-by"
        found.append(_say(key, language, date=written_date(deadline, language)))
    if version := log.get("version"):
        named = sentences.document_date(f"minutes-{version['kind']}", version.get("on"), language)
        found.append(_say("version", language, number=version["number"], named=named[0].lower() + named[1:]))
    return found


def _named(one: dict, language: str) -> str:
    role = f"{one['role']}-role"
    return f"{one['name']} ({_say(role, language)})" if role in _TEXTS else one["name"]


def _person(one: dict, language: str) -> str:
    return f"{_named(one, language)}, {written_date(one['on'], language)}"
