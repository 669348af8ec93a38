"""What to look at before the call is sent: the doubts about the agenda, and what its cases still lack (R10, R11, R41, P39)."""

from collections.abc import Iterable

from django.utils.translation import gettext, ngettext

from boards.models import CaseType
from meetings import timing
from meetings.models import AgendaRow, Meeting
from meetings.problems import NOTE, Problem, problems

DECIDED = frozenset({CaseType.Purpose.FOR_DECISION, CaseType.Purpose.FOR_ENDORSEMENT})


def before_call(meeting: Meeting, rows: list[AgendaRow], types: Iterable[CaseType]) -> list[Problem]:
    """The problems, and while the call is not sent what is lacking. `rows` as overview.read_rows gives them."""
    found = problems(meeting, rows)
    if meeting.call_is_sent or meeting.is_as_written:
        return found
    found = [*_unsaid(meeting, rows), *found]
    decided = {kind.name for kind in types if kind.purpose in DECIDED}
    for row in rows:
        if row.type in decided and row.outcome not in timing.NOT_TREATED:
            found += _lacking(row)
    return found


def _unsaid(meeting: Meeting, rows: list[AgendaRow]) -> list[Problem]:
    """What nobody has filled in: where the meeting is, and what its cases are called, how long they are, of which type."""
    cases = [row for row in rows if row.kind == AgendaRow.Kind.CASE]
    found = []
    if not meeting.place and not meeting.url:
        found.append(Problem(gettext("The meeting has neither a place nor a web link."), NOTE))
    found += [Problem(gettext("A case has no title."), NOTE, row) for row in cases if not row.title]
    if cases and all(row.minutes is None for row in cases):
        found.append(Problem(gettext("No case has a length."), NOTE))
    if untyped := sum(1 for row in cases if not row.type):
        sentence = ngettext("%(number)s case has no case type.", "%(number)s cases have no case type.", untyped)
        found.append(Problem(sentence % {"number": untyped}, NOTE))
    return found


def _lacking(row: AgendaRow) -> list[Problem]:
    found, words = [], {"case": row.label or f"«{row.title}»"}
    if not row.proposed_decision:
        found.append(Problem(gettext("%(case)s has no proposed decision.") % words, NOTE, row))
    if not row.paper_count:
        found.append(Problem(gettext("%(case)s has no papers yet.") % words, NOTE, row))
    return found
