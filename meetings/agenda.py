"""Acts on the rows of an agenda: add, change, move, split, withdraw, postpone, remove (R18, R19, R24-R30).

Every act keeps the order 1..n, gives provisional numbers and clock times at once, and stands in the trail.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext

from audit import trail
from boardroom.lib.workflow import TransitionRefused
from boards.models import Organisation, Person
from cases.models import Case
from meetings import numbering, timing
from meetings.models import AgendaRow, Meeting, Presenter
from meetings.rules import OPEN

ROWS_MAX = 500
# A case is shielded as its row is.
SHIELD = ("access_level", "access_basis", "public_title")
DOORS = ("is_closed", "closed_basis")
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


@dataclass(frozen=True)
class Named:
    """A presenter as typed: name and organisation, either may be empty (R33)."""

    name: str = ""
    organisation: str = ""


def refuse_if_closed(meeting: Meeting) -> None:
    """Return, or raise TransitionRefused where the meeting takes nothing more (P25)."""
    if meeting.state not in OPEN:
        raise TransitionRefused(
            [gettext("This meeting is closed, cancelled or postponed, so its agenda stays as it is.")]
        )


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
    refuse_if_closed(meeting)
    rows = timing.ordered_rows(meeting)
    if len(rows) >= ROWS_MAX:
        raise TransitionRefused([gettext("An agenda can have at most %(count)s rows.") % {"count": ROWS_MAX}])
    if kind == AgendaRow.Kind.CASE and case is None:
        shield = {name: fields[name] for name in SHIELD if name in fields}
        case = Case.objects.create(board=meeting.board, title=title, type=fields.get("type", ""), **shield)
    row = AgendaRow.objects.create(meeting=meeting, order=len(rows) + 1, kind=kind, title=title, case=case, **fields)
    set_presenters(row, presenters)
    rows.insert(_place(rows, after, meeting, kind), row)
    write_order(rows)
    settle(meeting, new=row)
    trail.record("meetings.add_row", row, by=by, board=meeting.board, meeting=meeting.slug, title=title, kind=kind)
    row.refresh_from_db()
    return row


@transaction.atomic
def change_row(row: AgendaRow, *, by, version: int, presenters: Sequence[Named] | None = None, **fields) -> AgendaRow:
    """The row has the new values, one version on. Raises Conflict when its version is no longer `version`."""
    refuse_if_closed(row.meeting)
    if unknown := fields.keys() - TEXT_FIELDS:
        raise ValueError(f"An edit does not change {', '.join(sorted(unknown))}.")
    changed = {name: value for name, value in fields.items() if getattr(row, name) != value}
    if not AgendaRow.objects.filter(pk=row.pk, version=version).update(**fields, version=F("version") + 1):
        raise Conflict(AgendaRow.objects.select_related("meeting__board").get(pk=row.pk))
    row.refresh_from_db()
    if presenters is not None and list(presenters) != presenters_of(row):
        set_presenters(row, presenters)
        AgendaRow.objects.filter(pk=row.pk).update(presenters_printed="")
        changed["presenters"] = [f"{named.name} {named.organisation}".strip() for named in presenters]
    if row.case:
        _pass_on(row)
    settle(row.meeting)
    row.refresh_from_db()
    trail.record("meetings.change_row", row, by=by, board=row.meeting.board, changed=sorted(changed))
    return row


@transaction.atomic
def move_row(row: AgendaRow, *, by, before: AgendaRow | None = None, after: AgendaRow | None = None) -> None:
    """The row stands before or after the other row; provisional numbers and times follow (R24, R29)."""
    refuse_if_closed(row.meeting)
    rows = timing.ordered_rows(row.meeting)
    rows.remove(row)
    rows.insert(rows.index(before) if before else rows.index(after) + 1, row)
    _moved(row, rows, by)


@transaction.atomic
def move_by(row: AgendaRow, steps: int, *, by) -> None:
    """The row stands so many places further down (negative: up), at most at the end."""
    refuse_if_closed(row.meeting)
    rows = timing.ordered_rows(row.meeting)
    place = max(0, min(len(rows) - 1, rows.index(row) + steps))
    rows.remove(row)
    rows.insert(place, row)
    _moved(row, rows, by)


@transaction.atomic
def remove_row(row: AgendaRow, *, by) -> None:
    """The row is gone; a queued case goes back to the queue. Raises TransitionRefused for a case whose number was sent."""
    meeting = row.meeting
    refuse_if_closed(meeting)
    if row.kind == AgendaRow.Kind.CASE and (meeting.call_is_sent or meeting.is_as_written) and row.label:
        raise TransitionRefused([gettext("The number was sent with the call. Withdraw or postpone the case instead.")])
    if used := _used_elsewhere(row):
        raise TransitionRefused(used)
    told = {"title": row.title, "label": row.label, "meeting": meeting.slug}
    trail.record("meetings.remove_row", row, by=by, board=meeting.board, **told)
    case = row.case
    _let_go_of_papers(row)
    row.delete()
    if case and not case.treatments.exists() and (case.description or case.submitted_by):
        Case.objects.filter(pk=case.pk).update(is_waiting=True)
    write_order(timing.ordered_rows(meeting))
    settle(meeting)


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


def presenters_of(row: AgendaRow) -> list[Named]:
    return [Named(shown.name, shown.organisation_name) for shown in row.presenters.all()]


def set_presenters(row: AgendaRow, named: Sequence[Named]) -> None:
    """The row is presented by these, in this order; a name the register knows exactly is linked to it."""
    row.presenters.all().delete()
    people = {person.name: person for person in Person.objects.filter(name__in=[one.name for one in named if one.name])}
    owners = [one.organisation for one in named if one.organisation]
    known = {owner.name: owner for owner in Organisation.objects.filter(name__in=owners)}
    Presenter.objects.bulk_create(
        Presenter(
            row=row,
            order=order,
            name=one.name,
            person=people.get(one.name),
            organisation_name=one.organisation,
            organisation=known.get(one.organisation),
        )
        for order, one in enumerate(named)
        if one.name or one.organisation
    )


def write_order(rows: list[AgendaRow]) -> None:
    changed = []
    for order, row in enumerate(rows, start=1):
        if row.order != order:
            row.order = order
            changed.append(row)
    AgendaRow.objects.bulk_update(changed, ["order"])


def settle(meeting: Meeting, new: AgendaRow | None = None) -> None:
    """Numbers and times follow the rows; after the call a new case continues the series and is late (R24, P8)."""
    if new is not None and new.kind == AgendaRow.Kind.CASE and meeting.call_is_sent:
        numbering.number_late(AgendaRow.objects.select_related("meeting__board").get(pk=new.pk))
    else:
        numbering.renumber(meeting)
    numbering.renumber_later(meeting)
    timing.retime(meeting)


def _place(rows: list[AgendaRow], after: AgendaRow | None, meeting: Meeting, kind: str) -> int:
    if after is not None:
        return rows.index(after) + 1
    if kind == AgendaRow.Kind.END_OF_DAY or meeting.call_is_sent:
        return len(rows)
    closing = {"other-business", "evaluation"}
    while rows and (rows[-1].purpose in closing or rows[-1].kind == AgendaRow.Kind.END_OF_DAY):
        rows = rows[:-1]
    return len(rows)


def _moved(row: AgendaRow, rows: list[AgendaRow], by) -> None:
    write_order(rows)
    settle(row.meeting)
    row.refresh_from_db()
    trail.record("meetings.move_row", row, by=by, board=row.meeting.board, meeting=row.meeting.slug, order=row.order)


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
