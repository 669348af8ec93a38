"""What becomes of what those responsible reported: noted, confirmed, declined, overtaken or withdrawn (issue 5, 4).

A report of work done, or for a new date, waits until the board has decided. It may decide at a press, in the minutes of a
meeting, or by changing the follow-up itself: the fate follows from what was done, so that nothing waits for nothing.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from followups.models import CLOSED, Action, FollowUp, OwnerReport, Status
from mail import post
from meetings.models import Meeting

Kind, Fate = OwnerReport.Kind, OwnerReport.Fate
DECIDED = frozenset({Fate.CONFIRMED, Fate.DECLINED})


def decide(
    report: OwnerReport, fate: str, text: str, *, by, at: datetime, meeting: Meeting | None = None, was=(Fate.WAITING,)
) -> bool:
    """The report has this fate, if it still had one of `was`: of two who decide at once one does. Who reported is told."""
    facts = {"fate": fate, "fate_text": text.strip(), "decided_at": at, "decided_by": by, "meeting": meeting}
    if not OwnerReport.objects.filter(pk=report.pk, fate__in=was).update(**facts):
        return False
    for name, value in facts.items():
        setattr(report, name, value)
    person = report.person
    if fate in DECIDED and person and (by is None or person.user_id != by.pk):
        key = f"owner-report:{report.pk}:{at.isoformat()}"
        board = report.follow_up.board
        post.send("owner-report", key, at=at, person=person, board=board, about=report.pk)
    return True


def follow_status(
    follow_up: FollowUp, actions: Iterable[Action], after: str, *, text: str, by, at: datetime, meeting: Meeting | None
) -> None:
    """What waited for the board about these actions is decided as their status was changed; by who said it, overtaken."""
    if after == Status.REPORTED_DONE:
        return
    fates = {Kind.DONE: Fate.CONFIRMED if after == Status.DONE else Fate.NOTED if after in CLOSED else Fate.DECLINED}
    if after in CLOSED:
        fates[Kind.NEW_DATE] = Fate.NOTED
    for report in _waiting(follow_up, actions, fates):
        is_own = by is not None and report.person is not None and report.person.user_id == by.pk
        fate = Fate.OVERTAKEN if is_own and after not in CLOSED else fates[report.kind]
        decide(report, fate, text, by=by, at=at, meeting=meeting)


def follow_due(action: Action, *, text: str, by, at: datetime, meeting: Meeting | None) -> None:
    """The action has a new due time: whoever asked for one is answered, with the words of it where they are others."""
    for report in _waiting(action.follow_up, [action], {Kind.NEW_DATE}):
        is_as_asked = report.due_text.casefold() == action.due_text.casefold()
        said = text if is_as_asked else ". ".join(part for part in (action.due_text, text) if part)
        decide(report, Fate.CONFIRMED, said, by=by, at=at, meeting=meeting)


def _waiting(follow_up: FollowUp, actions: Iterable[Action], kinds: Iterable[str]) -> Iterable[OwnerReport]:
    """Reports of these actions, and of the whole where nothing of it is left that they could wait for."""
    keys = [action.pk for action in actions]
    mine = Q(action__in=keys)
    left = follow_up.actions.exclude(state__in=CLOSED).exclude(pk__in=keys)
    if not left.exists():
        mine |= Q(action=None)
    found = OwnerReport.objects.filter(mine, follow_up=follow_up, fate=Fate.WAITING, kind__in=list(kinds))
    return found.select_related("follow_up__board", "person").order_by("pk")
