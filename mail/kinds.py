"""The kinds of letters. Each app writes its own in its `letters.py` and registers them here, as jobs are."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from mail.models import Letter


@dataclass(frozen=True)
class Attachment:
    name: str
    data: bytes
    mimetype: str


@dataclass(frozen=True)
class Line:
    """One sentence of a daily mail, and where it leads."""

    text: str
    address: str = ""


@dataclass(frozen=True)
class Group:
    """What one board has to tell in a daily mail."""

    heading: str
    lines: list[Line]


@dataclass(frozen=True)
class Content:
    """What a letter says, in the language that is active: plain sentences, and the one link that matters.

    `calendar` is an iTIP object and `method` its method (RFC 5545, 5546). `line` is what a daily mail says of it, by
    default the subject without the board's name. `deadline` is the day by which the reader is to act: within two working
    days of it the letter does not wait for the daily mail. No word of what is exempt may stand here (A8).
    """

    subject: str
    paragraphs: list[str]
    address: str = ""
    action: str = ""
    rows: list[str] = field(default_factory=list)
    small_print: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    calendar: bytes = b""
    method: str = ""
    line: str = ""
    deadline: date | None = None
    groups: list[Group] = field(default_factory=list)


Write = Callable[[Letter, datetime], Content | None]


@dataclass(frozen=True)
class Kind:
    """`write(letter, at)` gives the content at the moment of sending, or None where nothing is to be told any more.

    `label` names the kind to people who choose what they get. What is essential cannot be turned off; what is gathered
    goes in the daily mail unless the person wants it at once. A board's letter goes only to who still sits on it, unless
    it is for `anyone`: a cancellation to who was called, an invitation to who is to sit. A letter that is a `key` lets in
    whoever holds it, so it is shown to nobody but the one it is for. A `digest` gathers by itself, over all boards, and
    leaves out those of which the person wants none.
    """

    name: str
    write: Write
    label: str
    is_essential: bool
    is_gathered: bool
    is_for_anyone: bool
    is_key: bool = False
    is_digest: bool = False
    order: int = 50


_kinds: dict[str, Kind] = {}


def kind(
    name: str,
    *,
    label: str,
    essential: bool = False,
    gathered: bool = False,
    anyone: bool = False,
    key: bool = False,
    digest: bool = False,
    order: int = 50,
):
    """Register the decorated `write(letter, at)` for letters of this kind. ValueError for a name that is taken.

    `order` is where it stands in a list of kinds: the call from 10, the review from 20, the approval from 30.
    """

    def register(write: Write) -> Write:
        known = _kinds.get(name)
        if known and (known.write.__module__, known.write.__qualname__) != (write.__module__, write.__qualname__):
            raise ValueError(f"Two kinds of letters are called {name!r}.")
        _kinds[name] = Kind(name, write, label, essential, gathered, anyone, key, digest, order)
        return write

    return register


def find(name: str) -> Kind:
    """The kind; KeyError when this release knows none."""
    return _kinds[name]


def every() -> list[Kind]:
    """In the order a meeting brings them."""
    return sorted(_kinds.values(), key=lambda one: (one.order, one.name))
