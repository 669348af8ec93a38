"""The acts around approval that cross apps: asking for it, answering, and what the last answer brings about (P38, A13)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from boardroom.lib.workflow import TransitionRefused
from boards.models import Person
from minutes import approving
from minutes.approving import Answer, Candidate
from minutes.models import ApprovalRequest, Minutes
from publishing import issuing
from publishing.models import Document
from publishing.preview import newest


def ask(
    minutes: Minutes, way: str, persons: Iterable[Candidate], *, deadline: date | None, by, at: datetime
) -> list[ApprovalRequest]:
    """Each of the persons is asked to approve the newest version. Raises TransitionRefused as approving.ask does."""
    with transaction.atomic():
        document = newest(minutes.meeting, Document.Kind.MINUTES)
        if document is None or document.stage == Document.Stage.DRAFT:
            raise TransitionRefused([_("No version of the minutes has been issued that could be approved.")])
        issuing.refuse_changed(minutes)
        bound = {"version": document.version, "sha256": document.content_sha256}
        return approving.ask(minutes, way, persons, deadline=deadline, by=by, at=at, **bound)


def answer(
    minutes: Minutes, said: str, *, person: Person | None, shown: str, by, at: datetime, note: str = ""
) -> Document | None:
    """The person's own answer is kept; with the last approval the minutes are approved, and the approved version is returned.

    Raises TransitionRefused as approving.answer does, and where the text is no longer what the version says.
    """
    with transaction.atomic():
        approving.answer(minutes, person, said, shown=shown, by=by, at=at, note=note)
        requests = approving.standing(minutes)
        if said != Answer.APPROVED:
            return None
        issuing.refuse_changed(minutes)
        return _conclude(minutes, requests, by=by, at=at) if approving.is_complete(requests) else None


def conclude(minutes: Minutes, *, by, at: datetime) -> Document:
    """The circulation is over, and the minutes are approved by those who answered.

    Raises TransitionRefused before its day is past, where somebody objects, and where nobody approved.
    """
    with transaction.atomic():
        approving.hold(minutes)
        requests = approving.standing(minutes)
        if not approving.may_conclude(requests, timezone.localdate(at)):
            raise TransitionRefused(
                [
                    _(
                        "Approval can be concluded when the day to answer by has passed, somebody approved and nobody objects."
                    )
                ]
            )
        return _conclude(minutes, requests, by=by, at=at)


def _conclude(minutes: Minutes, requests: list[ApprovalRequest], *, by, at: datetime) -> Document:
    names = [one.person.name for one in requests if one.answer == Answer.APPROVED]
    first = requests[0]
    on = timezone.localdate(at)
    return issuing.approve(minutes, first.way, on, by=by, at=at, shown=first.version_sha256, by_names=names)
