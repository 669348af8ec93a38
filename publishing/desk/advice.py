"""What a meeting waits for: a sentence of what, a sentence of why or until when, and the one act that brings it on."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boards.models import Board
from meetings.models import Meeting
from meetings.running import is_running
from minutes.models import ApprovalRequest, Minutes
from publishing.desk.known import ISSUED, Known
from publishing.desk.steps import approves_in_meeting, is_review_over
from publishing.desk.words import Marked, distance, level_of, marked, near, on, with_weekday

State = Minutes.State
NAMED = 3  # so many names, and the number of the others


@dataclass(frozen=True)
class Advice:
    """`due` is the day it should be done by; None for what has no day. `waits` says whether anything is to be done at all."""

    what: str
    why: Marked | str = ""
    action: tuple[str, str] | None = None
    due: date | None = None
    waits: bool = True


def for_writer(known: Known) -> Advice:
    """For whoever prepares the meeting and writes its minutes."""
    if is_running(known.meeting):
        action = (_("Open the live minutes"), at("minutes:minutes", known.meeting))
        return Advice(_("The meeting is going on."), "", action, known.today)
    if known.state == State.DRAFT or (known.is_held and not known.state):
        return _writing(known)
    if known.state == State.IN_REVIEW:
        return _in_review(known)
    if known.state in ISSUED:
        return _issued(known)
    return _after_call(known) if known.is_called else _before_call(known)


def for_reader(known: Known, is_asked: bool, user) -> Advice:
    """For whoever reads, takes part and answers."""
    meeting, today = known.meeting, known.today
    own = next((one for one in known.requests if one.person.user_id == user.pk and not one.answered_at), None)
    if own and known.state == State.FINAL:
        why = _until(_("Answer by %(when)s%(far)s."), own.deadline, today) if own.deadline else ""
        action = (_("Read and approve"), at("publishing:answer-approval", meeting))
        return Advice(_("The minutes wait for your approval."), why, action, own.deadline)
    if known.state in ISSUED:
        return Advice(_("The minutes are final."), "", (_("Read the minutes"), at("publishing:documents", meeting)))
    if is_asked and known.opened:
        return _asked(known)
    if not known.is_called:
        return Advice(_("The call has not been sent."), waits=False)
    if not known.state and meeting.first_day >= today:
        why = marked(_("The meeting is %(when)s."), with_weekday(meeting.first_day, today))
        action = (_("Read the agenda"), at("meetings:meeting", meeting))
        return Advice(_("You are called to the meeting."), why, action, meeting.first_day)
    action = (_("Go to the meeting"), at("meetings:meeting", meeting))
    return Advice(_("The minutes are being written."), "", action, waits=False)


def _asked(known: Known) -> Advice:
    due, why = known.opened.deadline, ""
    if due:
        sentence = (
            _("The deadline was %(when)s%(far)s.") if due < known.today else _("The deadline is %(when)s%(far)s.")
        )
        why = _until(sentence, due, known.today)
    action = (_("Read the draft"), at("publishing:review", known.meeting))
    return Advice(_("The draft waits for your answer."), why, action, due)


def _before_call(known: Known) -> Advice:
    meeting, due = known.meeting, known.deadlines.call
    days, agenda = meeting.board.call_days, at("meetings:agenda", meeting)
    if meeting.first_day < known.today:
        what = _("The day of the meeting has passed, and no call was sent.")
        return Advice(what, "", (_("Go to the meeting"), at("meetings:meeting", meeting)), meeting.first_day)
    told = {"days": days}
    if due < known.today:
        sentence = ngettext(
            "The call was due %(when)s, %(days)s working day before the meeting.",
            "The call was due %(when)s, %(days)s working days before the meeting.",
            days,
        )
    else:
        sentence = ngettext(
            "The call goes out %(when)s, %(days)s working day before the meeting.",
            "The call goes out %(when)s, %(days)s working days before the meeting.",
            days,
        )
    why = marked(sentence, near(due, known.today), level_of(due, known.today), **told)
    if not known.cases:
        return Advice(_("The agenda has no cases yet."), why, (_("Prepare the agenda"), agenda), due)
    if known.overrun > 0:
        words = ngettext(
            "The agenda runs %(minutes)s minute over the meeting's time.",
            "The agenda runs %(minutes)s minutes over the meeting's time.",
            known.overrun,
        )
        return Advice(words % {"minutes": known.overrun}, why, (_("Finish the agenda"), agenda), due)
    if meeting.state == Meeting.State.TENTATIVE:
        action = (_("Confirm the date"), at("meetings:meeting", meeting))
        return Advice(_("The date of the meeting is tentative."), why, action, due)
    return Advice(_("The call has not been sent."), why, (_("Send the call"), at("publishing:send-call", meeting)), due)


def _after_call(known: Known) -> Advice:
    meeting, today = known.meeting, known.today
    if meeting.first_day == today:
        start = next((day.start for day in meeting.days.all()), None)
        what = (
            _("The meeting is today, at %(time)s.") % {"time": time_format(start)}
            if start
            else _("The meeting is today.")
        )
        return Advice(what, "", (_("Open the live minutes"), at("minutes:minutes", meeting)), today)
    if meeting.first_day < today:
        return _writing(known)
    if known.lacking:
        return _lacking_papers(known)
    why = marked(_("The meeting is %(when)s."), with_weekday(meeting.first_day, today))
    action = (_("Go to the meeting"), at("meetings:meeting", meeting))
    return Advice(_("The call and the papers have been sent."), why, action, meeting.first_day, waits=False)


def _lacking_papers(known: Known) -> Advice:
    due, days = known.deadlines.papers, known.meeting.board.papers_days
    told = {"number": known.lacking, "cases": known.cases}
    what = ngettext(
        "%(number)s of %(cases)s cases lacks papers.", "%(number)s of %(cases)s cases lack papers.", known.lacking
    )
    if due < known.today:
        sentence = ngettext(
            "The papers were due %(when)s, %(days)s working day before the meeting.",
            "The papers were due %(when)s, %(days)s working days before the meeting.",
            days,
        )
    else:
        sentence = ngettext(
            "The papers go out %(when)s, %(days)s working day before the meeting.",
            "The papers go out %(when)s, %(days)s working days before the meeting.",
            days,
        )
    why = marked(sentence, near(due, known.today), level_of(due, known.today), days=days)
    return Advice(what % told, why, (_("Add the papers"), at("meetings:agenda", known.meeting)), due)


def _writing(known: Known) -> Advice:
    due, days = known.deadlines.draft, known.meeting.board.draft_days
    if due < known.today:
        sentence = ngettext(
            "The draft was due %(when)s, %(days)s working day after the meeting.",
            "The draft was due %(when)s, %(days)s working days after the meeting.",
            days,
        )
    else:
        sentence = ngettext(
            "The draft goes out for remarks %(when)s, %(days)s working day after the meeting.",
            "The draft goes out for remarks %(when)s, %(days)s working days after the meeting.",
            days,
        )
    why = marked(sentence, near(due, known.today), level_of(due, known.today), days=days)
    here = at("minutes:minutes", known.meeting)
    if not known.state:
        return Advice(_("The minutes have not been started."), why, (_("Start the minutes"), here), due)
    return Advice(_("The minutes are being written."), why, (_("Write the minutes"), here), due)


def _in_review(known: Known) -> Advice:
    opened = known.opened
    if is_review_over(known):
        return _to_finalise(known)
    due, why = opened.deadline, ""
    if due:
        told = {"answered": opened.answered, "asked": opened.asked}
        if due < known.today:
            sentence = _("%(answered)s of %(asked)s have answered. The deadline was %(when)s%(far)s.")
        else:
            sentence = _("%(answered)s of %(asked)s have answered. The deadline is %(when)s%(far)s.")
        why = _until(sentence, due, known.today, **told)
    remarks = at("minutes:remarks", known.meeting)
    if not opened.waiting:
        return Advice(_("The draft is out for remarks."), why, (_("See the remarks"), remarks), due, waits=False)
    told = ngettext(
        "%(number)s remark on the minutes waits for an answer.",
        "%(number)s remarks on the minutes wait for an answer.",
        opened.waiting,
    )
    return Advice(told % {"number": opened.waiting}, why, (_("Settle the remarks"), remarks), due)


def _to_finalise(known: Known) -> Advice:
    due, days = known.deadlines.final, known.meeting.board.final_days
    if due < known.today:
        sentence = ngettext(
            "The minutes were to be final %(when)s, %(days)s working day after the deadline.",
            "The minutes were to be final %(when)s, %(days)s working days after the deadline.",
            days,
        )
    else:
        sentence = ngettext(
            "The minutes become final %(when)s, %(days)s working day after the deadline.",
            "The minutes become final %(when)s, %(days)s working days after the deadline.",
            days,
        )
    why = marked(sentence, near(due, known.today), level_of(due, known.today), days=days)
    action = (_("Finalise the minutes"), at("publishing:finalise", known.meeting))
    return Advice(_("The deadline for remarks has passed."), why, action, due)


def _issued(known: Known) -> Advice:
    documents = at("publishing:documents", known.meeting)
    if known.state == State.FINAL and not known.meeting.board.approves_in_meeting:
        return _to_approve(known)
    if known.published_on is None:
        what = _("The minutes are final and not published.")
        if known.state == State.APPROVED:
            what = _("The minutes are approved and not published.")
        # Many boards publish what is approved: until then it presses no more than the meeting that approves.
        coming = known.approval_on if _approval(known) else None
        return Advice(what, _approval(known), (_("Publish the minutes"), documents), coming)
    if known.state == State.APPROVED:
        return Advice(_("Approved and published."), "", (_("See the documents"), documents), waits=False)
    action = (_("See the documents"), documents)
    return Advice(_("The minutes are approved at the next meeting."), _approval(known), action, waits=False)


def _to_approve(known: Known) -> Advice:
    """Minutes that are approved outside the meetings: whom they wait for, and until when."""
    page, requests = at("publishing:approval", known.meeting), known.requests
    if known.meeting.board.approval == Board.Approval.DEEMED and not requests:
        action = (_("Settle the remarks"), at("minutes:remarks", known.meeting))
        return Advice(_("The minutes are deemed approved when every remark is settled."), "", action, waits=False)
    if not requests:
        return Advice(_("The minutes are not approved yet."), "", (_("Ask for approval"), page))
    due = requests[0].deadline
    if any(one.answer == ApprovalRequest.Answer.OBJECTS for one in requests):
        return Advice(_("There is an objection to the minutes."), "", (_("See the objection"), page), known.today)
    names = [one.person.name for one in requests if not one.answered_at]
    told = {"names": ", ".join(names[:NAMED]), "number": len(names) - NAMED}
    words = _("The minutes wait for approval by %(names)s.")
    if len(names) > NAMED:
        words = _("The minutes wait for approval by %(names)s and %(number)s more.")
    sentence = _("The day to answer by was %(when)s%(far)s.")
    if due and due >= known.today:
        sentence = _("Answer by %(when)s%(far)s.")
    why = _until(sentence, due, known.today) if due else ""
    # While there is time it is told, and presses no more than what has no day.
    return Advice(words % told, why, (_("See who has answered"), page), due if due and due < known.today else None)


def _approval(known: Known) -> Marked | str:
    day = known.approval_on
    if known.state == State.APPROVED or not approves_in_meeting(known) or day is None or day < known.today:
        return ""
    return marked(_("The next meeting, %(when)s, is to approve them."), on(day))


def _until(sentence: str, due: date, today: date, **values) -> Marked:
    """The deadline with its weekday and how far away it is; near days are said once."""
    far = "" if abs((due - today).days) < 2 else f", {distance(due, today)}"
    return marked(sentence, with_weekday(due, today), level_of(due, today), far=far, **values)


def at(name: str, meeting: Meeting) -> str:
    return reverse(name, args=[meeting.board.slug, meeting.slug])
