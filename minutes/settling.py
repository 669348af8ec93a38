"""What becomes of remarks: each is settled with a status and an answer, and every word is in the trail (R91, R92)."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from audit.trail import record
from boardroom.lib.workflow import TransitionRefused
from boards.models import Person
from minutes.editing import hold
from minutes.models import Block, Minutes, MinutesItem, Remark, ReviewRound
from minutes.review import answered, next_order, organisation_of
from minutes.rules import ISSUED

Status = Remark.Status
UNSETTLED = ("", Status.RECEIVED)


class SettledMeanwhile(Exception):
    """Someone else settled the remark after the page was read. Nothing was changed; `remark` is as they left it."""

    def __init__(self, remark: Remark):
        self.remark = remark
        super().__init__(_("Someone else has settled this remark in the meantime."))


def unsettled(minutes: Minutes) -> QuerySet[Remark]:
    """The remarks of every round that nobody has settled yet."""
    return Remark.objects.filter(round__minutes=minutes, status__in=UNSETTLED)


def settle(
    remark: Remark, status: str, answer: str, *, at: datetime, by, version: int | None = None, together: bool = False
) -> list[Remark]:
    """The remark has this status and answer; saying it anew replaces both, and the trail keeps every word (R91).

    With `together`, so have the other unsettled remarks to the same text. Returns those that were changed.
    Raises SettledMeanwhile when it is no longer at `version`, and TransitionRefused for changing one's mind about a
    remark when the minutes are final.
    """
    minutes = remark.round.minutes
    with transaction.atomic():
        if remark.status not in UNSETTLED:
            _require_not_issued(minutes)
        alike = _alike(remark) if together else []
        for one in [remark, *alike]:
            _settle(one, status, answer, at, by, version if one is remark else one.version)
    return [remark, *alike]


def _settle(remark: Remark, status: str, answer: str, at: datetime, by, version: int | None) -> None:
    rows = Remark.objects.filter(pk=remark.pk)
    if version is not None:
        rows = rows.filter(version=version)
    settled = None if status in UNSETTLED else at
    said = {"status": status, "answer": answer, "status_printed": "", "told_at": None}
    said |= {"settled_at": settled, "settled_by": by if settled else None}
    before = (remark.status, remark.answer)
    if not rows.update(**said, version=F("version") + 1):
        remark.refresh_from_db()
        raise SettledMeanwhile(remark)
    remark.refresh_from_db(fields=[*said, "version"])
    board = remark.round.minutes.meeting.board
    was = {"was_status": before[0], "was_answer": before[1]}
    record("minutes.settle_remark", remark, by=by, board=board, status=status, answer=answer, **was)


def _alike(remark: Remark) -> list[Remark]:
    """The other unsettled remarks to the same block, in any round of these minutes."""
    if remark.block_id is None:
        return []
    found = list(unsettled(remark.round.minutes).filter(block=remark.block_id).exclude(pk=remark.pk))
    for one in found:
        one.round = remark.round
    return found


def _require_not_issued(minutes: Minutes) -> None:
    state = Minutes.objects.values_list("state", flat=True).get(pk=minutes.pk)
    if state in ISSUED:
        raise TransitionRefused([_("The minutes are final, so what became of their remarks stands.")])


def register_remark(
    review_round: ReviewRound,
    *,
    text: str,
    received_on: date,
    came_by: str,
    by,
    at: datetime,
    person: Person | None = None,
    sender: str = "",
    organisation: str = "",
    block: Block | None = None,
    item: MinutesItem | None = None,
) -> Remark:
    """What someone wrote or said elsewhere is a remark of theirs, marked with how it came and who wrote it down.

    Late by the day it was received (R93); its person has answered. TransitionRefused only when the minutes are final.
    """
    minutes = review_round.minutes
    with transaction.atomic():
        hold(minutes)
        remark = Remark.objects.create(
            round=review_round,
            order=next_order(review_round),
            sender=sender or (person.name if person else ""),
            organisation_name=organisation or organisation_of(person),
            person=person,
            received_on=received_on,
            is_late=bool(review_round.deadline and received_on > review_round.deadline),
            text=text,
            status=Status.RECEIVED,
            came_by=came_by,
            entered_by=by,
            **_place(block, item),
        )
        if person:
            answered(review_round, person, at, has_no_remarks=False)
        said = {"came_by": came_by, "late": remark.is_late, "case": remark.label}
        record("minutes.register_remark", remark, by=by, board=minutes.meeting.board, **said)
    return remark


def _place(block: Block | None, item: MinutesItem | None) -> dict:
    item = block.item if block else item
    return {"block": block, "item": item, "row": item.row if item else None, "label": item.label if item else ""}


def write_outside_note(
    review_round: ReviewRound, *, sender: str, text: str, received_on: date, by, label: str = "", answer: str = ""
) -> Remark:
    """A letter or note that is no remark to the minutes is kept apart, with the case that deals with it (R92)."""
    with transaction.atomic():
        note = Remark.objects.create(
            round=review_round,
            order=next_order(review_round),
            sender=sender,
            text=text,
            received_on=received_on,
            label=label,
            answer=answer,
            status=Status.OUTSIDE,
            entered_by=by,
        )
        record("minutes.outside_note", note, by=by, board=review_round.minutes.meeting.board)
    return note
