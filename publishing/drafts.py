"""The draft of a round as one of its readers sees it: frozen, with the places remarks can be written at (R94, R96, P37)."""

import re
from dataclasses import dataclass, field

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.rules import may_read_exempt
from minutes import review
from minutes.models import Answer, Block, Minutes, MinutesItem, Remark, ReviewRound
from publishing import comparing, rules
from publishing.models import Document
from publishing.printing.facts import FULL, with_places

WHOLE = "whole"
PLACE = re.compile(r"(block|item)-([0-9]{1,18})|whole")
# type of a block -> its heading, and what a remark on it is called a remark on
WORDS = {
    "text": (gettext_lazy("Discussion of the case"), gettext_lazy("the discussion")),
    "decision": (gettext_lazy("Decision"), gettext_lazy("the decision")),
    "follow-up": (gettext_lazy("Follow-up"), gettext_lazy("the follow-up")),
    "follow-up-report": (gettext_lazy("Status of a follow-up"), gettext_lazy("the status of the follow-up")),
    "statement": (gettext_lazy("Statement"), gettext_lazy("the statement")),
    "disqualification": (gettext_lazy("Impartiality"), gettext_lazy("the question of impartiality")),
    "proposal": (gettext_lazy("Proposal"), gettext_lazy("the proposal")),
    "vote": (gettext_lazy("Vote"), gettext_lazy("the vote")),
    "description": (gettext_lazy("About the case"), gettext_lazy("the description")),
}


@dataclass
class Spot:
    """A place for remarks. `key` names its field; `invites` is what its button is called, `asks` the label of its field,
    `where` its place in few words."""

    key: str
    invites: str
    asks: str
    where: str = ""
    remarks: list[Remark] = field(default_factory=list)
    written: str = ""
    error: str = ""


@dataclass
class Passage:
    """A block under its heading. No remark can be written on what the reader may not see, or what was taken out."""

    part: comparing.Part
    heading: str
    spot: Spot | None


@dataclass
class Chapter:
    """A case, with its place among the cases, or a heading between them."""

    case: comparing.Case
    position: int = 0
    type: str = ""
    spot: Spot | None = None
    passages: list[Passage] = field(default_factory=list)


class Review:
    """A round and its draft for one reader. Reads each thing once."""

    def __init__(self, minutes: Minutes, user):
        self.minutes, self.user = minutes, user
        self.rounds = list(minutes.review_rounds.order_by("number"))
        self.round: ReviewRound = self.rounds[-1]
        self.round.minutes = minutes
        self.drafts = {one.round_id: one for one in Document.objects.filter(round__in=self.rounds)}
        for one in self.drafts.values():
            one.meeting, one.board = minutes.meeting, minutes.meeting.board

    @property
    def document(self) -> Document | None:
        return self.drafts.get(self.round.pk)

    @cached_property
    def version(self) -> comparing.Version:
        """What was sent; where nothing was frozen, as in an imported round, the minutes as they are."""
        if self.document:
            return version_for(self.user, self.document)
        meeting = self.minutes.meeting
        variant = FULL if may_read_exempt(self.user, meeting.board, meeting.pk) else "public"
        return comparing.Version(*with_places(meeting, "minutes", variant=variant))

    @cached_property
    def answers(self) -> list[Answer]:
        return list(Answer.objects.filter(round__in=self.rounds).select_related("person"))

    @cached_property
    def own_answer(self) -> Answer | None:
        return next((one for one in self.answers if one.round_id == self.round.pk and self._is_own(one)), None)

    @cached_property
    def remarks(self) -> list[Remark]:
        """What the reader may see of this round and earlier ones, without notes that are no remarks."""
        seen = review.visible_remarks(self.minutes, self.user).exclude(status=Remark.Status.OUTSIDE, person=None)
        return list(seen.select_related("person").order_by("round__number", "order", "pk"))

    @cached_property
    def earlier(self) -> Document | None:
        """The draft the reader last answered on, else the one before this."""
        before = [one for one in self.rounds if one.number < self.round.number and one.pk in self.drafts]
        answered = {one.round_id for one in self.answers if self._is_own(one) and one.answered_at}
        read = [one for one in before if one.pk in answered] or before
        return self.drafts[read[-1].pk] if read else None

    @cached_property
    def changed(self) -> list[comparing.Case]:
        """The cases with what was changed since `earlier`."""
        return comparing.compared(version_for(self.user, self.earlier), self.version)

    def chapters(self, *, with_changes: bool = False) -> list[Chapter]:
        """The draft in reading order, each remark of the round at its place."""
        cases = self.changed if with_changes and self.earlier else comparing.read(self.version)
        types = dict(self.minutes.items.exclude(row=None).values_list("pk", "row__type"))
        found, number = [], 0
        for case in cases:
            number += case.kind == "case" and case.change != comparing.REMOVED
            found.append(self._chapter(case, number, types))
        spots = {spot.key: spot for chapter in found for spot in _spots(chapter)} | {WHOLE: self.whole}
        for one in self.remarks:
            if one.round_id == self.round.pk:
                keys = (f"block-{one.block_id}", f"item-{one.item_id}", WHOLE)
                next(spots[key] for key in keys if key in spots).remarks.append(one)
        return found

    @cached_property
    def whole(self) -> Spot:
        return Spot(
            WHOLE,
            _("Write a remark on the minutes as a whole"),
            _("Your remark on the minutes as a whole"),
            _("The minutes as a whole"),
        )

    def _chapter(self, case: comparing.Case, number: int, types: dict) -> Chapter:
        if case.kind != "case":
            return Chapter(case)
        said = {"case": case.number or case.source.get("title") or ""}
        spot = None
        if case.place and case.change != comparing.REMOVED:
            invites, asks = _("Write a remark on case %(case)s"), _("Your remark on case %(case)s")
            spot = Spot(f"item-{case.place}", invites % said, asks % said, said["case"])
        passages = [self._passage(part, case, said) for part in case.parts]
        return Chapter(case, number, types.get(case.place, ""), spot, passages)

    def _passage(self, part: comparing.Part, case: comparing.Case, said: dict) -> Passage:
        heading, what = WORDS.get(part.type, ("", _("this")))
        label = part.label.rstrip(": ")
        if label and label != str(heading):
            heading, what = label, f"«{label}»"
        if not part.place or part.change == comparing.REMOVED:
            return Passage(part, str(heading), None)
        where = f"{said['case']}, {heading}"
        said = {"what": what, **said}
        invites, asks = _("Write a remark on %(what)s in case %(case)s"), _("Your remark on %(what)s")
        return Passage(part, str(heading), Spot(f"block-{part.place}", invites % said, asks % said, where))

    def _is_own(self, one) -> bool:
        return one.person is not None and one.person.user_id == self.user.pk

    def places(self, keys) -> dict[str, dict]:
        """What a remark is tied to, by the key of its field; only places of this draft that the reader may see."""
        here = {WHOLE: {}}
        items = {case.place: case for case in comparing.read(self.version) if case.place}
        blocks = {part.place: case.place for case in items.values() for part in case.parts if part.place}
        wanted = [match for match in map(PLACE.fullmatch, keys) if match and match[1]]
        rows = MinutesItem.objects.filter(minutes=self.minutes, pk__in=items).select_related("row")
        known = {one.pk: one for one in rows} if wanted else {}
        asked = [int(match[2]) for match in wanted if match[1] == "block" and int(match[2]) in blocks]
        found = Block.objects.filter(pk__in=asked).select_related("item__row") if asked else []
        here |= {f"block-{one.pk}": {"block": one, "item": known.get(blocks[one.pk])} for one in found}
        return here | {f"item-{pk}": {"item": one} for pk, one in known.items()}


def version_for(user, document: Document) -> comparing.Version:
    """The version as the user may read it."""
    variant = rules.variant_for(user, document)
    return comparing.Version(rules.content_for(user, document) or {}, document.places.get(variant, []))


def _spots(chapter: Chapter) -> list[Spot]:
    spots = [chapter.spot, *(passage.spot for passage in chapter.passages)]
    return [spot for spot in spots if spot]
