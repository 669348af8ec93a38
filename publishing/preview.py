"""The present state of a meeting as the document it would become, and what differs from the last issued one."""

from meetings.models import Meeting
from publishing.models import Document
from publishing.printing.content import sha256
from publishing.printing.facts import assemble

RECORD = ("number", "head", "officers", "attendance", "agenda", "cases", "papers")
STAMPS = ("created", "footer", "letterhead", "approval", "correction")


def present_state(meeting: Meeting, kind: str, *, variant: str = "full", version: dict | None = None) -> dict:
    """The content as it would be frozen now; nothing is stored."""
    return assemble(meeting, kind, variant=variant, version=version)


def newest(meeting: Meeting, kind: str) -> Document | None:
    """The last issued version of this kind."""
    return Document.objects.filter(meeting=meeting, kind=kind).order_by("-version").first()


def records_the_same(one: dict, other: dict) -> bool:
    """Whether two contents tell the same of the meeting itself; what the board has changed of its own name and people is aside."""
    return sha256({key: one.get(key) for key in RECORD}) == sha256({key: other.get(key) for key in RECORD})


def says_the_same(one: dict, other: dict) -> bool:
    """Whether two contents have the same text, whatever date and state stand in their footers."""

    def bare(content: dict) -> str:
        return sha256({key: value for key, value in content.items() if key not in STAMPS})

    return bare(one) == bare(other)
