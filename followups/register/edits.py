"""What a secretary changes in the register: titles, sources, actions and due times; new rows; one split in two; a case made from one."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import zip_longest

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import trail
from boardroom.lib.workflow import TransitionRefused
from boards.models import Board
from cases.models import Case
from followups import dues, sources
from followups.models import Action, FollowUp, OwnerReport, StatusChange
from followups.promises import Names
from followups.rules import shield_of
from followups.status import derive, follow_actions, hold
from meetings.models import Meeting


@dataclass(frozen=True)
class ActionValues:
    """An action as typed; `pk` names the one it changes."""

    text: str
    responsible: list[str] = field(default_factory=list)
    due_text: str = ""
    note: str = ""
    pk: int | None = None


def add_follow_up(
    board: Board, title: str, source_label: str, actions: Iterable[ActionValues], *, by, at: datetime
) -> FollowUp:
    """The register has a follow-up from before the system, or made outside a meeting; it is carried like the others."""
    with transaction.atomic():
        follow_up = FollowUp(board=board, title=title, is_from_before=True)
        _take_source(follow_up, source_label)
        follow_up.save()
        _write_actions(follow_up, actions, by, at)
        StatusChange.objects.create(
            follow_up=follow_up, before="", after=follow_up.state, changed_on=at.date(), changed_by=by
        )
        trail.record("followups.add", follow_up, by=by, board=board, at=at, source=source_label)
    return follow_up


def edit_follow_up(
    follow_up: FollowUp,
    title: str,
    source_label: str,
    actions: Iterable[ActionValues],
    *,
    by,
    at: datetime,
    reason: str = "",
) -> FollowUp:
    """The follow-up and its actions are as typed; a changed due time is counted as moved, for `reason`.

    Issued papers stay as they are. What was changed is in the trail, with the words before and after.
    """
    with transaction.atomic():
        before = _told(follow_up)
        follow_up.title = title
        if source_label != follow_up.source_label:
            _take_source(follow_up, source_label)
        follow_up.save(update_fields=["title", "source_label", "source_normal", "source_row", "source_meeting"])
        _write_actions(follow_up, actions, by, at, reason)
        changed = [[was, now] for was, now in zip_longest(before, _told(follow_up), fillvalue="") if was != now]
        trail.record("followups.edit", follow_up, by=by, board=follow_up.board, at=at, title=title, changed=changed)
    return follow_up


def split(follow_up: FollowUp, actions: Iterable[Action], *, reason: str, by, at: datetime) -> FollowUp:
    """The actions go on as a follow-up of their own, with the same source and access; the others stay.

    What was said and reported before stays with the first, but for reports on a moved action that wait for an answer.
    Both have an entry in their history. Raises TransitionRefused when either would be left without an action.
    """
    with transaction.atomic():
        hold(follow_up)
        held = FollowUp.objects.get(pk=follow_up.pk)
        moved = list(held.actions.filter(pk__in=[action.pk for action in actions]))
        if not moved or len(moved) == held.actions.count():
            raise TransitionRefused([_("Choose at least one action to move, and leave at least one.")])
        if not reason.strip():
            raise TransitionRefused([_("Write why it is split.")])
        part = _part_of(held, moved)
        for order, action in enumerate(moved):
            Action.objects.filter(pk=action.pk).update(follow_up=part, order=order)
        OwnerReport.objects.filter(follow_up=held, action__in=moved, fate=OwnerReport.Fate.WAITING).update(
            follow_up=part
        )
        made = {"text": reason.strip(), "changed_on": timezone.localdate(at), "changed_by": by}
        StatusChange.objects.create(follow_up=part, before="", after=part.state, **made)
        taken = follow_actions(held, **made)
        told = {"reason": reason.strip(), "actions": [action.pk for action in moved]}
        lines = [
            trail.Line("followups.split", held, told | taken | {"to": part.pk}),
            trail.Line("followups.add", part, told | {"from": held.pk}),
        ]
        trail.record_many(lines, by=by, board=held.board, at=at)
        follow_up.refresh_from_db()
    return part


def _part_of(held: FollowUp, moved: list[Action]) -> FollowUp:
    """A follow-up like the one held, last in its block: it shares the block's access, and those minutes print it once only."""
    last = FollowUp.objects.filter(source_block=held.source_block).aggregate(last=Max("source_order"))["last"]
    names = ("board", "title", "source_label", "source_normal", "source_row", "source_meeting", "source_block")
    shared = {name: getattr(held, name) for name in (*names, "is_from_before")}
    order = (last or 0) + 1 if held.source_block_id else None
    state = derive([action.state for action in moved])
    said = None if held.as_issued is None else []
    return FollowUp.objects.create(**shared, source_order=order, split_from=held, state=state, as_issued=said)


def create_case(follow_up: FollowUp, *, by, at: datetime) -> Case:
    """A case waits for a meeting, with the follow-up as its source (R86). Raises TransitionRefused when one was made."""
    with transaction.atomic():
        texts = [action.text for action in follow_up.actions.all()]
        source = " ".join(filter(None, [follow_up.source_label, follow_up.title]))
        case = Case.objects.create(
            board=follow_up.board,
            title=follow_up.title,
            description="\n".join([_("From follow-up %(source)s") % {"source": source}, *texts]),
            is_waiting=True,
            **shield_of(follow_up),
        )
        if not FollowUp.objects.filter(pk=follow_up.pk, raised_case__isnull=True).update(raised_case=case):
            transaction.set_rollback(True)
            raise TransitionRefused([_("A case was made from this follow-up already.")])
        trail.record("followups.create_case", follow_up, by=by, board=follow_up.board, at=at, case=case.pk)
    return case


def _take_source(follow_up: FollowUp, label: str) -> None:
    found = sources.find_source(label, follow_up.board)
    follow_up.source_label, follow_up.source_normal, follow_up.source_row = label, found.normal, found.row
    if found.row:
        follow_up.source_meeting = found.row.meeting


def _told(follow_up: FollowUp) -> list[str]:
    """Title, source and every action in words, to see what was changed."""
    actions = [
        " · ".join(filter(None, [action.text, ", ".join(action.responsible), action.note]))
        for action in follow_up.actions.all()
    ]
    return [follow_up.title, follow_up.source_label, *actions]


def _write_actions(follow_up: FollowUp, values: Iterable[ActionValues], by, at: datetime, reason: str = "") -> None:
    """Due times of what is new are read from the source; those of what is known are moved, from the day it is done."""
    known = {action.pk: action for action in follow_up.actions.select_related("follow_up__board")}
    meetings = list(Meeting.objects.filter(board=follow_up.board))
    names = Names(follow_up.board)
    after = follow_up.source_meeting.first_day if follow_up.source_meeting else None
    for order, value in enumerate(values):
        action = known.get(value.pk) or Action(follow_up=follow_up)
        action.order, action.text, action.note = order, value.text, value.note
        action.responsible = value.responsible
        if action.pk is None:
            sources.set_due(action, value.due_text, after, meetings)
        action.save()
        if action.due_text != value.due_text:
            dues.move_due(
                action, value.due_text, on=timezone.localdate(at), at=at, by=by, reason=reason, meetings=meetings
            )
        names.link(action)
