"""How follow-ups stand as far as the public may know: the status word and its day, and nothing else of the register.

Read from the changes of status in the order they were made (docs/decisions/0012):
- what minutes changed counts when those minutes are published and say so, also where it was taken back since:
  what was published stands until other minutes are;
- what was changed between meetings counts at once, unless it was taken back;
- of a follow-up that is exempt by now, what was told of that stays as it was told last, and nothing more is;
- «reported done» is in progress until the board has closed it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from followups.models import FollowUp, Status, StatusChange
from followups.rules import is_shielded
from publishing.models import FollowUpMention, PublishedFollowUp

State = PublishedFollowUp.State
SAID = {Status.REPORTED_DONE: State.IN_PROGRESS}
Standing = tuple[str, date | None]  # a status, and the day since which it holds
NOTHING: Standing = ("", None)


def statuses(mentions: Mapping[int, list[FollowUpMention]], told: Mapping[int, Standing]) -> dict[int, Standing]:
    """How each follow-up stands with what published minutes say of it; `told` is what was told last. Two queries."""
    changes: dict[int, list[StatusChange]] = defaultdict(list)
    every = StatusChange.objects.filter(follow_up__in=mentions, action__isnull=True).order_by("pk")
    for change in every.select_related("undone_by"):
        changes[change.follow_up_id].append(change)
    sources = FollowUp.objects.filter(pk__in=mentions).select_related("source_block", "source_row__case")
    kept = {one.pk: told.get(one.pk, NOTHING) for one in sources if is_shielded(one)}
    return {number: _status(changes[number], said, kept.get(number)) for number, said in mentions.items()}


def _status(changes: Iterable[StatusChange], mentions: list[FollowUpMention], kept: Standing | None) -> Standing:
    """`kept` is how it was told last, of what is exempt: the change between meetings that told it holds as it was told."""
    told_so = [one.pk for one in changes if not one.meeting_id and (_public(one), one.changed_on) == kept]
    by_meeting = {one.publication.document.meeting_id: one for one in mentions}
    state, since = str(State.OPEN), mentions[0].publication.meeting_on
    for change in changes:
        said = by_meeting.get(change.meeting_id)
        if kept and not change.meeting_id:
            state, since = kept if change.pk in told_so[-1:] else (state, since)
            continue
        if not (_is_told(change, said) if change.meeting_id else _stands(change)):
            continue
        after = _public(change)
        if after != state:
            state, since = after, said.publication.meeting_on if said else change.changed_on
    return state, since


def _public(change: StatusChange) -> str:
    return str(SAID.get(change.after, change.after))


def _is_told(change: StatusChange, said: FollowUpMention | None) -> bool:
    if said is None or change.undoes_id is not None:
        return False
    return said.status == change.after or (not said.status and _stands(change))


def _stands(change: StatusChange) -> bool:
    return change.undoes_id is None and not hasattr(change, "undone_by")
