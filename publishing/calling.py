"""Sending the call, and a supplementary one (R24, P39)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit import trail
from boardroom.lib.workflow import TransitionRefused
from boards.models import Person
from followups.jobs import carry_after_meeting
from mail import post
from meetings import notices, workflow
from meetings.models import Call, CallRecipient, Meeting
from meetings.recipients import recipients_of
from publishing.freezing import freeze
from publishing.models import Document
from publishing.preview import newest, present_state, says_the_same

Kind, Stage = Document.Kind, Document.Stage


def missing(meeting: Meeting) -> list[str]:
    """What a careful secretary would look at before the call goes out; none of it stops the sending."""
    rows = list(
        meeting.agenda_rows.filter(kind="case").values("label", "title", "type", "presenters_printed", "minutes")
    )
    found = []
    if not meeting.place and not meeting.url:
        found.append(_("The meeting has neither a place nor a web link."))
    if any(not row["title"] for row in rows):
        found.append(_("A case has no title."))
    if untimed := sum(1 for row in rows if row["minutes"] is None):
        found.append(
            ngettext("%(number)s case has no length.", "%(number)s cases have no length.", untimed)
            % {"number": untimed}
        )
    if untyped := sum(1 for row in rows if not row["type"]):
        found.append(
            ngettext("%(number)s case has no case type.", "%(number)s cases have no case type.", untyped)
            % {"number": untyped}
        )
    return found


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
