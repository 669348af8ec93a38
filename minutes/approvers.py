"""Who was elected in the meeting to approve its minutes, as a decision says it."""

import re

from boardroom.lib.fragments import plain_text
from boards.models import Person
from minutes.models import Block, Minutes

# «Til å underskrive møteboka ble valgt …», «valde til å godkjenne protokollen …», «elected to sign the minutes …»
_ELECTION = re.compile(
    r"\b(?:under(?:skriv|teikn|tegn)|signer|godkjenn)\w*\s+(?:\w+\s+){0,3}?(?:protokoll|møtebo[kc]|referat|møteprotokoll)\w*"
    r"|\b(?:protokoll|møtebok|referat)(?:underskriv|underteikn|undertegn|godkjenn)\w*"
    r"|\b(?:sign|approve)\s+(?:\w+\s+){0,3}?minutes",
    re.IGNORECASE,
)
_CHOSEN = re.compile(
    r"\b(?:v[ae]l(?:gt|d|t)\w*|v[ae]l(?:ge|je)r|oppnevn\w*|utpek\w*|peik\w*|elected|appointed)\b", re.IGNORECASE
)


def elected(minutes: Minutes, persons: list[Person]) -> list[Person]:
    """Those of the persons whom a decision of the meeting elected to sign or approve its minutes, in the decision's order.

    A proposal for the secretary, who sees and can change it; nobody where no decision says so.
    """
    blocks = Block.objects.filter(item__minutes=minutes, type__in=[Block.Type.DECISION, Block.Type.TEXT])
    for title, html in blocks.order_by("item__order", "order").values_list("item__row__title", "html"):
        text = plain_text(html)
        about = f"{title or ''} {text}"
        if _ELECTION.search(about) and _CHOSEN.search(about):
            named = [person for person in persons if person.name in text]
            if named:
                return sorted(named, key=lambda person: text.index(person.name))
    return []
