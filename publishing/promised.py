"""What the blocks of minutes promise and report, as plain data that is frozen beside the content (docs/decisions/0012).

    {block: {"kind": "promise" | "report", "of": [{"number", "responsible", "named", "due", "status"}]}}

`number` is the follow-up's in the register. `responsible` is who answers for it as anybody may know it; `named` are names
nobody of the register has, which count where the printed text holds them. `due` is {"kind", "on", "words"}, or None.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch
from django.utils import translation

from boards.models import Person, Seat
from followups.models import Action, DueChange, FollowUp, Report
from followups.promises import Names
from followups.sources import understand_due
from meetings.models import Meeting

PROMISE, REPORT = "promise", "report"
PUBLIC_ROLES = frozenset({Seat.Role.CHAIR, Seat.Role.DEPUTY_CHAIR})


def promised(meeting: Meeting, places: list[dict]) -> dict[str, dict]:
    """What the blocks at these places promise and report. The number of queries is the same for few and many."""
    blocks = [pk for item in places for pk in item["blocks"] if pk]
    made = _with_actions(FollowUp.objects.filter(source_block__in=blocks).order_by("source_order", "pk"))
    reports = Report.objects.filter(block__in=blocks, is_left_out=False, follow_up__isnull=False)
    covered = Prefetch("covers", _with_actions(FollowUp.objects.all()))
    reports = list(reports.prefetch_related(covered, Prefetch("follow_up", _with_actions(FollowUp.objects.all()))))
    told = [one for report in reports for one in (report.follow_up, *report.covers.all())]
    names = PublicNames(meeting, [*made, *told])
    found: dict[str, dict] = {}
    for follow_up in made:
        block = found.setdefault(str(follow_up.source_block_id), {"kind": PROMISE, "of": []})
        for action in follow_up.said:
            due = {"due": _due(action.due_text, action.due_on, meeting.first_day), "status": ""}
            block["of"].append(_said(follow_up, [action], names) | due)
    for report in reports:
        of = [report.follow_up, *report.covers.all()]
        due = {"due": _due_in(report, meeting.first_day), "status": report.status}
        said = [_said(one, one.actions.all(), names) | due for one in of]
        found[str(report.block_id)] = {"kind": REPORT, "of": said}
    return found


class PublicNames:
    """Who answers for something, as anybody may know it: an organisation; a person only as chair or deputy chair.

    Any other person is the organisation they sat for on the day of the meeting, else the word for their seat.
    """

    def __init__(self, meeting: Meeting, follow_ups: Iterable[FollowUp]):
        self.language = meeting.board.language
        self.names = Names(meeting.board)
        seats = Seat.objects.active_on(meeting.first_day).filter(board=meeting.board, person__isnull=False)
        self.seats = {seat.person_id: seat for seat in seats.select_related("organisation", "person__organisation")}
        actions = [action for one in follow_ups for action in (*one.said, *one.actions.all())]
        said = {name for action in actions for name in action.responsible}
        people = Person.objects.filter(name__in=said).select_related("organisation")
        self.others = {person.name.casefold(): person for person in people}

    def of(self, name: str) -> tuple[str, bool]:
        """How the name may be shown ("": not at all), and whether the register knows whose it is."""
        key = name.casefold()
        if organisation := self.names.organisations.get(key):
            return organisation.name, True
        if key in self.names.persons or key in self.others:
            person = self.names.persons.get(key) or self.others.get(key)
            return (self._person(person) if person else ""), True
        return name, False

    def _person(self, person: Person) -> str:
        seat = self.seats.get(person.pk)
        if seat is None:
            return person.organisation.name if person.organisation else ""
        if seat.role in PUBLIC_ROLES:
            return person.name
        organisation = seat.organisation or seat.person.organisation
        if shown := seat.organisation_name or (organisation.name if organisation else ""):
            return shown
        with translation.override(self.language):
            return str(seat.get_role_display())


def _with_actions(follow_ups):
    changes = Prefetch("due_changes", DueChange.objects.order_by("pk").select_related("undone_by"))
    return follow_ups.prefetch_related(Prefetch("actions", Action.objects.prefetch_related(changes)))


def _said(follow_up: FollowUp, actions: Iterable[Action], names: PublicNames) -> dict:
    shown = [names.of(name) for action in actions for name in action.responsible]
    known = [name for name, is_known in shown if is_known and name]
    return {
        "number": follow_up.pk,
        "responsible": list(dict.fromkeys(known)),
        "named": list(dict.fromkeys(name for name, is_known in shown if not is_known)),
    }


def _due_in(report: Report, after: date) -> dict | None:
    """The due time the report says, else one that was agreed between meetings up to this one."""
    if report.due_text:
        return _due(report.due_text, None, after)
    for action in report.follow_up.actions.all():
        standing = [one for one in action.due_changes.all() if one.undoes_id is None and not hasattr(one, "undone_by")]
        if standing and standing[-1].meeting_id is None and standing[-1].changed_on <= after:
            return _due(standing[-1].after, None, standing[-1].changed_on)
    return None


def _due(text: str, on: date | None, after: date) -> dict | None:
    said = understand_due(text, after) if text else None
    if day := on or (said and said.on):
        return {"kind": "day", "on": day.isoformat(), "words": ""}
    if said and said.is_next_meeting:
        return {"kind": "meeting", "on": None, "words": ""}
    if said and said.month:
        return {"kind": "month", "on": said.month.isoformat(), "words": ""}
    return {"kind": "words", "on": None, "words": text} if text else None
