"""What a correction changes of its meeting's effects on the register: the register is as if the corrected text had been
said (R98; docs/decisions/0011).

What the minutes said is kept with each report and promise (`as_issued`); where the text now says something else, the
difference is a step. What was spoken of later stays as it is, with a sentence that says so. Nothing published is touched.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from audit import trail
from boardroom.lib import wordings
from followups import dues, promises, reports, sources
from followups.models import CLOSED, Action, FollowUp, OwnerReport, Report, Status, StatusChange
from followups.status import TRANSITIONS, change_status, standing, take_back
from meetings.models import Meeting
from minutes.models import Minutes

_TAKEN_OUT = ("Tatt ut ved retting: {why}", "Teken ut ved retting: {why}", "Taken out by a correction: {why}")


@dataclass(frozen=True)
class Made:
    """Who issues the correction, when and why."""

    minutes: Minutes
    by: object
    on: date
    at: datetime
    reason: str

    @property
    def stamps(self) -> dict:
        return {"by": self.by, "on": self.on, "at": self.at}


@dataclass(frozen=True)
class Step:
    """One change in a sentence. Without `act` it is not done, and the sentence says why."""

    sentence: str
    act: Callable[[Made], None] | None = None


def steps(minutes: Minutes) -> list[Step]:
    """What issuing the correction does to the register, and what it leaves. Nothing is changed here."""
    found = [step for report in _changed_reports(minutes) for step in _of_report(report)]
    return found + [step for follow_up in _promised_in(minutes) for step in _of_promise(follow_up, minutes.meeting)]


def is_changed(minutes: Minutes) -> bool:
    """Whether reports or promises say something else than was issued, printed or not."""
    corrected = FollowUp.objects.filter(_of(minutes), as_corrected__isnull=False)
    return bool(_changed_reports(minutes)) or corrected.exists()


def carry_out(minutes: Minutes, *, by, on: date, at: datetime, reason: str) -> list[Step]:
    """The steps are done, and what the minutes say now is what was issued: doing it again does nothing more."""
    with transaction.atomic():
        found = steps(minutes)
        made = Made(minutes, by, on, at, reason)
        for step in found:
            if step.act:
                step.act(made)
        for report in _changed_reports(minutes):
            reports.took_effect(report)
        for follow_up in FollowUp.objects.filter(_of(minutes), as_corrected__isnull=False):
            FollowUp.objects.filter(pk=follow_up.pk).update(as_issued=follow_up.as_corrected, as_corrected=None)
    return found


def _of(minutes: Minutes) -> Q:
    """Follow-ups that these minutes made, those of a block that was taken out among them."""
    return Q(source_block__item__minutes=minutes) | Q(source_block__taken_from__minutes=minutes)


def _changed_reports(minutes: Minutes) -> list[Report]:
    issued = Report.objects.filter(meeting=minutes.meeting_id, follow_up__isnull=False).exclude(as_issued={})
    found = issued.select_related("follow_up__board", "meeting__board").prefetch_related("covers__board")
    return [report for report in found.order_by("order", "pk") if report.effect != report.as_issued]


def _promised_in(minutes: Minutes) -> list[FollowUp]:
    """The registered ones that may have changed: corrected, of a block that is out, or withdrawn before."""
    withdrawn = StatusChange.objects.filter(meeting=minutes.meeting_id, after=Status.DROPPED, undone_by__isnull=True)
    changed = (
        Q(as_corrected__isnull=False) | Q(source_block__item__isnull=True) | Q(pk__in=withdrawn.values("follow_up"))
    )
    found = FollowUp.objects.filter(_of(minutes), changed, as_issued__isnull=False)
    return list(found.select_related("source_block", "board").prefetch_related("actions").order_by("pk"))


def _of_report(report: Report) -> list[Step]:
    found: list[Step] = []
    for follow_up in [report.follow_up, *report.covers.all()]:
        if report.effect["status"] != report.as_issued["status"]:
            found += _status(report, follow_up)
        if report.effect["due_text"] != report.as_issued["due_text"]:
            found += _due(report, follow_up)
    return found


def _status(report: Report, follow_up: FollowUp) -> list[Step]:
    """The status goes back to what it was before the meeting, and on to what the text says now."""
    mine = list(standing(follow_up).filter(meeting=report.meeting_id).select_related("action", "follow_up__board"))
    said = {"title": follow_up.title, "state": follow_up.get_state_display()}
    if _spoken_since(report.meeting, follow_up, "status") or (mine and _is_overtaken(follow_up, mine)):
        return [Step(_("«%(title)s» stays as it is (%(state)s): it was spoken of later.") % said)]
    now = report.effect["status"]

    def act(made: Made) -> None:
        if mine:
            _unconfirm(report, follow_up, OwnerReport.Kind.DONE)
            take_back(mine, reason=made.reason, **made.stamps)
        if now:
            follow_up.refresh_from_db()
            report.follow_up = follow_up
            reports.apply_status(report, **made.stamps)

    before = next((change.before for change in mine if change.action_id is None), follow_up.state)
    after = now if now and before in TRANSITIONS[Status(now)].sources else before
    if after == follow_up.state:
        return (
            [Step(_("What the meeting said of the status of «%(title)s» is taken back.") % said, act)] if mine else []
        )
    sentence = _("«%(title)s» goes from %(state)s to %(after)s.")
    return [Step(sentence % {**said, "after": Status(after).label}, act)]


def _is_overtaken(follow_up: FollowUp, mine: list[StatusChange]) -> bool:
    """Whether somebody changed it after this meeting did."""
    return standing(follow_up).filter(pk__gt=max(change.pk for change in mine)).exclude(
        pk__in=[change.pk for change in mine]
    ).exists() or any((change.action or follow_up).state != change.after for change in _latest(mine))


def _latest(changes: Iterable[StatusChange]) -> list[StatusChange]:
    last = {change.action_id: change for change in sorted(changes, key=lambda change: change.pk)}
    return list(last.values())


def _spoken_since(meeting: Meeting, follow_up: FollowUp, of: str = "") -> bool:
    """Whether the issued minutes of a later meeting say something of it, or something of its status or due time."""
    later = Q(meeting__first_day__gt=meeting.first_day) | Q(
        meeting__first_day=meeting.first_day, meeting__gt=meeting.pk
    )
    said = follow_up.reports.filter(later, is_left_out=False).exclude(as_issued={})
    return any(report.as_issued[of] if of else report.resolution or any(report.as_issued.values()) for report in said)


def _due(report: Report, follow_up: FollowUp) -> list[Step]:
    """The due times this meeting moved are moved back, and moved as the text says now."""
    said = {"title": follow_up.title}
    moved = list(
        dues.standing_changes()
        .filter(meeting=report.meeting_id, action__follow_up=follow_up)
        .select_related("action__follow_up__board", "meeting")
        .order_by("pk")
    )
    overtaken = dues.standing_changes().filter(action__follow_up=follow_up)
    overtaken = moved and overtaken.filter(pk__gt=moved[-1].pk).exists()
    if overtaken or _spoken_since(report.meeting, follow_up, "due_text"):
        return [Step(_("«%(title)s» keeps its due time: it was moved again later.") % said)]
    now = report.effect["due_text"]
    if not moved and not now:
        return [Step(_("«%(title)s» keeps its due time: how it was moved is not known.") % said)]

    def act(made: Made) -> None:
        _unconfirm(report, follow_up, OwnerReport.Kind.NEW_DATE)
        for change in reversed(moved):
            dues.move_back(change, reason=made.reason, **made.stamps)
        if now:
            follow_up.refresh_from_db()
            report.follow_up = follow_up
            known = list(Meeting.objects.filter(board=follow_up.board_id))
            reports.apply_due(report, known, at=made.at, by=made.by)

    due = now or next((change.before for change in moved), "")
    sentence = _("«%(title)s» is due: %(due)s.") if due else _("«%(title)s» has no due time again.")
    return [Step(sentence % {**said, "due": due}, act)]


def _unconfirm(report: Report, follow_up: FollowUp, kind: str) -> None:
    """What the owner asked for waits for the board again."""
    confirmed = follow_up.owner_reports.filter(meeting=report.meeting_id, kind=kind, fate=OwnerReport.Fate.CONFIRMED)
    confirmed.update(fate=OwnerReport.Fate.WAITING, decided_at=None, decided_by=None, meeting=None)


def _of_promise(follow_up: FollowUp, meeting: Meeting) -> list[Step]:
    text = next((action.text for action in follow_up.actions.all()), follow_up.title)
    withdrawn = list(
        standing(follow_up).filter(meeting=meeting, after=Status.DROPPED).select_related("action", "follow_up__board")
    )
    is_out = follow_up.is_taken_out or follow_up.source_block.item_id is None
    if is_out:
        return [] if withdrawn else _withdrawn(follow_up, text, meeting)
    if withdrawn:
        return _back(follow_up, text, withdrawn) + _reworded(follow_up)
    return _reworded(follow_up)


def _withdrawn(follow_up: FollowUp, text: str, meeting: Meeting) -> list[Step]:
    """A promise the minutes no longer have leaves the register, unless it has lived on since."""
    if follow_up.state in CLOSED:
        return [Step(_("«%(text)s» stays in the register, closed as it is.") % {"text": text})]
    is_moved = dues.standing_changes().filter(action__follow_up=follow_up).exists()
    has_lived_on = is_moved or follow_up.parts.exists() or standing(follow_up).exists()
    if has_lived_on or _spoken_since(meeting, follow_up):
        return [Step(_("«%(text)s» stays in the register: it was spoken of later.") % {"text": text})]

    def act(made: Made) -> None:
        why = wordings.say(_TAKEN_OUT, follow_up.board.language, why=made.reason)
        change_status(follow_up, Status.DROPPED, text=why, meeting=meeting, **made.stamps)

    return [Step(_("«%(text)s» is taken out of the register.") % {"text": text}, act)]


def _back(follow_up: FollowUp, text: str, withdrawn: list[StatusChange]) -> list[Step]:
    if _is_overtaken(follow_up, withdrawn):
        return [Step(_("«%(text)s» stays as it is in the register: it was changed there later.") % {"text": text})]

    def act(made: Made) -> None:
        take_back(withdrawn, reason=made.reason, **made.stamps)

    return [Step(_("«%(text)s» stands in the register again.") % {"text": text}, act)]


def _reworded(follow_up: FollowUp) -> list[Step]:
    """Text, responsible, due time and remark of the actions follow the correction, where the register has not changed them."""
    if not follow_up.as_corrected:
        return []
    actions = list(follow_up.actions.all())
    issued = follow_up.as_issued or [action.as_words() for action in actions]
    rows = [row for row in _paired(actions, issued, follow_up.as_corrected) if _is_reworded(*row)]
    if not rows:
        return []
    text = next((new["text"] for _row, _old, new in rows), follow_up.title)
    kept = any(_kept(action, old, new) for action, old, new in rows)

    def act(made: Made) -> None:
        meetings = list(Meeting.objects.filter(board=follow_up.board_id))
        names = promises.Names(follow_up.board)
        for action, old, new in rows:
            _write(action, old, new, made.minutes.meeting, meetings)
            names.link(action)
        trail.record("followups.reword", follow_up, by=made.by, board=follow_up.board, at=made.at, said=text)

    found = [Step(_("«%(text)s» is worded so in the register too.") % {"text": text}, act)]
    if kept:
        found.append(Step(_("What the register has changed of «%(text)s» since stays.") % {"text": text}))
    return found


_WORDS = ("text", "responsible", "note")


def _paired(actions: list[Action], issued: list[dict], corrected: list[dict]) -> Iterable[tuple[Action, dict, dict]]:
    """Each action with what was issued of it and what is said now; by its text where the follow-up was split since."""
    if len(actions) == len(issued):
        return zip(actions, issued, corrected, strict=False)
    said = zip(issued, corrected, strict=False)
    return [(action, old, new) for old, new in said for action in actions if action.text == old["text"]]


def _is_reworded(_action: Action, old: dict, new: dict) -> bool:
    return any(new[name] != old[name] for name in (*_WORDS, "due_text"))


def _kept(action: Action, old: dict, new: dict) -> bool:
    changed = [name for name in (*_WORDS, "due_text") if new[name] != old[name]]
    return any(getattr(action, name) != old[name] for name in changed)


def _write(action: Action, old: dict, new: dict, meeting: Meeting, meetings: list[Meeting]) -> None:
    for name in _WORDS:
        if getattr(action, name) == old[name]:
            setattr(action, name, new[name])
    is_untouched = action.due_text == old["due_text"] != new["due_text"]
    if is_untouched and not dues.standing_changes().filter(action=action).exists():
        sources.set_due(action, new["due_text"], meeting.first_day, meetings)
    action.save()
