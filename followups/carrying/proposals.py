"""What the minutes may say of a follow-up, proposed from what those responsible reported; in the document's language (P33)."""

from dataclasses import dataclass

from django.utils.html import format_html

from boardroom.lib.wordings import say
from boards.models import Board
from followups.models import OwnerReport, Status

Kind = OwnerReport.Kind

_TEXTS = {
    Kind.DONE: (
        "{body} bekreftet at oppfølgingen er utført, og lukket den.",
        "{body} stadfesta at oppfølginga er utført, og lukka ho.",
        "{body} confirmed that the follow-up is done, and closed it.",
    ),
    Kind.NEW_DATE: (
        "{body} flyttet fristen til {due}.",
        "{body} flytta fristen til {due}.",
        "{body} moved the due time to {due}.",
    ),
    Kind.WAITING: (
        "{name} meldte at oppfølgingen venter. {text}",
        "{name} melde at oppfølginga ventar. {text}",
        "{name} reported that the follow-up waits. {text}",
    ),
    Kind.PROGRESS: (
        "{name} meldte at arbeidet pågår. {text}",
        "{name} melde at arbeidet går føre seg. {text}",
        "{name} reported that the work goes on. {text}",
    ),
}
_STATUS = {Kind.DONE: Status.DONE, Kind.WAITING: Status.WAITING, Kind.PROGRESS: Status.IN_PROGRESS}
# What the name of a board says it is, and how the board is spoken of.
_BODIES = (
    ("styre", ("Styret", "Styret", "The board")),
    ("utval", ("Utvalget", "Utvalet", "The committee")),
    ("komit", ("Komiteen", "Komiteen", "The committee")),
    ("nemnd", ("Nemnda", "Nemnda", "The board")),
    ("råd", ("Rådet", "Rådet", "The council")),
)
_MEETING = ("Møtet", "Møtet", "The meeting")


@dataclass(frozen=True)
class Proposal:
    """Sanitised text for the minutes, with the status and the due time that follow where the board agrees."""

    html: str
    status: str = ""
    due_text: str = ""

    @property
    def values(self) -> dict:
        """As `resolutions.save_report` takes it."""
        return {"resolution": self.html, "status": self.status, "due_text": self.due_text}


def propose(board: Board, kind: str, said: OwnerReport | None) -> Proposal | None:
    """The proposal for what was reported; None where nothing was."""
    if kind not in _TEXTS or (said is None and kind != Kind.DONE):
        return None
    due = said.due_text if said and kind == Kind.NEW_DATE else ""
    words = {"body": body(board), "due": due, "name": reporter(said), "text": said.text.strip() if said else ""}
    text = say(_TEXTS[kind], board.language, **words)
    return Proposal(str(format_html("<p>{}</p>", " ".join(text.split()))), _STATUS.get(kind, ""), due)


def body(board: Board) -> str:
    """How the board is spoken of, by its name: Rådet, Styret, Utvalget; else the meeting."""
    name = board.name.casefold()
    return say(next((words for stem, words in _BODIES if stem in name), _MEETING), board.language)


def reporter(said: OwnerReport | None) -> str:
    """The name of who reported."""
    if said is None:
        return ""
    return said.person.name if said.person else said.user.display_name if said.user else ""
