"""The texts a block has had, with who wrote each and when, and what each changed in the one before it (R67)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from boardroom.lib.fragments import plain_text
from minutes.drafting import word_changes
from minutes.models import Block

PAUSE = timedelta(minutes=2)


@dataclass
class Text:
    """One text of a block. `within` are the saves on the way to it: written by the same person without a pause."""

    version: int
    label: str
    html: str
    by: object = None
    at: datetime | None = None
    is_now: bool = False
    changes: list[tuple[str, str]] = field(default_factory=list)
    within: list["Text"] = field(default_factory=list)

    @property
    def plain(self) -> str:
        return plain_text(self.html)


def texts(block: Block) -> list[Text]:
    """The text now and every earlier one, the newest first; one query however many there are."""
    found, by, at = [], None, None
    for revision in block.revisions.select_related("saved_by").order_by("version"):
        found.append(Text(revision.version, revision.label, revision.html, by, at))
        by, at = revision.saved_by, revision.saved_at  # who replaced it wrote the next
    found.append(Text(block.version, block.label, block.html, by, at, is_now=True))
    grouped = _grouped(found)
    for before, after in zip([None, *grouped], grouped, strict=False):
        start = plain_text(before.html) if before else ""
        after.changes = word_changes(start, plain_text(after.html))
    return grouped[::-1]


def _grouped(found: list[Text]) -> list[Text]:
    """Saves of one person that follow each other without a pause are one text, the last of them."""
    grouped: list[Text] = []
    for text in found:
        last = grouped[-1] if grouped else None
        if last and last.at and text.at and last.by == text.by and text.at - last.at <= PAUSE:
            text.within = [*last.within, last]
            last.within = []
            grouped[-1] = text
        else:
            grouped.append(text)
    return grouped
