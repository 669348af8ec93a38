"""Earlier minutes in the case that approves them: one press writes the decision (R73, R74, R97)."""

from dataclasses import dataclass
from datetime import date, datetime

from boardroom.lib.dates import format_date
from boardroom.lib.fragments import plain_text
from boardroom.lib.wordings import say
from minutes import editing
from minutes.models import Block, Decision, MinutesItem
from minutes.phrases import is_free

Kind = Decision.Kind
APPROVED, WITH_REMARKS, NOT_APPROVED = "approved", "approved-with-remarks", "not-approved"
KINDS = {APPROVED: Kind.APPROVED, WITH_REMARKS: Kind.APPROVED, NOT_APPROVED: Kind.REJECTED}
# (bokmål, nynorsk, English)
_TEXTS = {
    APPROVED: (
        "Ingen merknader til referatet fra møtet {date}. Referatet er godkjent.",
        "Ingen merknader til referatet frå møtet {date}. Referatet er godkjent.",
        "No remarks to the minutes of the meeting of {date}. The minutes are approved.",
    ),
    WITH_REMARKS: (
        "Referatet fra møtet {date} er godkjent med disse merknadene:",
        "Referatet frå møtet {date} er godkjent med desse merknadene:",
        "The minutes of the meeting of {date} are approved with these remarks:",
    ),
    NOT_APPROVED: (
        "Referatet fra møtet {date} er ikke godkjent.",
        "Referatet frå møtet {date} er ikkje godkjent.",
        "The minutes of the meeting of {date} are not approved.",
    ),
}


@dataclass(frozen=True)
class Outcome:
    """What the case has decided of the minutes of a day, as far as it has."""

    block: Block | None = None
    outcome: str = ""


def outcome_of(item: MinutesItem, day: date) -> Outcome:
    """The case's decision about the minutes of that day; one without a text yet decides nothing."""
    decisions = Decision.objects.filter(block__item=item, approves_minutes_of=day).select_related("block")
    found = decisions.order_by("block__order", "pk").first()
    if found is None:
        return Outcome()
    if not plain_text(found.block.html).strip():
        return Outcome(found.block)
    if found.kind != Kind.APPROVED:
        return Outcome(found.block, NOT_APPROVED if found.kind == Kind.REJECTED else "")
    remarked = _sentence(WITH_REMARKS, item, day) in plain_text(found.block.html)
    return Outcome(found.block, WITH_REMARKS if remarked else APPROVED)


def decide(item: MinutesItem, day: date, outcome: str, *, by, at: datetime) -> Block:
    """The case decides this about the minutes of that day; pressing another outcome changes the same decision.

    A standard wording gives way to the new one; what somebody wrote stays, with the sentence after it.
    Raises TransitionRefused where the minutes may not be changed, KeyError for an outcome there is not.
    """
    kind, sentence = KINDS[outcome], _sentence(outcome, item, day)
    fragment = f"<p>{sentence}</p>"
    values = {"kind": kind, "approves_minutes_of": day, "html": fragment}
    known = outcome_of(item, day).block
    if known is None:
        return editing.add_block(item, Block.Type.DECISION, by=by, values=values)
    known.item = item
    text = plain_text(known.html).strip()
    standard = {_sentence(one, item, day) for one in KINDS}
    if text not in standard and not is_free(known.html, item.minutes.meeting.board):
        values["html"] = known.html if sentence in text else known.html + fragment
    return editing.save_block(known, values, version=known.version, by=by, at=at)


def _sentence(outcome: str, item: MinutesItem, day: date) -> str:
    language = item.minutes.meeting.board.language
    return say(_TEXTS[outcome], language, date=format_date(day, language))
