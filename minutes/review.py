"""Rounds of remarks: a draft goes out with a deadline, remarks come in, each is settled (R89-R95, P37)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.trail import record
from boardroom.lib.workflow import TransitionRefused, advance
from boards.models import Person, Seat
from boards.roles import may
from meetings.models import Attendance
from meetings.rules import may_read_exempt
from minutes.models import Answer, Block, Minutes, MinutesItem, Remark, ReviewRound
from minutes.register import SHIELDED
from minutes.rules import roles_with
from minutes.voters import HERE
from minutes.workflow import RETURN_TO_DRAFT, SEND_FOR_REVIEW

Status = Remark.Status
REMARK_MAX = 20_000


def recipients_of(minutes: Minutes, on: date) -> list[Person]:
    """Who is asked for remarks: members with a seat that day, and those who were present with a vote, each once."""
    meeting = minutes.meeting
    roles = [role for role in roles_with("minutes.remark") if role not in {Seat.Role.SECRETARY, Seat.Role.DEPUTY}]
    seats = Seat.objects.active_on(on).filter(board=meeting.board, role__in=roles, person__isnull=False)
    persons = {seat.person_id: seat.person for seat in seats.select_related("person")}
    here = meeting.attendance.filter(person__isnull=False, status__in=HERE, role__in=Attendance.VOTING)
    for row in here.select_related("person"):
        persons.setdefault(row.person_id, row.person)
    return list(persons.values())


def open_round(
    minutes: Minutes, *, sent_on: date, deadline: date, by, note: str = "", persons: Iterable[Person] | None = None,
    at: datetime | None = None,
) -> ReviewRound:  # fmt: skip
    """The draft is out for remarks until the end of `deadline`, to `persons` (else `recipients_of`).

    Raises TransitionRefused for a deadline before the sending, and where the minutes are no draft.
    """
    if deadline < sent_on:
        raise TransitionRefused([_("The deadline is before the day the draft is sent.")])
    recipients = list(persons) if persons is not None else recipients_of(minutes, sent_on)
    with transaction.atomic():
        advance(minutes, SEND_FOR_REVIEW)
        number = (minutes.review_rounds.aggregate(last=Max("number"))["last"] or 0) + 1
        dated = {"sent_on": sent_on, "deadline": deadline, "opened_at": at or timezone.now()}
        opened = ReviewRound.objects.create(minutes=minutes, number=number, note=note, **dated)
        Answer.objects.bulk_create(Answer(round=opened, person=person) for person in recipients)
        record(
            "minutes.open_round", opened, by=by, board=minutes.meeting.board, deadline=deadline, sent_to=len(recipients)
        )
    return opened


def close_round(review_round: ReviewRound, *, by, at: datetime | None = None) -> None:
    """No more remarks are taken, and the minutes are a draft again. Raises TransitionRefused when it was closed before."""
    minutes = review_round.minutes
    with transaction.atomic():
        if not ReviewRound.objects.filter(pk=review_round.pk, is_open=True).update(
            is_open=False, closed_at=at or timezone.now()
        ):
            raise TransitionRefused([_("The round of remarks is closed already.")])
        advance(minutes, RETURN_TO_DRAFT)
        record("minutes.close_round", review_round, by=by, board=minutes.meeting.board)
    review_round.refresh_from_db(fields=["is_open", "closed_at"])


def is_late(review_round: ReviewRound, at: datetime) -> bool:
    """Whether the moment, by the server's clock in Norway, is after the last second of the deadline's day (R93, F24)."""
    return review_round.deadline is not None and timezone.localtime(at).date() > review_round.deadline


def add_remark(
    review_round: ReviewRound,
    *,
    text: str,
    at: datetime,
    by,
    person: Person | None = None,
    sender: str = "",
    organisation: str = "",
    block: Block | None = None,
    item: MinutesItem | None = None,
) -> Remark:
    """The remark is received, marked late where the deadline has passed (R91, R93); its person has answered.

    The same text by the same person at the same place is one remark, however often it is sent (F20).
    Raises TransitionRefused when the round is closed.
    """
    item = block.item if block and block.item else item
    with transaction.atomic():
        _require_open(review_round)
        place = {"block": block, "item": item, "person": person, "text": text}
        if person and (there := review_round.remarks.filter(**place).first()):
            return there
        remark = Remark.objects.create(
            round=review_round,
            sender=sender or (person.name if person else ""),
            organisation_name=organisation or organisation_of(person),
            row=item.row if item else None,
            label=item.label if item else "",
            **_received(review_round, at),
            **place,
        )
        if person:
            answered(review_round, person, at, has_no_remarks=False)
        board = review_round.minutes.meeting.board
        record("minutes.remark", remark, by=by, board=board, late=remark.is_late, case=remark.label)
    return remark


def waiting_for(user, on: date) -> QuerySet[Answer]:
    """The open rounds that the user was asked in, may still read, and has not answered; the nearest deadline first."""
    asked = Answer.objects.filter(person__user=user, answered_at=None, round__is_open=True)
    asked = asked.filter(round__minutes__in=Minutes.objects.visible_to(user, on))
    return asked.select_related("round__minutes__meeting__board").order_by(
        F("round__deadline").asc(nulls_last=True), "pk"
    )


def send_remarks(
    review_round: ReviewRound, person: Person, said: Iterable[tuple[dict, str]], *, at: datetime, by
) -> list[Remark]:
    """Every remark of one sending is received, or none: `said` is places (block, item, or {} for the whole) with texts.

    Raises TransitionRefused where the round is closed, or the person was not asked in it.
    """
    with transaction.atomic():
        _require_asked(review_round, person)
        return [add_remark(review_round, text=text, at=at, by=by, person=person, **place) for place, text in said]


def change_remark(remark: Remark, text: str, *, at: datetime, by) -> None:
    """The remark reads anew, and is late where it is now; the trail keeps what it said.

    Raises TransitionRefused where the round is closed, or the secretariat has settled it meanwhile.
    """
    if text == remark.text:
        return
    with transaction.atomic():
        late = remark.is_late or is_late(remark.round, at)
        changed = {"text": text, "received_at": at, "received_on": timezone.localtime(at).date(), "is_late": late}
        if not _unsettled(remark).update(version=F("version") + 1, **changed):
            raise TransitionRefused([_("The remark is settled or the round is closed. It stays as it is.")])
        record("minutes.change_remark", remark, by=by, board=remark.round.minutes.meeting.board, was=remark.text)
    remark.refresh_from_db()


def withdraw_remark(remark: Remark, *, by) -> None:
    """The remark is gone, and the trail keeps what it said. Who took back the last one has not answered yet.

    Raises TransitionRefused as `change_remark`.
    """
    with transaction.atomic():
        board, was = remark.round.minutes.meeting.board, remark.text
        record("minutes.withdraw_remark", remark, by=by, board=board, was=was, case=remark.label)
        if not _unsettled(remark).delete()[0]:
            raise TransitionRefused([_("The remark is settled or the round is closed. It stays as it is.")])
        if not remark.round.remarks.filter(person=remark.person_id).exists():
            remark.round.answers.filter(person=remark.person_id).update(answered_at=None)


def _unsettled(remark: Remark) -> QuerySet[Remark]:
    return Remark.objects.filter(pk=remark.pk, status=Status.RECEIVED, round__is_open=True)


def no_remarks(review_round: ReviewRound, person: Person, *, at: datetime, by) -> None:
    """The person has answered that there are no remarks (R94). Raises TransitionRefused when the round is closed."""
    with transaction.atomic():
        _require_open(review_round)
        _require_asked(review_round, person)
        if review_round.remarks.filter(person=person).exclude(status=Status.OUTSIDE).exists():
            raise TransitionRefused([_("You have sent remarks in this round. They are kept.")])
        answered(review_round, person, at, has_no_remarks=True)
        record("minutes.no_remarks", review_round, by=by, board=review_round.minutes.meeting.board)


def visible_remarks(minutes: Minutes, user) -> QuerySet[Remark]:
    """The remarks the user may read: all for the secretariat, all where the board shows members each other's, else one's own.

    Others' remarks on what is exempt are for those who may read that (P10).
    """
    board = minutes.meeting.board
    remarks = Remark.objects.filter(round__minutes=minutes).select_related("round", "item", "block", "row")
    if may(user, "minutes.read_remarks", board):
        return remarks
    own = Q(person__user=user)
    if board.remarks_shown_to_members and may(user, "minutes.remark", board):
        others = ~Q(status=Status.OUTSIDE)
        if not may_read_exempt(user, board, minutes.meeting_id):
            hidden = Q(block__access_level__in=SHIELDED) | Q(row__access_level__in=SHIELDED) | Q(row__is_closed=True)
            others &= ~Q(pk__in=Remark.objects.filter(hidden, round__minutes=minutes).values("pk"))
        return remarks.filter(others | own)
    return remarks.filter(own)


def _received(review_round: ReviewRound, at: datetime) -> dict:
    return {
        "order": next_order(review_round),
        "received_on": timezone.localtime(at).date(),
        "received_at": at,
        "is_late": is_late(review_round, at),
        "status": Status.RECEIVED,
    }


def _require_open(review_round: ReviewRound) -> None:
    if not ReviewRound.objects.filter(pk=review_round.pk, is_open=True).exists():
        raise TransitionRefused(
            [_("The round of remarks is closed. Your text is still on this page: send it to the secretariat.")]
        )


def _require_asked(review_round: ReviewRound, person: Person) -> None:
    if not review_round.answers.filter(person=person).exists():
        raise TransitionRefused([_("You were not asked for remarks in this round. Write to the secretariat.")])


def answered(review_round: ReviewRound, person: Person, at: datetime, *, has_no_remarks: bool) -> None:
    """The person has answered the round at the moment given, with remarks or with the word that there are none."""
    Answer.objects.update_or_create(
        round=review_round, person=person, defaults={"has_no_remarks": has_no_remarks, "answered_at": at}
    )


def next_order(review_round: ReviewRound) -> int:
    """The place of the next remark of the round."""
    return (review_round.remarks.aggregate(last=Max("order"))["last"] or 0) + 1


def organisation_of(person: Person | None) -> str:
    """The name of the organisation the person comes from; "" where none is known."""
    return person.organisation.name if person and person.organisation else ""
