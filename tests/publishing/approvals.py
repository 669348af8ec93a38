"""Approval as tests play it: who is asked, and how each answers. For any story that ends in approved minutes."""

from datetime import date, datetime

from boards.models import Board
from minutes import approving as asking
from minutes.models import Minutes
from publishing import approving, issuing
from publishing.models import Document

How = Board.Approval


def ask(minutes: Minutes, way: str, *, by, at: datetime, deadline: date | None = None, names: tuple[str, ...] = ()):
    """The persons of these names, else whom the product proposes, are asked to approve the newest version."""
    among = asking.candidates(minutes, way, at.date())
    proposed = asking.proposed(minutes, way, among)
    chosen = [one for one in among if (one.person.name in names if names else one.person in proposed)]
    return approving.ask(minutes, way, chosen, deadline=deadline, by=by, at=at)


def approve(minutes: Minutes, user, *, at: datetime) -> Document | None:
    """The user approves the version that stands now."""
    shown = issuing.shown_version(minutes)
    return approving.answer(minutes, "approved", person=user.person, shown=shown, by=user, at=at)


def object_to(minutes: Minutes, user, note: str, *, at: datetime) -> None:
    shown = issuing.shown_version(minutes)
    approving.answer(minutes, "objects", person=user.person, shown=shown, by=user, at=at, note=note)


def printed(minutes: Minutes) -> list[str]:
    """The lines of the approval on the newest version."""
    document = Document.objects.filter(meeting=minutes.meeting, kind="minutes").order_by("-version").first()
    return document.content["approval"]["text"].split("\n")
