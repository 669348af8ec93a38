"""How the approval of minutes stands, for the pages that tell of it: who is asked, in which case, until when (R97, P38)."""

from datetime import date, datetime

from boards.models import Board
from mail.models import Letter
from mail.overview import Delivery
from minutes import approving
from minutes.models import ApprovalRequest, Minutes
from minutes.settling import unsettled
from publishing import rules
from publishing.models import Document
from publishing.preview import newest
from publishing.reviewing import approving_row

How = Board.Approval
Answer = ApprovalRequest.Answer


def for_secretary(minutes: Minutes, today: date) -> dict:
    """Who is asked and how their letters fared; or what the board's way waits for."""
    requests = approving.standing(minutes)
    open_ones = [one for one in requests if not one.answered_at]
    return {
        "minutes": minutes,
        "meeting": minutes.meeting,
        "document": newest(minutes.meeting, Document.Kind.MINUTES),
        "requests": requests,
        "letters": _letters(requests),
        "waiting": len(open_ones),
        "deadline": requests[0].deadline if requests else None,
        "objections": [one for one in requests if one.answer == Answer.OBJECTS],
        "approvals": sum(one.answer == Answer.APPROVED for one in requests),
        "may_conclude": approving.may_conclude(requests, today),
        "is_over": any(one.deadline and one.deadline < today for one in open_ones),
        "ways": [(value, How(value).label) for value in approving.ASKED_WAYS],
        "stands": stands(minutes),
    }


def for_reader(minutes: Minutes, document: Document, user, at: datetime) -> dict:
    """What the page of an answer shows: one's own request, whether it can be answered, and who else has answered."""
    requests = approving.standing(minutes)
    own = next((one for one in requests if one.person.user_id == user.pk), None)
    is_final = minutes.state == Minutes.State.FINAL and not minutes.correction_reason
    return {
        "minutes": minutes,
        "meeting": minutes.meeting,
        "document": document,
        "requests": requests,
        "own": own,
        "approvals": sum(one.answer == Answer.APPROVED for one in requests),
        "may_answer": is_final and not approving.why_not(own, minutes, document.content_sha256, at),
        "obstacle": approving.why_not(own, minutes, document.content_sha256, at) if is_final else "",
        "draft": _draft(document, user, minutes.state),
    }


def stands(minutes: Minutes) -> dict:
    """What minutes that are not approved wait for: the persons asked, the case of the next meeting, or the deadline."""
    if minutes.state == Minutes.State.APPROVED:
        return {}
    if requests := approving.standing(minutes):
        approvals = sum(one.answer == Answer.APPROVED for one in requests)
        return {
            "asked": len(requests),
            "approvals": approvals,
            "deadline": requests[0].deadline,
            "open_for": [one.person.user_id for one in requests if not one.answered_at],
        }
    board = minutes.meeting.board
    if board.approval == How.DEEMED:
        last = minutes.review_rounds.order_by("-number").first()
        return {"deemed": True, "deadline": last.deadline if last else None, "unsettled": unsettled(minutes).count()}
    if board.approves_in_meeting:
        return {"next_meeting": True, "row": approving_row(minutes)}
    return {"nobody": True}


def _letters(requests: list[ApprovalRequest]) -> list[Delivery]:
    """How the letters that asked them fared."""
    keys = [one.pk for one in requests if not one.answered_at]
    found = Letter.objects.filter(kind="approval-asked", about__in=keys).select_related("person", "user", "inside")
    return [Delivery(letter) for letter in found]


def _draft(document: Document, user, state: str) -> Document | None:
    """The last draft before this version that the user may read, to compare with."""
    drafts = Document.objects.filter(
        meeting=document.meeting_id, kind=Document.Kind.MINUTES, stage=Document.Stage.DRAFT
    )
    drafts = drafts.filter(version__lt=document.version).select_related("board").defer("content", "public_content")
    return next((one for one in drafts.order_by("-version") if rules.may_read(user, one, state)), None)
