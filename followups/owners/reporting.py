"""Those responsible report between meetings, and the board confirms or declines; no minutes are touched (issue 5, 4).

That it goes on or waits is noted at once. That it is done, or needs a new date, waits for the board. The status follows
from the report through `followups.status`, a due time through `followups.dues` when it is confirmed.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from audit import trail
from boardroom.lib.workflow import TransitionRefused
from boards.models import Person
from followups import dues
from followups.models import CLOSED, Action, FollowUp, OwnerReport, Status
from followups.owners.fates import DECIDED, decide
from followups.rules import owned_by
from followups.status import change_status, hold
from meetings.models import Meeting

Kind, Fate = OwnerReport.Kind, OwnerReport.Fate
STATUS = {Kind.PROGRESS: Status.IN_PROGRESS, Kind.WAITING: Status.WAITING, Kind.DONE: Status.REPORTED_DONE}
ASKED = frozenset({Kind.DONE, Kind.NEW_DATE})
OPEN = (Fate.WAITING, Fate.NOTED)
SAME_PRESS = timedelta(minutes=15)


def report(
    follow_up: FollowUp,
    kind: str,
    text: str,
    *,
    action: Action | None = None,
    due_text: str = "",
    address: str = "",
    person: Person | None = None,
    user=None,
    at: datetime,
    instead_of: OwnerReport | None = None,
) -> OwnerReport:
    """What `person` says of the follow-up is kept; `user` is who wrote it: the person, or a secretary on their behalf.

    Without `action` it is of all that the person answers for. What waited is overtaken by it; `instead_of`, an earlier
    report that was not decided, is corrected by it. The same said twice, as by a double press, is one report.
    Raises TransitionRefused where the follow-up is closed, the person has no part in it, or no date is named.
    """
    said = {"kind": kind, "text": text.strip(), "due_text": due_text if kind == Kind.NEW_DATE else ""}
    said |= {"action": action, "address": address.strip(), "person": person, "user": user}
    with transaction.atomic():
        follow_up = _hold(follow_up)
        if same := _said_just_now(follow_up, said, at):
            return same
        _refuse_what_cannot_be(follow_up, said, at)
        if instead_of:
            instead_of.follow_up = follow_up
            _take_back(instead_of, Fate.OVERTAKEN, by=user, at=at)
        _overtake(follow_up, action, person)
        fate = Fate.WAITING if kind in ASKED else Fate.NOTED
        made = OwnerReport.objects.create(follow_up=follow_up, said_at=at, fate=fate, **said)
        _follow(made, at)
        facts = {"report": made.pk, "kind": kind, "text": made.text, "due": made.due_text, "address": made.address}
        facts |= {"person": person.name if person else "", "instead_of": instead_of.pk if instead_of else None}
        trail.record("followups.owner_report", follow_up, by=user, board=follow_up.board, at=at, **facts)
    return made


def withdraw(made: OwnerReport, *, by, at: datetime) -> None:
    """The report counts no more, and what it changed is as before. Raises TransitionRefused where it was decided."""
    with transaction.atomic():
        follow_up = made.follow_up = _hold(made.follow_up)
        _take_back(made, Fate.WITHDRAWN, by=by, at=at)
        facts = {"report": made.pk, "text": made.text, "person": made.person.name if made.person else ""}
        trail.record("followups.withdraw_owner_report", follow_up, by=by, board=follow_up.board, at=at, **facts)


def confirm(made: OwnerReport, *, by, at: datetime, meeting: Meeting | None = None, text: str = "") -> None:
    """The board stands by it: what was reported done is closed, a new date holds. Who reported is told.

    Raises TransitionRefused where it was decided, overtaken or withdrawn, or nothing is open any more.
    """
    with transaction.atomic():
        follow_up = made.follow_up = _hold(made.follow_up)
        actions = targets(made, at)
        if not actions and made.kind == Kind.NEW_DATE:
            raise TransitionRefused([_("There is no open action whose date could be moved.")])
        _decide(made, Fate.CONFIRMED, text, by=by, at=at, meeting=meeting)
        because = {"by": by, "on": timezone.localdate(at), "at": at, "meeting": meeting}
        if made.kind == Kind.NEW_DATE:
            for one in actions:
                dues.move_due(one, made.due_text, reason=text or _said(made), **because)
        elif follow_up.state not in CLOSED:
            for one in actions or [follow_up]:
                change_status(one, Status.DONE, text=text or _said(made), **because)
        _tell("followups.confirm_owner_report", made, by, at)


def decline(made: OwnerReport, text: str, *, by, at: datetime, meeting: Meeting | None = None) -> None:
    """The board does not stand by it: what was reported done is open again with the answer. Who reported is told.

    Raises TransitionRefused without an answer, and where it was decided, overtaken or withdrawn.
    """
    if not text.strip():
        raise TransitionRefused([_("Write an answer to who reported.")])
    with transaction.atomic():
        made.follow_up = _hold(made.follow_up)
        _decide(made, Fate.DECLINED, text, by=by, at=at, meeting=meeting)
        if made.kind == Kind.DONE:
            for one in targets(made, at):
                if one.state == Status.REPORTED_DONE:
                    day = timezone.localdate(at)
                    change_status(one, Status.IN_PROGRESS, text=text, by=by, on=day, at=at, meeting=meeting)
        _tell("followups.decline_owner_report", made, by, at)


def may_be_changed(made: OwnerReport) -> bool:
    """Whether it may be corrected or withdrawn: nobody has decided, and it is not closed."""
    return made.fate in OPEN and made.follow_up.state not in CLOSED


def targets(made: OwnerReport, at: datetime) -> list[Action]:
    """The open actions it is about: those the person answers for, or the one that it names."""
    own = made.follow_up.actions
    if made.person:
        own = owned_by(made.person, made.follow_up, timezone.localdate(at))
    found = own.exclude(state__in=CLOSED)
    actions = list(found.filter(pk=made.action_id) if made.action_id else found.all())
    for one in actions:
        one.follow_up = made.follow_up
    return actions


def _hold(follow_up: FollowUp) -> FollowUp:
    """The follow-up as it is, held until the transaction ends: reports of one follow-up come one after the other."""
    hold(follow_up)
    return FollowUp.objects.select_related("board").get(pk=follow_up.pk)


def _said_just_now(follow_up: FollowUp, said: dict, at: datetime) -> OwnerReport | None:
    """The newest report of the follow-up, where it says the same and nobody has answered or time has passed."""
    last = OwnerReport.objects.filter(follow_up=follow_up).order_by("pk").last()
    if last is None or any(getattr(last, name) != value for name, value in said.items()):
        return None
    is_waiting = last.fate == Fate.WAITING
    return last if is_waiting or (last.fate == Fate.NOTED and at - last.said_at < SAME_PRESS) else None


def _refuse_what_cannot_be(follow_up: FollowUp, said: dict, at: datetime) -> None:
    """Raises TransitionRefused."""
    made = OwnerReport(follow_up=follow_up, **said)
    if follow_up.state in CLOSED:
        raise TransitionRefused([_("This is closed. There is nothing more to report.")])
    if made.kind == Kind.NEW_DATE and not made.due_text.strip():
        raise TransitionRefused([_("Write the new date.")])
    if not made.text:
        raise TransitionRefused([_("Write something about how it stands.")])
    if not targets(made, at) and (made.person or made.action or made.kind == Kind.NEW_DATE):
        raise TransitionRefused([_("There is no open action here to report on.")])


def _overtake(follow_up: FollowUp, action: Action | None, person: Person | None) -> None:
    mine = Q(person=person) if person else Q(person__isnull=True)
    about = Q(action=action) | (mine & Q(action__isnull=True)) if action else mine
    OwnerReport.objects.filter(about, follow_up=follow_up, fate=Fate.WAITING).update(fate=Fate.OVERTAKEN)


def _follow(made: OwnerReport, at: datetime) -> None:
    """The status that follows; a new date asked for what was reported done means that it goes on."""
    after = STATUS.get(made.kind, Status.IN_PROGRESS)
    for one in targets(made, at) or [made.follow_up]:
        if one.state != after and (made.kind != Kind.NEW_DATE or one.state == Status.REPORTED_DONE):
            change_status(one, after, text=_said(made), by=made.user, on=timezone.localdate(at), at=at)


def _take_back(made: OwnerReport, fate: str, *, by, at: datetime) -> None:
    """The report has the fate, and its actions the status from before it, where nobody has changed it since."""
    if not decide(made, fate, "", by=by, at=at, was=OPEN):
        raise TransitionRefused([_("It was decided a moment ago, and stands as it was decided.")])
    for one in targets(made, at) or [made.follow_up]:
        last = made.follow_up.changes.filter(action=one if isinstance(one, Action) else None).order_by("pk").last()
        if last and last.before and last.after == one.state == STATUS.get(made.kind) and last.text == _said(made):
            with translation.override(made.follow_up.board.language):
                said = _("The report was withdrawn.") if fate == Fate.WITHDRAWN else _("The report was corrected.")
            change_status(one, last.before, text=said, by=by, on=timezone.localdate(at), at=at)


def _decide(made: OwnerReport, fate: str, text: str, *, by, at: datetime, meeting: Meeting | None) -> None:
    if made.kind not in ASKED:
        raise TransitionRefused([_("It waits for no answer.")])
    if not decide(made, fate, text, by=by, at=at, meeting=meeting):
        fresh = OwnerReport.objects.get(pk=made.pk)
        if fresh.fate in DECIDED:
            raise TransitionRefused([_("It was decided a moment ago, and stands as it was decided.")])
        raise TransitionRefused([_("It was withdrawn, or a newer report has come. Look again.")])


def _said(made: OwnerReport) -> str:
    """The words for the history, which names the account: with the person's name where that is another, or none."""
    is_own = made.person is None or (made.user and made.person.user_id == made.user.pk)
    return made.text if is_own else f"{made.person.name}: {made.text}"


def _tell(act: str, made: OwnerReport, by, at: datetime) -> None:
    facts = {"report": made.pk, "kind": made.kind, "answer": made.fate_text, "due": made.due_text}
    trail.record(act, made.follow_up, by=by, board=made.follow_up.board, at=at, **facts)
