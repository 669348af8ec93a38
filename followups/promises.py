"""Follow-ups as they are written in the minutes, and their registration when the minutes are final (R75, R78, R85).

Every action of a block is a follow-up with one action. It is stored when it is typed, and is the board's when the
minutes are final: until then it is rewritten freely, afterwards it keeps its identity for life. What a correction
changes is kept beside the register until it is issued (followups.rollback).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit import trail
from boardroom.lib.workflow import TransitionRefused
from boards.models import Board, Organisation, Person, Seat
from followups import sources
from followups.models import ISSUED, Action, FollowUp, Responsible, Status, StatusChange
from meetings.models import Meeting
from minutes import editing
from minutes.models import Block, Minutes, MinutesItem


@dataclass(frozen=True)
class Promise:
    """One action as typed. `follow_up` is the id of the one it changes, None for a new one."""

    text: str
    responsible: list[str] = field(default_factory=list)
    due_text: str = ""
    status: str = Status.OPEN
    note: str = ""
    follow_up: int | None = None


def save_promises(block: Block, promises: Iterable[Promise], *, by, at: datetime) -> list[FollowUp]:
    """The block has these follow-ups in this order, linked to their case, to the register and to the meeting they are due in.

    Of registered ones only the words of the open correction change. Raises TransitionRefused when the minutes may not
    be changed, or when one that a later meeting has on its agenda would disappear.
    """
    promises = list(promises)
    minutes = block.item.minutes
    meeting = minutes.meeting
    with transaction.atomic():
        editing.hold(minutes)
        known = {follow_up.pk: follow_up for follow_up in block.follow_ups.all()}
        promises = [_recognised(promise, known.values()) for promise in promises]
        kept = {promise.follow_up for promise in promises} & known.keys()
        _take_out([one for pk, one in known.items() if pk not in kept])
        block.follow_ups.update(source_order=None)
        meetings = list(Meeting.objects.filter(board=meeting.board))
        names = Names(meeting.board)
        saved = []
        for order, promise in enumerate(promises):
            saved.append(_write(known.get(promise.follow_up), promise, order, block, meetings, names))
        trail.record(
            "followups.write",
            block,
            by=by,
            board=meeting.board,
            at=at,
            case=block.item.label,
            actions=[promise.text for promise in promises],
        )
    return saved


def save_block(
    block: Block, promises: Iterable[Promise], *, label: str | None, list_style: str | None, version: int, by, at
) -> list[FollowUp]:
    """As `save_promises`, with the heading and list style of a block of follow-ups, and the block one version on.

    Raises EditConflict when the block is no longer at `version`; TransitionRefused.
    """
    with transaction.atomic():
        if block.type == Block.Type.FOLLOW_UP:
            editing.save_block(block, {"label": label or ""}, version=version, by=by, at=at)
            if block.list != (list_style or ""):
                Block.objects.filter(pk=block.pk).update(list=list_style or "")
                block.list = list_style or ""
        elif not Block.objects.filter(pk=block.pk, version=version).update(version=version + 1):
            raise editing.EditConflict(block, block.html, block.html, block.html)
        else:
            block.version = version + 1
        saved = save_promises(block, promises, by=by, at=at)
    return saved


def _recognised(promise: Promise, known: Iterable[FollowUp]) -> Promise:
    """One that a correction took out and that is written again is the same one."""
    if promise.follow_up is not None:
        return promise
    gone = (one for one in known if one.is_taken_out)
    return next((replace(promise, follow_up=one.pk) for one in gone if _text_of(one) == promise.text), promise)


def _text_of(follow_up: FollowUp) -> str:
    return next((action.text for action in follow_up.actions.all()), "")


def _take_out(gone: list[FollowUp]) -> None:
    """Out of the block: a registered one leaves the register when the correction is issued, another one is gone now."""
    issued = [one for one in gone if one.as_issued is not None]
    for follow_up in issued:
        _correct(follow_up, [])
    typed = [one for one in gone if one.as_issued is None]
    if any(follow_up.reports.exists() for follow_up in typed):
        reason = _("A follow-up of issued minutes cannot disappear. Drop it in the register, with a reason.")
        raise TransitionRefused([reason])
    FollowUp.objects.filter(pk__in=[follow_up.pk for follow_up in typed]).delete()


def _correct(follow_up: FollowUp, words: list[dict]) -> None:
    """The open correction has these words; none of its own where they are those that were issued."""
    follow_up.as_corrected = words if words != follow_up.as_issued else None
    FollowUp.objects.filter(pk=follow_up.pk).update(as_corrected=follow_up.as_corrected)


def _write(
    follow_up: FollowUp | None, promise: Promise, order: int, block: Block, meetings: list[Meeting], names: "Names"
) -> FollowUp:
    """The follow-up as typed, its status with it; of a registered one, what the correction says."""
    if follow_up and follow_up.as_issued is not None:
        FollowUp.objects.filter(pk=follow_up.pk).update(source_order=order)
        follow_up.source_order = order
        _correct(follow_up, _words(follow_up, promise, block.item.minutes.meeting, meetings))
        return follow_up
    follow_up = follow_up or FollowUp(board=block.item.minutes.meeting.board, source_block=block, state=promise.status)
    _take_source(follow_up, block.item)
    follow_up.source_order = order
    follow_up.save()
    action = follow_up.actions.first() or Action(follow_up=follow_up, state=promise.status)
    if action.pk is None or action.due_text != promise.due_text:
        sources.set_due(action, promise.due_text, block.item.minutes.meeting.first_day, meetings)
    action.text, action.responsible, action.note = promise.text, promise.responsible, promise.note
    action.is_state_written = action.is_state_written or promise.status != Status.OPEN
    action.save()
    FollowUp.objects.filter(pk=follow_up.pk).update(state=promise.status)
    Action.objects.filter(pk=action.pk).update(state=promise.status)
    follow_up.refresh_from_db(fields=["state"])
    names.link(action)
    return follow_up


def _words(follow_up: FollowUp, promise: Promise, meeting: Meeting, meetings: list[Meeting]) -> list[dict]:
    """The promise as the correction says it; further actions of an old record stay as they were issued."""
    issued = follow_up.as_issued or [action.as_words() for action in follow_up.actions.all()]
    said = Action.from_words(follow_up, issued[0]) if issued else Action(follow_up=follow_up)
    if said.due_text != promise.due_text:
        sources.set_due(said, promise.due_text, meeting.first_day, meetings)
    said.text, said.responsible, said.note = promise.text, promise.responsible, promise.note
    return [said.as_words(), *issued[1:]]


def _take_source(follow_up: FollowUp, item: MinutesItem) -> None:
    """The case the block stands in is the source; its number is the one the agenda has now."""
    row, meeting = item.row, item.minutes.meeting
    follow_up.source_meeting, follow_up.source_row = meeting, row
    follow_up.source_label = (row.label if row else "") or item.label
    follow_up.source_normal = sources.normal_form(follow_up.source_label, meeting.board, meeting)
    follow_up.title = item.title or (row.title if row else "") or item.section or follow_up.source_label or str(meeting)


def register_from_minutes(minutes: Minutes, *, at: datetime, by) -> list[FollowUp]:
    """Every follow-up written in these final minutes is in the register, once, with the day it was made.

    Covers follow-up blocks and the actions of decisions and texts; what the minutes say of each is kept with it.
    Calling it again registers only what a correction added. Raises TransitionRefused while the minutes are not final.
    """
    if minutes.state not in ISSUED:
        raise TransitionRefused([_("Follow-ups are registered when the minutes are final.")])
    meeting = minutes.meeting
    with transaction.atomic():
        found = FollowUp.objects.filter(source_block__item__minutes=minutes, as_issued__isnull=True)
        related = ("source_block__item__row", "source_block__item__minutes__meeting__board")
        new = list(found.select_related(*related).prefetch_related("actions"))
        for follow_up in new:
            _take_source(follow_up, follow_up.source_block.item)
            follow_up.as_issued = [action.as_words() for action in follow_up.actions.all()]
        FollowUp.objects.bulk_update(
            new,
            ["source_meeting", "source_row", "source_label", "source_normal", "title", "as_issued"],
            batch_size=500,
        )
        registrations = [
            StatusChange(
                follow_up=one, before="", after=one.state, changed_on=meeting.first_day, changed_by=by, meeting=meeting
            )
            for one in new
        ]
        StatusChange.objects.bulk_create(registrations, ignore_conflicts=True)
        lines = [trail.Line("followups.register", one, {"source": one.source_label}) for one in new]
        trail.record_many(lines, by=by, board=meeting.board, at=at)
    return new


class Names:
    """The board's register of names, to link who answers for an action: persons with a seat, and organisations."""

    def __init__(self, board: Board):
        self.persons = {}
        people = Person.objects.filter(pk__in=Seat.objects.filter(board=board, person__isnull=False).values("person"))
        for person in people.prefetch_related("aliases"):
            for name in [person.name, *(alias.name for alias in person.aliases.all())]:
                # Two of one name cannot be told apart: then nobody is linked (R54).
                self.persons[name.casefold()] = None if name.casefold() in self.persons else person
        self.organisations = {}
        for organisation in Organisation.objects.prefetch_related("aliases"):
            for name in [organisation.name, *(alias.name for alias in organisation.aliases.all())]:
                self.organisations[name.casefold()] = organisation

    def link(self, action: Action) -> None:
        """The saved action is linked to those of its `responsible` names that are certain; others stay text."""
        action.owners.all().delete()
        owners = []
        for name in action.responsible:
            if person := self.persons.get(name.casefold()):
                owners.append(Responsible(action=action, person=person))
            elif organisation := self.organisations.get(name.casefold()):
                owners.append(Responsible(action=action, organisation=organisation))
        Responsible.objects.bulk_create(owners)
