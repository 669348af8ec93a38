"""What waits for one's own answer: what it is, on which board, until when, and the one button that answers it."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from minutes.models import Answer, ApprovalRequest
from publishing.desk.words import Marked, distance, level_of, marked, short_name, with_weekday
from publishing.mine.follow_ups import Promise
from publishing.mine.meetings import Ahead


@dataclass(frozen=True)
class Waiting:
    """`ahead` is the meeting where the answer is given on the page itself; else `action` is (word, address)."""

    key: str
    what: str
    board: str
    why: Marked | str
    due: date | None
    action: tuple[str, str] | None = None
    ahead: Ahead | None = None


def of_call(one: Ahead, today: date) -> Waiting:
    meeting = one.meeting
    what = _("Are you coming to the meeting %(day)s?") % {"day": with_weekday(meeting.first_day, today)}
    return Waiting(f"call-{meeting.pk}", what, meeting.board.name, one.when_and_where, meeting.first_day, ahead=one)


def of_draft(asked: Answer, today: date) -> Waiting:
    meeting = asked.round.minutes.meeting
    return Waiting(
        f"draft-{asked.pk}",
        _("Read the draft minutes, %(meeting)s") % {"meeting": _name(meeting)},
        meeting.board.name,
        _until(asked.round.deadline, today),
        asked.round.deadline,
        (_("Read and answer"), reverse("publishing:review", args=[meeting.board.slug, meeting.slug])),
    )


def of_approval(asked: ApprovalRequest, today: date) -> Waiting:
    meeting = asked.minutes.meeting
    return Waiting(
        f"approval-{asked.pk}",
        _("Approve the minutes, %(meeting)s") % {"meeting": _name(meeting)},
        meeting.board.name,
        _until(asked.deadline, today),
        asked.deadline,
        (_("Read and approve"), asked.get_absolute_url()),
    )


def of_promise(one: Promise, today: date) -> Waiting:
    return Waiting(
        f"promise-{one.pk}",
        _("Report on a follow-up: %(text)s") % {"text": one.text},
        one.board,
        _until(one.due, today),
        one.due,
        (_("Report on it"), one.report_url),
    )


def _until(due: date | None, today: date) -> Marked | str:
    """The deadline with its weekday and how far away it is; near days are said once."""
    if due is None:
        return ""
    sentence = _("The deadline was %(when)s%(far)s.") if due < today else _("The deadline is %(when)s%(far)s.")
    far = "" if abs((due - today).days) < 2 else f", {distance(due, today)}"
    return marked(sentence, with_weekday(due, today), level_of(due, today), far=far)


def _name(meeting) -> str:
    number = meeting.sequence or meeting.number
    return _("meeting %(number)s") % {"number": number} if number else short_name(meeting.board)
