"""Cases that are withdrawn, postponed, and taken up again: the row and its number stay, the matter goes on (R24, house.md 3)."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext

from audit import trail
from boardroom.lib.workflow import TransitionRefused
from cases.models import Case
from meetings import timing
from meetings.agenda import DOORS, SHIELD, add_row, case_for
from meetings.models import AgendaRow, Meeting, Paper
from meetings.presenting import presenters_of
from meetings.settling import hold, settle


@transaction.atomic
def withdraw_row(row: AgendaRow, *, by, reason: str) -> None:
    """The case is withdrawn: its row, number and reason stay. Raises TransitionRefused without a reason."""
    _put_off(row, AgendaRow.Outcome.WITHDRAWN, by=by, reason=reason)


@transaction.atomic
def postpone_row(row: AgendaRow, *, by, reason: str, to: Meeting | None = None) -> AgendaRow | None:
    """The case is put off: its row and number stay here, the matter goes to the queue or, with its papers, to `to`.

    The new row in `to`, or None. Raises TransitionRefused without a reason, or where `to` takes nothing more.
    """
    _put_off(row, AgendaRow.Outcome.POSTPONED, by=by, reason=reason)
    if row.case is None:
        Case.objects.filter(pk=case_for(row).pk).update(is_waiting=to is None)
        row.refresh_from_db()
    Case.objects.filter(pk=row.case_id).update(is_waiting=to is None)
    return copy_row(row, to, by=by) if to else None


@transaction.atomic
def restore_row(row: AgendaRow, *, by) -> None:
    """A withdrawn or postponed case is to be treated after all."""
    hold(row.meeting)
    AgendaRow.objects.filter(pk=row.pk).update(outcome="", outcome_reason="", version=F("version") + 1)
    if row.case_id:
        Case.objects.filter(pk=row.case_id).update(is_waiting=False)
    settle(row.meeting)
    trail.record("meetings.restore_row", row, by=by, board=row.meeting.board)


@transaction.atomic
def take_case(meeting: Meeting, case: Case, *, by, after: AgendaRow | None = None) -> AgendaRow:
    """The waiting case stands on the agenda and has left the queue, with what it was when last put off."""
    last = case.treatments.order_by("-meeting__first_day", "-pk").first()
    if last is not None and last.meeting_id != meeting.pk:
        row = copy_row(last, meeting, by=by, after=after)
    else:
        fields = {"title": case.title, "type": case.type, "description": case.description}
        access = {name: getattr(case, name) for name in SHIELD}
        if last is not None:
            access |= {name: getattr(last, name) for name in DOORS}
        row = add_row(meeting, by=by, case=case, after=after, **fields, **access)
    Case.objects.filter(pk=case.pk).update(is_waiting=False)
    return row


def copy_row(row: AgendaRow, meeting: Meeting, *, by, after: AgendaRow | None = None) -> AgendaRow:
    """The same case on another agenda, with its text, presenters and papers; the number is that meeting's own."""
    text = [
        "type",
        "minutes",
        "description",
        "proposed_decision",
        "questions",
        "questions_label",
        "archive_reference",
        "series",
    ]
    shield = ["access_level", "access_basis", "public_title", "is_closed", "closed_basis", "internal_note"]
    fields = {name: getattr(row, name) for name in [*text, *shield]}
    if row.case is not None and row.case.is_shielded and not row.is_shielded:
        fields |= {name: getattr(row.case, name) for name in SHIELD}
    fresh = add_row(
        meeting,
        by=by,
        title=row.title,
        case=row.case or case_for(row),
        after=after,
        presenters=presenters_of(row),
        **fields,
    )
    kept = "case kind number title column_title url file_name sha256 file language in_list access_level access_basis"
    for order, paper in enumerate(row.papers.filter(replaced_by__isnull=True)):
        values = {name: getattr(paper, name) for name in kept.split()}
        Paper.objects.create(meeting=meeting, row=fresh, order=order, public_title=paper.public_title, **values)
    return fresh


def _put_off(row: AgendaRow, outcome: str, *, by, reason: str) -> None:
    hold(row.meeting)
    if row.kind != AgendaRow.Kind.CASE:
        raise TransitionRefused([gettext("Only a case can be withdrawn or postponed.")])
    if not reason.strip():
        raise TransitionRefused([gettext("Write a reason.")])
    AgendaRow.objects.filter(pk=row.pk).update(
        outcome=outcome, outcome_reason=reason.strip()[:500], version=F("version") + 1
    )
    row.refresh_from_db()
    timing.retime(row.meeting)
    act = "withdraw_row" if outcome == AgendaRow.Outcome.WITHDRAWN else "postpone_row"
    trail.record(f"meetings.{act}", row, by=by, board=row.meeting.board, label=row.label, reason=reason.strip())
