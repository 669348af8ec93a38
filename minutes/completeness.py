"""What the minutes still lack before they can be final without a reason (P1)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boards.models import Seat
from meetings.models import AgendaRow
from minutes.models import Block, Minutes, MinutesItem, Remark, Vote
from minutes.voters import HERE

PUT_OFF = frozenset({AgendaRow.Outcome.POSTPONED, AgendaRow.Outcome.WITHDRAWN, AgendaRow.Outcome.RETURNED})


def missing(minutes: Minutes) -> list[tuple[str, str]]:
    """Every open point as a sentence and its place: `time`, `attendance`, `remarks`, `case-<row>` or `item-<item>`."""
    return [*_time_and_place(minutes), *_attendance(minutes), *_cases(minutes), *_remarks(minutes)]


def _time_and_place(minutes: Minutes) -> Iterator[tuple[str, str]]:
    meeting = minutes.meeting
    if not meeting.head and not any(day.start for day in meeting.days.all()):
        yield _("The meeting has no time."), "time"
    if not meeting.head and not meeting.place and not meeting.url:
        yield _("The meeting has no place."), "time"


def _attendance(minutes: Minutes) -> Iterator[tuple[str, str]]:
    meeting = minutes.meeting
    rows = list(meeting.attendance.all())
    if not any(row.status in HERE for row in rows):
        yield _("Nobody is registered as present."), "attendance"
        return
    if meeting.is_as_written:
        return
    known = {row.person_id for row in rows if row.person_id}
    seats = Seat.objects.active_on(meeting.first_day).filter(board=meeting.board, role__in=Seat.VOTING)
    for seat in seats.filter(person__isnull=False).exclude(person__in=known):
        yield _("%(name)s is neither present nor absent.") % {"name": seat.name or seat.person}, "attendance"


def _cases(minutes: Minutes) -> Iterator[tuple[str, str]]:
    items: dict[int, MinutesItem] = {}
    related = ("blocks__decision", "blocks__vote__ballots", "blocks__vote__alternatives")
    for item in minutes.items.filter(row__isnull=False).prefetch_related(*related):
        items.setdefault(item.row_id, item)
    for row in minutes.meeting.agenda_rows.filter(kind=AgendaRow.Kind.CASE):
        yield from _case(row, items.get(row.pk))


def _case(row: AgendaRow, item: MinutesItem | None) -> Iterator[tuple[str, str]]:
    values = {"case": row.label or row.title}
    place = f"item-{item.pk}" if item else f"case-{row.pk}"
    blocks = list(item.blocks.all()) if item else []
    if (row.is_closed and not row.closed_basis) or _lacks_basis(row):
        yield _("Case %(case)s is closed without a legal basis.") % values, place
    if row.outcome not in PUT_OFF:
        if not blocks:
            yield _("Case %(case)s is neither treated, postponed nor withdrawn.") % values, place
        elif not any(block.type == Block.Type.DECISION for block in blocks):
            yield _("Case %(case)s has neither a decision nor the mark that there was none.") % values, place
    for block in blocks:
        if _lacks_basis(block):
            yield _("A text of case %(case)s is exempt without a legal basis.") % values, f"block-{block.pk}"
        vote = getattr(block, "vote", None)
        if vote and not has_result(vote):
            yield _("The vote of case %(case)s has no result.") % values, f"block-{block.pk}"


def _lacks_basis(thing) -> bool:
    return thing.access_level == thing.Level.EXEMPT and not thing.access_basis


def has_result(vote: Vote) -> bool:
    """Whether the vote says how it ended."""
    if vote.kind == Vote.Kind.UNANIMOUS or vote.printed:
        return True
    if vote.kind == Vote.Kind.ALTERNATIVES:
        return any(one.votes is not None for one in vote.alternatives.all()) or bool(vote.ballots.all())
    counted = (vote.votes_for, vote.votes_against, vote.votes_blank)
    return any(number is not None for number in counted) or bool(vote.ballots.all())


def _remarks(minutes: Minutes) -> Iterator[tuple[str, str]]:
    waiting = Remark.objects.filter(round__minutes=minutes, status__in=["", Remark.Status.RECEIVED]).filter(
        received_at__isnull=False
    )
    if number := waiting.count():
        sentence = ngettext("%(number)s remark is not settled.", "%(number)s remarks are not settled.", number)
        yield sentence % {"number": number}, "remarks"
