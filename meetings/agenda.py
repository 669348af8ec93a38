"""Acts on the rows of an agenda: add, change, move, split, remove (R18, R19, R24-R30).

Every act holds the agenda, keeps the order 1..n, gives provisional numbers and clock times at once, and stands in the trail.
"""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext

from audit import trail
from boardroom.lib.workflow import TransitionRefused
from cases.models import Case
from meetings import annual_plan, timing
from meetings.models import AgendaRow, Meeting
from meetings.presenting import Named, presenters_of, set_presenters
from meetings.settling import hold, place_of_new, refuse_if_closed, settle, write_order

__all__ = [
    "Conflict",
    "Named",
    "add_row",
    "change_row",
    "move_by",
    "move_row",
    "presenters_of",
    "refuse_if_closed",
    "remove_row",
    "set_presenters",
    "settle",
    "split_row",
    "write_order",
]
ROWS_MAX = 500
# A case is shielded as its row is.
SHIELD = ("access_level", "access_basis", "public_title")
DOORS = ("is_closed", "closed_basis")
CASE_FIELDS = frozenset({"title", "type", *SHIELD})
NUMBER_FIELDS = frozenset({"kind", "series"})
TIME_FIELDS = frozenset({"minutes", "start", "end", "is_start_fixed"})
# What an edit may change; everything else has an act of its own.
TEXT_FIELDS = frozenset(
    [
        "title",
        "type",
        "minutes",
        "start",
        "end",
        "is_start_fixed",
        "description",
        "proposed_decision",
        "questions",
        "questions_label",
        "archive_reference",
        "access_level",
        "access_basis",
        "public_title",
        "is_closed",
        "closed_basis",
        "purpose",
        "approves_minutes_of",
        "internal_note",
        "series",
        "kind",
    ]
)


class Conflict(Exception):
    """Someone else saved the row meanwhile; `row` is what is stored now."""

    def __init__(self, row: AgendaRow):
        self.row = row
        super().__init__(str(row))


@transaction.atomic
def add_row(
    meeting: Meeting,
    *,
    by,
    title: str = "",
    kind: str = AgendaRow.Kind.CASE,
    after: AgendaRow | None = None,
    case: Case | None = None,
    presenters: Sequence[Named] = (),
    **fields,
) -> AgendaRow:
    """A new row stands after `after`, else last (before other business while the call is not sent).

    A case row gets its own Case unless `case` is given. Raises TransitionRefused for a closed meeting or at 500 rows.
    """
    hold(meeting)
    rows = timing.ordered_rows(meeting)
    if len(rows) >= ROWS_MAX:
        raise TransitionRefused([gettext("An agenda can have at most %(count)s rows.") % {"count": ROWS_MAX}])
    if kind == AgendaRow.Kind.CASE and case is None:
        shield = {name: fields[name] for name in SHIELD if name in fields}
        case = Case.objects.create(board=meeting.board, title=title, type=fields.get("type", ""), **shield)
    row = AgendaRow.objects.create(meeting=meeting, order=len(rows) + 1, kind=kind, title=title, case=case, **fields)
    if presenters:
        set_presenters(row, presenters)
    rows.insert(place_of_new(rows, after, meeting, kind), row)
    write_order(rows)
    settle(meeting, rows, new=row)
    trail.record("meetings.add_row", row, by=by, board=meeting.board, meeting=meeting.slug, title=title, kind=kind)
    row.refresh_from_db()
    return row


@transaction.atomic
def change_row(row: AgendaRow, *, by, version: int, presenters: Sequence[Named] | None = None, **fields) -> AgendaRow:
    """The row has the new values, one version on; where nothing differs it stays as it is.

    Raises Conflict when its version is no longer `version`, TransitionRefused for a closed meeting.
    """
    if unknown := fields.keys() - TEXT_FIELDS:
        raise ValueError(f"An edit does not change {', '.join(sorted(unknown))}.")
    hold(row.meeting)
    changed = _differing(row, fields)
    other = presenters is not None and list(presenters) != presenters_of(row)
    if not changed and not other:
        return row
    if other:
        changed["presenters_printed"] = ""
    if not AgendaRow.objects.filter(pk=row.pk, version=version).update(**changed, version=F("version") + 1):
        raise _overtaken(row)
    for name, value in changed.items():
        setattr(row, name, value)
    row.version = version + 1
    told = sorted(changed)
    if other:
        set_presenters(row, presenters)
        row._prefetched_objects_cache = {}
        told = [*(name for name in told if name != "presenters_printed"), "presenters"]
    _follow(row, changed.keys())
    trail.record("meetings.change_row", row, by=by, board=row.meeting.board, changed=told)
    return row


@transaction.atomic
def move_row(row: AgendaRow, *, by, before: AgendaRow | None = None, after: AgendaRow | None = None) -> None:
    """The row stands before or after the other row; provisional numbers and times follow (R24, R29)."""
    hold(row.meeting)
    rows = _rows_with(row)
    own = rows.pop(rows.index(row))
    other = before or after
    if other not in rows:
        raise TransitionRefused([gettext("The row was removed by someone else meanwhile.")])
    rows.insert(rows.index(other) + (before is None), own)
    _moved(row, own, rows, by)


@transaction.atomic
def move_by(row: AgendaRow, steps: int, *, by) -> None:
    """The row stands so many places further down (negative: up), at most at the end."""
    hold(row.meeting)
    rows = _rows_with(row)
    place = max(0, min(len(rows) - 1, rows.index(row) + steps))
    own = rows.pop(rows.index(row))
    rows.insert(place, own)
    _moved(row, own, rows, by)


@transaction.atomic
def remove_row(row: AgendaRow, *, by, back_to_queue: bool = False) -> None:
    """The row is gone; a queued case is in the queue again, a planned topic in the annual plan.

    Raises TransitionRefused for a case whose number was sent.
    `back_to_queue`: the case waits again even where nothing but its title is known of it.
    """
    meeting = row.meeting
    hold(meeting)
    if row.kind == AgendaRow.Kind.CASE and (meeting.call_is_sent or meeting.is_as_written) and row.label:
        raise TransitionRefused([gettext("The number was sent with the call. Withdraw or postpone the case instead.")])
    if used := _used_elsewhere(row):
        raise TransitionRefused(used)
    told = {"title": row.title, "label": row.label, "meeting": meeting.slug}
    trail.record("meetings.remove_row", row, by=by, board=meeting.board, **told)
    case = row.case
    _let_go_of_papers(row)
    row.delete()
    is_planned_again = case is not None and annual_plan.give_back(case)
    if (
        case
        and not is_planned_again
        and not case.treatments.exists()
        and (back_to_queue or case.description or case.submitted_by)
    ):
        Case.objects.filter(pk=case.pk).update(is_waiting=True)
    rows = timing.ordered_rows(meeting)
    write_order(rows)
    settle(meeting, rows)


@transaction.atomic
def split_row(row: AgendaRow, *, by) -> AgendaRow:
    """Another part of the case, with the same number, stands after it (R18)."""
    case = row.case or case_for(row)
    taken = [part or 1 for part in case.treatments.filter(meeting=row.meeting).values_list("part", flat=True)]
    number = {"item": row.item, "number_meeting": row.number_meeting, "number_year": row.number_year}
    return add_row(
        row.meeting,
        by=by,
        title=row.title,
        case=case,
        after=row,
        type=row.type,
        part=max(taken) + 1,
        series=row.series,
        **{name: getattr(row, name) for name in (*SHIELD, *DOORS)},
        **number,
    )


def _differing(row: AgendaRow, fields: dict) -> dict:
    """What the edit changes. A start that was computed, and is not fixed now, is no change to an empty one."""
    changed = {name: value for name, value in fields.items() if getattr(row, name) != value}
    computed = not row.is_start_fixed and not row.meeting.is_as_written
    if computed and changed.get("start", row) is None:
        del changed["start"]
    return changed


def _overtaken(row: AgendaRow) -> Exception:
    """Why the row no longer is what was read: changed, or removed, by someone else."""
    stored = AgendaRow.objects.select_related("meeting__board").filter(pk=row.pk).first()
    return (
        Conflict(stored) if stored else TransitionRefused([gettext("The row was removed by someone else meanwhile.")])
    )


def _rows_with(row: AgendaRow) -> list[AgendaRow]:
    """The meeting's rows in order, with this one among them. Raises TransitionRefused where someone removed it."""
    rows = timing.ordered_rows(row.meeting)
    if row not in rows:
        raise TransitionRefused([gettext("The row was removed by someone else meanwhile.")])
    return rows


def _moved(row: AgendaRow, own: AgendaRow, rows: list[AgendaRow], by) -> None:
    """`own` is the row among `rows`, read after the agenda was held; `row` is as it afterwards."""
    write_order(rows)
    settle(row.meeting, rows)
    for field in AgendaRow._meta.concrete_fields:
        setattr(row, field.attname, getattr(own, field.attname))
    trail.record("meetings.move_row", row, by=by, board=row.meeting.board, meeting=row.meeting.slug, order=row.order)


def _follow(row: AgendaRow, changed) -> None:
    """What hangs on the changed fields follows: the matter, the numbers, the clock times."""
    if row.case and not CASE_FIELDS.isdisjoint(changed):
        _pass_on(row)
    if not NUMBER_FIELDS.isdisjoint(changed):
        settle(row.meeting)
    elif not TIME_FIELDS.isdisjoint(changed):
        timing.retime(row.meeting)
    if not (NUMBER_FIELDS | TIME_FIELDS).isdisjoint(changed):
        row.refresh_from_db()


def _pass_on(row: AgendaRow) -> None:
    """The matter is called what its only treatment is called, and is shielded where any of them is (P10)."""
    shield = {name: getattr(row, name) for name in SHIELD}
    others = row.case.treatments.exclude(pk=row.pk)
    if not others.exclude(meeting=row.meeting).exists():
        Case.objects.filter(pk=row.case_id).update(title=row.title, type=row.type)
    if row.is_shielded or not any(other.is_shielded for other in others):
        Case.objects.filter(pk=row.case_id).update(**shield)


def case_for(row: AgendaRow) -> Case:
    """The matter of a row that has none yet, made now."""
    shield = {name: getattr(row, name) for name in SHIELD}
    row.case = Case.objects.create(board=row.meeting.board, title=row.title, type=row.type, **shield)
    AgendaRow.objects.filter(pk=row.pk).update(case=row.case)
    return row.case


def _let_go_of_papers(row: AgendaRow) -> None:
    """The papers belong to the whole meeting from now on; those of a shielded or closed case stay shielded (P10)."""
    if row.is_shielded or row.is_closed:
        shield = {"access_level": row.access_level, "access_basis": row.access_basis}
        if not row.is_shielded:
            shield = {"access_level": AgendaRow.Level.EXEMPT, "access_basis": row.closed_basis}
        open_ones = [paper.pk for paper in row.papers.all() if not paper.is_shielded]
        row.papers.filter(pk__in=open_ones).update(**shield)
    row.papers.update(row=None)


def _used_elsewhere(row: AgendaRow) -> list[str]:
    """Why the row cannot be deleted: something of the record hangs on it."""
    for relation in AgendaRow._meta.related_objects:
        if (
            relation.on_delete.__name__ == "PROTECT"
            and relation.related_model.objects.filter(**{relation.field.name: row}).exists()
        ):
            return [gettext("The minutes or follow-ups speak of this row. Withdraw it instead.")]
    return []
