"""How follow-ups stand as far as the public may know: the status word and its day, and nothing else of the register.

Read from the changes of status in the order they were made (docs/decisions/0012):
- what minutes changed counts when those minutes are published and say so, also where it was taken back since:
  what was published stands until other minutes are;
- what was changed between meetings counts at once, unless it was taken back, or the follow-up is exempt by now;
- «reported done» is in progress until the board has closed it.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from followups.models import FollowUp, Status, StatusChange
from followups.rules import shield_of
from publishing.models import FollowUpMention, PublishedFollowUp

State = PublishedFollowUp.State
SAID = {Status.REPORTED_DONE: State.IN_PROGRESS}


def statuses(mentions: dict[int, list[FollowUpMention]]) -> dict[int, tuple[str, date]]:
    """Status, and the day since which it holds, of each follow-up with what published minutes say of it. Two queries."""
    changes: dict[int, list[StatusChange]] = defaultdict(list)
    told = StatusChange.objects.filter(follow_up__in=mentions, action__isnull=True).order_by("pk")
    for change in told.select_related("undone_by"):
        changes[change.follow_up_id].append(change)
    sources = FollowUp.objects.filter(pk__in=mentions).select_related("source_block", "source_row")
    shielded = {one.pk for one in sources if shield_of(one)}
    return {number: _status(changes[number], said, is_shielded=number in shielded) for number, said in mentions.items()}


def _status(changes: Iterable[StatusChange], mentions: list[FollowUpMention], *, is_shielded: bool) -> tuple[str, date]:
    by_meeting = {one.publication.document.meeting_id: one for one in mentions}
    state, since = str(State.OPEN), mentions[0].publication.meeting_on
    for change in changes:
        said = by_meeting.get(change.meeting_id)
        if not (_is_told(change, said) if change.meeting_id else _stands(change) and not is_shielded):
            continue
        after = str(SAID.get(change.after, change.after))
        if after != state:
            state, since = after, said.publication.meeting_on if said else change.changed_on
    return state, since


def _is_told(change: StatusChange, said: FollowUpMention | None) -> bool:
    if said is None or change.undoes_id is not None:
        return False
    return said.status == change.after or (not said.status and _stands(change))


def _stands(change: StatusChange) -> bool:
    return change.undoes_id is None and not hasattr(change, "undone_by")
