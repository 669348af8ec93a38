"""How the due time of an action is moved, and moved back: nobody else changes one that was said (R78, R84).

Every change is a row with the words before and after, when and by whom, the meeting that said it, and why.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from audit import trail
from boardroom.lib import dates
from followups import sources
from followups.models import Action, DueChange
from followups.owners import fates
from meetings.models import Meeting

DUE = ("due_text", "due_on", "due_month", "due_meeting_id", "times_moved")
NOT_MADE_YET = "next meeting"


def move_due(
    action: Action,
    text: str,
    *,
    on: date,
    at: datetime,
    by,
    meeting: Meeting | None = None,
    reason: str = "",
    meetings: Iterable[Meeting] | None = None,
) -> DueChange | None:
    """The action is due as `text` says, read from the meeting that said it, else from the day it was said; None where it is.

    The same words said anew move it when they mean another time now, as «next meeting» does a meeting later. Other words
    for the same time are kept and do not count as moved, nor does a first due time. `meetings` are the board's.
    """
    text = " ".join(text.split())
    board = action.follow_up.board
    known = list(Meeting.objects.filter(board=board) if meetings is None else meetings)
    after = meeting.first_day if meeting else on
    now, then = _meaning(action, known), _read(text, after, known)
    if text == action.due_text and now == then:
        return None
    before, was = words(action, board.language), as_it_is(action)
    sources.set_due(action, text, after, known)
    action.times_moved += bool(before) and (now != then or then is None)
    made = {"changed_on": on, "changed_at": at, "changed_by": by, "meeting": meeting, "text": reason.strip()}
    with transaction.atomic():
        action.save(update_fields=list(DUE))
        change = DueChange.objects.create(action=action, before=before, after=text, was=was, **made)
        payload = {"action": action.pk, "from": before, "due": text, "meeting": meeting.slug if meeting else None}
        fates.follow_due(action, text=change.text, by=by, at=at, meeting=meeting)
        trail.record("followups.move", action.follow_up, by=by, board=board, at=at, reason=change.text, **payload)
    return change


def move_back(change: DueChange, *, on: date, at: datetime, by, reason: str) -> DueChange | None:
    """The action is due as before `change`, which stays in the history beside the row that takes it back.

    None where it was taken back already, or another change has come since: nothing is moved then.
    """
    action = change.action
    with transaction.atomic():
        if standing_changes().filter(action=action).order_by("pk").last() != change:
            return None
        before = words(action, action.follow_up.board.language)
        for name, value in change.was.items():
            setattr(action, name, value)
        if not Meeting.objects.filter(pk=action.due_meeting_id).exists():
            action.due_meeting_id = None
        action.save(update_fields=list(DUE))
        action.refresh_from_db(fields=list(DUE))
        back = DueChange.objects.create(
            action=action, before=before, after=change.before, text=reason.strip(), was=change.was, undoes=change,
            changed_on=on, changed_at=at, changed_by=by, meeting=change.meeting,
        )  # fmt: skip
        payload = {"action": action.pk, "from": before, "due": change.before, "reason": back.text}
        trail.record("followups.move_back", action.follow_up, by=by, board=action.follow_up.board, at=at, **payload)
    return back


def standing_changes():
    """The changes that were not taken back, oldest first for each action."""
    return DueChange.objects.filter(undoes__isnull=True, undone_by__isnull=True)


def words(action: Action, language: str) -> str:
    """As written; else the date."""
    return action.due_text or (dates.format_date(action.due_on, language) if action.due_on else "")


def as_it_is(action: Action) -> dict:
    """The fields of its due time, as a change keeps them to be put back."""
    found = {name: getattr(action, name) for name in DUE}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in found.items()}


def _meaning(action: Action, meetings: list[Meeting]):
    """The day, the month or the meeting the action is due now; None where its words say no time."""
    said = sources.with_said_on(Action.objects.filter(pk=action.pk)).values_list("said_on", flat=True).first()
    return action.due_on or action.due_month or action.due_meeting_id or _read(action.due_text, said, meetings)


def _read(text: str, after: date | None, meetings: list[Meeting]):
    due = sources.understand_due(text, after)
    if not due.is_next_meeting:
        return due.on or due.month
    found = sources.due_meeting(due, after, meetings)
    return found.pk if found else NOT_MADE_YET
