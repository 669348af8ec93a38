"""How a follow-up changes state: the workflow, and the one act that writes a change (house.md 4, R79, R83, R85).

The responsible reports; the board closes. Actions are closed one by one, and the follow-up's state follows from them.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit import trail
from boardroom.lib.workflow import Transition, TransitionRefused, advance
from followups.models import CLOSED, Action, FollowUp, Status, StatusChange
from followups.owners import fates
from followups.prepared import bring_back, take_off_agendas
from followups.telling import tell_public
from meetings.models import Meeting

OPEN = frozenset(Status.values) - CLOSED

TRANSITIONS = {
    Status.OPEN: Transition(
        "reopen",
        frozenset(Status.values) - {Status.OPEN},
        Status.OPEN,
        gettext_lazy("This is open already."),
    ),
    Status.IN_PROGRESS: Transition(
        "start",
        frozenset({Status.OPEN, Status.WAITING, Status.REPORTED_DONE}),
        Status.IN_PROGRESS,
        gettext_lazy("Only something open can be put in progress. Reopen it first."),
    ),
    Status.WAITING: Transition(
        "wait",
        frozenset({Status.OPEN, Status.IN_PROGRESS, Status.REPORTED_DONE}),
        Status.WAITING,
        gettext_lazy("Only something open can wait. Reopen it first."),
    ),
    Status.REPORTED_DONE: Transition(
        "report",
        frozenset({Status.OPEN, Status.IN_PROGRESS, Status.WAITING}),
        Status.REPORTED_DONE,
        gettext_lazy("This is reported or closed already."),
    ),
    Status.DONE: Transition("close", OPEN, Status.DONE, gettext_lazy("This is closed already.")),
    Status.DROPPED: Transition("drop", OPEN, Status.DROPPED, gettext_lazy("This is closed already.")),
}


def derive(states: Collection[str]) -> str | None:
    """What the states of the actions make the follow-up; None where there are no actions.

    Closed only when every action is (R85); what is closed does not count while something is open.
    """
    if not states:
        return None
    live = [state for state in states if state not in CLOSED]
    if not live:
        return Status.DONE if Status.DONE in states else Status.DROPPED
    if set(live) == {Status.REPORTED_DONE}:
        return Status.REPORTED_DONE
    if Status.IN_PROGRESS in live or Status.REPORTED_DONE in live:
        return Status.IN_PROGRESS
    if Status.WAITING in live:
        return Status.WAITING
    return Status.OPEN


def change_status(
    target: FollowUp | Action, after: str, *, text: str = "", by, on: date, at: datetime, meeting: Meeting | None = None
) -> list[StatusChange]:
    """The action, or every action of the follow-up that can, has the state `after`, and the follow-up what follows.

    Each change is kept with date, person and text. What is closed leaves the agendas whose call is not sent; what is open
    again has the words back that were prepared for them.
    Raises TransitionRefused, with nothing changed, where the state does not allow it or a reason is missing.
    """
    transition = TRANSITIONS[Status(after)]
    follow_up = target if isinstance(target, FollowUp) else target.follow_up
    if problem := missing_reason(target.state, after, text):
        raise TransitionRefused([problem])
    made = {"text": text.strip(), "changed_on": on, "changed_by": by, "meeting": meeting}
    with transaction.atomic():
        hold(follow_up)
        was_closed = follow_up.state in CLOSED
        actions = list(follow_up.actions.all())
        chosen = [action for action in actions if _is_chosen(action, target, transition)]
        if not chosen and (isinstance(target, Action) or target.state not in transition.sources):
            raise TransitionRefused([str(transition.refusal)])
        changes = [_move(action, transition, follow_up, made, action) for action in chosen]
        states = [action.state for action in follow_up.actions.all()]
        changes += _follow(follow_up, derive(states) or transition.target, made)
        payload = {"to": after, "text": made["text"], "on": on, "actions": [action.pk for action in chosen]}
        if follow_up.state in CLOSED:
            payload["taken_off"] = take_off_agendas(follow_up)
        elif was_closed:
            bring_back(follow_up, at)
        fates.follow_status(follow_up, chosen, after, text=made["text"], by=by, at=at, meeting=meeting)
        trail.record(f"followups.{transition.name}", follow_up, by=by, board=follow_up.board, at=at, **payload)
        tell_public(follow_up.board_id)
    return changes


def hold(follow_up: FollowUp) -> None:
    """Until the transaction ends nobody else changes its status or its actions': what follows from them is what they are."""
    FollowUp.objects.filter(pk=follow_up.pk).update(created_at=F("created_at"))


def follow_actions(follow_up: FollowUp, **made) -> dict:
    """The follow-up has the state that follows from its actions; `made` is who, when and why, as a StatusChange keeps it.

    What the trail must know of it: what was taken off the agendas, where it is closed.
    """
    states = [action.state for action in follow_up.actions.all()]
    _follow(follow_up, derive(states) or follow_up.state, made)
    return {"taken_off": take_off_agendas(follow_up)} if follow_up.state in CLOSED else {}


def missing_reason(before: str, after: str, text: str) -> str | None:
    """The sentence that asks for a reason, or None. To drop and to reopen need one."""
    if text.strip():
        return None
    if after == Status.DROPPED:
        return _("Write why this is dropped.")
    if after == Status.OPEN and before in CLOSED | {Status.REPORTED_DONE}:
        return _("Write why this is opened again.")
    return None


def standing(follow_up: FollowUp):
    """The changes of its status, and of its actions', that were not taken back; the registration is none."""
    return follow_up.changes.filter(undoes__isnull=True, undone_by__isnull=True).exclude(before="")


def take_back(changes: Iterable[StatusChange], *, reason: str, by, on: date, at: datetime) -> None:
    """Follow-up and actions have the states from before `changes` of one follow-up, each taken back by a change that says so.

    What is closed again leaves the agendas whose call is not sent; what is open again has its prepared words back.
    """
    changes = sorted(changes, key=lambda change: change.pk, reverse=True)
    follow_up = changes[0].follow_up
    with transaction.atomic():
        hold(follow_up)
        was_closed = follow_up.state in CLOSED
        for change in changes:
            obj = change.action or follow_up
            back = Transition("take back", frozenset({obj.state}), change.before, "")
            made = {"text": reason, "changed_on": on, "changed_by": by, "meeting": change.meeting, "undoes": change}
            _move(obj, back, follow_up, made, change.action)
        payload = {"to": follow_up.state, "text": reason, "on": on}
        if follow_up.state in CLOSED:
            payload["taken_off"] = take_off_agendas(follow_up)
        elif was_closed:
            bring_back(follow_up, at)
        trail.record("followups.take_back", follow_up, by=by, board=follow_up.board, at=at, **payload)
        tell_public(follow_up.board_id)


def choices_from(state: str) -> Iterable[Status]:
    """The states that can be reached from `state`, in the order of the list."""
    return [after for after in Status if state in TRANSITIONS[after].sources]


def _is_chosen(action: Action, target: FollowUp | Action, transition: Transition) -> bool:
    if isinstance(target, Action):
        return action.pk == target.pk
    return action.state in transition.sources


def _move(obj: FollowUp | Action, transition: Transition, follow_up: FollowUp, made: dict, action=None) -> StatusChange:
    before = obj.state
    advance(obj, transition)
    return StatusChange.objects.create(
        follow_up=follow_up, action=action, before=before, after=transition.target, **made
    )


def _follow(follow_up: FollowUp, state: str, made: dict) -> list[StatusChange]:
    """The follow-up takes the state that follows from its actions, whatever it was."""
    if follow_up.state == state:
        return []
    derived = Transition("follow", frozenset({follow_up.state}), state, "")
    return [_move(follow_up, derived, follow_up, made)]
