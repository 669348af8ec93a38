"""The acts that issue minutes: for remarks, final, approved, corrected (R89-R98, P1, P38)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from boardroom.lib.workflow import TransitionRefused
from boards.models import Board, Person
from followups import promises, reports, rollback
from followups.jobs import carry_after_minutes
from meetings.models import AgendaRow
from minutes import approval, approving, review, rounds, workflow
from minutes.models import Minutes, ReviewRound
from publishing import approval_log
from publishing.freezing import freeze
from publishing.models import Document
from publishing.preview import newest, present_state, records_the_same, says_the_same

Kind, Stage = Document.Kind, Document.Stage


@dataclass
class Finalised:
    """What came of finalising: the frozen version, earlier minutes approved with it, and approvals that could not be."""

    document: Document
    approved: list[Minutes] = field(default_factory=list)
    not_approved: list[str] = field(default_factory=list)


def send_for_review(
    minutes: Minutes, *, deadline: date, by, at: datetime, note: str = "", persons: Iterable[Person] | None = None,
    after: int | None = None,
) -> ReviewRound:  # fmt: skip
    """The draft is frozen as a version of its own and out for remarks; every recipient gets a letter (R89, R90, R94).

    A round that is open is closed first, and who remarked in it is told what came of it. `after` is the number of the
    last round as the sender saw it (0 for none): nothing is sent where another one was opened since.
    Raises TransitionRefused.
    """
    on = timezone.localdate(at)
    with transaction.atomic():
        last = minutes.review_rounds.order_by("-number").first()
        if after is not None and after != (last.number if last else 0):
            raise TransitionRefused([_("Someone else has sent the draft for remarks in the meantime.")])
        if last and last.is_open:
            last.minutes = minutes
            review.close_round(last, by=by, at=at)
        opened = review.open_round(minutes, sent_on=on, deadline=deadline, by=by, note=note, persons=persons, at=at)
        freeze(minutes.meeting, Kind.MINUTES, Stage.DRAFT, issued_on=on, by=by, at=at, round=opened)
        rounds.send_out(opened, at=at)
        rounds.tell_senders(minutes, at=at)
    return opened


def finalise(minutes: Minutes, *, by, at: datetime, reason: str = "") -> Finalised:
    """The minutes are final and frozen; their follow-ups are in the register and will be carried on.

    Earlier minutes that a decision approves become approved, with a frozen version that prints date and case (R73, R97).
    Raises TransitionRefused, also where the completeness list has open points and no reason is given (P1).
    """
    on = timezone.localdate(at)
    with transaction.atomic():
        workflow.finalise(minutes, on=on, by=by, reason=reason, at=at)
        result = Finalised(freeze(minutes.meeting, Kind.MINUTES, Stage.FINAL, issued_on=on, by=by, at=at))
        _take_effect(minutes, result.document, by, at)
        _approve_earlier(minutes, result, by, at)
        rounds.tell_senders(minutes, at=at)
    return result


def approve(
    minutes: Minutes,
    how: str,
    on: date,
    *,
    by,
    at: datetime,
    shown: str | None = None,
    in_row: AgendaRow | None = None,
    by_names: Iterable[str] = (),
) -> Document:
    """The minutes are approved, and a version that prints the approval is frozen (P38, R97).

    `shown` is the SHA-256 of the version the approver read: approval of another one is refused (A13).
    Raises TransitionRefused.
    """
    with transaction.atomic():
        if shown is not None and shown != shown_version(minutes):
            raise TransitionRefused(
                [_("The minutes were issued in a new version since you opened the page. Read it first.")]
            )
        refuse_changed(minutes)
        return _approved(minutes, how, on, by=by, at=at, in_row=in_row, by_names=by_names)


def shown_version(minutes: Minutes) -> str:
    """The hash of the newest issued version, which an approval is bound to."""
    document = newest(minutes.meeting, Kind.MINUTES)
    return document.content_sha256 if document else ""


def open_correction(minutes: Minutes, reason: str, *, by) -> None:
    """The text can be changed again, for a reason; every issued version stays as it is (R98). Raises TransitionRefused."""
    workflow.open_correction(minutes, reason, by=by)


def issue_correction(minutes: Minutes, *, by, at: datetime) -> Document:
    """The corrected text is a new version with its reason, date and author, and is closed again (R98).

    What the meeting did to the register is what the corrected text does (docs/decisions/0011). Whoever was asked to
    approve the earlier version is no longer asked (A13). Raises TransitionRefused where no correction is open, or
    nothing was changed.
    """
    with transaction.atomic():
        reason = workflow.close_correction(minutes, by=by)
        last = newest(minutes.meeting, Kind.MINUTES)
        is_printed_the_same = last and says_the_same(last.content, present_state(minutes.meeting, Kind.MINUTES))
        if is_printed_the_same and not rollback.is_changed(minutes):
            raise TransitionRefused([_("Nothing has been changed since the last version.")])
        on = timezone.localdate(at)
        document = freeze(minutes.meeting, Kind.MINUTES, Stage.CORRECTION, issued_on=on, by=by, at=at, reason=reason)
        rollback.carry_out(minutes, by=by, on=on, at=at, reason=reason)
        _take_effect(minutes, document, by, at)
        if minutes.state == Minutes.State.FINAL:
            approving.withdraw(minutes, by=by, at=at, why=reason)
    return document


def give_up_correction(minutes: Minutes, *, by) -> None:
    """The correction is closed without a new version. Raises TransitionRefused where the text was changed meanwhile."""
    with transaction.atomic():
        workflow.close_correction(minutes, by=by)
        last = newest(minutes.meeting, Kind.MINUTES)
        is_changed = last and not says_the_same(last.content, present_state(minutes.meeting, Kind.MINUTES))
        if is_changed or rollback.is_changed(minutes):
            raise TransitionRefused(
                [_("The text was changed. Issue the correction, or write the old text back first.")]
            )


def issue_review_summary(minutes: Minutes, *, by, at: datetime) -> Document:
    """The summary of the remarks is frozen, for the case that approves the minutes (R95). Raises TransitionRefused."""
    if not minutes.review_rounds.exists():
        raise TransitionRefused([_("The minutes were never sent for remarks.")])
    with transaction.atomic():
        return freeze(minutes.meeting, Kind.REVIEW, Stage.ISSUED, issued_on=timezone.localdate(at), by=by, at=at)


def refuse_changed(minutes: Minutes) -> None:
    """Return, or raise TransitionRefused where the minutes, attendance or agenda differ from the version that was issued.

    What is approved is what was read: a change goes by a correction (A13, A14).
    """
    last = newest(minutes.meeting, Kind.MINUTES)
    if last is None or last.stage == Stage.DRAFT or last.is_derived:
        return
    if not records_the_same(last.content, present_state(minutes.meeting, Kind.MINUTES)):
        raise TransitionRefused([_("The text was changed. Issue the correction, or write the old text back first.")])


def _take_effect(minutes: Minutes, document: Document, by, at: datetime) -> None:
    """What the issued minutes promise and report counts from now on, and is carried to the next meeting."""
    promises.register_from_minutes(minutes, at=at, by=by)
    reports.freeze_reports(minutes, at=at, by=by, on=minutes.meeting.first_day)
    carry_after_minutes(minutes, document.version)


def _approve_earlier(minutes: Minutes, result: Finalised, by, at: datetime) -> None:
    day = minutes.meeting.first_day
    for earlier, row in approval.approvals_in(minutes):
        try:
            refuse_changed(earlier)
            with transaction.atomic():
                _approved(earlier, Board.Approval.NEXT_MEETING, day, by=by, at=at, in_row=row)
        except TransitionRefused as refusal:
            result.not_approved += [f"{earlier.meeting}: {reason}" for reason in refusal.reasons]
            continue
        result.approved.append(earlier)


def _approved(minutes: Minutes, how: str, on: date, *, by, at: datetime, in_row=None, by_names=()) -> Document:
    """Approved, frozen with the log of it, which the minutes keep as printed; and the members are told."""
    log = approval_log.log_of(minutes, how)
    approval.approve(minutes, how, on, by=by, in_row=in_row, by_names=by_names)
    document = freeze(minutes.meeting, Kind.MINUTES, Stage.APPROVED, issued_on=on, by=by, at=at, log=log)
    minutes.approval_printed = document.content["approval"]["text"]
    minutes.save(update_fields=["approval_printed"])
    approving.tell_approved(minutes, at)
    return document
