"""The step line of a meeting: agenda, call, papers, meeting, minutes, review, final, approved, published, each with its date."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from boards.models import Board
from minutes.models import Minutes
from publishing.desk.known import ISSUED, Known
from publishing.desk.words import LATE, brief, level_of, near

State = Minutes.State


@dataclass
class Step:
    """One stop: its word, what stands below it, whether it is passed or next, and whether its day is near or past."""

    word: str
    detail: str = ""
    is_done: bool = False
    due: date | None = None
    is_current: bool = False
    level: str = ""


def steps_of(known: Known, sees_plan: bool) -> list[Step]:
    """Nine steps; the first that is not passed is where the meeting is. Whoever does not see the plan is told no cases."""
    steps = [*_before(known, sees_plan), *_after(known)]
    current = next((step for step in steps if not step.is_done), None)
    if current is None:
        return steps
    current.is_current = True
    place = steps.index(current)
    if current.due is None and place + 1 < len(steps) and not steps[place + 1].is_done:
        current = steps[place + 1]
    current.level = level_of(current.due, known.today)
    for step in steps:
        if step.due and not step.is_done:
            step.detail = step.detail or _short(step.due, known.today)
    if current.level == LATE:
        current.detail = _("past due %(date)s") % {"date": brief(current.due)}
    return steps


def _before(known: Known, sees_plan: bool) -> list[Step]:
    called, planned = known.is_called, known.deadlines
    cases = ngettext("%(number)s case", "%(number)s cases", known.cases) % {"number": known.cases}
    papers = known.is_held or (called and not known.lacking)
    papers_on = known.called_on if planned.papers > known.today else max(known.called_on or date.min, planned.papers)
    return [
        Step(_("Agenda"), cases if called or sees_plan else "", called),
        Step(_("Call"), brief(known.called_on), called, None if called else planned.call),
        Step(_("Papers"), brief(papers_on) if papers else "", papers, planned.papers),
        Step(
            _("Meeting"),
            brief(known.meeting.first_day) if known.is_held else "",
            known.is_held,
            known.meeting.first_day,
        ),
    ]


def _after(known: Known) -> list[Step]:
    state, planned, minutes = known.state, known.deadlines, known.minutes
    sent, issued, approved = state not in ("", State.DRAFT), state in ISSUED, state == State.APPROVED
    reviewed = issued or is_review_over(known)
    answered = known.rounds[-1].deadline if known.rounds else None
    until = _("deadline %(date)s") % {"date": _short(planned.review, known.today)} if state == State.IN_REVIEW else ""
    return [
        Step(_("Minutes"), brief(known.sent_on or minutes.final_on) if sent else "", sent, planned.draft),
        Step(pgettext("step of a meeting", "Review"), brief(answered) if reviewed else until, reviewed, planned.review),
        Step(_("Final"), brief(minutes.final_on) if issued else "", issued, planned.final),
        Step(_("Approved"), brief(minutes.approved_on) if approved else _approval(known), approved),
        Step(_("Published"), brief(known.published_on) or _publishing(known), known.published_on is not None),
    ]


def is_review_over(known: Known) -> bool:
    """Whether the deadline for remarks has passed, and none waits."""
    opened = known.opened
    if known.state != State.IN_REVIEW or (opened and opened.waiting):
        return False
    return opened is None or bool(opened.deadline and opened.deadline < known.today)


def approves_in_meeting(known: Known) -> bool:
    """Whether the next meeting approves the minutes; so it is where nothing else was said."""
    how = (known.minutes.approval_how if known.minutes else "") or known.meeting.board.approval
    return how in ("", Board.Approval.NEXT_MEETING)


def _approval(known: Known) -> str:
    if not approves_in_meeting(known):
        return ""
    return _short(known.approval_on, known.today) if known.approval_on else _("at the next meeting")


def _publishing(known: Known) -> str:
    """The minutes are published once they are approved, though they may be before."""
    if known.state in ISSUED or not approves_in_meeting(known) or not known.approval_on:
        return ""
    return _("after %(date)s") % {"date": brief(known.approval_on)}


def _short(day: date, today: date) -> str:
    return near(day, today) if abs((day - today).days) < 2 else brief(day)
