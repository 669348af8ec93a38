"""Standard wordings of decisions: the board's own first, then the product's, in the document's language (R71, R74, R38)."""

import html
from dataclasses import dataclass

from boardroom.lib.fragments import plain_text
from boards.models import Board, CaseType
from minutes.models import Block, Decision

Kind = Decision.Kind

_WORDINGS: dict[str, dict[str, tuple[str, ...]]] = {
    "nb": {
        Kind.APPROVED: (
            "{board} godkjenner innkalling og saksliste.",
            "{board} godkjenner referatet fra forrige møte.",
            "{board} har ingen merknader til referatet.",
        ),
        Kind.ENDORSED: ("{board} gir sin tilslutning til saken.",),
        Kind.NOTED: ("{board} tar saken til orientering.",),
        Kind.DISCUSSED: ("{board} drøftet saken og ga sine innspill.",),
        Kind.DECIDED: ("{board} vedtar forslaget.",),
        Kind.ADVISED: ("{board} gir sine råd som framkommet i møtet.",),
        Kind.REJECTED: ("{board} vedtar ikke forslaget.",),
        Kind.RETURNED: ("Saken sendes tilbake til sekretariatet.",),
        Kind.POSTPONED: ("Saken utsettes.",),
        Kind.WITHDRAWN: ("Saken trekkes.",),
    },
    "nn": {
        Kind.APPROVED: (
            "{board} godkjenner innkalling og sakliste.",
            "{board} godkjenner referatet frå førre møte.",
            "{board} har ingen merknader til referatet.",
        ),
        Kind.ENDORSED: ("{board} sluttar seg til saka.",),
        Kind.NOTED: ("{board} tek saka til orientering.",),
        Kind.DISCUSSED: ("{board} drøfta saka og gav innspela sine.",),
        Kind.DECIDED: ("{board} vedtek framlegget.",),
        Kind.ADVISED: ("{board} gir råda sine slik dei kom fram i møtet.",),
        Kind.REJECTED: ("{board} vedtek ikkje framlegget.",),
        Kind.RETURNED: ("Saka blir send tilbake til sekretariatet.",),
        Kind.POSTPONED: ("Saka blir utsett.",),
        Kind.WITHDRAWN: ("Saka blir trekt.",),
    },
    "en": {
        Kind.APPROVED: (
            "{board} approves the call and the agenda.",
            "{board} approves the minutes of the previous meeting.",
            "{board} has no remarks to the minutes.",
        ),
        Kind.ENDORSED: ("{board} endorses the matter.",),
        Kind.NOTED: ("{board} takes note of the matter.",),
        Kind.DISCUSSED: ("{board} discussed the matter and gave its input.",),
        Kind.DECIDED: ("{board} adopts the proposal.",),
        Kind.ADVISED: ("{board} gives its advice as stated in the meeting.",),
        Kind.REJECTED: ("{board} does not adopt the proposal.",),
        Kind.RETURNED: ("The case is referred back to the secretariat.",),
        Kind.POSTPONED: ("The case is postponed.",),
        Kind.WITHDRAWN: ("The case is withdrawn.",),
    },
}
_NO_ITEMS = {
    "nb": "Ingen saker til eventuelt.",
    "nn": "Ingen saker til eventuelt.",
    "en": "There was no other business.",
}
_LABELS = {
    "nb": {"decision": "Beslutning:", "follow-up": "Oppfølging:"},
    "nn": {"decision": "Vedtak:", "follow-up": "Oppfølging:"},
    "en": {"decision": "Decision:", "follow-up": "Follow-up:"},
}
_MINUTES = ("referat", "protokoll", "møtebok", "minutes")
KIND_OF_PURPOSE = {
    CaseType.Purpose.FOR_APPROVAL: Kind.APPROVED,
    CaseType.Purpose.FOR_ENDORSEMENT: Kind.ENDORSED,
    CaseType.Purpose.FOR_INFORMATION: Kind.NOTED,
    CaseType.Purpose.FOR_DISCUSSION: Kind.DISCUSSED,
    CaseType.Purpose.FOR_DECISION: Kind.DECIDED,
}


@dataclass(frozen=True)
class Phrase:
    """A wording that a button writes: the decision's kind, the fragment, and its plain text for the button."""

    kind: str
    html: str
    text: str

    @property
    def approves_minutes(self) -> bool:
        """Whether the wording is about earlier minutes, and not about the call and the agenda."""
        return self.kind == Kind.APPROVED and any(word in self.text.casefold() for word in _MINUTES)


def phrases_of(board: Board) -> list[Phrase]:
    """Every wording offered on the board: its own, then the product's for kinds where it has none of its own."""
    own = [Phrase(one.kind, one.html, plain_text(one.html)) for one in board.phrases.all()]
    taken = {phrase.kind for phrase in own}
    texts = [
        (kind, text.format(board=board.short_name or board.name))
        for kind, wordings in _WORDINGS[board.language].items()
        if kind not in taken
        for text in wordings
    ]
    return own + [Phrase(kind, f"<p>{html.escape(text, quote=False)}</p>", text) for kind, text in texts]


def no_items_html(board: Board) -> str:
    """The sentence that other business had no items (R38)."""
    return f"<p>{_NO_ITEMS[board.language]}</p>"


def default_label(board: Board, block_type: str) -> str:
    """The heading a new block of the type begins with: what the board wrote last, else the product's (R60)."""
    if block_type not in _LABELS[board.language]:
        return ""
    earlier = Block.objects.filter(item__minutes__meeting__board=board, type=block_type).exclude(label="")
    last = earlier.order_by("-pk").values_list("label", flat=True).first()
    return last or _LABELS[board.language][block_type]
