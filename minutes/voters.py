"""Who may vote in a case: those present there with a vote, without the disqualified (P2, P4, P5, R49)."""

from dataclasses import dataclass, field

from django.db.models import BigAutoField

from boardroom.lib.prepared import prepared
from meetings.models import AgendaRow
from meetings.roster import HERE, Attendants
from minutes.models import Disqualification, Minutes, MinutesItem

NOT = Disqualification.Outcome.NOT_DISQUALIFIED
__all__ = ["HERE", "Voters", "voters_by_item", "voters_of"]


@dataclass(frozen=True)
class Voters:
    """`names` in the order of the attendance list, of them `certain` for the whole case; `needed` for a quorum."""

    names: list[str] = field(default_factory=list)
    certain: int = 0
    seats: int = 0
    needed: int = 0
    disqualified: list[str] = field(default_factory=list)

    @property
    def is_quorate(self) -> bool:
        return self.certain >= self.needed

    def __len__(self) -> int:
        return len(self.names)


def voters_by_item(
    minutes: Minutes, *, only: MinutesItem | None = None, attendants: Attendants | None = None
) -> dict[int, Voters]:
    """For every item of the minutes, or one of them, who may vote in it, with a fixed number of queries."""
    attendants = attendants or Attendants(minutes.meeting)
    rows = {row.pk: row for row in attendants.rows}
    if only:
        names = [one.name for one in disqualified_in(only)]
        return {only.pk: _voters(attendants, rows.get(only.row_id), names)}
    out: dict[int, list[str]] = {}
    found = Disqualification.objects.filter(block__item__minutes=minutes).exclude(outcome=NOT)
    for item_id, name in found.values_list("block__item_id", "name"):
        out.setdefault(item_id, []).append(name)
    items = minutes.items.values_list("pk", "row_id")
    return {pk: _voters(attendants, rows.get(row_id), out.get(pk, [])) for pk, row_id in items}


def _voters(attendants: Attendants, row: AgendaRow | None, disqualified: list[str]) -> Voters:
    if row is None or row.kind != AgendaRow.Kind.CASE:
        return Voters()
    roster, quorum = attendants.roster(row), attendants.quorum(row)
    out = {key_of(name) for name in disqualified}
    whole = [one for one in roster.present if key_of(one.name) not in out]
    part = [one for one in roster.partial if key_of(one.name) not in out]
    here = sorted([*whole, *part], key=lambda one: (one.order, one.pk))
    return Voters([one.name for one in here], len(whole), quorum.seats, quorum.needed, disqualified)


def voters_of(item: MinutesItem) -> Voters:
    """Who may vote in the case."""
    return voters_by_item(item.minutes, only=item)[item.pk]


def disqualified_in(item: MinutesItem) -> list[Disqualification]:
    """Those who are disqualified in the case; without a query where its blocks were read (minutes.pages)."""
    if "blocks" in getattr(item, "_prefetched_objects_cache", {}):
        found = [block.disqualification for block in item.blocks.all() if hasattr(block, "disqualification")]
    else:
        found = _disqualifications(item=item.pk)
    return [one for one in found if one.outcome != NOT]


@prepared(item=BigAutoField())
def _disqualifications(item):
    return Disqualification.objects.filter(block__item=item).select_related("block").order_by("pk")


def key_of(name: str) -> str:
    """By which names are compared."""
    return " ".join(name.split()).casefold()
