"""Approval of final minutes, in all five ways; the approved version itself is issued by publishing (R73, R97, P38)."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db import transaction
from django.db.models import BigAutoField
from django.utils.translation import gettext as _

from audit.trail import record
from boardroom.lib.prepared import prepared
from boardroom.lib.workflow import TransitionRefused, advance
from boards.models import Board
from meetings.models import AgendaRow
from minutes.models import Decision, Minutes, Remark
from minutes.workflow import APPROVE

How = Board.Approval


def approve(
    minutes: Minutes,
    how: str,
    on: date,
    *,
    by,
    in_row: AgendaRow | None = None,
    by_names: Iterable[str] = (),
    printed: str = "",
    is_derived: bool = False,
) -> None:
    """The final minutes are approved in this way, with the facts that print on the approved version.

    Raises TransitionRefused where the way lacks what it needs: the case of the later meeting, two names, the chair's
    name, or a deadline that has passed with every remark settled.
    """
    names = [name for name in by_names if name.strip()]
    if reasons := list(obstacles(minutes, how, on, in_row, names)):
        raise TransitionRefused(reasons)
    with transaction.atomic():
        advance(
            minutes,
            APPROVE,
            approval_how=how,
            approved_on=on,
            approved_in=in_row,
            approved_in_label=in_row.label if in_row else "",
            approved_by=names,
            approval_printed=printed,
            is_derived_approval=is_derived,
        )
        board = minutes.meeting.board
        record(
            "minutes.approve", minutes, by=by, board=board, how=how, on=on, names=names, case=minutes.approved_in_label
        )


def obstacles(minutes: Minutes, how: str, on: date, in_row: AgendaRow | None, names: list[str]) -> Iterator[str]:
    """Why the minutes cannot be approved in this way on the day."""
    if how not in How.values:
        yield _("Choose how the minutes are approved.")
    if minutes.final_on and on < minutes.final_on:
        yield _("The minutes cannot be approved before the day they became final.")
    if minutes.correction_reason:
        yield _("The minutes are being corrected. Issue the correction first.")
    if how == How.NEXT_MEETING:
        yield from _in_later_meeting(minutes, in_row)
    elif how == How.NAMED and len({name.casefold() for name in names}) < 2:
        yield _("Name the two or more persons who approved the minutes.")
    elif how == How.CHAIR and len(names) != 1:
        yield _("Name the chair who approved the minutes.")
    elif how == How.DEEMED:
        yield from _after_deadline(minutes, on)


def _in_later_meeting(minutes: Minutes, in_row: AgendaRow | None) -> Iterator[str]:
    if in_row is None:
        yield _("Choose the case of the later meeting in which the minutes were approved.")
    elif in_row.meeting.board_id != minutes.meeting.board_id or in_row.meeting_id == minutes.meeting_id:
        yield _("Minutes are approved in a case of another meeting of the same board.")


def _after_deadline(minutes: Minutes, on: date) -> Iterator[str]:
    last = minutes.review_rounds.order_by("-number").first()
    if last is None or last.deadline is None:
        yield _("The minutes were never sent for remarks with a deadline.")
    elif on <= last.deadline:
        yield _("The deadline for remarks has not passed yet.")
    unsettled = Remark.objects.filter(round__minutes=minutes, status=Remark.Status.RECEIVED)
    if unsettled.exists():
        yield _("There are remarks that are not settled.")


def approvals_in(minutes: Minutes) -> list[tuple[Minutes, AgendaRow | None]]:
    """The minutes that decisions of these minutes approve and that are final now, each with its case (R73).

    A decision is joined to the minutes of the board's meeting on `approves_minutes_of`; a date without such a meeting
    stays as written and is among `unresolved_approvals`.
    """
    found: dict[int, tuple[Minutes, AgendaRow | None]] = {}
    for decision in _approving(minutes):
        earlier = _minutes_on(minutes, decision.approves_minutes_of)
        if not earlier:
            continue
        if decision.approves_minutes_id != earlier.pk:
            Decision.objects.filter(pk=decision.pk).update(approves_minutes=earlier)
        if earlier.state == Minutes.State.FINAL:
            found.setdefault(earlier.pk, (earlier, decision.block.item.row))
    return list(found.values())


def unresolved_approvals(minutes: Minutes) -> list[date]:
    """Dates of minutes approved here that no meeting of the board was held on (P43)."""
    days = _approved_days(minutes=minutes.pk)
    return [day for day in days if not _minutes_on(minutes, day)]


@prepared(minutes=BigAutoField())
def _approved_days(minutes):
    return _approving(minutes).select_related(None).values_list("approves_minutes_of", flat=True)


def _approving(minutes: Minutes):
    decisions = Decision.objects.filter(
        block__item__minutes=minutes, approves_minutes_of__isnull=False, kind=Decision.Kind.APPROVED
    )
    return decisions.select_related("block__item__row").order_by("block__item__order", "block__order")


def _minutes_on(minutes: Minutes, day: date) -> Minutes | None:
    others = Minutes.objects.filter(meeting__board=minutes.meeting.board_id, meeting__days__date=day)
    return others.exclude(pk=minutes.pk).select_related("meeting__board").order_by("-meeting__pk").first()
