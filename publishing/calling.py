"""Sending the call, and a supplementary one (R24, P39)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import trail
from boardroom.lib.workflow import TransitionRefused
from boards.models import Person
from followups.jobs import carry_after_meeting
from mail import post
from meetings import notices, workflow
from meetings.models import Call, CallRecipient, Meeting
from meetings.recipients import recipients_of
from publishing.deliveries import deliveries, may_be_called
from publishing.freezing import freeze
from publishing.models import Document
from publishing.preview import newest, present_state, says_the_same

Kind, Stage = Document.Kind, Document.Stage


def send_call(
    meeting: Meeting, *, by, at: datetime, message: str = "", persons: Iterable[Person] | None = None
) -> Call:
    """The meeting is called: its numbers are fixed, call and agenda are frozen, and a mail waits for each recipient.

    Raises TransitionRefused with the reasons, and then nothing has changed (R24, P39).
    """
    with transaction.atomic():
        workflow.call(meeting, by=by, at=at)
        call = _send(meeting, by, at, message, persons, Stage.ISSUED)
        carry_after_meeting(meeting, at)
    return call


def send_supplementary_call(
    meeting: Meeting, *, by, at: datetime, message: str = "", persons: Iterable[Person] | None = None
) -> Call:
    """A new version of call and agenda is issued because something came after the call (P8, P39).

    Raises TransitionRefused where the meeting is not called, or nothing has changed since the last call.
    """
    with transaction.atomic():
        if reasons := supplementary_obstacles(meeting):
            raise TransitionRefused(reasons)
        return _send(meeting, by, at, message, persons, Stage.SUPPLEMENTARY)


@transaction.atomic
def add_recipient(meeting: Meeting, person: Person, *, by, at: datetime) -> CallRecipient:
    """The person is called too, with the last call and what was told since; called before, it stays as it is.

    Raises TransitionRefused where no call is sent, the meeting is over, or the person is not one to be called.
    """
    call = meeting.calls.order_by("number").last()
    if call is None or meeting.state != Meeting.State.CALLED:
        raise TransitionRefused([_("Only a meeting that was called and is still to come gets more recipients.")])
    if there := CallRecipient.objects.filter(call__meeting=meeting, person=person).last():
        return there
    if person not in may_be_called(meeting, timezone.localdate(at)):
        raise TransitionRefused([_("%(name)s has no seat on the board.") % {"name": person.name}])
    recipient = _write_to(call, person, at, "call")
    trail.record("meetings.add_recipient", call, by=by, board=meeting.board, at=at, person=person.pk)
    return recipient


@transaction.atomic
def send_again(meeting: Meeting, *, by, at: datetime) -> int:
    """The newest letter is on its way again to everybody it did not reach and who may still be written to; how many."""
    undelivered = deliveries(meeting, timezone.localdate(at)).undelivered
    return sum(post.send_again(one.letter, by=by) for one in undelivered)


def supplementary_obstacles(meeting: Meeting) -> list[str]:
    """Why no supplementary call can be sent now; empty when it can."""
    if meeting.state != Meeting.State.CALLED:
        return [_("A supplementary call belongs to a meeting that was called and not yet held.")]
    last = newest(meeting, Kind.CALL)
    if last and says_the_same(last.content, present_state(meeting, Kind.CALL)):
        return [_("Nothing has changed since the last call was sent.")]
    return []


def _send(meeting: Meeting, by, at: datetime, message: str, persons, stage: str) -> Call:
    on = timezone.localdate(at)
    number = (meeting.calls.aggregate(last=Max("number"))["last"] or 0) + 1
    call = Call.objects.create(meeting=meeting, number=number, sent_at=at, sent_by=by, message=message)
    for kind in (Kind.CALL, Kind.AGENDA):
        freeze(meeting, kind, stage, issued_on=on, by=by, at=at)
    notices.note(meeting, by=by, at=at)
    called = list(persons) if persons is not None else recipients_of(meeting, on)
    for person in called:
        _write_to(call, person, at, "call" if stage == Stage.ISSUED else "supplementary-call")
    trail.record(
        "meetings.send_call",
        call,
        by=by,
        board=meeting.board,
        at=at,
        meeting=meeting.slug,
        number=number,
        to=len(called),
    )
    return call


def _write_to(call: Call, person: Person, at: datetime, kind: str) -> CallRecipient:
    """The person is called; a letter is on its way, and says on its row where there is no address."""
    recipient = CallRecipient.objects.create(call=call, person=person)
    recipient.letter = post.send(
        kind, f"call:{recipient.pk}", at=at, person=person, board=call.meeting.board, about=recipient.pk
    )
    recipient.save(update_fields=["letter"])
    return recipient
