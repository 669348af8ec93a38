"""Standard wordings of decisions: the board's own first, then the product's, in the document's language (R71, R74, R38)."""

import html
from dataclasses import dataclass, replace

from django.db.models import BigAutoField

from boardroom.lib.fragments import plain_text
from boardroom.lib.prepared import prepared
from boards.models import Board, CaseType, StandardPhrase
from minutes.models import Block, Decision, MinutesItem

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

_LIKELY = frozenset({Kind.ENDORSED, Kind.NOTED, Kind.DECIDED, Kind.POSTPONED})


@dataclass(frozen=True)
class Phrase:
    """A wording that a button writes: the decision's kind, the fragment, its plain text for the button, and its number
    among all that are offered."""

    kind: str
    html: str
    text: str

    number: int = 0
    is_chosen: bool = False

    @property
    def approves_minutes(self) -> bool:
        """Whether the wording is about earlier minutes, and not about the call and the agenda."""
        return self.kind == Kind.APPROVED and any(word in self.text.casefold() for word in _MINUTES)


def phrases_of(board: Board) -> list[Phrase]:
    """Every wording offered on the board: its own, then the product's for kinds where it has none of its own."""
    own = [(kind, fragment, plain_text(fragment)) for kind, fragment in _own(board=board.pk)]
    taken = {kind for kind, _html, _text in own}
    texts = [
        (kind, text.format(board=board.short_name or board.name))
        for kind, wordings in _WORDINGS[board.language].items()
        if kind not in taken
        for text in wordings
    ]
    offered = own + [(kind, f"<p>{html.escape(text, quote=False)}</p>", text) for kind, text in texts]
    return [Phrase(*one, number=number) for number, one in enumerate(offered)]


@prepared(board=BigAutoField())
def _own(board):
    return StandardPhrase.objects.filter(board=board).order_by("order", "pk").values_list("kind", "html")


def is_free(fragment: str, board: Board) -> bool:
    """Whether a wording may take the place of the text: nothing is written yet, or only another wording."""
    text = plain_text(fragment).strip()
    return not text or text in {phrase.text for phrase in phrases_of(board)}


def chips(item: MinutesItem, kind: str, fragment: str) -> tuple[list[Phrase], list[Phrase]]:
    """The wordings that are likely in the case, one a kind, and the others. The one of the kind is chosen: the very
    wording where the text is one of them, else the kind's first."""
    offered = phrases_of(item.minutes.meeting.board)
    text = plain_text(fragment or "").strip()
    of_kind = [phrase for phrase in offered if phrase.kind == kind]
    chosen = next((phrase for phrase in of_kind if phrase.text == text), next(iter(of_kind), None))
    likely = _LIKELY | {_expected(item)}
    first, more, kinds = [], [], set()
    for phrase in offered:
        is_first = phrase.kind in likely and phrase.kind not in kinds
        kinds.add(phrase.kind)
        marked = replace(phrase, is_chosen=phrase is chosen)
        (first if is_first or marked.is_chosen else more).append(marked)
    return first, more


def _expected(item: MinutesItem) -> str:
    """The kind of decision that the type of the case leads one to expect."""
    row = item.row
    if row is None or row.approves_minutes_of:
        return Kind.APPROVED
    purpose = item.minutes.meeting.board.case_types.filter(name=row.type).values_list("purpose", flat=True).first()
    return KIND_OF_PURPOSE.get(purpose, Kind.DECIDED)


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
