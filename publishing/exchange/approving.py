"""Approval that is read from a record: in the minutes' own words, or from a later meeting's decision (R73)."""

from datetime import date

from boards.models import Board
from cases import caseid
from meetings.models import AgendaRow, Meeting
from minutes.models import Decision, Minutes
from publishing.exchange import issuing
from publishing.exchange.work import Work

PUT_OFF = (Decision.Kind.REJECTED, Decision.Kind.RETURNED, Decision.Kind.POSTPONED, Decision.Kind.WITHDRAWN)
ISSUED = (Minutes.State.FINAL, Minutes.State.APPROVED)


def approve(work: Work, board: Board) -> None:
    """Every approval of the board's minutes holds with date and case, and points to the case where it is found.

    A decision of minutes that are not final yet approves nothing; finalising them will.
    """
    _link_written(board)
    decisions = (
        Decision.objects.filter(
            block__item__minutes__meeting__board=board,
            block__item__minutes__state__in=ISSUED,
            approves_minutes_of__isnull=False,
            approves_minutes__isnull=True,
        )
        .exclude(kind__in=PUT_OFF)
        .select_related("block__item__minutes__meeting__board", "block__item__row")
    )
    for decision in decisions.order_by("block__item__minutes__meeting__first_day", "pk"):
        _approve(work, board, decision)


def _approve(work: Work, board: Board, decision: Decision) -> None:
    item = decision.block.item
    meeting = meeting_on(board, decision.approves_minutes_of, before=item.minutes.meeting)
    if meeting is None:
        return
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if minutes is None:
        minutes = Minutes(meeting=meeting, is_derived_approval=True, **_approval(item))
        state_outright(minutes, Minutes.State.APPROVED)
        minutes.save()
        work.batch.made["Minutes"] += 1
    elif minutes.state == Minutes.State.FINAL and not minutes.approval_how:
        for name, value in _approval(item).items():
            setattr(minutes, name, value)
        minutes.is_derived_approval = True
        state_outright(minutes, Minutes.State.APPROVED)
        minutes.save()
        work.changed["Minutes"] += 1
        issuing.note_state(work, minutes)
    decision.approves_minutes = minutes
    decision.save(update_fields=["approves_minutes"])


def _approval(item) -> dict:
    return {
        "approval_how": Board.Approval.NEXT_MEETING,
        "approved_on": item.minutes.meeting.first_day,
        "approved_in_label": item.label,
        "approved_in": item.row,
    }


def state_outright(minutes: Minutes, state: str) -> None:
    """The one place where an import says the state of minutes outright; there is no act behind it."""
    minutes._meta.get_field("state").save_form_data(minutes, state)


def meeting_on(board: Board, day: date, *, before: Meeting | None = None) -> Meeting | None:
    """The board's meeting on that day: its first, or any of its days (R14)."""
    there = Meeting.objects.filter(board=board)
    if before is not None:
        there = there.exclude(pk=before.pk)
    first = there.filter(first_day=day).order_by("pk").first()
    return first or there.filter(days__date=day).order_by("pk").first()


def _link_written(board: Board) -> None:
    """Approvals in the minutes' own words point to the case in the meeting of that day."""
    unlinked = Minutes.objects.filter(meeting__board=board, approved_in__isnull=True, is_derived_approval=False)
    for minutes in unlinked.exclude(approved_in_label="").select_related("meeting"):
        meeting = meeting_on(board, minutes.approved_on, before=minutes.meeting) if minutes.approved_on else None
        rows = AgendaRow.objects.filter(meeting__board=board, kind=AgendaRow.Kind.CASE).select_related("meeting")
        rows = rows.filter(meeting=meeting) if meeting else rows
        row = rows.filter(label=minutes.approved_in_label).order_by("pk").first() or _by_number(
            board, meeting, minutes, rows
        )
        if row is not None:
            minutes.approved_in = row
            minutes.save(update_fields=["approved_in"])


def _by_number(board: Board, meeting: Meeting | None, minutes: Minutes, rows) -> AgendaRow | None:
    context = {"meeting": meeting.sequence, "year": meeting.first_day.year} if meeting else {}
    number = caseid.parse(minutes.approved_in_label, board.scheme, **context)
    if number is None:
        return None
    found = rows.filter(item=number.item, number_meeting=number.meeting, number_year=number.year)
    return found.order_by("pk").first()
