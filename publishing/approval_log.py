"""What an approved version prints of its approval, as the records tell it (printing.approvals, P38)."""

from django.utils import timezone

from boards.models import Board
from minutes import approving
from minutes.models import ApprovalRequest, Minutes
from publishing.models import Document
from publishing.preview import newest

How = Board.Approval


def log_of(minutes: Minutes, how: str) -> dict:
    """Who approved with role and day, of how many; until when they or the remarks had time; and of which version."""
    requests = [one for one in approving.standing(minutes) if one.way == how]
    approved = [one for one in requests if one.answer == ApprovalRequest.Answer.APPROVED]
    log: dict = {"answers": [_answer(one) for one in approved], "asked": len(requests)}
    if how == How.DEEMED:
        last = minutes.review_rounds.order_by("-number").first()
        log["deadline"] = last.deadline.isoformat() if last and last.deadline else None
    elif len(approved) < len(requests) and requests[0].deadline:
        log["deadline"] = requests[0].deadline.isoformat()
    document = newest(minutes.meeting, Document.Kind.MINUTES)
    if document and not document.is_derived:
        on = document.issued_on.isoformat() if document.issued_on else None
        log["version"] = {"number": document.version, "kind": document.stage, "on": on}
    return log


def _answer(one: ApprovalRequest) -> dict:
    on = timezone.localdate(one.answered_at).isoformat()
    return {"name": one.person.name, "role": one.role, "on": on}
