"""What an act on the agenda is undone by: its inverse, as an address and the values to send there.

A removed row travels to the browser as a signed picture of itself, and can be put back from it.
"""

from datetime import date, time

from django.core import signing
from django.db import transaction
from django.db.models import BigAutoField
from django.urls import reverse
from django.utils.translation import gettext

from boardroom.lib.prepared import prepared
from boardroom.lib.workflow import TransitionRefused
from cases.models import Case
from meetings.agenda import TEXT_FIELDS, add_row, hold, move_row
from meetings.models import AgendaRow, Meeting, Paper
from meetings.presenting import Named, presenters_of

SALT = "meetings.removed-row"
KEPT = sorted(TEXT_FIELDS - {"end", "start", "approves_minutes_of", "kind", "title"})


def address(name: str, meeting: Meeting, *args) -> str:
    return reverse(f"meetings:{name}", args=[meeting.board.slug, meeting.slug, *args])


def neighbours(row: AgendaRow) -> dict:
    """Where the row stands, as `move-row` takes it: after the row above it, else before the one below."""
    others = [(order, pk) for order, pk in _places(meeting=row.meeting_id) if pk != row.pk]
    if above := [pk for order, pk in others if order <= row.order]:
        return {"after": above[-1]}
    return {"before": others[0][1]} if others else {}


@prepared(meeting=BigAutoField())
def _places(meeting):
    return AgendaRow.objects.filter(meeting=meeting).order_by("order", "pk").values_list("order", "pk")


def picture(row: AgendaRow) -> str:
    """Everything of the row that `put_back` needs, signed."""
    values = {name: getattr(row, name) for name in KEPT} | {"kind": row.kind, "title": row.title, "part": row.part}
    told = {
        "meeting": row.meeting_id,
        "pk": row.pk,
        "values": values,
        "start": row.start.isoformat() if row.start and row.is_start_fixed else "",
        "approves": row.approves_minutes_of.isoformat() if row.approves_minutes_of else "",
        "case": row.case_id,
        "presenters": [(one.name, one.organisation) for one in presenters_of(row)],
        "papers": list(row.papers.values_list("pk", flat=True)),
        **neighbours(row),
    }
    return signing.dumps(told, salt=SALT, compress=True)


@transaction.atomic
def put_back(meeting: Meeting, signed: str, *, by) -> AgendaRow:
    """A row as the removed one stands where it stood, with its papers and its key, so that earlier acts can be undone too.

    TransitionRefused for what is no picture of a row of this meeting, and for one that is back already.
    """
    told = _read(meeting, signed)
    if AgendaRow.objects.filter(pk=told["pk"]).exists():
        raise TransitionRefused([gettext("The row cannot be put back.")])
    values = told["values"]
    values["start"] = time.fromisoformat(told["start"]) if told["start"] else None
    values["approves_minutes_of"] = date.fromisoformat(told["approves"]) if told["approves"] else None
    case = Case.objects.filter(pk=told["case"], board=meeting.board).first() if told["case"] else None
    rows = meeting.agenda_rows
    above, below = (rows.filter(pk=told[name]).first() if told.get(name) else None for name in ("after", "before"))
    named = [Named(*one) for one in told["presenters"]]
    row = add_row(meeting, by=by, pk=told["pk"], case=case, after=above, presenters=named, **values)
    row.meeting = meeting
    if below:
        move_row(row, by=by, before=below)
    if case:
        Case.objects.filter(pk=case.pk).update(is_waiting=False)
    Paper.objects.filter(pk__in=told["papers"], meeting=meeting, row=None).update(row=row)
    return row


def _read(meeting: Meeting, signed: str) -> dict:
    hold(meeting)
    try:
        told = signing.loads(signed, salt=SALT)
    except signing.BadSignature:
        told = {}
    if told.get("meeting") != meeting.pk:
        raise TransitionRefused([gettext("The row cannot be put back.")])
    return told
