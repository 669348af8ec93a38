"""What the command box finds: boards, meetings, cases, follow-ups, persons and acts, only what the user may see and do."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from boards.models import Board
from publishing.finding import doing, numbers, things
from publishing.finding.asking import Asked
from publishing.finding.hits import Group, Hit

__all__ = ["Asked", "Found", "Group", "Hit", "find"]


@dataclass(frozen=True)
class Found:
    """The groups that have hits, best first. `straight` is the address of the one case whose number was typed, or ""."""

    groups: list[Group]
    straight: str = ""

    @property
    def count(self) -> int:
        return sum(len(group.hits) for group in self.groups)


def find(user, asked: Asked, today: date) -> Found:
    """Everything that fits, in the same number of queries however much there is."""
    boards = list(Board.objects.visible_to(user, today).order_by("name"))
    acts = doing.acts(user, boards, asked, today)
    if not asked.words:
        return Found([] if asked.typed else _filled([Group("acts", _("Go to and do"), acts)]))
    exact = numbers.cases(user, boards, asked, today)
    groups = [
        Group("boards", _("Boards"), things.boards(boards, asked)),
        Group("meetings", _("Meetings"), things.meetings(user, boards, asked, today)),
        Group("cases", _("Cases"), things.cases(user, boards, asked)),
        Group("follow-ups", _("Follow-ups"), things.follow_ups(user, asked, today)),
        Group("people", _("People"), things.people(user, boards, asked, today)),
    ]
    doable = Group("acts", _("Go to and do"), acts)
    groups = [doable, *groups] if any(asked.opens(hit.title) for hit in acts) else [*groups, doable]
    addresses = {hit.url for hit in exact}
    groups = [Group("numbers", _("Case number"), exact), *groups]
    return Found(_filled(groups), addresses.pop() if len(addresses) == 1 else "")


def _filled(groups: list[Group]) -> list[Group]:
    """Those with hits, each address once and where it stands first."""
    seen, filled = set(), []
    for group in groups:
        hits = [hit for hit in group.hits if not hit.url or hit.url not in seen]
        seen |= {hit.url for hit in hits}
        if hits:
            filled.append(Group(group.key, group.heading, hits))
    return filled
