"""The remarks to minutes as the secretary settles them: in the order of the minutes, each beside the text it is about.

Read with a fixed number of queries however many remarks there are.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.http import QueryDict

from boardroom.lib.fragments import plain_text
from minutes import pages, review
from minutes.drafting import SAME, word_changes
from minutes.models import Block, Minutes, Remark, TextRevision
from minutes.settling import UNSETTLED

ANSWERS_OFFERED, ANSWER_LENGTH, ANSWERS_READ = 6, 160, 200
STANDARD_ANSWERS = {
    "nb": (
        "Rettet.",
        "Tatt inn med litt andre ord.",
        "Referatet gjengir det som ble sagt i møtet.",
        "Behandles som egen sak.",
    ),
    "nn": (
        "Retta.",
        "Teke inn med litt andre ord.",
        "Referatet gjev att det som vart sagt i møtet.",
        "Blir handsama som eiga sak.",
    ),
    "en": (
        "Corrected.",
        "Included in slightly different words.",
        "The minutes tell what was said in the meeting.",
        "Dealt with as a case of its own.",
    ),
}


@dataclass
class Place:
    """A text and the remarks to it. `shown` is None for a whole case or the whole minutes, whose other texts are `rest`."""

    section: pages.Section | None
    shown: pages.Shown | None = None
    remarks: list[Remark] = field(default_factory=list)
    rest: list[pages.Shown] = field(default_factory=list)
    changes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def alike(self) -> int:
        """How many of the remarks to this text wait, to be settled together."""
        return sum(one.status in UNSETTLED for one in self.remarks) if self.shown else 0


@dataclass
class Group:
    """A case of the minutes with its places that have remarks; no section for the minutes as a whole."""

    section: pages.Section | None
    places: list[Place]


@dataclass
class State:
    """How far the settling has come; letters outside the minutes are not counted."""

    total: int = 0
    settled: int = 0
    late: int = 0
    next: int | None = None

    @property
    def left(self) -> int:
        return self.total - self.settled


def is_note(remark: Remark) -> bool:
    """Whether it was written down as a letter or note that is no remark (R92)."""
    return remark.status == Remark.Status.OUTSIDE and remark.settled_at is None and remark.received_at is None


def remarks_of(minutes: Minutes, user) -> list[Remark]:
    """Every remark the user may read, in order, with who sent, settled and wrote it down."""
    found = review.visible_remarks(minutes, user).order_by("round__number", "order", "pk")
    found = list(found.select_related("round", "item", "block", "row", "person", "settled_by", "entered_by"))
    for one in found:
        one.round.minutes = minutes
    return found


def state_of(remarks: list[Remark]) -> State:
    counted = [one for one in remarks if not is_note(one)]
    waiting = [one for one in counted if one.status in UNSETTLED]
    late = sum(one.is_late for one in counted)
    return State(len(counted), len(counted) - len(waiting), late, waiting[0].pk if waiting else None)


def chosen(remarks: list[Remark], said: QueryDict) -> list[Remark]:
    """Those that the filter of the page asks for; what it does not know is not heeded."""
    found = remarks
    if (show := said.get("show")) == "unsettled":
        found = [one for one in found if one.status in UNSETTLED]
    elif show == "late":
        found = [one for one in found if one.is_late]
    for name, value_of in (("case", _case_key), ("person", _person_key), ("status", _status_key)):
        if wanted := said.get(name):
            found = [one for one in found if value_of(one) == wanted]
    return found


def choices_of(remarks: list[Remark]) -> dict[str, list[tuple[str, str]]]:
    """What the filter offers: the cases, persons and states that occur."""
    cases = {_case_key(one): one.label for one in remarks if one.item_id}
    persons = {_person_key(one): one.sender for one in remarks}
    states = {_status_key(one): str(Remark.Status(_status_key(one)).label) for one in remarks}
    return {
        "case": list(cases.items()),
        "person": sorted(persons.items(), key=lambda one: one[1]),
        "status": [(key, states[key]) for key, _label in Remark.Status.choices if key in states],
    }


def _case_key(remark: Remark) -> str:
    return str(remark.item_id or "")


def _person_key(remark: Remark) -> str:
    return str(remark.person_id) if remark.person_id else f"n{remark.sender}"


def _status_key(remark: Remark) -> str:
    return remark.status or Remark.Status.RECEIVED


def groups(minutes: Minutes, user, remarks: list[Remark]) -> list[Group]:
    """The remarks at their places, in the order of the minutes; those to the whole come last."""
    by_block: dict[int, list[Remark]] = {}
    by_item: dict[int, list[Remark]] = {}
    whole: list[Remark] = []
    for one in remarks:
        if one.block_id and one.block.item_id:
            by_block.setdefault(one.block_id, []).append(one)
        elif one.item_id:
            by_item.setdefault(one.item_id, []).append(one)
        else:
            whole.append(one)
    found = []
    for section in pages.sections(minutes, user):
        places = _places(section, by_item.get(section.item.pk, []), by_block)
        if places:
            found.append(Group(section, places))
    _mark_changes([place for group in found for place in group.places])
    return [*found, Group(None, [Place(None, remarks=whole)])] if whole else found


def _places(section: pages.Section, to_case: list[Remark], by_block: dict[int, list[Remark]]) -> list[Place]:
    places = [Place(section, one, by_block[one.block.pk]) for one in section.blocks if one.block.pk in by_block]
    if to_case:
        rest = [one for one in section.blocks if one.block.pk not in by_block]
        places.insert(0, Place(section, remarks=to_case, rest=rest))
    return places


def _mark_changes(places: list[Place]) -> None:
    """What was changed in each text since the draft that its newest remark was about."""
    blocks = {place.shown.block.pk: place for place in places if place.shown and not place.shown.is_hidden}
    drafts = draft_texts({pk: place.remarks for pk, place in blocks.items()})
    for pk, draft in drafts.items():
        blocks[pk].changes = changes_since(draft, blocks[pk].shown.block.html)


def draft_texts(remarks: dict[int, list[Remark]]) -> dict[int, str]:
    """By block: its text in the draft that its newest remark was about, where it was saved anew since."""
    opened = {pk: max(one.round.opened_at for one in those if one.round.opened_at) for pk, those in remarks.items()
              if any(one.round.opened_at for one in those)}  # fmt: skip
    if not opened:
        return {}
    since = TextRevision.objects.filter(block__in=opened, saved_at__gte=min(opened.values()))
    texts: dict[int, str] = {}
    for one in since.order_by("block", "version"):
        if one.saved_at >= opened[one.block_id]:
            texts.setdefault(one.block_id, one.html)
    return texts


def changes_since(draft: str, now: str) -> list[tuple[str, str]]:
    """What was taken away and added, word by word; empty where the words are the same."""
    changes = word_changes(plain_text(draft), plain_text(now))
    return changes if any(operation != SAME for operation, _text in changes) else []


def place_of(minutes: Minutes, user, block: Block) -> Place:
    """The text of one block with the remarks to it, as `groups` has it."""
    remarks = [one for one in remarks_of(minutes, user) if one.block_id == block.pk]
    place = Place(None, pages.Shown(block, block.label), remarks)
    _mark_changes([place])
    return place


def offered_answers(minutes: Minutes) -> list[str]:
    """The short answers this board has given most often, newest habits first; the product's own until there are enough."""
    board = minutes.meeting.board
    newest = _answers(board).order_by("-settled_at").values_list("answer", flat=True)[:ANSWERS_READ]
    often = [answer for answer, _count in Counter(one for one in newest if len(one) <= ANSWER_LENGTH).most_common()]
    standard = STANDARD_ANSWERS.get(board.language, STANDARD_ANSWERS["nb"])
    return list(dict.fromkeys([*often[:ANSWERS_OFFERED], *standard]))[:ANSWERS_OFFERED]


def _answers(board) -> QuerySet[Remark]:
    return Remark.objects.filter(round__minutes__meeting__board=board, settled_at__isnull=False).exclude(answer="")
